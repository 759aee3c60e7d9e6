"""Labels next to codes: of vocabularies, of the tables that an id refers to, and of countries in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import polars as pl

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.codebook import Column, cldr
from socdialog.codebook.other_writings import meant
from socdialog.errors import UsageError

#: Whether labels are wanted, in English, or in which language (ISO 639).
Labels = bool | str

_CODES, _REFS = ("code", "codes"), ("ref", "refs")
_ENGLISH = "en"
#: In their own language.
OWN = "own"
Tables: TypeAlias = "Callable[[str], pl.DataFrame]"


def with_labels(frame: pl.DataFrame, table: str, tables: Tables, labels: Labels) -> pl.DataFrame:
    """Return a table with a column of labels after each column of codes and ids, such as ``kind_label``.

    Parameters
    ----------
    frame
        Rows of the table.
    table
        Its name.
    tables
        Gives any other table, whose titles are the labels of the ids that refer to it.
    labels
        ``False`` = none; ``True`` = in English; ``"own"`` = of countries and organisations in their own language, where
        it is known; a language (``"ru"``) = of countries, languages and currencies in it; all else in English.

    Raises
    ------
    UsageError
        For a language that Unicode CLDR does not describe, with those that it does.
    """
    if labels is False:
        return frame
    language = _known_language(labels)
    spec = codebook.tables()[table]
    columns: list[pl.Expr] = []
    for name in frame.columns:
        columns.append(pl.col(name))
        column = spec.every_column.get(name)
        found = None if column is None else _labels_of(column, tables, language)
        if found is not None:
            columns.append(_labelled(name, found, listed=isinstance(frame.schema[name], pl.List)))
    return frame.select(columns)


def table_labels(name: str, tables: Tables, *, own: bool = False) -> Mapping[str, str]:
    """Return the title of each row of a table by its id, in English or in its own language; empty without titles."""
    spec = codebook.tables()[name]
    title = spec.own_title_column if own else spec.title_column
    return {} if title is None else dict(tables(name).select(spec.key[0], title).drop_nulls().iter_rows())


def vocabulary_labels(name: str) -> Mapping[str, str]:
    """Return the label of each code of a vocabulary."""
    return {code: term.label for code, term in codebook.known_terms(name).items()}


def _known_language(labels: object) -> str:
    """Return the code of a language, given by it or by its name, or `OWN`."""
    if labels is True:
        return _ENGLISH
    written = labels if isinstance(labels, str) else ""
    described = sorted(locale.language for locale in cldr.named(codebook.vocabulary("languages")))
    found = [one for one in (written, *meant("languages", written)) if one in (OWN, *described)]
    if not found:
        raise UsageError(
            f"labels: {unknown('language', str(labels), described)}",
            hint=f'write labels=True, labels="{OWN}" or a language: {", ".join(described)}',
        )
    return found[0]


def _labels_of(column: Column, tables: Tables, language: str) -> Mapping[str, str] | None:
    if column.of is None:
        return None
    if column.type in _CODES:
        named = table_labels("countries", tables, own=True) if language == OWN and column.of == "iso_countries" else {}
        in_language = {} if language in (OWN, _ENGLISH) else cldr.names_in(column.of, language)
        return {**vocabulary_labels(column.of), **in_language, **named}
    table = column.of.partition(".")[0]
    if column.type not in _REFS:
        return None
    return {**table_labels(table, tables), **(table_labels(table, tables, own=True) if language == OWN else {})} or None


def _labelled(name: str, labels: Mapping[str, str], *, listed: bool) -> pl.Expr:
    codes, words = list(labels), list(labels.values())

    def replaced(code: pl.Expr) -> pl.Expr:
        return code.replace_strict(codes, words, default=code, return_dtype=pl.String) if codes else code

    column = pl.col(name).list.eval(replaced(pl.element())) if listed else replaced(pl.col(name))
    return column.alias(f"{name}_label")

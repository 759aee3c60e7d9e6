"""Labels next to codes: of vocabularies, of the tables that an id refers to, and of countries in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook import Column, cldr
from socdialog.errors import UsageError

#: Whether labels are wanted, in English, or in which language (ISO 639).
Labels = bool | str

_CODES, _REFS = ("code", "codes"), ("ref", "refs")
_ENGLISH = "en"


def with_labels(frame: pl.DataFrame, table: str, tables: Callable[[str], pl.DataFrame], labels: Labels) -> pl.DataFrame:
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
        ``False`` = none, ``True`` = in English, a language (``"ru"``) = names of countries in it, all else in English.

    Raises
    ------
    UsageError
        For a language that Unicode CLDR does not describe.
    """
    if labels is False:
        return frame
    language = _ENGLISH if labels is True else _known_language(labels)
    spec = codebook.tables()[table]
    columns: list[pl.Expr] = []
    for name in frame.columns:
        columns.append(pl.col(name))
        column = spec.every_column.get(name)
        found = None if column is None else _labels_of(column, tables, language)
        if found is not None:
            columns.append(_labelled(name, found, listed=isinstance(frame.schema[name], pl.List)))
    return frame.select(columns)


def table_labels(name: str, tables: Callable[[str], pl.DataFrame]) -> Mapping[str, str]:
    """Return the title of each row of a table by its id; empty where the table has no title."""
    spec = codebook.tables()[name]
    if spec.title_column is None:
        return {}
    return dict(tables(name).select(spec.key[0], spec.title_column).drop_nulls().iter_rows())


def vocabulary_labels(name: str) -> Mapping[str, str]:
    """Return the label of each code of a vocabulary."""
    return {code: term.label for code, term in codebook.known_terms(name).items()}


def _known_language(labels: str) -> str:
    if not isinstance(labels, str) or not cldr.named([labels]):
        raise UsageError(
            f"labels: {labels!r} is not a language", hint='write labels=True, or a code such as labels="ru"'
        )
    return labels


def _labels_of(column: Column, tables: Callable[[str], pl.DataFrame], language: str) -> Mapping[str, str] | None:
    if column.of is None:
        return None
    if column.type in _CODES:
        return _countries_in(language) if column.of == "iso_countries" else vocabulary_labels(column.of)
    table = column.of.partition(".")[0]
    return table_labels(table, tables) or None if column.type in _REFS else None


def _countries_in(language: str) -> Mapping[str, str]:
    english = vocabulary_labels("iso_countries")
    if language == _ENGLISH:
        return english
    (locale,) = cldr.named([language])
    return {**english, **{code: name for name, code in cldr.country_names(locale)}}


def _labelled(name: str, labels: Mapping[str, str], *, listed: bool) -> pl.Expr:
    codes, words = list(labels), list(labels.values())

    def replaced(code: pl.Expr) -> pl.Expr:
        return code.replace_strict(codes, words, default=code, return_dtype=pl.String) if codes else code

    column = pl.col(name).list.eval(replaced(pl.element())) if listed else replaced(pl.col(name))
    return column.alias(f"{name}_label")

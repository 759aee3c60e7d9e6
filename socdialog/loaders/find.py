"""Finding by any word what there is: countries, indicators, organisations, conventions, topics, places, events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from socdialog import codebook
from socdialog.folding import fold
from socdialog.inputs import at_least, text
from socdialog.intake.names.transliteration import latin
from socdialog.loaders.choosing import Lookup, holds_words
from socdialog.loaders.fresh import Data
from socdialog.loaders.opening import lookup

#: How well an entry fits: one of its names is what was asked, its names hold the words, or its definition does.
_SAME, _NAMED, _DEFINED = 0, 1, 2
_SCHEMA = dict.fromkeys(("type", "code", "label", "matched", "use"), pl.String)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that can be found.

    Parameters
    ----------
    type, code, label
        What it is, its id, and its name for readers.
    names
        Every name it has, in any language.
    definition
        What it means.
    use
        What to call next.
    """

    type: str
    code: str
    label: str
    names: tuple[str, ...]
    definition: str
    use: str


def find(words: str, *, limit: int = 30, data: Data = None) -> pl.DataFrame:
    """Return what the study has under some words, and what to call next.

    Countries, indicators, organisations, conventions, topics, types of event, places, tables and events are searched,
    by every name in every language and script that the data has. Case, accents and alphabet are ignored.

    Parameters
    ----------
    words
        Words, each of which begins a word of a name or of a definition.
    limit
        Length of the list.
    data
        The folder that contains ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Returns
    -------
    polars.DataFrame
        ``type``, ``code``, ``label``, ``matched`` (the name or definition that contains the words) and ``use`` (what to
        call next); exact names first. No row where nothing has these words.

    Raises
    ------
    DataError
        With every error of the raw data.
    UsageError
        For words that are no text.

    Examples
    --------
    >>> sd.find("density")     # doctest: +SKIP
    """
    at_least(limit, 1, name="limit")
    asked = text(words, name="words")
    ranked = [
        (fit, place, entry, matched)
        for place, entry in enumerate(_entries(lookup(data)))
        for fit, matched in [_fit(asked, entry)]
        if matched
    ]
    # Entries come by type, so that of equal fit the few countries and indicators stand before the many events.
    ranked.sort(key=lambda one: one[:2])
    rows = [(entry.type, entry.code, entry.label, matched, entry.use) for _, _, entry, matched in ranked[:limit]]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _fit(asked: str, entry: _Entry) -> tuple[int, str]:
    """Return how well an entry fits, and the text that does; an empty text where none does."""
    names = dict.fromkeys((entry.label, entry.code, *entry.names))
    for form in (fold, latin):
        wanted = form(asked)
        if not wanted:
            continue
        for name in names:
            if form(name) == wanted:
                return _SAME, name
        for name in names:
            if holds_words(wanted.split(), [form(name)]):
                return _NAMED, name
    wanted = fold(asked)
    return (_DEFINED, entry.definition) if wanted and holds_words(wanted.split(), [fold(entry.definition)]) else (0, "")


def _entries(tables: Lookup) -> Iterator[_Entry]:
    yield from _of_countries(tables)
    yield from _of_indicators(tables)
    yield from _of_terms()
    yield from _of_conventions(tables)
    yield from _of_organisations(tables)
    yield from _of_places(tables)
    for name, spec in sorted(codebook.tables().items()):
        if not spec.personal:
            yield _Entry("table", name, spec.title, (), spec.row, f'sd.load("{name}")')
    for event_id, label in tables("events").select("event_id", "label").sort("event_id").iter_rows():
        yield _Entry("event", event_id, label or event_id, (), "", f'sd.sources_of("{event_id}")')


def _of_countries(tables: Lookup) -> Iterator[_Entry]:
    for row in tables("countries").iter_rows(named=True):
        code, names = row["country"], (row.get("own_name"), row.get("iso2"))
        yield _Entry("country", code, row["name"], _filled(names), "", f'sd.country_profile("{code}")')


def _of_indicators(tables: Lookup) -> Iterator[_Entry]:
    for row in tables("indicators").iter_rows(named=True):
        code = row["indicator"]
        use = f'sd.load_country_years(indicator="{code}")'
        yield _Entry("indicator", code, row["label"], (), row["definition"] or "", use)
    for row in tables("indicators_reported").iter_rows(named=True):
        code = row["indicator"]
        use = f'sd.load_figures(indicator="{code}")'
        yield _Entry("indicator of reports", code, code.replace("_", " "), (), row["definition"] or "", use)


def _of_terms() -> Iterator[_Entry]:
    for vocabulary, what, option in (("topics", "topic", "topic"), ("event_kinds", "type of event", "kind")):
        for code, term in codebook.known_terms(vocabulary).items():
            yield _Entry(what, code, term.label, (), term.definition, f'sd.load_events({option}="{code}")')


def _of_conventions(tables: Lookup) -> Iterator[_Entry]:
    for code, title in tables("conventions").select("convention", "title").iter_rows():
        # C087 is asked for as 87, too.
        number = code.lstrip("CPR").lstrip("0")
        yield _Entry("convention", code, title, (number,), "", f'sd.load_ratifications(convention="{code}")')


def _of_organisations(tables: Lookup) -> Iterator[_Entry]:
    printed = dict(tables("organisation_names").group_by("org_id").agg(pl.col("name").sort()).iter_rows())
    for row in tables("organisations").iter_rows(named=True):
        org_id = row["org_id"]
        names = (row["native_name"], row["acronym"], *printed.get(org_id, ()))
        yield _Entry(
            "organisation", org_id, row["name"], _filled(names), "", f'sd.load_events(organisation="{org_id}")'
        )


def _of_places(tables: Lookup) -> Iterator[_Entry]:
    for row in tables("places").iter_rows(named=True):
        names = _filled(row["variants"] or ())
        yield _Entry("place", row["place_id"], row["name"], names, "", f'sd.load_events(text="{row["name"]}")')


def _filled(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(name for name in names if name)

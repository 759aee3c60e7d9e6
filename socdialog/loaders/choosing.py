"""Choosing rows by what they are about: types and topics of events, organisations, indicators, words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import polars as pl

from socdialog.errors import UsageError
from socdialog.folding import fold
from socdialog.inputs import codes, listed, text
from socdialog.loaders.labels import vocabulary_labels

#: One or several codes or labels; None = all.
Chosen: TypeAlias = "str | Sequence[str] | None"
#: Gives a table of the study by its name.
Lookup: TypeAlias = Callable[[str], pl.DataFrame]


def of_codes(
    frame: pl.DataFrame, column: str, chosen: Chosen, terms: Mapping[str, str], *, what: str, name: str
) -> pl.DataFrame:
    """Return the rows that have one of the chosen codes in a column, or in its list.

    Raises
    ------
    UsageError
        For a code or label that is none of the terms.
    """
    if chosen is None:
        return frame
    wanted = list(codes(chosen, terms, what=what, name=name))
    if isinstance(frame.schema[column], pl.List):
        return frame.filter(pl.col(column).list.set_intersection(wanted).list.len() > 0)
    return frame.filter(pl.col(column).is_in(wanted))


def events_about(
    frame: pl.DataFrame,
    tables: Lookup,
    *,
    kind: Chosen = None,
    topic: Chosen = None,
    organisation: Chosen = None,
    words: str | None = None,
) -> pl.DataFrame:
    """Return the events of these types and topics that name these organisations and hold these words."""
    frame = of_codes(frame, "kind", kind, vocabulary_labels("event_kinds"), what="type of event", name="kind")
    frame = of_codes(frame, "topics", topic, vocabulary_labels("topics"), what="topic", name="topic")
    if organisation is not None:
        named = tables("actors").filter(pl.col("org_id").is_in(organisation_ids(organisation, tables)))
        frame = frame.filter(pl.col("event_id").is_in(named.get_column("event_id").drop_nulls().implode()))
    return frame if words is None else _with_words(frame, tables, text(words, name="text"))


def organisation_ids(chosen: str | Sequence[str], tables: Lookup) -> list[str]:
    """Return the ids of organisations that are given by id or by a name or acronym in any language.

    Raises
    ------
    UsageError
        For a name that no registered organisation has, or that several have.
    """
    titles = dict(tables("organisations").select("org_id", "name").iter_rows())
    forms = organisation_forms(tables)
    given = [chosen] if isinstance(chosen, str) else listed(chosen, name="organisation")
    found: list[str] = []
    for one in given:
        ids = [one] if one in titles else sorted(forms.get(fold(one), ())) if isinstance(one, str) else []
        if len(ids) > 1:
            raise UsageError(
                f"organisation: {one!r} is a name of several organisations",
                details=[f"{org_id}: {titles[org_id]}" for org_id in ids],
                hint="write the id of the one that is meant",
            )
        found += ids or codes(one, titles, what="organisation", name="organisation")
    return found


def organisation_forms(tables: Lookup) -> dict[str, set[str]]:
    """Return the ids of organisations by each of their names and acronyms, with case and diacritics ignored."""
    registered, printed = tables("organisations"), tables("organisation_names").select("org_id", "name")
    forms = (registered.select("org_id", pl.col(name).alias("name")) for name in ("name", "native_name", "acronym"))
    found: dict[str, set[str]] = {}
    for org_id, name in pl.concat([*forms, printed]).drop_nulls().iter_rows():
        found.setdefault(fold(name), set()).add(org_id)
    return found


def _with_words(frame: pl.DataFrame, tables: Lookup, words: str) -> pl.DataFrame:
    """Return the events each word of which begins a word of their labels, of their reports' or of their place."""
    wanted = fold(words).split()
    if not wanted:
        raise UsageError(f"text: {words!r} holds no word")
    reports, places = tables("reports"), tables("places")
    told = pl.concat(
        [
            frame.select("event_id", pl.col("label").alias("text")),
            reports.select("event_id", pl.col("label").alias("text")),
            reports.select("event_id", pl.col("place").alias("text")),
            frame.select("event_id", "place_id")
            .join(places.select("place_id", pl.col("name").alias("text")), on="place_id", how="inner")
            .select("event_id", "text"),
        ]
    )
    by_event = told.drop_nulls().group_by("event_id").agg(pl.col("text").unique().sort())
    found = [event for event, texts in by_event.iter_rows() if holds_words(wanted, map(fold, texts))]
    return frame.filter(pl.col("event_id").is_in(found))


def holds_words(wanted: Sequence[str], texts: Iterable[str]) -> bool:
    """Say whether each folded word wanted begins a word of folded texts."""
    words = {word for one in texts for word in one.split()}
    return all(any(word.startswith(one) for word in words) for one in wanted)

"""The size of the collection by country: what the counts on the profiles are counted from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.display.addresses import By, events_page, profile_page, sources_page
from socdialog.display.messages import words
from socdialog.display.parts import Cell, Folded, Leaf, Part, Value, table
from socdialog.metrics import activity as metric
from socdialog.profiles.comparison.countries import MANY, linked
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.disputed import contradictions

_NONE = "–"


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show how many sources, events and disagreements the collection has on each country."""
    if context["events"].height == 0:
        yield from context.none_within(words("comparison.events"), context.tables["events"])
        return
    yield from context.collection_caution()
    disagreements = contradictions(context)
    rows = [_row(context, country, disagreements) for country in context.by_name]
    heads = [
        words(f"comparison.{key}")
        for key in ("country", "sources", "reported_events", "single_source", "self_reported", "tripartite", "differ")
    ]
    caption = words("comparison.collection", years=context.years)
    yield table("collection", caption, heads, rows, note=words("comparison.collection_note"))
    if len(context.countries) <= MANY:
        folded = tuple(_heat(context, field, vocabulary, by) for field, vocabulary, by in _HEATS)
        yield Folded("types-and-topics", words("comparison.types_and_topics"), folded)


_HEATS: tuple[tuple[str, str, By], ...] = (("kind", "event_kinds", "type"), ("topics", "topics", "topic"))


def _row(context: ProfileContext, country: str, disagreements: pl.DataFrame) -> tuple[Cell, ...]:
    events = context.events_of(country)
    if events.height == 0:
        return (linked(context, country), *(_NONE,) * 6)
    of_events = pl.col("event_id").is_in(events.get_column("event_id").implode())
    reports, actors = context["reports"].filter(of_events), context["actors"].filter(of_events)
    sources = context["sources"].filter(pl.col("source_id").is_in(reports.get_column("source_id").implode()))
    single = metric.single_source_share(events).frame
    by_itself = metric.self_reported_share(events, reports, sources, actors).frame
    together = metric.tripartite_share(events, actors, organisations=context["organisations"]).frame
    few = len(context.countries) <= MANY

    def listed(code: str) -> str:
        return context.events_list("set", code, country) if few else ""

    own = disagreements.filter(pl.col("countries").list.contains(country)).height
    return (
        linked(context, country),
        Value(cldr.number(sources.height), to=sources_page(country)),
        Value(cldr.number(events.height), to=events_page(country)),
        _of(single, listed("single_source")),
        _of(by_itself, listed("self_reported")),
        _of(together, listed("tripartite")),
        Value(cldr.number(own), to=f"{profile_page(country)}#disagreements") if own else _NONE,
    )


def _of(found: pl.DataFrame, to: str) -> Cell:
    """Show a share as a count of those known, which leads to its events."""
    count, known = len(found["evidence"][0]), found["known"][0]
    if not count:
        return words("comparison.of", part=words("numbers.0"), whole=cldr.number(known)) if known else _NONE
    text = words("comparison.of", part=cldr.number(count), whole=cldr.number(known))
    return Value(text, tuple(found["evidence"][0]), to=to) if to else text


def _heat(context: ProfileContext, field: str, vocabulary: str, by: By) -> Leaf:
    """Count the events of each country by one field; each count leads to its events."""
    counts: dict[str, dict[str, Cell]] = {code: {} for code in codebook.vocabulary(vocabulary)}
    for country in context.by_name:
        for row in metric.events_by(context.events_of(country), field).frame.iter_rows(named=True):
            to = context.events_list(by, row[field], country)
            text = cldr.number(row["value"])
            counts[row[field]][country] = Value(text, tuple(row["evidence"]), to=to) if to else text
    label: Callable[[str], str] = lambda code: wording.label(vocabulary, code)  # noqa: E731
    heads = [words(f"comparison.{by}"), *(f"#{code}" for code in context.by_name)]
    rows = [
        (label(code), *(cells.get(country, _NONE) for country in context.by_name))
        for code, cells in counts.items()
        if cells
    ]
    return table(f"by-{by}", words(f"comparison.by_{by}"), heads, rows, note=words("comparison.none_key"))

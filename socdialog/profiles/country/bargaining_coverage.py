"""Collective bargaining coverage: its latest value, one chart of all releases, and shares of other populations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl

from socdialog.display.messages import say, words
from socdialog.display.parts import Folded, Heading, Part, Sentence, Table, caution
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.official_lines import lines, point, used_as
from socdialog.profiles.country.official_series import indicators_in, none_in, series_key
from socdialog.profiles.country.series_figure import known_rows, limits, series_figure, series_lead

_SECTION = "dialogue"


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show bargaining coverage as published, or that it is not, and the other series of the section folded."""
    yield Heading("bargaining-coverage", words("dialogue.bargaining_coverage"))
    coverage = used_as(context, "bargaining_coverage", _SECTION)
    every = list(dict.fromkeys([*coverage, *indicators_in(context, _SECTION)]))
    if not any(known_rows(context, code) for code in every):
        yield none_in(context, words("dialogue.coverage_subject"))
        return
    what = words("dialogue.coverage_subject")
    yield from series_lead(context, coverage, key="dialogue.coverage", what=what)
    yield from series_figure(context, coverage, key="coverage")
    others = [code for code in every if code not in coverage]
    yield from _other_populations(context, coverage, others)
    yield from _folded(context, every, others)


def _other_populations(context: ProfileContext, coverage: Sequence[str], others: Sequence[str]) -> Iterator[Sentence]:
    """Say of the shares of another population that they are no coverage of employees, each with its latest values."""
    employees = _share_of(context, coverage[:1])
    for code in others:
        whom = _share_of(context, [code])
        found = lines(context, [code])
        if not employees or not whom or whom == employees or found.is_empty():
            continue
        known = found.filter(pl.col("place") == 0).drop_nulls("value").sort("year")
        if known.height == 0:
            continue
        last = known.row(-1, named=True)
        said: dict[str, Any] = {
            "publisher": last["source"],
            "whom": whom,
            "employees": employees,
            "year": str(last["year"]),
        }
        if known.height == 1:
            spans = say("dialogue.other_population", value=point(last), **said)
        else:
            before = known.row(-2, named=True)
            said["before_year"] = str(before["year"])
            spans = say("dialogue.other_population_after", value=point(last), before=point(before), **said)
        yield caution(*spans, kind="not_comparable")


def _share_of(context: ProfileContext, codes: Sequence[str]) -> str:
    """Return what the first of some series is a share of; empty where the study does not say."""
    catalogue = context["indicators"]
    if "share_of" not in catalogue.columns:
        return ""
    found = catalogue.filter(pl.col("indicator").is_in(list(codes[:1]))).get_column("share_of").drop_nulls()
    return str(found[0]) if len(found) else ""


def _folded(context: ProfileContext, every: Sequence[str], others: Iterable[str]) -> Iterator[Folded]:
    """Show, folded, the data of further series, and what all series of the section measure and what not."""
    tables: list[Table] = []
    for code in others:
        # A national series may have the name of the country in its own, which the title of a table adds.
        what = context.called("indicators", code, "label").removesuffix(f", {context.about}")
        for part in series_figure(context, code, key=series_key(code), what=what):
            own = part.parts if isinstance(part, Folded) else (part.table,)
            tables += [table for table in own if isinstance(table, Table)]
    for folded in limits(context, every, key="coverage"):
        summary = words("dialogue.further_series") if tables else folded.summary
        yield Folded(folded.key, summary, (*tables, *folded.parts))

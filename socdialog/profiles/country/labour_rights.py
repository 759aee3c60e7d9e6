"""Compliance with labour rights: the score of SDG indicator 8.8.2, by release, and what may not be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from socdialog.codebook import cldr
from socdialog.codebook.attributes import attribute
from socdialog.display.messages import say, words
from socdialog.display.parts import Heading, Part, Sentence, small_print
from socdialog.profiles.context import ProfileContext, warning
from socdialog.profiles.country.official_lines import latest, point, used_as
from socdialog.profiles.country.official_series import none_in
from socdialog.profiles.country.series_figure import cautions, limits, not_published, series_figure
from socdialog.profiles.listing import Row

_KEY = "sdg-882"
#: What a study says that its series of scores is shown as, and the section it is bound to.
_USE, _SECTION = "labour_rights", "standards"
#: Directions of a score of which one end is better.
_BETTER = ("lower_better", "higher_better")


class _Scale(NamedTuple):
    """Which end of a scale is better, and its ends."""

    direction: str
    low: str
    high: str


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the latest score, the chart of all releases, and the caution that goes with it."""
    indicators = used_as(context, _USE, _SECTION)
    what = words("standards.compliance_what")
    yield Heading(_KEY, words("standards.compliance"))
    row = latest(context, indicators)
    scale = None if row is None else _scale(context, row["indicator"])
    absences = [Sentence(spans) for spans in not_published(context, indicators, what=what)]
    if row is not None:
        yield _lead(row, scale)
    elif not absences:
        yield none_in(context, what)
    yield from absences
    yield from (small_print(caution) for code in indicators[:1] for caution in cautions(context, code))
    shown = list(
        series_figure(
            context,
            indicators,
            key=_KEY,
            what=words("standards.compliance_short"),
            axis=scale and words(f"standards.{scale.direction}", low=scale.low, high=scale.high),
        )
    )
    yield from shown
    if shown:
        yield warning("sdg_882_not_ranking")
    yield from limits(context, indicators, key=_KEY)


def _lead(row: Row, scale: _Scale | None) -> Sentence:
    """Say the latest score, and which end of its scale is better."""
    on_scale = words(f"standards.scale_{scale.direction}", low=scale.low, high=scale.high) if scale else ""
    said = say(
        "standards.lead_compliance", value=point(row), year=str(row["year"]), publisher=row["source"], scale=on_scale
    )
    return Sentence(said, "lead")


def _scale(context: ProfileContext, indicator: str) -> _Scale | None:
    """Return the scale of a score; None where neither end is better, or the scale is open."""
    row = context["indicators"].row(by_predicate=pl.col("indicator") == indicator, named=True)
    low, high = (attribute("units", row["unit"], end) for end in ("min", "max"))
    if row["direction"] not in _BETTER or not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    return _Scale(row["direction"], cldr.number(low), cldr.number(high))

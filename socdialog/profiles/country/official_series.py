"""Which official series a section of a page shows, and what it says where there is none."""

from __future__ import annotations

import polars as pl

from socdialog.display.messages import say, words
from socdialog.display.parts import Sentence, Value, sentence
from socdialog.profiles.context import ProfileContext

#: The tables of official series: the values, and what was checked and is not published.
_TABLES = ("country_years", "not_published")


def indicators_in(context: ProfileContext, section: str) -> list[str]:
    """Return the indicators that the study binds to a section, in its order."""
    bound = context["indicators"].filter(pl.col("section") == section)
    return bound.sort("section_order", "indicator", nulls_last=True).get_column("indicator").to_list()


def is_loose(context: ProfileContext) -> bool:
    """Whether the country has series that the study binds to no section: they may be of any quantity."""
    loose = context["indicators"].filter(pl.col("section").is_null()).get_column("indicator").implode()
    return any(context.rows_for(name).get_column("indicator").is_in(loose).any() for name in _TABLES)


def none_in(context: ProfileContext, what: str) -> Sentence:
    """Say that there are no data on a quantity; where series are bound to no section, where these are listed."""
    if is_loose(context):
        place = Value(words("section.wages"), to="#wages")
        return sentence(*say("series.listed", country=context.in_prose, place=place))
    return context.no_data(what)


def series_key(indicator: str) -> str:
    """Return the id of the figure of a series by itself."""
    return f"series-{indicator.lower().replace('_', '-')}"

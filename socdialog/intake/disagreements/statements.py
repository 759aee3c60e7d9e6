"""Statements as the rules see them: who tells what of whom, for which period, within which bounds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import polars as pl

from socdialog.codebook.attributes import attributes
from socdialog.folding import fold
from socdialog.intake.disagreements.figure_bounds import Interval, allowed
from socdialog.intake.disagreements.rules import Rules
from socdialog.intake.names.transliteration import latin, phonetic_key
from socdialog.intake.names.words import organisation_words, singular

Key = TypeVar("Key", bound=Hashable)
Row = dict[str, Any]

#: A shorter beginning may be that of another name.
_DISTINCTIVE_LETTERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One reported figure, or what a row of another table states and is compared like one.

    Parameters
    ----------
    row_id, report_id, figure, event_id
        Where it stands; only a reported figure has a report and an event.
    country, organisation, body, phonetic_body, body_letters
        Whom it is about: the registered organisation where resolved, and the words of its name as told, without accents
        and by their sounds, and its letters without the gaps between words. Where none is
        told but the scope names the country, the body is the country.
    indicator, unit, currency, value, high, qualifier
        What is told, as told.
    bounds
        The numbers it allows.
    start, end
        First and last possible day of the period; None = not told.
    year_start, year_end, end_is_day
        Years of the period, where told, and whether its end is told to the day.
    claimed_by
        Who claims it, folded; empty = the text itself.
    scope
        What exactly is counted: folded parts, without the words that only say "the whole" or how it was claimed.
    reported_period
        First and last day of the period, as told.
    finished
        Whether the event was over when the text was written.
    release, population
        The release of an official series, and the population that a membership counts.
    beside
        What stands in brackets beside its amount, where something does; None among it = no date is told.
    """

    row_id: str
    indicator: str
    value: float
    bounds: Interval
    report_id: str = ""
    figure: int = 0
    event_id: str = ""
    country: str = ""
    organisation: str = ""
    body: frozenset[str] = frozenset()
    phonetic_body: frozenset[str] = frozenset()
    body_letters: str = ""
    unit: str = ""
    currency: str = ""
    high: float | None = None
    qualifier: str = "exact"
    start: date | None = None
    end: date | None = None
    year_start: int | None = None
    year_end: int | None = None
    end_is_day: bool = False
    claimed_by: str = ""
    scope: tuple[str, ...] = ()
    scope_text: str = ""
    reported_period: tuple[str | None, str | None] = (None, None)
    finished: bool = True
    release: str = ""
    population: str = ""
    beside: tuple[str | None, ...] | None = None

    @property
    def plain(self) -> dict[str, object]:
        """The bare number, with what qualifies it."""
        return amount(self.value, high=self.high, qualifier=self.qualifier)

    @property
    def amount(self) -> dict[str, object]:
        """The number with its unit and what qualifies it."""
        more = (("unit", self.unit), ("currency", self.currency), ("beside", self.beside and list(self.beside)))
        return self.plain | {name: one for name, one in more if one}

    @property
    def what(self) -> str:
        """What it counts: its indicator, or the scope of a figure that no indicator stands for."""
        return self.indicator if self.indicator != "other" else self.scope_text or "another figure"

    @property
    def when(self) -> dict[str, object]:
        """Its period, as told."""
        return {"start": self.reported_period[0], "end": self.reported_period[1]}

    @property
    def key(self) -> str:
        """The figure as other tables name it; empty for a statement of another table."""
        return f"{self.report_id}:{self.figure}" if self.report_id else ""

    @property
    def scope_words(self) -> str:
        """The whole scope, folded."""
        return fold(self.scope_text)

    @property
    def scope_stem(self) -> str:
        """The scope up to its first colon, folded: what the parts of a list are parts of."""
        return fold(self.scope_text.partition(":")[0])

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The period as bounds, to be compared with others."""
        return self.start, self.end


def amount(
    value: float, *, high: float | None = None, qualifier: str | None = None, **more: object
) -> dict[str, object]:
    """Return an amount as details keep it: the number, how it is qualified, and what stands beside it."""
    given = {"value": value, "high": high, "qualifier": qualifier, **more}
    return {name: one for name, one in given.items() if one is not None}


def scope_key(text: str, *, country: str, rules: Rules) -> tuple[str, ...]:
    """Return the parts of a scope that narrow down what is counted, sorted.

    Parts are separated by commas and colons; those that name the whole (of the codebook, or the
    country itself) or only the way of the claim say nothing more and are left out.
    """
    if not text:
        return ()
    parts = [fold(part) for part in re.split("[,;:]", text)]
    idle = rules.whole | rules.claim | {country}
    return tuple(sorted(part for part in parts if part and part not in idle))


def rounded_units(rules: Rules) -> frozenset[str]:
    """Return the units whose values are printed rounded, so that they represent an interval."""
    families = attributes("units", "family")
    return rules.rounded_units | {unit for unit, family in families.items() if family in rules.rounded_families}


def read_figures(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> list[Statement]:
    """Return all reported figures that may be compared, in the order of their rows.

    Second codings of a text are left out: where two coders differ, no source contradicts another.
    """
    figures = tables["figures"]
    reports = tables["reports"]
    second = reports.filter(pl.col("recodes").is_not_null()).get_column("report_id")
    names = country_names(tables)
    running = set(reports.filter(pl.col("status") == "ongoing").get_column("report_id").to_list())
    rounded = rounded_units(rules)
    return [
        _reported(row, names=names, rules=rules, rounded=rounded, finished=row["report_id"] not in running)
        for row in figures.filter(~pl.col("report_id").is_in(second.implode()))
        .sort("report_id", "figure")
        .iter_rows(named=True)
    ]


def published(tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[date | None, date | None]]:
    """Return the first and last day on which the source of each report may have been published."""
    joined = tables["reports"].join(tables["sources"], on="source_id", how="left")
    return {
        report_id: (first, last)
        for report_id, first, last in joined.select("report_id", "published_first", "published_last").iter_rows()
    }


def country_names(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Return the folded English name of each country of the study."""
    frame = tables.get("countries")
    if frame is None:
        return {}
    return {code: fold(name) for code, name in frame.select("country", "name").iter_rows()}


def _reported(
    row: Row, *, names: Mapping[str, str], rules: Rules, rounded: frozenset[str], finished: bool
) -> Statement:
    country, unit, scope = (row[name] or "" for name in ("country", "unit", "scope"))
    start, end = row["period_start_first"], row["period_end_last"]
    name = names.get(country, "")
    return Statement(
        row_id=row["row_id"],
        report_id=row["report_id"],
        figure=row["figure"],
        event_id=row.get("event_id") or row["report_id"],
        country=country,
        organisation=row.get("org_id") or "",
        body=_body(fold(row["organisation"] or ""), scope, name),
        phonetic_body=_body(row["organisation"] or "", scope, name),
        body_letters=_letters(row["organisation"] or ""),
        indicator=row["indicator"],
        unit=unit,
        currency=row["currency"] or "",
        value=row["value"],
        high=row["value_high"],
        qualifier=row["qualifier"],
        bounds=allowed(row["value"], high=row["value_high"], qualifier=row["qualifier"], rounded=unit in rounded),
        start=start,
        end=end,
        year_start=start and start.year,
        year_end=end and end.year,
        end_is_day=end is not None and end == row["period_end_first"],
        claimed_by=fold(row["attributed_to"] or ""),
        scope=scope_key(scope, country=name or fold(country), rules=rules),
        scope_text=scope,
        reported_period=(row["period_start"], row["period_end"]),
        finished=finished,
    )


@lru_cache(maxsize=65536)
def _body(organisation: str, scope_text: str, country_name: str) -> frozenset[str]:
    """Return the words that name the body, in sounds, so that scripts and plurals do not matter."""
    if not organisation and country_name and fold(scope_text) == country_name:
        return frozenset({country_name})
    common = organisation_words().common
    words = frozenset(singular(word) for word in latin(organisation).split())
    distinctive = frozenset(word for word in words if word not in common)
    return frozenset(phonetic_key(word) for word in distinctive or words)


@lru_cache(maxsize=65536)
def _letters(organisation: str) -> str:
    """Return the letters of a name with its words together: "gold fields" and "goldfields" are one."""
    return "".join(singular(word) for word in latin(fold(organisation)).split())


def one_body(one: Statement, other: Statement, *, common: float = 0.51) -> bool:
    """Whether two figures name one body, or both name none.

    Registered bodies are compared by id; other names agree when the words of one are among those of
    the other, at least the part `common` of all their words are in both, or one begins with the letters of the other.
    """
    if one.organisation and other.organisation:
        return one.organisation == other.organisation
    if not one.body or not other.body:
        return not one.body and not other.body
    short, long = sorted((one.body_letters, other.body_letters), key=len)
    if len(short) >= _DISTINCTIVE_LETTERS and long.startswith(short):
        return True
    return any(
        left <= right or right <= left or len(left & right) >= common * len(left | right)
        for left, right in ((one.body, other.body), (one.phonetic_body, other.phonetic_body))
    )


def same_body(one: Statement, other: Statement) -> bool:
    """Whether two figures of one text may be about one body: the same, or one of them names none."""
    return not one.body or not other.body or one_body(one, other)


def by_key(figures: Iterable[Statement], key: Callable[[Statement], Key]) -> dict[Key, list[Statement]]:
    """Return the figures that have one key, by it, in the order in which each key comes first."""
    found: dict[Key, list[Statement]] = defaultdict(list)
    for figure in figures:
        found[key(figure)].append(figure)
    return found


def digits(value: float) -> int:
    """Count the significant digits: 3 for 305 and for 305000."""
    return len(f"{value:.10g}".replace(".", "").strip("-0"))


def place_words(tables: Mapping[str, pl.DataFrame]) -> frozenset[str]:
    """Return the folded words of the names of all registered places and countries, as descriptions have them."""
    frames = (tables[name] for name in ("places", "countries") if name in tables)
    names = (name for frame in frames for name in frame.get_column("name").drop_nulls().to_list())
    return frozenset(singular(word) for name in names for word in fold(name).split())

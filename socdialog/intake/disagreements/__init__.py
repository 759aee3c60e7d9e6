"""Contradictions in the data: found by declared rules, shown with their rows, never settled in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

import polars as pl

from socdialog.intake.disagreements import (
    arithmetic,
    claims,
    dating,
    event_figures,
    exchange,
    official_releases,
    parts_of_wholes,
    periods,
    ratifications,
    spellings,
    wage_floors,
)
from socdialog.intake.disagreements.findings import Finding, table
from socdialog.intake.disagreements.rules import Rules, rules
from socdialog.intake.disagreements.statements import Statement, by_key, place_words, published, read_figures

__all__ = ["find_disagreements"]


def find_disagreements(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the contradictions in the clean tables.

    Parameters
    ----------
    tables
        The clean tables by name, with the columns that later steps add (``event_id``, ``org_id``,
        ``person_id``) and ``row_id``. Nothing in them is changed.

    Returns
    -------
    polars.DataFrame
        The columns of the table ``disagreements`` without ``row_id``, sorted by ``disagreement_id``. A row
        is ``open``, or ``not_comparable`` with the reason in ``explanation``.
    """
    declared = rules()
    return table(_findings(tables, rules=declared))


def _findings(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    figures = read_figures(tables, rules=rules)
    reports = by_key(figures, lambda told: told.report_id)
    rows = periods.report_rows(tables["reports"])
    for report_id, told in reports.items():
        yield from _arithmetic(told, rows[report_id], rules=rules)
    yield from event_figures.of_events(figures, rules=rules, places=place_words(tables))
    yield from dating.moved_numbers(figures)
    for identity in rules.of_form("days_so_far"):
        yield from periods.day_counts(figures, identity)
    printed = {report: first for report, (first, last) in published(tables).items() if first == last}
    yield from dating.between_dates(tables["reports"], lengths=_lengths(figures, rules=rules), published=printed)
    yield from spellings.spellings(tables["people"], tables["reports"])
    yield from claims.organisation_claims(figures, tables, rules=rules)
    yield from claims.speaker_claims(figures, tables, rules=rules)
    yield from claims.period_claims(figures, rules=rules)
    yield from claims.fixed_facts(figures, tables, rules=rules)
    yield from ratifications.ratification_dates(tables, rules=rules)
    yield from ratifications.ratification_counts(figures, tables, rules=rules)
    yield from wage_floors.wage_floors(tables["minimum_wages"])
    yield from official_releases.releases(tables["country_years"], rules=rules)
    yield from official_releases.totals(tables["country_years"], rules=rules)


def _arithmetic(figures: Sequence[Statement], report: Mapping[str, object], *, rules: Rules) -> Iterator[Finding]:
    """Test every declared identity on the figures of one report."""
    for identity in rules.of_form("period_years"):
        yield from periods.period_years(figures, identity)
    for identity in (*rules.of_form("event_days"), *rules.of_form("days_so_far")):
        yield from periods.days(figures, report, identity)
    if len(figures) == 1:
        return
    for identity in rules.identities:
        test = arithmetic.FORMS.get(identity.form)
        if test is not None:
            yield from test(figures, identity)
    for identity in rules.of_form("ballot"):
        yield from parts_of_wholes.ballots(figures, identity)
    for identity in rules.of_form("exchange"):
        yield from exchange.exchange_rates(figures, identity)
    for identity in rules.of_form("parts"):
        yield from parts_of_wholes.parts(figures, identity, rules=rules)


def _lengths(figures: Sequence[Statement], *, rules: Rules) -> dict[str, int]:
    """Return the days an event lasts, by report, where the report says so."""
    names = {identity.one("result") for identity in rules.of_form("event_days")}
    return {told.report_id: ceil(told.value) for told in figures if told.indicator in names and not told.scope}

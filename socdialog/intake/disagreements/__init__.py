"""Contradictions in the data: found by declared rules, shown with their rows, never settled in silence."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import combinations
from math import ceil

import polars as pl
import polars.selectors as cs

from socdialog.intake.disagreements import (
    arithmetic,
    claims,
    dating,
    event_figures,
    exchange,
    official_values,
    parts_of_wholes,
    ratifications,
    spellings,
)
from socdialog.intake.disagreements.across_events import across_events
from socdialog.intake.disagreements.across_tables import across_tables
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
    countries = dict(tables["reports"].select("report_id", "countries").drop_nulls().iter_rows())
    return table(_findings(tables, rules=declared), countries=countries)


def _findings(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    figures = read_figures(tables, rules=rules)
    report_dates = tables["reports"].select("report_id", "date_basis", cs.starts_with("start_", "end_"))
    rows = {row["report_id"]: row for row in report_dates.iter_rows(named=True)}
    places = place_words(tables)
    for event in by_key(figures, lambda statement: (statement.event_id, statement.country)).values():
        yield from _of_event(event, rows, rules=rules, places=places)
    yield from dating.moved_numbers(figures)
    for identity in rules.of_form("days_so_far"):
        yield from dating.day_counts(figures, identity)
    on_day = {report: first for report, (first, last) in published(tables).items() if first == last}
    yield from dating.between_dates(tables["reports"], lengths=_lengths(figures, rules=rules), published=on_day)
    yield from spellings.spellings(tables["people"], tables["reports"])
    yield from claims.organisation_claims(figures, tables, rules=rules)
    yield from claims.speaker_claims(figures, tables, rules=rules)
    yield from claims.period_claims(figures, rules=rules)
    yield from claims.fixed_facts(figures, tables, rules=rules)
    yield from ratifications.ratification_dates(tables, rules=rules)
    yield from official_values.ratification_counts(figures, tables, rules=rules)
    yield from official_values.wage_floors(tables["minimum_wages"], rules=rules)
    yield from official_values.official_series(tables["country_years"], rules=rules)
    yield from across_tables(tables)
    yield from across_events(tables)


def _of_event(
    event: Sequence[Statement], rows: Mapping[str, Mapping[str, object]], *, rules: Rules, places: frozenset[str]
) -> Iterator[Finding]:
    """Test the arithmetic of each text and of all, then compare what is told of each thing.

    An identity comes first, since it says more of the same rows than that they cannot be compared.
    """
    texts = by_key(event, lambda statement: statement.report_id)
    within = [found for name, statements in texts.items() for found in _arithmetic(statements, rows[name], rules=rules)]
    yield from within
    if len(texts) > 1:
        yield from parts_of_wholes.parts_reported_elsewhere(event, rules=rules, places=places)
        yield from _over_texts(event, rules=rules, known={str(found.identity) for found in within})
    yield from event_figures.of_event(event, rules=rules, places=places)


def _arithmetic(figures: Sequence[Statement], report: Mapping[str, object], *, rules: Rules) -> Iterator[Finding]:
    """Test every declared identity on the figures of one report."""
    indicators = {figure.indicator for figure in figures}
    for identity in rules.identities:
        if identity.needs and not identity.needs & indicators:
            continue
        match identity.form:
            case "period_years":
                yield from dating.period_years(figures, identity)
            case "event_days" | "days_so_far":
                yield from dating.days(figures, report, identity)
            case "parts":
                yield from parts_of_wholes.parts(figures, identity, rules=rules)
            case form if len(figures) > 1:
                yield from _TESTS[form](figures, identity)


#: Tests of identities that bind several figures of one text.
_TESTS = {**arithmetic.FORMS, "ballot": parts_of_wholes.ballots, "exchange": exchange.exchange_rates}


def _over_texts(event: Sequence[Statement], *, rules: Rules, known: Container[str]) -> Iterator[Finding]:
    """Test identities that no text breaks on the figures of several, those on which the texts agree."""
    agreed = [
        group[0]
        for group in by_key(event, _quantity).values()
        if all(one.bounds.adjoins(other.bounds) for one, other in combinations(group, 2))
    ]
    for identity in rules.identities:
        result = identity.one("result") or identity.one("of")
        if identity.form not in arithmetic.OVER_TEXTS or identity.id in known:
            continue
        if len(arithmetic.figures_for_indicator(agreed, result)) == 1:
            for found in arithmetic.FORMS[identity.form](agreed, identity):
                if len(found.report_ids) > 1:
                    yield found


def _quantity(statement: Statement) -> tuple[object, ...]:
    return statement.indicator, statement.unit, statement.currency, statement.scope, statement.period


def _lengths(figures: Sequence[Statement], *, rules: Rules) -> dict[str, int]:
    """Return the days an event lasts, by report, where the report says so."""
    names = {identity.one("result") for identity in rules.of_form("event_days")}
    return {
        statement.report_id: ceil(statement.value)
        for statement in figures
        if statement.indicator in names and not statement.scope
    }

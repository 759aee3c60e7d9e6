"""Contradictions in the data: found by declared rules, shown with their rows, never settled in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from socdialog.intake.conflicts import arithmetic, dating, parts, tellings
from socdialog.intake.conflicts.findings import Finding, table
from socdialog.intake.conflicts.rules import Rules, rules
from socdialog.intake.conflicts.told import Told, grouped, read_figures

__all__ = ["find_conflicts"]


def find_conflicts(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the contradictions in the clean tables.

    Parameters
    ----------
    tables
        The clean tables by name, with the columns that later steps add (``event_id``, ``org_id``,
        ``person_id``) and ``row_id``. Nothing in them is changed.

    Returns
    -------
    polars.DataFrame
        The columns of the table ``conflicts`` without ``row_id``, sorted by ``conflict_id``. A row
        is ``open``, or ``not_comparable`` with the reason in ``explanation``.
    """
    declared = rules()
    return table(_findings(tables, rules=declared))


def _findings(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    figures = read_figures(tables, rules=rules)
    reports = grouped(figures)
    for told in reports.values():
        yield from _arithmetic(told, rules=rules)
    yield from tellings.within_texts(reports.values(), rules=rules)
    yield from tellings.between_reports(figures, rules=rules)
    yield from tellings.moved_numbers(figures)
    yield from dating.between_dates(tables["reports"])


def _arithmetic(figures: Sequence[Told], *, rules: Rules) -> Iterator[Finding]:
    if len(figures) == 1:
        return
    for identity in rules.identities:
        test = arithmetic.FORMS.get(identity.form)
        if test is not None:
            yield from test(figures, identity)
    for identity in rules.of_form("ballot"):
        yield from parts.ballots(figures, identity)
    for identity in rules.of_form("parts"):
        yield from parts.parts(figures, identity, rules=rules)

"""Rules about people: no published text names one, and nothing is left of those whose rows were deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import polars as pl

from socdialog import codebook
from socdialog.intake.checks.rule_context import CheckContext, Finding, each
from socdialog.intake.names.attribution import WITHHELD, Bodies, published_attribution
from socdialog.intake.names.mentions import PersonalNames
from socdialog.intake.problems import Problem
from socdialog.store.privacy import scanned_columns


def person_named(context: CheckContext) -> Iterator[Finding]:
    """Report when a text that is published names a person of the study or one who is withheld."""
    message = (
        "names a person ({!r}), and this column is published; write the office or the organisation, or list "
        "an organisation named after a person in registry/name_exceptions.csv"
    )
    yield from _mentions(context.tables, context.people, scanned_columns, message)


def erased_person_left(context: CheckContext) -> Iterator[Finding]:
    """Report when a text that is not published still names a person whose rows were deleted."""
    erased = context.people.erased()
    if erased.withheld.pairs:
        message = "still names a withheld person who is in no table of people ({!r}); delete the name"
        yield from _mentions(context.tables, erased, _unpublished, message)


def published_problems(problems: Iterable[Problem], people: PersonalNames) -> tuple[Problem, ...]:
    """Return the problems that a published page may show: none of a column that is not published, and no name."""
    tables = {spec.file: name for name, spec in codebook.tables().items() if spec.file is not None}
    kept = []
    for problem in problems:
        table = next((name for file, name in tables.items() if problem.file.endswith(file)), None)
        if table is not None and (codebook.tables()[table].personal or problem.column in _unpublished(table)):
            continue
        kept.append(replace(problem, message=people.redacted(problem.message)))
    return tuple(kept)


def unknown_claimant(context: CheckContext) -> Iterator[Finding]:
    """Report when who claims a figure is neither a known body nor an office, so that pages withhold it."""
    figures = context.frame("figures", "attributed_to")
    if not set(context.read) >= {table for table, _ in codebook.columns_that("names_body")}:
        return  # a body of a table that cannot be read would seem unknown
    people, bodies = context.people, Bodies.of(context.read)
    texts = figures.get_column("attributed_to").drop_nulls().unique().to_list()
    unknown = [
        text
        for text in texts
        if published_attribution(text, bodies=bodies, people=people) == WITHHELD and not people.mentions(text)
    ]
    message = (
        f"{{attributed_to!r}} is neither a registered organisation nor an office and is published as {WITHHELD!r}; if "
        "it is a body, add it to registry/organisations.csv"
    )
    yield from each("figures", figures.filter(pl.col("attributed_to").is_in(unknown)), "attributed_to", message)


def _unpublished(table: str) -> tuple[str, ...]:
    spec = codebook.tables()[table]
    texts = [column for column in spec.columns.values() if column.type in {"id", "text", "texts"}]
    return tuple(
        column.name for column in texts if column.name not in scanned_columns(table) and column.people != "cited"
    )


def _mentions(
    tables: Mapping[str, pl.DataFrame],
    people: PersonalNames,
    columns: Callable[[str], Iterable[str]],
    message: str,
) -> Iterator[Finding]:
    """Yield a finding for each cell that names one of the people; `message` has a place for the words that do."""
    for table, frame in tables.items():
        for column in columns(table):
            if column not in frame.columns:
                continue
            found = {
                text: mentions[0].words
                for text in frame.get_column(column).drop_nulls().unique().to_list()
                if (mentions := people.mentions(text))
            }
            for line, text in frame.filter(pl.col(column).is_in(list(found))).select("raw_line", column).iter_rows():
                yield Finding(table, line, column, message.format(found[text]))

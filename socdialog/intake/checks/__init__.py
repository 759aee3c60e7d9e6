"""Every problem of the raw data at once, one line each; each rule is a small function of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from socdialog import codebook
from socdialog.intake.checks import (
    addresses,
    cells,
    codes,
    collection,
    context_rules,
    decision_rules,
    habits,
    keys,
    numbers,
    people_rules,
    plausible_figures,
    plausible_times,
    references,
    series_rules,
    times,
    types,
    values,
)
from socdialog.intake.checks.rule_context import CheckContext, Finding, Rule, Watched, check_context
from socdialog.intake.faults import FAULTS, program_fault
from socdialog.intake.problems import Problem, shown_path
from socdialog.intake.reading import RawData

#: Lines that one problem names next to its own.
_NAMED = 3
#: Every rule, errors first, and from a cell by itself to tables against each other: a rule does not see cells that
#: an earlier one has told of, so that one mistake is one line.
RULES: tuple[Rule, ...] = (
    Rule(cells.required),
    Rule(cells.companion_empty),
    Rule(cells.too_long),
    Rule(cells.hidden_character),
    Rule(cells.surrounding_blank),
    Rule(types.bad_date),
    Rule(numbers.bad_number),
    Rule(types.bad_list),
    Rule(codes.unknown_code),
    Rule(addresses.bad_address),
    Rule(types.number_for_words),
    Rule(numbers.out_of_range),
    Rule(keys.bad_id),
    Rule(keys.report_id_form),
    Rule(keys.repeated_key),
    Rule(keys.repeated_value),
    Rule(references.unresolved_reference),
    Rule(references.name_decision_unresolved),
    Rule(keys.refers_to_itself),
    Rule(keys.refers_in_a_circle),
    Rule(decision_rules.contradicting_decisions),
    Rule(references.duplicate_place_spelling),
    Rule(references.unknown_place),
    Rule(times.date_ahead),
    Rule(times.held_ahead),
    Rule(times.reversed_dates),
    Rule(times.ratified_before_adoption),
    Rule(times.ratified_before_membership),
    Rule(values.dated_though_not_ratified),
    Rule(values.wrong_iso),
    Rule(values.wrong_unit),
    Rule(values.wrong_currency),
    Rule(values.high_below_value),
    Rule(values.range_without_ends),
    Rule(values.figure_out_of_range),
    Rule(series_rules.value_out_of_range),
    Rule(series_rules.wrong_publisher),
    Rule(series_rules.published_after_all),
    Rule(context_rules.statement_form),
    Rule(context_rules.statement_once),
    Rule(context_rules.statement_sources_differ),
    Rule(people_rules.person_named),
    Rule(people_rules.erased_person_left, "warning"),
    Rule(people_rules.unknown_claimant, "warning"),
    Rule(plausible_times.stand_in_date, "warning"),
    Rule(plausible_times.date_of_another_calendar, "warning"),
    Rule(plausible_times.date_outside_study, "warning"),
    Rule(plausible_times.date_outside_country, "warning"),
    Rule(times.ends_after_publication, "warning"),
    Rule(series_rules.series_jump, "warning"),
    Rule(cells.formula, "warning"),
    Rule(habits.word_for_nothing, "warning"),
    Rule(habits.wrongly_decoded, "warning"),
    Rule(habits.name_without_letter, "warning"),
    Rule(addresses.secret_in_address, "warning"),
    Rule(addresses.same_address, "warning"),
    Rule(plausible_times.long_action, "warning"),
    Rule(plausible_figures.money_out_of_use, "warning"),
    Rule(plausible_figures.no_participants, "warning"),
    Rule(plausible_figures.more_people_than_there_are, "warning"),
    Rule(collection.country_outside_study, "warning"),
    Rule(collection.missing_conventions, "warning"),
    Rule(collection.same_report_twice, "warning"),
    Rule(collection.same_text_twice, "warning"),
)

__all__ = ["RULES", "CheckContext", "Finding", "Rule", "check", "check_context", "has_no_errors"]


def check(raw: RawData, *, today: date, gathered: bool = True) -> tuple[Problem, ...]:
    """Return every problem of the raw data, the damage of the files included, sorted by place.

    Parameters
    ----------
    raw
        What `socdialog.intake.reading.read_raw` read.
    today
        The day of the check: what has happened cannot be dated after it.
    gathered
        Whether what is wrong alike in a column is one problem; else each cell has its own.
    """
    problems = [*raw.problems, *raw.notes.ahead(today)]
    context = check_context(raw, today=today)
    for rule in RULES:
        findings: list[Finding] = []
        watched = Watched(context.tables)
        try:
            findings.extend(rule.find(replace(context, tables=watched)))
        except FAULTS as error:
            problems.append(program_fault(_shown(raw, watched.last), f"the rule {rule.name}", error))
        problems += [_problem(raw, one, rule) for one in (_gathered(findings) if gathered else findings)]
        if findings:
            context = context.without(findings)
    return tuple(sorted(set(problems)))


def _gathered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield one finding for all that say the same of a column, at the first line: a habit is one mistake."""
    alike: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for one in findings:
        alike[one.table, one.column, one.message].add(one.line)
    for (table, column, message), lines in alike.items():
        first, *others = sorted(lines)
        yield Finding(table, first, column, f"{message}{so_too(others)}")


def so_too(lines: Sequence[int], place: str = "line") -> str:
    """Say in which other lines, or other places of a table, the same is wrong, the first of them by number."""
    if not lines:
        return ""
    named, rest = lines[:_NAMED], len(lines) - _NAMED
    more = f" and {rest:,} more" if rest > 0 else ""
    return f" (also in {place if len(lines) == 1 else f'{place}s'} {', '.join(map(str, named))}{more})"


def has_no_errors(raw: RawData, context: CheckContext) -> bool:
    """Say whether the raw data has no error, which is sooner known than what is wrong with it.

    Parameters
    ----------
    raw
        As for `check`.
    context
        The tables of it, as rules see them.
    """
    if any(problem.level == "error" for problem in (*raw.problems, *raw.notes.ahead(context.today))):
        return False
    try:
        return not any(next(iter(rule.find(context)), None) for rule in RULES if rule.level == "error")
    except FAULTS:
        return False  # `check` says which rule failed


def _problem(raw: RawData, one: Finding, rule: Rule) -> Problem:
    return Problem(_shown(raw, one.table), one.line, one.column, one.message, rule.level, rule.name)


def _shown(raw: RawData, table: str) -> str:
    """Return the file of a table as problems show it; of no table the folder of all."""
    return shown_path(raw.folder, str(codebook.tables()[table].file) if table else "")

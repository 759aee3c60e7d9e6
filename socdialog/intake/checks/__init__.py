"""Every problem of the raw data at once, one line each; each rule is a small function of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from socdialog import codebook
from socdialog.intake.checks.cells import formula, hidden_character, required, surrounding_blank, too_long
from socdialog.intake.checks.decision_rules import contradicting_decisions
from socdialog.intake.checks.keys import (
    bad_id,
    refers_in_a_circle,
    refers_to_itself,
    repeated_key,
    repeated_value,
    report_id_form,
)
from socdialog.intake.checks.people_rules import erased_person_left, person_named, unknown_claimant
from socdialog.intake.checks.references import (
    duplicate_place_spelling,
    name_decision_unresolved,
    unknown_place,
    unresolved_reference,
)
from socdialog.intake.checks.rule_context import CheckContext, Finding, Rule, Watched, check_context
from socdialog.intake.checks.series_rules import published_after_all, series_jump, value_out_of_range, wrong_publisher
from socdialog.intake.checks.times import (
    date_ahead,
    ends_after_publication,
    held_ahead,
    ratified_before_adoption,
    ratified_before_membership,
    reversed_dates,
)
from socdialog.intake.checks.types import (
    bad_address,
    bad_date,
    bad_list,
    bad_number,
    number_for_words,
    out_of_range,
    unknown_code,
)
from socdialog.intake.checks.values import (
    dated_though_not_ratified,
    figure_out_of_range,
    high_below_value,
    range_without_ends,
    wrong_currency,
    wrong_iso,
    wrong_unit,
)
from socdialog.intake.faults import FAULTS, program_fault
from socdialog.intake.problems import Problem, shown_path
from socdialog.intake.reading import RawData

#: Every rule, from a cell by itself to tables against each other: a rule does not see cells that an
#: earlier one found wrong.
RULES: tuple[Rule, ...] = (
    Rule(required),
    Rule(too_long),
    Rule(hidden_character),
    Rule(surrounding_blank),
    Rule(bad_date),
    Rule(bad_number),
    Rule(bad_list),
    Rule(unknown_code),
    Rule(bad_address),
    Rule(number_for_words),
    Rule(out_of_range),
    Rule(bad_id),
    Rule(report_id_form),
    Rule(repeated_key),
    Rule(repeated_value),
    Rule(unresolved_reference),
    Rule(name_decision_unresolved),
    Rule(refers_to_itself),
    Rule(refers_in_a_circle),
    Rule(contradicting_decisions),
    Rule(duplicate_place_spelling),
    Rule(unknown_place),
    Rule(date_ahead),
    Rule(held_ahead),
    Rule(reversed_dates),
    Rule(ratified_before_adoption),
    Rule(ratified_before_membership),
    Rule(dated_though_not_ratified),
    Rule(wrong_iso),
    Rule(wrong_unit),
    Rule(wrong_currency),
    Rule(high_below_value),
    Rule(range_without_ends),
    Rule(figure_out_of_range),
    Rule(value_out_of_range),
    Rule(wrong_publisher),
    Rule(published_after_all),
    Rule(person_named),
    Rule(erased_person_left, "warning"),
    Rule(unknown_claimant, "warning"),
    Rule(ends_after_publication, "warning"),
    Rule(series_jump, "warning"),
    Rule(formula, "warning"),
)

__all__ = ["RULES", "CheckContext", "Finding", "Rule", "check", "check_context", "has_no_errors"]


def check(raw: RawData, *, today: date) -> tuple[Problem, ...]:
    """Return every problem of the raw data, the damage of the files included, sorted by place.

    Parameters
    ----------
    raw
        What `socdialog.intake.reading.read_raw` read.
    today
        The day of the check: what has happened cannot be dated after it.
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
        problems += [_problem(raw, one, rule) for one in findings]
        if findings and rule.level == "error":
            context = context.without(findings)
    return tuple(sorted(set(problems)))


def has_no_errors(raw: RawData, context: CheckContext) -> bool:
    """Say whether the raw data has no error, which is sooner known than what is wrong with it.

    Parameters
    ----------
    raw
        As for `check`.
    look
        The first look at it.
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

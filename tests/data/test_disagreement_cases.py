"""Contradictions and controls of our own, written before the rules: how many are found, and how many are judged right.

A contradiction is found when a row of any verdict names two of its figures (dates: two of its reports); a control is
violated when an open row names two of its figures and none outside it.
"""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

import yaml

from socdialog.intake.disagreements import find_disagreements
from tests.small_claims import small_claims

_FILE = yaml.safe_load(Path(__file__).with_name("disagreement_cases.yaml").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in _FILE["cases"]}
#: Verdicts of a case that must not be shown as a contradiction.
CONTROLS = {"silent", "rounding", "not_comparable"}
STATUSES = {"contradict": "open"}
#: What the rules of the day miss, and judge wrongly.
MISSED, VIOLATED, MISJUDGED = 0, 0, 2


def _tables(case):
    figures = [_FILE["defaults"] | figure for figure in case.get("figures", ())]
    letters = sorted({*(figure.pop("in") for figure in figures), *case.get("reports", {})})
    places = [figure["in"] for figure in case.get("figures", ())]
    events, details = case.get("events", {}), case.get("reports", {})
    reports, sources = [], []
    for letter in letters:
        own = dict(details.get(letter, {}))
        sources.append({"source_id": letter, "published": own.pop("published", None)})
        kind = {"kind": case.get("kind", "strike"), "countries": "GHA"}
        reports.append({"report_id": f"{letter}#1", "event": events.get(letter, "ev"), **kind, **own})
    for letter, figure in zip(places, figures, strict=True):
        figure["report_id"] = f"{letter}#1"
    orgs = case.get("orgs", {})
    registry = [{"org_id": org_id, "name": name, "country": "GHA"} for name, org_id in orgs.items()]
    return small_claims(figures, reports=reports, sources=sources, orgs=orgs, organisations=registry)


def _keys(case):
    numbers = {letter: count(1) for letter in "abc"}
    return [f"{figure['in']}#1:{next(numbers[figure['in']])}" for figure in case.get("figures", ())]


@cache
def _rows(name):
    """Return the rows that name at least two of a case's figures or, of a case about dates, its reports."""
    case = CASES[name]
    concerned = set(_keys(case))
    rows = find_disagreements(_tables(case)).rows(named=True)
    if concerned:
        return [row for row in rows if len(concerned & set(row["figures"] or ())) >= min(2, len(concerned))]
    return [row for row in rows if len(set(case["reports"]) & {one[0] for one in row["report_ids"] or ()}) > 1]


def _judged_right(name):
    verdict, statuses = CASES[name]["verdict"], {row["status"] for row in _rows(name)}
    if verdict == "silent":
        return "open" not in statuses
    return STATUSES.get(verdict, verdict) in statuses and (verdict == "contradict" or "open" not in statuses)


def test_the_cases_are_enough():
    conflicts = [case for case in CASES.values() if case["verdict"] not in CONTROLS]
    assert len(conflicts) >= 30
    assert len(CASES) - len(conflicts) >= 14


def _conflicts():
    return [name for name, case in CASES.items() if case["verdict"] not in CONTROLS]


def _violated():
    return [name for name in CASES if name not in _conflicts() and any(row["status"] == "open" for row in _rows(name))]


def test_contradictions_are_found_and_controls_are_not_shown_as_such():
    missed = [name for name in _conflicts() if not _rows(name)]
    assert len(missed) <= MISSED, f"{missed} of {len(_conflicts())}"
    assert len(_violated()) <= VIOLATED, _violated()


def test_each_case_is_judged_as_a_reader_would():
    wrong = {name: [(row["check"], row["status"]) for row in _rows(name)] for name in CASES if not _judged_right(name)}
    assert len(wrong) <= MISJUDGED, wrong

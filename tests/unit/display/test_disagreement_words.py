"""What a check found reads as a sentence, and every check of the vocabulary has one that can be filled."""

from __future__ import annotations

import json
import string

import pytest

from socdialog.codebook import vocabulary
from socdialog.display.disagreement_words import beside_values, explained, explanation

MINUS = "\u2212"


@pytest.mark.parametrize(
    ("check", "details", "words"),
    [
        (
            "share",
            {
                "part": {"value": 49},
                "whole": {"value": 68},
                "right": 72.0588,
                "printed": 28,
                "also": "other_part",
                "rest": 19,
            },
            "49 of 68 is 72.1%, not 28%. 28% is the share of the other 19.",
        ),
        (
            "change",
            {"before": {"value": 84}, "now": {"value": 68}, "right": -19.04, "printed": 19.0, "also": None},
            f"From 84 to 68 the change is {MINUS}19%, not +19%.",
        ),
        (
            "parts",
            {"parts": [21, 24], "right": 45, "whole": 66, "also": "exceeding"},
            "The parts 21 + 24 = 45, not 66; parts cannot exceed the total.",
        ),
        (
            "first_day",
            {"dates": ["2019-03-24", "2019-03"]},
            "Reports date the beginning of the event 24 March 2019 or March 2019.",
        ),
        (
            "within_text",
            {
                "what": "workers_on_strike",
                "scope": ["underground"],
                "amounts": [{"value": 800}, {"value": 5000, "qualifier": "about"}],
            },
            "One source reports different values for workers on strike (underground): 800 and about 5,000.",
        ),
        (
            "within_text",
            {"what": "strikes", "scope": [], "amounts": [{"value": 1}, {"value": 2}, {"value": 3}]},
            "One source reports different values for strikes: 1, 2 and 3.",
        ),
        (
            "count_falls",
            {"amounts": [{"value": 53, "beside": ["2019"]}, {"value": 9, "beside": [None, "union"]}]},
            "The later total is lower: 53 (2019), then 9 (date not stated, union); no denunciation was found.",
        ),
        (
            "moved_number",
            {
                "value": 305,
                "what": "strikes",
                "periods": [{"start": "2012-05", "end": None}, {"start": "2012-06", "end": "2012-06"}],
            },
            "Sources report the same 305 (strikes) with different periods: since May 2012 and June 2012.",
        ),
    ],
)
def test_what_a_check_found_in_words(check: str, details: dict[str, object], words: str) -> None:
    assert explained(check, details) == words
    assert explanation({"check": check, "details": json.dumps(details)}) == words


@pytest.mark.parametrize(
    ("check", "details", "words"),
    [
        ("within_text", {"what": "strikes", "scope": [], "amounts": [{"value": 1}, {"value": 2}]}, ""),
        ("first_day", {"dates": ["2019-03-24", "2019-03"]}, ""),
        ("difference", {"before": 5, "now": 8, "right": 3, "printed": 4}, "From 5 to 8 the change is 3, not 4."),
        (
            "fixed_fact",
            {"amounts": [{"value": 1993}, {"value": 1994}], "also": "registered", "registered": "1993"},
            None,
        ),
    ],
)
def test_next_to_its_values_a_finding_does_not_repeat_them(
    check: str, details: dict[str, object], words: str | None
) -> None:
    whole = explained(check, details)
    expected = whole if words is None else words
    assert beside_values({"check": check, "details": json.dumps(details)}) == expected


def test_every_check_has_a_sentence_a_kind_and_a_status() -> None:
    ways = {
        "",
        "percent",
        "signed",
        "round",
        "what",
        "and",
        "or",
        "plus",
        "then",
        "against",
        "and for",
        "brackets",
        "aside",
        "whats",
    }
    for term in vocabulary("disagreement_checks").values():
        says = [str(term.more["says"]), *(term.more.get("also") or {}).values()]  # type: ignore[attr-defined]
        fields = [(name, spec) for text in says for _, name, spec, _ in string.Formatter().parse(text) if name]
        assert fields, term.code
        assert {spec for _, spec in fields} <= ways, term.code
        assert term.more["kind"] in vocabulary("disagreement_kinds"), term.code
        assert term.more.get("status", "open") in vocabulary("disagreement_statuses"), term.code

"""What was meant is told by meaning; by spelling only where words are long; and never another code than was meant."""

from __future__ import annotations

import pytest

from socdialog.advice import advice, meanings, unknown

CODES = ["KAZ", "KGZ", "TUR", "TJK", "TKM"]
CONVENTIONS = ["C087", "C098", "C187", "C181", "P029"]
WORDS = ["strike", "lockout", "collective_agreement", "memorandum", "training"]


@pytest.mark.parametrize(
    ("value", "allowed", "meant"),
    [
        ("kaz", CODES, "KAZ"),
        (" KAZ ", CODES, "KAZ"),
        ("K\u0410Z", CODES, "KAZ"),  # a Cyrillic A
        ("\u03a4UR", CODES, "TUR"),  # a Greek tau
        ("KAX", CODES, None),
        ("KZA", CODES, None),
        ("KZ", CODES, None),
        ("K", CODES, None),
        ("", CODES, None),
        ("c087", CONVENTIONS, "C087"),
        ("C87", CONVENTIONS, None),
        ("C088", CONVENTIONS, None),
        ("C0877", CONVENTIONS, None),
        ("strke", WORDS, "strike"),
        ("Strike", WORDS, "strike"),
        ("stirke", WORDS, "strike"),
        ("collective-agreement", WORDS, "collective_agreement"),
        ("colective_agreement", WORDS, "collective_agreement"),
        ("agreement", WORDS, None),
        ("train", WORDS, "training"),
        ("rain", WORDS, None),
        ("paper-2019", ["paper-2018", "paper-2020"], None),
        ("papper-2018", ["paper-2018", "paper-2020"], "paper-2018"),
        ("workers_a", ["workers_b", "workers_c"], None),
        ("Saint-Etienne", ["Saint-Étienne", "Saint-Denis"], "Saint-Étienne"),
        ("countries", ["country", "since", "until"], "country"),
    ],
)
def test_one_value_is_meant_or_none(value: str, allowed: list[str], meant: str | None) -> None:
    assert meanings(value, allowed) == (() if meant is None else (meant,))


def test_what_is_known_to_be_meant_is_asked_before_spelling_and_only_of_what_is_allowed() -> None:
    assert meanings("Turkey", ["TUR", "URY"], ["TUR"]) == ("TUR",)
    assert meanings("strke", WORDS, ["elsewhere"]) == ()
    assert meanings("som", ["KGS", "UZS", "USD"], ["UZS", "KGS"]) == ("UZS", "KGS")
    assert meanings("dollar", ["A", "B", "C", "D"], ["A", "B", "C", "D"]) == (), "of four nobody can tell"


def test_letters_that_are_composed_otherwise_are_told() -> None:
    told = advice("I\u0307zmir", ["\u0130zmir"])
    assert told.startswith(
        "did you mean '\u0130zmir'? It looks the same, but its accents are separate characters (NFD)"
    )
    assert advice("Izmir", ["\u0130zmir"]) == "did you mean '\u0130zmir'?"


def test_a_letter_of_another_script_is_named() -> None:
    assert advice("K\u0410Z", CODES) == "did you mean 'KAZ'? it contains '\u0410', a Cyrillic letter"
    assert advice("\u03a4UR", CODES) == "did you mean 'TUR'? it contains '\u03a4', a Greek letter"
    assert advice("kaz", CODES) == "did you mean 'KAZ'?"
    assert advice("K\u0410X", CODES) == ""


def test_a_letter_of_another_script_is_named_also_where_nothing_is_meant() -> None:
    assert unknown("country", "K\u0410X", CODES * 3) == (
        "'K\u0410X' is not a known country; it contains '\u0410', a Cyrillic letter; known: KAZ, KGZ, TJK, TKM, TUR"
    )
    assert "a Cyrillic letter" in unknown("country", "\u041a\u0410\u0417", CODES)
    assert "letter" not in unknown("country", "\u0410\u0432\u0441\u0442\u0440\u0456\u044f", CODES), (
        "a name of another language"
    )


SIDES = ["workers", "employers", "government", "tripartite"]
STATUSES = ["ratified", "not_ratified", "denounced", "law_only"]
OPPOSITES = [
    ("employees", SIDES),
    ("employee", ["employer", "worker"]),
    ("employers", ["employees", "members"]),
    ("trainees", ["trainers", "experts"]),
    ("unratified", ["ratified", "denounced"]),
    ("un-ratified", ["ratified", "denounced"]),
    ("notified", ["ratified"]),
    ("denounced", ["ratified", "announced"]),
    ("unlawful", ["lawful", "spontaneous"]),
    ("lawful", ["unlawful", "spontaneous"]),
    ("nonmembers", ["members", "delegates"]),
    ("disaffiliated", ["affiliated", "associate"]),
    ("informal", ["formal", "mixed"]),
    ("formal", ["informal", "mixed"]),
    ("irregular", ["regular"]),
    ("unorganised", ["organised"]),
    ("wage_decrease_pct", ["wage_increase_pct", "wage_demand_pct"]),
    ("import_duties", ["export_duties"]),
    ("period_end_", ["period_start"]),
    ("period_finish", ["period_start", "published"]),
    ("max_value", ["min_value"]),
    ("paternity_leave", ["maternity_leave"]),
    ("in_person", ["person"]),
    ("unemployed", ["employed"]),
    ("employed", ["unemployed"]),
    ("deregistered", ["registered"]),
    ("anti_union", ["union"]),
]


@pytest.mark.parametrize(("value", "allowed"), OPPOSITES)
def test_an_opposite_is_never_guessed(value: str, allowed: list[str]) -> None:
    assert meanings(value, allowed) == ()


@pytest.mark.parametrize(
    ("value", "allowed", "meant"),
    [
        ("emplyers", SIDES, "employers"),
        ("employes", ["employees", "members"], None),  # employers as well
        ("goverment", SIDES, "government"),
        ("ratifed", STATUSES, "ratified"),
        ("denonced", STATUSES, "denounced"),
        ("not-ratified", STATUSES, "not_ratified"),
        ("not_ratifed", STATUSES, "not_ratified"),
        ("unlawfull", ["lawful", "unlawful"], "unlawful"),
        ("unemploed", ["employed", "unemployed"], "unemployed"),
        ("CO87", CONVENTIONS, "C087"),
        ("P0Z9", CONVENTIONS, None),
        ("P\u041e29", CONVENTIONS, "P029"),
        ("period_strat", ["period_start", "period_end"], "period_start"),
        ("wage_increse_pct", ["wage_increase_pct", "wage_cut_pct"], "wage_increase_pct"),
    ],
)
def test_a_slip_of_the_keyboard_is_told(value: str, allowed: list[str], meant: str | None) -> None:
    assert meanings(value, allowed) == (() if meant is None else (meant,))


def test_unknown_names_what_was_meant_or_a_short_list_or_neither() -> None:
    assert unknown("country", "kaz", ["KAZ", "TUR"]) == "'kaz' is not a known country; did you mean 'KAZ'?"
    assert unknown("country", "KAX", ["TUR", "KAZ"]) == "'KAX' is not a known country; known: KAZ, TUR"
    assert unknown("code", "zzz", [f"a{number}" for number in range(12)]).endswith(
        "known: " + ", ".join(sorted(f"a{number}" for number in range(12)))
    )
    assert unknown("code", "zzz", [f"a{number}" for number in range(13)]) == "'zzz' is not a known code"

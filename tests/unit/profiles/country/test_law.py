"""The legal framework: the latest provision of each aspect is open, all are folded, aspects without data named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from small_page import small_page

from socdialog import dates
from socdialog.codebook.attributes import attributes
from socdialog.display.parts import Folded, Heading, Sentence, Table, Value, plain
from socdialog.profiles.country import law

Row = Mapping[str, object]


def provision(aspect: str, text: str, *, as_of: str | None = None, since: str | None = None, **more: object) -> Row:
    row: dict[str, object] = {"country": "PER", "aspect": aspect, "provision": text, "source": "https://law.example"}
    row |= {"as_of": as_of, "in_force_from": since} | more
    for name in ("as_of", "in_force_from"):
        if row[name] is not None:
            bounds = dates.bounds(str(row[name]))
            row |= {f"{name}_first": bounds.first, f"{name}_last": bounds.last}
    return row


def made(*provisions: Row, **tables: Iterable[Row]) -> list[object]:
    return list(law.parts(small_page(legal_framework=list(provisions), **{k: list(v) for k, v in tables.items()})))


def table(parts: Iterable[object], key: str) -> Table:
    inside = [one for part in parts for one in (part.parts if isinstance(part, Folded) else (part,))]
    return next(part for part in inside if isinstance(part, Table) and part.key == key)


def cells(shown: Table) -> list[tuple[str, ...]]:
    return [tuple(cell if isinstance(cell, str) else cell.text for cell in row) for row in shown.rows]


def test_every_aspect_is_in_one_of_three_groups_that_have_words() -> None:
    assert set(attributes("legal_aspects", "group").values()) == {"organising", "bargaining", "dispute_law"}
    assert [part.key for part in made(provision("lockout", "No.")) if isinstance(part, Heading)] == [
        "organising",
        "bargaining",
        "dispute-law",
    ]


def test_the_provision_verified_last_is_open_and_all_are_folded() -> None:
    old = provision("strike_right", "Old.", as_of="2010", since="2001", law="Act")
    new = provision("strike_right", "New.", as_of="2019-03", law="Code", article="7")
    none = provision("strike_right", "Undated.", since="2020-01", law="Decree", article="sole")
    parts = made(old, none, new)
    assert cells(table(parts, "dispute-law-provisions")) == [
        ("Right to strike", "New.", "Code (art. 7)", "March 2019"),
    ]
    assert cells(table(parts, "provisions")) == [
        ("Right to strike", "New.", "Code (art. 7)", "March 2019", "not stated"),
        ("Right to strike", "Old.", "Act", "2010", "2001"),
        ("Right to strike", "Undated.", "Decree (sole)", "undated source", "January 2020"),
    ]
    assert "All provisions by aspect, 2 of them earlier or differing" in [
        part.summary for part in parts if isinstance(part, Folded)
    ]


def test_a_date_of_less_precision_may_be_later() -> None:
    """2019 may be December 2019, which is later than March."""
    parts = made(
        provision("lockout", "March.", as_of="2019-03"),
        provision("lockout", "Year.", as_of="2019"),
    )
    assert cells(table(parts, "dispute-law-provisions"))[0][1] == "Year."


def test_a_provision_without_law_or_article_says_so() -> None:
    parts = made(provision("lockout", "No."), provision("strike_right", "Yes.", article="12"))
    assert [row[2:] for row in cells(table(parts, "dispute-law-provisions"))] == [
        ("art. 12", "undated source"),
        ("not stated", "undated source"),
    ]


@pytest.mark.parametrize(
    ("provisions", "said"),
    [
        (
            [
                ("right_to_organise", "Code; Act", "2015"),
                ("union_registration", "Act", "2020"),
                ("lockout", "Other", "2001"),
            ],
            "On organising and bargaining, the sources mainly cite the Act and the Code; law as of 2001–2020.",
        ),
        ([("bargaining_levels", "Code", None)], "On organising and bargaining, the sources mainly cite the Code."),
        ([("lockout", "Code", "2001")], "The sources state provisions on one of 19 aspects of law."),
        (
            [("bargaining_levels", None, "2001"), ("lockout", "Code", "2001")],
            "The sources state provisions on two of 19 aspects of law.",
        ),
    ],
)
def test_the_lead_names_the_laws_cited_on_most_aspects(
    provisions: list[tuple[str, str | None, str | None]], said: str
) -> None:
    rows = [provision(aspect, f"{at}.", law=name, as_of=day) for at, (aspect, name, day) in enumerate(provisions)]
    lead = made(*rows)[0]
    assert isinstance(lead, Sentence)
    assert (lead.kind, lead.text) == ("lead", said)


def test_the_lead_names_two_laws_those_of_most_aspects_then_of_most_provisions() -> None:
    aspects = ("right_to_organise", "union_registration", "civil_servants")
    rows = [provision(aspect, f"a{aspect}", law="A") for aspect in aspects]
    rows += [provision(aspect, f"b{aspect}", law="B") for aspect in aspects[:2]]
    rows += [provision(aspects[0], f"c{at}", law="C") for at in range(5)]
    lead = made(*rows)[0]
    assert isinstance(lead, Sentence)
    assert [one.text for one in lead.spans if isinstance(one, Value)] == ["A", "B"]
    assert len(lead.spans[1].evidence) == 3


def test_the_lead_gives_the_articles_of_current_provisions_on_organising_and_bargaining() -> None:
    parts = made(
        provision("right_to_organise", "a", law="Constitution; Labour Code", article="Const. 23; LC 58-59, 3"),
        provision("bargaining_levels", "b", law="Labour Code", article="20"),
        provision("bargaining_levels", "c", law="Labour Code", article="99", status="repealed"),
        provision("strike_right", "d", law="Labour Code", article="176"),
    )
    (said,) = [part.text for part in parts if isinstance(part, Sentence) and part.kind == "lead"]
    assert said == (
        "On organising and bargaining, the sources mainly cite the Constitution (art. 23) "
        "and the Labour Code (art. 3, 20 and 58–59)."
    )


def test_a_group_without_data_says_so_and_aspects_without_data_are_named() -> None:
    parts = made(provision("lockout", "No."))
    said = [part.text for part in parts if isinstance(part, Sentence)]
    assert "No data found on provisions on organising." in said
    assert "No data found on provisions on bargaining." in said
    (absent,) = [part for part in parts if isinstance(part, Folded) and part.key == "aspects-without-data"]
    assert absent.summary == "Aspects without data (18 of 19)"
    named = plain(absent.parts[0].spans)
    subjects = [subject for code, subject in attributes("legal_aspects", "subject").items() if code != "lockout"]
    assert named == f"No data found on {', '.join(map(str, subjects[:-1]))} and {subjects[-1]}."


def test_every_aspect_can_be_named_within_a_sentence() -> None:
    assert all(isinstance(subject, str) for subject in attributes("legal_aspects", "subject").values())


def test_what_is_found_on_aspects_without_current_law_is_counted_by_its_status_and_links_to_its_rows() -> None:
    parts = made(
        provision("lockout", "Bill.", status="draft", row_id="a"),
        provision("strike_right", "Old.", status="repealed", row_id="b"),
        provision("strike_right", "Passed.", status="adopted", row_id="c"),
        provision("strike_procedure", "Older.", status="repealed", row_id="d"),
    )
    (said,) = [part for part in parts if isinstance(part, Sentence) and "No current provision" in part.text]
    assert said.text == (
        "No current provision was found on the right to strike, the procedure before a strike and lockouts, "
        "only one adopted provision whose entry into force is not stated, one draft provision "
        "and two provisions no longer in force."
    )
    counts = [span for span in said.spans if isinstance(span, Value)]
    assert [len(one.evidence) for one in counts] == [1, 1, 2]


def test_without_a_provision_nothing_else_is_said() -> None:
    (only,) = made()
    assert isinstance(only, Sentence)
    assert only.text == "No data found on the legal framework."


def test_laws_named_as_a_whole_are_folded_the_latest_first() -> None:
    named = [("Old", "1990-02"), ("None", None), ("New", "2018")]
    institutions = [
        {"country": "PER", "kind": "law", "name": name, "date": day, "date_last": day and dates.bounds(day).last}
        for name, day in named
    ]
    institutions.append({"country": "PER", "kind": "body", "name": "Council"})
    parts = made(institutions=institutions)
    assert cells(table(parts, "laws")) == [("New", "2018"), ("Old", "February 1990"), ("None", "not stated")]


def test_a_list_of_very_many_provisions_is_capped_and_says_where_all_are() -> None:
    parts = made(*(provision("lockout", f"{at:03}.", as_of="2019") for at in range(60)))
    (folded,) = [part for part in parts if isinstance(part, Folded) and part.key == "provisions-list"]
    shown, rest = folded.parts
    assert isinstance(shown, Table)
    assert len(shown.rows) == 50
    assert isinstance(rest, Sentence)
    assert rest.text == "The table shows the first 50 rows. All 60 rows"
    assert folded.elsewhere == "countries/PER-sources.html"


def test_repealed_law_and_drafts_are_never_shown_as_current_law() -> None:
    """Later ones too: a bill of 2025 and a code replaced in 2023 are not the law of 2018."""
    parts = made(
        provision("strike_right", "Old.", as_of="2024", law="Code of 1995", status="repealed"),
        provision("strike_right", "Bill.", as_of="2025", law="Bill", status="draft"),
        provision("strike_right", "Passed.", law="Amendment", status="adopted"),
        provision("strike_right", "Law.", as_of="2018", law="Code of 2015"),
        provision("lockout", "Applies.", as_of="2001", law="Act", status="in_force"),
    )
    assert [row[:2] for row in cells(table(parts, "dispute-law-provisions"))] == [
        ("Right to strike", "Law."),
        ("Lockout", "Applies."),
    ]
    assert [row[1:] for row in cells(table(parts, "provisions"))] == [
        ("Law.", "Code of 2015", "2018", "not stated", "not stated"),
        ("Bill.", "Bill", "2025", "not stated", "Draft"),
        ("Old.", "Code of 1995", "2024", "not stated", "No longer in force"),
        ("Passed.", "Amendment", "undated source", "not stated", "Adopted, entry into force not stated"),
        ("Applies.", "Act", "2001", "not stated", "In force"),
    ]


def test_the_lead_names_no_law_that_is_not_current() -> None:
    old = [provision(one, one, law="Old code", status="repealed") for one in ("right_to_organise", "civil_servants")]
    lead = made(*old, provision("bargaining_levels", "x", law="New code"))[0]
    assert isinstance(lead, Sentence)
    assert lead.text == "On organising and bargaining, the sources mainly cite the New code."


def test_an_aspect_with_earlier_law_only_is_named_and_is_not_without_data() -> None:
    parts = made(
        provision("lockout", "Draft.", status="draft"),
        provision("strike_right", "Yes."),
        provision("bargaining_levels", "Old.", status="repealed"),
        provision("bargaining_levels", "Older.", status="repealed"),
    )
    said = [part.text for part in parts if isinstance(part, Sentence)]
    assert "No current provision was found on lockouts, only one draft provision." in said
    assert "No current provision was found on levels of bargaining, only two provisions no longer in force." in said
    assert "No data found on provisions on bargaining." not in said
    assert [row[1] for row in cells(table(parts, "dispute-law-provisions"))] == ["Yes."]
    (absent,) = [part for part in parts if isinstance(part, Folded) and part.key == "aspects-without-data"]
    assert absent.summary == "Aspects without data (16 of 19)"


def test_a_country_with_drafts_only_has_no_law_to_name() -> None:
    lead = made(provision("right_to_organise", "Bill.", law="Bill", status="draft"))[0]
    assert isinstance(lead, Sentence)
    assert lead.text == "The sources state no provision known to be in force."


def test_a_repealed_law_named_as_a_whole_follows_those_in_force_and_says_so() -> None:
    laws = [("Old", "2020", "repealed"), ("New", "2018", None)]
    parts = made(
        institutions=[
            {"country": "PER", "kind": "law", "name": name, "date": day, "law_status": status}
            | {"date_last": dates.bounds(day).last}
            for name, day, status in laws
        ]
    )
    assert cells(table(parts, "laws")) == [
        ("New", "2018", "not stated"),
        ("Old", "2020", "No longer in force"),
    ]

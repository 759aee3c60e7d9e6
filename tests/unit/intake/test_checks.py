"""Each rule is seen to fail at exactly one place of a broken copy, and to stay silent on a good change."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import zip_longest
from pathlib import Path

import polars as pl
import pytest
from check_cases import CASES, Case

from socdialog import codebook
from socdialog.intake.checks import RULES, check, check_context, has_no_errors, rule_context
from socdialog.intake.checks.people_rules import published_problems
from socdialog.intake.names.mentions import PersonalNames, name_pairs
from socdialog.intake.problems import Problem
from socdialog.intake.reading import RawData
from socdialog.store.withheld import WITHHELD_VARIABLE, Withheld, write_withheld

TODAY = date(2026, 11, 29)
#: Rules whose mistake takes more than one cell; their tests stand below, or with their modules.
BY_HAND = {
    "repeated_key",
    "erased_person_left",
    "refers_in_a_circle",
    "contradicting_decisions",
    "duplicate_place_spelling",
    "name_decision_unresolved",
    "published_after_all",
    "series_jump",
    "same_address",
    "stand_in_date",
    "date_outside_study",
    "date_outside_country",
    "long_action",
    "money_out_of_use",
    "no_participants",
    "more_people_than_there_are",
    "country_outside_study",
    "missing_conventions",
    "same_report_twice",
    "same_text_twice",
}


@pytest.fixture(scope="session")
def known(raw: RawData) -> frozenset[Problem]:
    return frozenset(check(raw, today=TODAY))


@pytest.fixture(
    autouse=True,
    params=[pytest.param(rule_context.LONG, id="by rows"), pytest.param(0, id="by outline", marks=pytest.mark.long)],
)
def way_of_looking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a rule finds in the rows of a table it finds in the outline of a long one."""
    monkeypatch.setattr(rule_context, "LONG", request.param)


def ids(case: Case) -> str:
    return f"{case.rule}-{case.table}-{next(iter(case.bad.values()))!r}"


def line_for(case: Case, raw: RawData, line_of) -> int:
    where = dict(case.where)
    if where.get("source_id") == "@dated":
        dated = raw.tables["sources"].filter(pl.col("published").is_not_null()).get_column("source_id").to_list()
        found = raw.tables["reports"].filter(
            pl.col("source_id").is_in(dated),
            pl.col("status") == "held",
            pl.col("start_date").is_not_null(),
            pl.col("end_date").is_null(),
        )
        return found.get_column("raw_line")[0]
    return line_of(case.table, **where)


def cells(case: Case, raw: RawData) -> dict[str, str | None]:
    """Return the bad cells; '@2' is the value of the next line."""
    return {
        column: raw.tables[case.table].get_column(column)[1] if value == "@2" else value
        for column, value in case.bad.items()
    }


#: The cases of each table, one of each table at a time: a look at all that is wrong costs as much as at one thing.
OF_TABLES = [[case for case in CASES if case.table == table] for table in dict.fromkeys(case.table for case in CASES)]
ROUNDS = [tuple(case for case in one if case is not None) for one in zip_longest(*OF_TABLES)]


@pytest.mark.parametrize(
    "cases",
    [
        *(pytest.param(cases, id=f"round {number}") for number, cases in enumerate(ROUNDS)),
        *(pytest.param((case,), id=ids(case), marks=pytest.mark.long) for case in CASES),
    ],
)
def test_rule_names_the_one_place_that_is_wrong(cases, raw, known, broken, line_of):
    changed, expected = raw, {}
    for case in cases:
        line = line_for(case, raw, line_of)
        changed = broken(case.table, line, cells(case, raw), of=changed)
        expected[f"data/raw/{codebook.tables()[case.table].file}"] = (case, line + ("@2" in case.bad.values()))
    found = sorted(set(check(changed, today=TODAY)) - known)
    assert [(problem.file, problem.line, problem.column, problem.rule) for problem in found] == [
        (file, line, case.column, case.rule) for file, (case, line) in sorted(expected.items())
    ], "\n".join(map(str, found))
    for problem in found:
        assert expected[problem.file][0].says in problem.message


#: The first case of each table: the quick look for errors asks the rules themselves, and none in another way.
FIRST = {case.table: case for case in reversed(CASES)}


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[] if FIRST[case.table] is case else [pytest.mark.long]) for case in CASES],
    ids=ids,
)
def test_the_quick_look_sees_an_error_and_no_warning(case, raw, known, broken, line_of):
    changed = broken(case.table, line_for(case, raw, line_of), cells(case, raw))
    level = next(rule.level for rule in RULES if rule.name == case.rule)
    assert not any(one.level == "error" for one in known)
    assert has_no_errors(changed, check_context(changed, today=TODAY)) is (level != "error")


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_rule_stays_silent_on_what_is_right(case, raw, broken, line_of):
    changed = broken(case.table, line_for(case, raw, line_of), case.good)
    rule = next(rule for rule in RULES if rule.name == case.rule)
    before = set(rule.find(check_context(raw, today=TODAY)))
    assert set(rule.find(check_context(changed, today=TODAY))) <= before


def test_every_rule_has_a_case():
    assert {rule.name for rule in RULES} == {case.rule for case in CASES} | BY_HAND
    assert len({rule.name for rule in RULES}) == len(RULES)


def new(raw: RawData, known: frozenset[Problem]) -> list[Problem]:
    return sorted(set(check(raw, today=TODAY)) - known)


def test_a_repeated_key_is_one_line_and_not_also_its_references(raw, known, broken):
    first = raw.tables["sources"].get_column("source_id")[0]
    (found,) = new(broken("sources", 3, {"source_id": first}), known)
    assert (found.file, found.line, found.column) == ("data/raw/activity/sources.csv", 3, "source_id")
    assert found.message == f"{first!r} is already in line 2; must be unique"


def test_rows_that_share_a_part_of_their_key_are_silent(raw, known, broken):
    report = raw.tables["figures"].filter(pl.col("report_id").is_duplicated()).get_column("report_id")[0]
    figures = raw.tables["figures"].filter(pl.col("report_id") == report)
    assert figures.height > 1
    (found,) = new(
        broken("figures", figures.get_column("raw_line")[1], {"figure": figures.get_column("figure")[0]}), known
    )
    assert (found.rule, found.column) == ("repeated_key", "report_id, figure")


def test_an_emptied_key_is_one_line_and_not_also_its_references(broken, known):
    (found,) = new(broken("sources", 2, {"source_id": None}), known)
    assert (found.line, found.column, found.rule) == (2, "source_id", "required")


def test_a_key_with_a_blank_is_one_line_and_not_also_its_references(raw, broken, known):
    (found,) = new(broken("sources", 2, {"source_id": raw.tables["sources"].get_column("source_id")[0] + " "}), known)
    assert found.rule == "surrounding_blank"


def test_references_in_a_circle_are_named_once(raw, known, broken):
    one, other = raw.tables["sources"].get_column("source_id").head(2)
    half = broken("sources", 2, {"copy_of": other})
    assert new(half, known) == []
    (found,) = new(broken("sources", 3, {"copy_of": one}, of=half), known)
    assert (found.line, found.column, found.rule) == (3, "copy_of", "refers_in_a_circle")
    assert one in found.message
    assert other in found.message


def test_a_spelling_of_two_places_of_one_country_is_named(raw, known, broken, line_of):
    places = raw.tables["places"].filter(pl.col("country") == "KAZ")
    first, second = places.get_column("name")[0], places.row(1, named=True)
    (found,) = new(
        broken("places", second["raw_line"], {"variants": ";".join(filter(None, (second["variants"], first)))}), known
    )
    assert (found.line, found.column, found.rule) == (second["raw_line"], "variants", "duplicate_place_spelling")
    elsewhere = line_of("places", country="TUR", variants=None)
    assert new(broken("places", elsewhere, {"variants": first}), known) == []


def decisions(raw: RawData, means: str) -> RawData:
    row = {
        "name": "CTU",
        "country": None,
        "context": None,
        "means": means,
        "reason": "told",
        "decided_by": "a person",
        "decided_on": "2026",
    }
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String)).with_columns(
        pl.lit("data/raw/registry/name_decisions.csv").alias("raw_file"), pl.lit(2, dtype=pl.Int64).alias("raw_line")
    )
    return dataclasses.replace(raw, tables={**raw.tables, "name_decisions": frame})


def test_a_decision_on_a_name_must_mean_somebody(raw, known):
    (found,) = new(decisions(raw, "arm-ctu"), known)
    assert (found.line, found.column, found.rule) == (2, "means", "name_decision_unresolved")
    assert "did you mean 'arm-ctua'?" in found.message
    assert new(decisions(raw, "arm-ctua"), known) == []
    assert new(decisions(raw, "none"), known) == []


def decided(raw: RawData, *told: tuple[int, int, str]) -> RawData:
    """Return the data with these decisions only, on the reports at these places; lines count from 2."""
    reports = raw.tables["reports"].get_column("report_id")
    frame = pl.DataFrame(
        [(reports[a], reports[b], kind, "read", "a person") for a, b, kind in told],
        schema=dict.fromkeys(("report_a", "report_b", "decision", "reason", "decided_by"), pl.String),
        orient="row",
    ).with_columns(
        pl.lit("data/raw/activity/decisions.csv").alias("raw_file"), pl.int_range(2, len(told) + 2).alias("raw_line")
    )
    return dataclasses.replace(raw, tables={**raw.tables, "decisions": frame})


def test_a_pair_decided_twice_the_other_way_round_is_named(raw, known):
    one, other = raw.tables["reports"].get_column("report_id").head(2)
    (found,) = new(decided(raw, (0, 1, "part_of"), (1, 0, "part_of")), known)
    assert (found.line, found.column, found.rule) == (3, "decision", "contradicting_decisions")
    assert found.message == (
        f"{other} and {one} are 'part_of' here, but line 2 decides this pair differently (part_of); keep one of them"
    )
    (found,) = new(decided(raw, (0, 1, "different"), (1, 0, "same")), known)
    assert (found.line, found.rule) == (3, "contradicting_decisions")
    assert "(different)" in found.message
    (found,) = new(decided(raw, (0, 1, "same"), (0, 1, "different")), known)
    assert found.rule == "repeated_key", "the same order is the matter of keys"


@pytest.mark.parametrize("apart", ["different", "part_of"])
def test_decisions_that_join_what_another_holds_apart_are_named(raw, known, apart):
    ids = raw.tables["reports"].get_column("report_id").head(3)
    (found,) = new(decided(raw, (0, 2, apart), (0, 1, "same"), (2, 1, "same")), known)
    assert (found.line, found.column, found.rule) == (2, "decision", "contradicting_decisions")
    assert found.message == (
        f"{ids[0]} and {ids[2]} are '{apart}' here, but other decisions link these reports "
        f"({ids[0]} same {ids[1]} in line 3, {ids[2]} same {ids[1]} in line 4); correct the wrong one"
    )


def test_decisions_that_agree_are_silent(raw, known):
    assert new(decided(raw, (0, 1, "same"), (1, 2, "same"), (0, 2, "same")), known) == []
    assert new(decided(raw, (0, 1, "same"), (1, 2, "different"), (0, 2, "different")), known) == []
    assert new(decided(raw, (0, 1, "part_of"), (1, 2, "part_of"), (0, 2, "different")), known) == []
    assert new(decided(raw, (0, 1, "same"), (2, 3, "same"), (1, 2, "different")), known) == []


def test_a_series_cannot_be_absent_and_have_values(raw, known, broken, line_of):
    value = raw.tables["country_years"].filter(pl.col("indicator") == "ICTWSS_UD").row(0, named=True)
    line = line_of("not_published", indicator="ICTWSS_UD")
    same = {name: value[name] for name in ("country", "indicator", "classification", "source", "vintage")}
    (found,) = new(broken("not_published", line, same), known)
    assert (found.line, found.column, found.rule) == (line, "indicator", "published_after_all")
    assert f"in line {value['raw_line']}" in found.message
    assert new(broken("not_published", line, same | {"note": "1900 only: not published"}), known) == []


def series(raw: RawData, values: list[float]) -> list[str]:
    """Return what the rule of jumps says of a series of consecutive years."""
    frame = raw.tables["country_years"].head(len(values)).with_columns(
        pl.Series("value", [str(value) for value in values]),
        pl.Series("year", [str(2000 + place) for place in range(len(values))]),
        pl.lit("SEX_T").alias("classification"),
        indicator=pl.lit("POP_TOTAL"), country=pl.lit("KAZ"), source=pl.lit("World Bank"), vintage=pl.lit("1"),
    )  # fmt: skip
    rule = next(rule for rule in RULES if rule.name == "series_jump")
    rule_context = check_context(dataclasses.replace(raw, tables={"country_years": frame}), today=TODAY)
    return [f"{one.line}: {one.message}" for one in rule.find(rule_context)]


def test_a_jump_is_far_off_both_neighbours_and_unusual_for_the_series(raw):
    (found,) = series(raw, [10, 11, 10, 110, 10, 11, 12])
    assert found.startswith("5: 110 is at least 11 times as high as the year before and the year after")
    assert series(raw, [10, 11, 10, 25, 10, 11, 12]) == []  # less than three times
    assert series(raw, [10, 110, 9, 120, 8, 100, 12]) == []  # this series always moves so
    assert series(raw, [10, 11, 10, 110, 112, 111, 110]) == []  # a new level is no jump
    assert series(raw, [10, 0, 10, 11, 10, 12, 10]) == []  # a reported zero is a value of its own


def test_what_is_wrong_alike_in_a_column_is_one_line(raw, known):
    reports = raw.tables["reports"].with_columns(
        note=pl.when(pl.col("raw_line") < 8).then(pl.lit("NULL")).otherwise(pl.col("note"))
    )
    (found,) = new(dataclasses.replace(raw, tables={**raw.tables, "reports": reports}), known)
    assert (found.line, found.column, found.rule) == (2, "note", "word_for_nothing")
    assert found.message.endswith("where nothing is reported (also in lines 3, 4, 5 and 2 more)")


def test_two_mistakes_in_one_line_are_both_named(broken, known, line_of):
    line = line_of("reports", kind="strike", end_date=None)
    found = new(broken("reports", line, {"kind": "strke", "end_date": "soon"}), known)
    assert [problem.column for problem in found] == ["end_date", "kind"]


def test_a_table_that_could_not_be_read_gives_no_further_lines(raw, known):
    tables = {name: frame for name, frame in raw.tables.items() if name != "sources"}
    assert new(dataclasses.replace(raw, tables=tables), known) == []


def test_of_two_like_keys_the_one_out_of_order_is_named(raw, known, broken):
    sources = raw.tables["sources"].get_column("source_id")
    (found,) = new(broken("sources", 3, {"source_id": sources[40]}), known)
    assert (found.line, found.rule) == (3, "repeated_key")
    assert "is already in line 42" in found.message


def test_a_missing_entry_is_one_line_however_many_rows_use_it(raw, known):
    gone = raw.tables["organisations"].filter(pl.col("org_id") != "int-ituc")
    (found,) = new(dataclasses.replace(raw, tables={**raw.tables, "organisations": gone}), known)
    assert found.rule == "unresolved_reference"
    assert "'int-ituc' is not in registry/organisations.csv" in found.message
    assert "so too" in found.message


def test_a_misspelt_entry_of_the_catalogue_is_named_itself(known, broken, line_of):
    line = line_of("indicators", indicator="SL_EMP_INJUR")
    (found,) = new(broken("indicators", line, {"indicator": "SL_EMP_INJURX"}), known)
    assert (found.file, found.line, found.column) == ("data/raw/indicators/catalogue.csv", line, "indicator")
    for column, value in (("unit", "percent"), ("source", "OECD")):
        (found,) = new(broken("indicators", line, {column: value}), known)
        assert (found.file, found.line, found.column) == ("data/raw/indicators/catalogue.csv", line, column)


def test_a_known_place_of_another_country_is_told(known, broken, line_of):
    line = line_of("reports", place="Astana", venue_country="KAZ")
    (found,) = new(broken("reports", line, {"venue_country": "UZB"}), known)
    assert (found.line, found.column) == (line, "place")
    assert "it is one of KAZ; correct the place or the country" in found.message


@pytest.fixture
def erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One person is withheld who is in no table of people."""
    monkeypatch.setenv(WITHHELD_VARIABLE, str(tmp_path / "withheld.json"))
    write_withheld(tmp_path, Withheld().with_pairs(name_pairs("Unheard Ofthem")))


@pytest.mark.usefixtures("erased")
def test_a_withheld_person_is_no_word_of_a_published_text(known, broken, line_of):
    line = line_of("reports", note=None)
    (found,) = new(broken("reports", line, {"label": "Speech of ofthem unheard"}), known)
    assert (found.rule, found.level, found.column) == ("person_named", "error", "label")


@pytest.mark.usefixtures("erased")
def test_what_is_left_of_a_withheld_person_is_told_where_it_is_not_published(known, broken, line_of):
    line = line_of("figures", attributed_to=None)
    (found,) = new(broken("figures", line, {"attributed_to": "Unheard Ofthem, chair"}), known)
    assert (found.rule, found.level, found.column) == ("erased_person_left", "warning", "attributed_to")
    assert "delete the name" in found.message


def test_a_published_page_shows_no_problem_of_what_is_not_published():
    people = PersonalNames(frozenset({"Jane Doe"}))
    problems = [
        Problem("data/raw/activity/report_people.csv", 2, "name", "Jane Doe is odd", "warning", "r"),
        Problem("data/raw/activity/report_figures.csv", 2, "attributed_to", "x", "warning", "r"),
        Problem("data/raw/activity/sources.csv", 2, "note", "x", "warning", "r"),
        Problem("data/raw/activity/reports.csv", 2, "label", "'Jane Doe spoke' is odd", "warning", "r"),
        Problem("data/raw/strange.csv", 0, "", "no table", "warning", "r"),
    ]
    shown = published_problems(problems, people)
    assert [(one.column, one.message) for one in shown] == [("label", "'[name] spoke' is odd"), ("", "no table")]

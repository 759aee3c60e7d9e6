"""Which bodies can be one, and which part two reports."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.linking.facts import gather
from socdialog.intake.linking.parting import PARTS, parted

DAY = {"start_date": "2024-05-06"}


@pytest.fixture
def parts(little):
    """Return what parts the last two of some reports, none of whose bodies is resolved but those in capitals."""

    def of(*reports):
        told = [DAY | {"report_id": f"r{n:02}#1"} | report for n, report in enumerate(reports)]
        tables = little(*told)
        resolved = pl.when(pl.col("name").str.to_uppercase() == pl.col("name")).then("name")
        tables["actors"] = tables["actors"].with_columns(org_id=resolved)
        tables.pop("decisions")
        last = (len(reports) - 2, len(reports) - 1)
        pairs = pl.DataFrame([last], schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")
        row = parted(pairs, gather(**tables)).row(0, named=True)
        return {part for part in PARTS if row[part]}

    return of


def employer(name):
    return {"who": [f"{name}@employers"]}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Steel Works of Rudny", "Rudny Steel", False),
        ("Steel Works", "Acme Steel Works Corp.", False),  # the shorter name is held by the longer
        ("Acme Steel Works", "Hallam Stone Quarries", True),
        ("Acme Corp.", "Hallam Corp.", True),  # only the legal form is shared
        ("Ministry of Labour", "Hallam Stone Quarries", False),  # a name without words of its own may be any body
        ("ACME", "HALLAM", True),  # both are resolved
        ("ACME", "ACME", False),
        ("ACME WORKS", "ACME MINE", True),  # resolved to two bodies: the word that they share says nothing
        ("ACME", "Acme Steel", False),
        ("ACME", "Hallam Quarries", True),
        ("Acme Steel", "Acme Quarries", True),  # half is not most
        ("Acme Steel", "Стальной завод", False),  # perhaps a translation
        ("ACME", "Холл", True),  # a resolved body is known in every alphabet
    ],
)
def test_employers_are_one_when_most_of_the_shorter_name_is_shared(parts, one, other, apart):
    assert parts(employer(one), employer(other)) == ({"side"} if apart else set())
    assert parts(employer(other), employer(one)) == ({"side"} if apart else set())


def test_a_word_of_many_names_does_not_make_two_employers_one(parts):
    years = [employer("Contractors and Masons") | {"start_date": f"20{n:02}-03-04"} for n in range(1, 12)]
    pair = [employer("Masons Contractors of Hallam"), employer("Masons Contractors of Ruthin")]
    assert parts(*pair) == set()
    assert parts(*years, *pair) == {"side"}


def named_in(months, name):
    return [employer(name) | {"start_date": f"{2010 + n // 12}-{n % 12 + 1:02}-04"} for n in range(months)]


def test_words_weigh_the_less_the_more_months_name_them(parts):
    often, sometimes = named_in(10, "Contractors and Masons"), named_in(4, "Foundry")
    # Foundry weighs 2, and the two frequent words 1 each: half of the shorter name is not most of it.
    pair = [employer("Foundry Masons Contractors"), employer("Foundry Acme Hallam Ruthin")]
    assert parts(*often, *sometimes, *pair) == {"side"}
    assert parts(*named_in(10, "Contractors"), *sometimes, employer("Foundry Contractors"), pair[1]) == set()
    # Two frequent words still make a body that is not another.
    assert parts(*often, employer("Masons Contractors"), employer("Hallam Quarries")) == {"side"}


def test_the_id_of_a_resolved_body_weighs_nothing(parts):
    # Acme weighs 3 of the 5 of the resolved name, of which Steel, which some months name, weighs 2.
    assert parts(*named_in(4, "Steel"), employer("ACME STEEL"), employer("Acme Hallam Ruthin")) == set()


def test_one_name_in_another_alphabet_is_enough_for_a_translation(parts):
    both = {"who": ["Acme Steel@employers", "Холл@employers"]}
    assert parts(both, employer("Hallam Quarries")) == set()
    assert parts(both, employer("Рудник")) == set()
    assert parts({"who": ["Acme Steel@employers", "RUDNY@employers"]}, employer("Рудник")) == set()


def test_a_name_of_words_that_every_month_has_may_be_any_body(parts):
    months = [f"20{year:02}-{month:02}-04" for year in range(10, 14) for month in range(1, 8)]
    often = [employer("Contractors and Masons") | {"start_date": month} for month in months]
    pair = [employer("Masons Contractors"), employer("Hallam Quarries")]
    assert parts(*pair) == {"side"}
    assert parts(*often, *pair) == set()


def test_one_employer_of_several_is_enough(parts):
    both = {"who": ["ACME@employers", "HALLAM@employers"]}
    assert parts(both, employer("HALLAM")) == set()
    assert parts(both, {"who": ["RUDNY@employers"]}) == {"side"}


def test_callers_part_also_where_a_body_that_acts_everywhere_calls_with_each(parts):
    def called(*names):
        return {"kind": "training", "who": [*names, "OFFICE@ilo/organiser"]}

    assert parts(called("ACME@workers/co_organiser"), called("HALLAM@workers/co_organiser")) == {"own_role", "gathers"}
    assert parts(called("ACME@workers/co_organiser"), called("ACME@workers/co_organiser")) == set()
    assert parts(called("ACME@workers/co_organiser"), called()) == set()
    assert parts({"who": ["OFFICE@ilo/host"]}, {"who": ["HOUSE@government/host"]}) == {"role"}


def test_workers_bodies_part_when_they_are_resolved(parts):
    assert parts({"who": ["ACME"]}, {"who": ["HALLAM"]}) == {"gathers"}
    assert parts({"who": ["Acme"]}, {"who": ["Hallam"]}) == set()


def test_numbers_of_workers_bodies_part(parts):
    assert parts({"who": ["Bakers Local 12"]}, {"who": ["Bakers Local 14"]}) == {"number"}
    assert parts({"who": ["Bakers Local 12"]}, {"who": ["Bakers 012"]}) == set()
    assert parts({"who": ["Bakers Local 12"]}, {"who": ["Bakers"]}) == set()
    assert parts({"who": ["Fund 12@government"]}, {"who": ["Fund 14@government"]}) == set()

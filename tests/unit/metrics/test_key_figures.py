"""The key figures of a country: the latest value that may be shown, or which absence it is; worked by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.metrics.key_figures import (
    agreement_figure,
    conventions_figure,
    key_figures,
    latest_claims,
    latest_value,
    members_figure,
    official_figure,
    shown_as,
    wage_figure,
)
from socdialog.profiles.comparison.latest_values import latest
from socdialog.profiles.context import ProfileContext
from socdialog.results import KeyFigure
from socdialog.store.study import Notes
from tests.small_site import clean_table

AS_OF = date(2026, 11, 30)
_RATE = {"country": "KAZ", "indicator": "RATE", "source": "Office", "vintage": "2024-01", "unit": "percent"}


def numbered(about: Mapping[str, object], rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows with what all have, and their place as their id."""
    return [{"row_id": str(place), **about, **row} for place, row in enumerate(rows)]


def tables(
    *years: Mapping[str, object], absent: tuple[Mapping[str, object], ...] = (), marked: bool = True
) -> dict[str, pl.DataFrame]:
    use = {"shown_with": "union_density"} if marked else {}
    catalogue = [
        {"indicator": "FIRST", "label": "Unused", "section": "actors", "section_order": 1},
        {"indicator": "RATE", "label": "Rate", "section": "actors", "section_order": 2, "source": ["Office", "Bureau"]}
        | use
        | {"share_of": "employees", "direction": "neutral"},
    ]
    empty = ("conventions", "ratifications", "institutions", "minimum_wages", "memberships", "organisations")
    return {
        "indicators": clean_table("indicators", *catalogue),
        "country_years": clean_table("country_years", *numbered(_RATE, years)),
        "not_published": clean_table("not_published", *absent),
        **{name: clean_table(name) for name in empty},
    }


def density(*years: Mapping[str, object], absent: tuple[Mapping[str, object], ...] = ()) -> KeyFigure:
    return official_figure(tables(*years, absent=absent), "union_density", country="KAZ")


def test_the_latest_year_of_the_latest_release_is_shown_and_never_that_of_an_older_release() -> None:
    found = density(
        {"year": 2016, "value": 50.0},
        {"year": 2017, "value": 46.94},
        {"year": 2018, "value": None},
        {"year": 2020, "value": 30.0, "vintage": "2020-01"},
    )
    assert (found.value, found.date, found.release, found.whom) == (46.94, "2017", "2024-01", "employees")
    assert found.evidence == ("1",)
    assert not found.modelled


def test_publishers_are_in_the_order_of_the_catalogue() -> None:
    bureau = {"year": 2021, "value": 12.0, "source": "Bureau", "vintage": "2026-08"}
    assert density(bureau, {"year": 2015, "value": 11.0}).publisher == "Office"
    assert density(bureau).publisher == "Bureau"


def test_an_imputed_value_is_modelled() -> None:
    assert density({"year": 2016, "value": 50.0, "obs_status": "I"}).modelled
    assert not density({"year": 2016, "value": 50.0, "obs_status": "B"}).modelled


def test_each_absence_is_its_own() -> None:
    about = {name: _RATE[name] for name in ("country", "indicator", "source", "vintage")}
    assert density(absent=(about,)).availability == "not_published"
    assert density({"year": 2016, "value": None}).availability == "published_without_value"
    assert density(
        {"year": 2016, "value": 1.0, "classification": "A"}, {"year": 2016, "value": 2.0, "classification": "B"}
    ) == (KeyFigure("union_density", availability="only_parts", publisher="Office", release="2024-01", evidence=("1",)))
    assert density() == KeyFigure("union_density", availability="no_data")


def test_a_mistake_is_not_taken_for_a_series_in_parts() -> None:
    """Only that a series has no total is an absence; an unknown country is an error of whoever asked."""
    known = tables({"year": 2016, "value": 1.0})
    with pytest.raises(UsageError, match="'Kazakhstn' is not a known country"):
        official_figure(known, "union_density", country="Kazakhstn")
    context = ProfileContext(("KAZ",), known, Notes(region="Region"), None, None, "2026", "0" * 64)
    with pytest.raises(UsageError, match="'RATES' is not a known indicator"):
        latest(context, "KAZ", "RATES")
    parts = [{"year": 2016, "value": 1.0, "classification": one} for one in ("A", "B")]
    assert latest(replace(context, tables=tables(*parts)), "KAZ", "RATE") == "only_parts"


def test_a_study_that_marks_no_series_shows_the_first_of_the_section() -> None:
    assert shown_as(tables()["indicators"], "union_density", "actors") == ["RATE"]
    assert shown_as(tables(marked=False)["indicators"], "union_density", "actors") == ["FIRST"]
    assert shown_as(tables()["indicators"], "strikes", "disputes") == []
    assert latest_value(tables(), ["FIRST"], country="KAZ") is None


@pytest.mark.parametrize(
    ("rows", "start", "end", "signed"),
    [
        ([{"date": "2018-01-31", "period_end": "2020"}], "2018", "2020", "2018-01-31"),
        ([{"period_end": "2022"}], None, "2022", None),
        ([{"date": "2009-04"}], "2009", None, "2009-04"),
        (
            [{"date": "2012", "period_end": "2013"}, {"date": "2024-03", "period_end": "2026"}],
            "2024",
            "2026",
            "2024-03",
        ),
        ([{"date": "2020-12", "period_end": "2023", "name": "Agreement 2021-2023"}], "2021", "2023", "2020-12"),
    ],
)
def test_the_agreement_that_ends_last_is_shown(
    rows: list[dict[str, object]], start: str | None, end: str | None, signed: str | None
) -> None:
    whole = [
        {"country": "KAZ", "kind": "agreement", "name": f"A{n}", "row_id": str(n), **row} for n, row in enumerate(rows)
    ]
    found = agreement_figure(clean_table("institutions", *whole), country="KAZ")
    assert (found.start, found.end, found.date) == (start, end, signed)
    assert agreement_figure(clean_table("institutions", *whole), country="UZB").availability == "no_data"


def wages(*rows: Mapping[str, object]) -> KeyFigure:
    about = {"country": "KAZ", "currency": "KZT", "per": "month", "scope": "national"}
    made = clean_table("minimum_wages", *({"row_id": str(n), **about, **row} for n, row in enumerate(rows)))
    return wage_figure(made, country="KAZ", as_of=AS_OF)


def test_a_wage_that_begins_after_the_edition_is_not_in_force() -> None:
    found = wages({"from": "2026-01-01", "value": 85000.0}, {"from": "2027-01-01", "value": 90000.0})
    assert (found.value, found.start, found.currency, found.unit) == (85000.0, "2026-01-01", "KZT", "month")
    assert wages({"from": "2027-01-01", "value": 90000.0}).availability == "no_data"


def test_of_several_amounts_that_of_the_longest_period_is_shown() -> None:
    found = wages(
        {"from": "2026-01-01", "value": 900.0, "per": "day", "scope": "gross"},
        {"from": "2026-01-01", "value": 28000.0, "scope": "net"},
    )
    assert (found.value, found.counted) == (28000.0, "net")


def claims(*rows: Mapping[str, object]) -> pl.DataFrame:
    about = {"org_id": "a", "population": "members", "qualifier": "exact"}
    return clean_table("memberships", *({"row_id": str(n), **about, **row} for n, row in enumerate(rows)))


def test_each_confederation_has_its_latest_claim_and_the_largest_is_shown() -> None:
    bodies = clean_table(
        "organisations",
        {"org_id": "a", "name": "Federation A", "country": "KAZ", "side": "workers", "level": "peak"},
        {
            "org_id": "b",
            "name": "Federation B",
            "acronym": "FB;ФБ",
            "country": "KAZ",
            "side": "workers",
            "level": "peak",
        },
        {"org_id": "c", "name": "Branch union", "country": "KAZ", "side": "workers", "level": "sectoral"},
        {"org_id": "d", "name": "Employers", "country": "KAZ", "side": "employers", "level": "peak"},
    )
    made = claims(
        {"value": 900.0, "as_of": "2010"},
        {"value": 100.0, "as_of": "2020"},
        {"value": 5000.0, "as_of": "2021", "population": "primary_organisations"},
        {"org_id": "b", "value": 200.0, "as_of": "2019", "qualifier": "about"},
        {"org_id": "b", "value": 700.0},
        {"org_id": "c", "value": 800.0, "as_of": "2024"},
        {"org_id": "d", "value": 999.0, "as_of": "2024"},
    )
    found = members_figure(made, bodies, country="KAZ")
    assert (found.value, found.body, found.date, found.qualifier) == (200.0, "FB", "2019", "about")
    assert latest_claims(made).get_column("row_id").to_list() == ["1", "3", "5", "6"]
    assert members_figure(made, bodies, country="UZB").availability == "no_data"


def test_conventions_without_data_and_those_whose_data_are_out_of_date_are_counted_apart() -> None:
    group = {"group": "fundamental", "adopted": "1950", "title": "t"}
    ratified = [("C029", "in_force", "2024"), ("C087", "not_ratified", "2019"), ("C098", "not_ratified", "2026-10")]
    made = tables() | {
        "conventions": clean_table(
            "conventions", *({"convention": code} | group for code in ("C029", "C087", "C098", "C100"))
        ),
        "ratifications": clean_table(
            "ratifications",
            *numbered(
                {"country": "KAZ"},
                [{"convention": code, "status": status, "status_as_of": day} for code, status, day in ratified],
            ),
        ),
    }
    found = conventions_figure(made, country="KAZ", as_of=AS_OF)
    assert (found.value, found.total, found.missing, found.outdated) == (1.0, 4.0, 1.0, 1.0)


def test_key_figures_are_eight_in_one_order() -> None:
    found = key_figures(tables(), country="KAZ", as_of=AS_OF)
    assert [one.key for one in found] == [
        *("union_density", "bargaining_coverage", "strikes", "conventions"),
        *("labour_rights", "agreement", "minimum_wage", "members"),
    ]
    assert {one.availability for one in found} == {"no_data"}

"""Modelled values, breaks of a line, shares and sums of sections, worked by hand."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.sources.reader import read_series
from socdialog.sources.series import is_modelled, sections_add_up_to, shares, with_kinds, with_lines
from tests.official import DENSITY, csv

HEADER = "ref_area,source,indicator,sex,classif1,time,obs_value,obs_status"


def rows(*told: str) -> pl.DataFrame:
    return read_series(csv([f"KAZ,{row}" for row in told], header=HEADER))


@pytest.mark.parametrize(
    ("data_set", "label", "modelled"),
    [
        ("UNE_2EAP_SEX_AGE_RT_A", "", True),
        ("EMP_DWAP_SEX_AGE_RT_A", "Employment by sex and age -- ILO modelled estimates, Nov. 2025 (%)", True),
        ("X_Y_NOC_RT_A", "Emploi -- estimations modélisées du BIT", True),
        ("ILR_TUMT_NOC_RT_A", "Trade union density rate (%)", False),
    ],
)
def test_modelled_data_sets_are_known_by_id_or_name(data_set: str, label: str, *, modelled: bool) -> None:
    assert is_modelled(data_set, label) == modelled


def test_what_is_projected_is_told_by_data_set_and_year() -> None:
    frame = rows(*(f"XA:1,{DENSITY},,,{year},1,{status}" for year, status in ((2024, ""), (2026, "R"), (2027, "M"))))
    assert with_kinds(frame, modelled=True, vintage="2026-02-26")["kind"].to_list() == [
        "modelled",
        *("projected", "projected"),
    ]
    assert with_kinds(frame, modelled=False, vintage="2026-02-26")["kind"].to_list() == [
        "reported",
        *("reported", "modelled"),
    ]


def test_a_line_breaks_where_values_do_not_compare() -> None:
    told = [("2009", "A:1", ""), ("2010", "A:1", ""), ("2011", "A:1", "B"), ("2012", "B:1", ""), ("2014", "B:1", ""),
            ("2015", "B:1", "M"), ("2016", "B:1", "M")]  # fmt: skip
    frame = with_kinds(
        rows(*(f"{survey},{DENSITY},,,{y},1,{s}" for y, survey, s in told)), modelled=False, vintage="2026"
    )
    found = with_lines(frame)
    assert found.select("period", "segment").rows() == [
        *(("2009", 1), ("2010", 1), ("2011", 2), ("2012", 3), ("2014", 4), ("2015", 5), ("2016", 5)),
    ]
    quarters = with_kinds(rows(*(f"A:1,{DENSITY},,,{q},1," for q in ("2020Q3", "2020Q4", "2021Q1", "2021Q3"))),
                          modelled=False, vintage="2026")  # fmt: skip
    assert with_lines(quarters)["segment"].to_list() == [1, 1, 1, 2]


SECTIONS = rows(
    *(f"A:1,STR_DAYS_ECO_NB,,ECO_ISIC4_{code},2010,{value}," for code, value in (("TOTAL", 40), ("C", 30), ("T", 10))),
    *(f"A:1,STR_DAYS_ECO_NB,,ECO_AGGREGATE_{code},2010,{value}," for code, value in (("TOTAL", 50), ("MAN", 30))),
    *(f"A:1,STR_DAYS_ECO_NB,,ECO_ISIC4_{code},2011,{value}," for code, value in (("C", 5), ("F", 7))),
    *(f"A:1,STR_DAYS_ECO_NB,,ECO_ISIC4_{code},2012,{value}," for code, value in (("TOTAL", 9), ("C", 5), ("F", ""))),
)


def test_shares_are_parts_of_one_total_of_one_year() -> None:
    found = shares(SECTIONS, of="classif1").sort("period", "classif1")
    assert found.select("period", "classif1", "share_pct").rows() == [
        ("2010", "ECO_AGGREGATE_MAN", 60.0),
        ("2010", "ECO_ISIC4_C", 75.0),
        ("2010", "ECO_ISIC4_T", 25.0),
        ("2011", "ECO_ISIC4_C", None),
        ("2011", "ECO_ISIC4_F", None),
        ("2012", "ECO_ISIC4_C", 5 / 9 * 100),
        ("2012", "ECO_ISIC4_F", None),
    ]
    with pytest.raises(UsageError, match="not a known classification"):
        shares(SECTIONS, of="area")


def test_a_missing_total_stays_missing_and_overlapping_classifications_are_not_added() -> None:
    found = sections_add_up_to(SECTIONS, of="classif1")
    assert found.select("period", "scheme", "sections_add_up_to", "parts", "total").rows() == [
        ("2010", "ECO_AGGREGATE", 30.0, 1, 50.0),
        ("2010", "ECO_ISIC4", 40.0, 2, 40.0),
        ("2011", "ECO_ISIC4", 12.0, 2, None),
        ("2012", "ECO_ISIC4", None, 2, 9.0),
    ]

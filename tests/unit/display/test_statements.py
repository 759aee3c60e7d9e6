"""What a source states reads as one line: its heading once, and what each statement adds."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.display.statements import Statement, side_by_side, told_together
from tests.small_evidence import evidence

SERIES = {"subject": "Union density", "unit": "percent", "release": "2024-10"}


@pytest.mark.parametrize(
    ("table", "parts", "words"),
    [
        ("reports", {"subject": "Strike at a mine", "period": "2024-05-03"}, "Strike at a mine: 3 May 2024"),
        ("reports", {"subject": "Strike at a mine"}, "Strike at a mine"),
        (
            "reports",
            {"subject": "Strike", "about": "N-7", "address": "https://a.org/n7", "accessed": "2026-05"},
            "Strike (N-7): at https://a.org/n7; accessed May 2026",
        ),
        (
            "figures",
            {
                "subject": "labour_conflicts_resolved_pct",
                "value": 28.0,
                "unit": "percent",
                "qualifier": "about",
                "scope": ["Miners' Union", "mines"],
                "period": "2023",
                "period_end": "2023",
                "claimed_by": "FTURK",
            },
            "Share of labour conflicts resolved: about 28%; Miners' Union; mines; 2023; according to FTURK",
        ),
        ("figures", {"subject": "workers", "value": 1.0, "value_high": 2.0}, "Workers: 1–2"),
        ("figures", {"subject": "workers", "value": 9.0, "scope": ["Mine Corp."]}, "Workers: 9; Mine Corp."),
        ("figures", {"subject": "workers", "value": 1.0, "period": "2024-05-03"}, "Workers: 1; since 3 May 2024"),
        ("actors", {"subject": "Union", "about": "U", "status": "Organiser"}, "Union (U): organiser"),
        ("actors", {"subject": "KESK", "about": "KESK", "status": "Host"}, "KESK: host"),
        (
            "ratifications",
            {"subject": "C087", "status": "In force", "since": "2001-05-12", "law_on": "2000", "period": "2018"},
            "Convention No. 87: in force; since 12 May 2001; national law of 2000; 2018",
        ),
        ("ratifications", {"subject": "P029", "status": "In force"}, "The Protocol to Convention No. 29: in force"),
        ("supervision", {"subject": "CEACR", "about": "C087", "period": "2024"}, "CEACR (Convention No. 87): 2024"),
        ("reports", {"subject": "C087"}, "C087"),
        ("legal_framework", {"subject": "Strikes need a ballot.", "period": "2024"}, "Strikes need a ballot. 2024"),
        (
            "context",
            {"subject": "Strikes", "scope": ["None took place."], "period": "2024"},
            "Strikes: None took place; 2024",
        ),
        ("ratification_counts", {"value": 53.0}, "Reported totals of ratifications: 53"),
        ("country_years", SERIES | {"value": 4.0, "period": "2019"}, "Union density, October 2024 release: 2019: 4%"),
        ("country_years", SERIES | {"period": "2019"}, "Union density, October 2024 release: 2019: not published"),
        (
            "not_published",
            SERIES | {"scope": ["SEX_F", "empty cell"]},
            "Union density (women; empty cell), October 2024 release: not published",
        ),
    ],
)
def test_a_statement_in_words(table: str, parts: dict[str, object], words: str) -> None:
    row = evidence({"row_id": f"{table}:1", "source_id": "s", **parts}).row(0, named=True)
    assert Statement.of(row).words == words


def test_a_series_is_told_by_year_and_claims_as_they_are_met() -> None:
    years = [
        Statement("country_years", **SERIES, value=value, period=year) for year, value in (("2020", 5.0), ("2019", 4.0))
    ]
    other = Statement("country_years", **SERIES | {"release": "2023-01"}, value=3.0, period="2019")
    assert told_together([*years, other]) == (
        "Union density, October 2024 release, %: 2019: 4; 2020: 5",
        "Union density, January 2023 release: 2019: 3%",
    )
    claims = [
        Statement("figures", subject="workers", value=value, claimed_by=by) for value, by in ((9.0, "A"), (7.0, "B"))
    ]
    assert told_together([*claims, claims[0]]) == ("Workers: 9; according to A | 7; according to B",)
    assert told_together([Statement("events", subject="Strike")] * 2) == ("Strike",)


def test_values_stand_side_by_side_with_who_publishes_them() -> None:
    told = evidence(
        {"row_id": "figures:a|1", "source_id": "a", "subject": "workers", "value": 9.0},
        {"row_id": "figures:b|1", "source_id": "b", "subject": "workers", "value": 7.0},
        {"row_id": "figures:c|1", "source_id": "b", "subject": "workers", "value": 5.0},
        *(
            {"row_id": f"country_years:{year}", "source_id": "c", "period": year, "value": 4.0} | SERIES
            for year in ("2002", "2001")
        ),
    )
    cited = pl.DataFrame({"source_id": ["a", "b", "c"], "publisher": ["Paper A", "Paper B", "Office"]})
    rows = ["figures:b|1", "figures:a|1", "country_years:2001", "country_years:2002"]
    assert side_by_side(told, rows, cited) == (
        "Union density, October 2024 release, %: 2001: 4; 2002: 4 (Office)",
        "Workers: 9 (Paper A)",
        "Workers: 7 (Paper B)",
    )

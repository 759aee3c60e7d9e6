"""Supervision leads with the latest comment; five are open, all are folded by convention."""

from __future__ import annotations

from collections.abc import Mapping

from small_page import small_page

from socdialog.display.parts import Folded, Part, Sentence, Table, plain
from socdialog.profiles.country import ilo_supervision

CONVENTIONS = [
    {"convention": code, "title": f"Title {code} Convention, 1950", "group": "fundamental"} for code in ("C087", "C098")
]


def comment(year: int, convention: str | None = "C087", body: str = "cas", **cells: object) -> Mapping[str, object]:
    said = f"Says {year}."
    return {"country": "PER", "year": year, "convention": convention, "body": body, "summary": said} | cells


def parts(*comments: Mapping[str, object]) -> list[Part]:
    return list(ilo_supervision.parts(small_page(conventions=CONVENTIONS, supervision=list(comments))))


def lead(found: list[Part]) -> str:
    return next(part.text for part in found if isinstance(part, Sentence))


def years(table: object) -> list[str]:
    assert isinstance(table, Table)
    return [plain([row[1]]) for row in table.rows]  # type: ignore[list-item]


def test_no_comment_is_no_data() -> None:
    assert lead(parts()) == "No data found on ILO supervisory comments."


def test_the_latest_comment_leads_and_of_one_year_an_observation_comes_first() -> None:
    found = parts(comment(2020), comment(2022, "C087"), comment(2022, "C098", "ceacr_observation"), comment(2021))
    said = "The latest supervisory comment found, of 2022, concerns Convention No. 98: Says 2022."
    assert lead(found) == said
    assert not any(isinstance(part, Folded) for part in found), "all are shown already"


def test_a_case_on_no_convention_is_named_by_its_procedure() -> None:
    found = parts(comment(2020, None, "cfa", case="3021"))
    assert "(Committee on Freedom of Association, case No. 3021): Says 2020." in lead(found)


def test_five_are_open_and_all_are_folded_by_convention_and_year() -> None:
    found = parts(*(comment(year, "C098" if year % 2 else "C087") for year in range(2010, 2018)))
    (shown,) = (part for part in found if isinstance(part, Table))
    assert years(shown) == ["2017", "2016", "2015", "2014", "2013"]
    (folded,) = (part for part in found if isinstance(part, Folded))
    assert folded.summary == "All 8 supervisory comments, by convention"
    assert years(folded.parts[0]) == ["2016", "2014", "2012", "2010", "2017", "2015", "2013", "2011"]

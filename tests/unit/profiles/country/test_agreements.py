"""General agreements: how many, which is the latest, the months that they cover and the gaps, and those not counted."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from small_page import rows, small_page

from socdialog import dates
from socdialog.display.parts import Figure, Folded, Part, Sentence, Table, plain
from socdialog.profiles.country import agreements

Row = Mapping[str, object]


def agreement(name: str, signed: str | None, end: str | None, **more: object) -> Row:
    row: dict[str, object] = {"country": "PER", "kind": "agreement", "name": name, "date": signed, "period_end": end}
    for column, text in (("date", signed), ("period_end", end)):
        if text is not None:
            row |= dict(zip((f"{column}_first", f"{column}_last"), dates.bounds(text), strict=True))
    return row | more


def made(*given: Row, edition: str = "2024-06") -> list[Part]:
    context = small_page(edition=edition, institutions=given)
    return list(agreements.parts(context, context.rows_for("institutions")))


def figure(parts: list[Part]) -> Figure:
    return next(part for part in parts if isinstance(part, Figure))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "No data found on general agreements."),
        (
            (agreement("A", "2023-05-02", "2025"),),
            "One general agreement was found; it was signed on 2 May 2023 and runs to 2025.",
        ),
        (
            (agreement("A", "2020-05", "2022"),),
            "One general agreement was found; it was signed in May 2020 and ran to 2022.",
        ),
        (
            (agreement("A", None, "2022"),),
            "One general agreement was found; it ran to 2022 (signing date not stated).",
        ),
        (
            (agreement("A", "2020", None),),
            "One general agreement was found; it was signed in 2020 (end not stated).",
        ),
        ((agreement("A", None, None),), "One general agreement was found; its dates are not stated."),
        (
            (agreement("A", "2018-01-10", "2020"), agreement("B", "2020-12-30", "2026")),
            "Two general agreements were found; the latest, signed on 30 December 2020, runs to 2026.",
        ),
        (
            (agreement("A", "2018-01-10", "2020"), agreement("B", None, "2026")),
            "Two general agreements were found; the latest runs to 2026 (signing date not stated).",
        ),
    ],
)
def test_the_number_and_the_latest_are_said_for_any_number(given: tuple[Row, ...], said: str) -> None:
    first = made(*given)[1]
    assert isinstance(first, Sentence)
    assert first.text.startswith(said)


@pytest.mark.parametrize(("edition", "verb"), [("2024-12", "runs"), ("2025", "runs"), ("2026-01", "ran")])
def test_an_agreement_runs_until_the_last_day_that_its_end_may_mean(edition: str, verb: str) -> None:
    first = made(agreement("A", "2023-05-02", "2025"), edition=edition)[1]
    assert isinstance(first, Sentence)
    assert f"{verb} to 2025" in first.text


def test_months_and_gaps_are_counted_between_the_first_date_and_the_last_or_the_edition() -> None:
    """2010 signed in March: 10 months; 2012 to 2013: 24 months; of March 2010 to December 2013 the 12 of 2011 lack."""
    parts = made(agreement("A", "2010-03-01", "2010"), agreement("B", "2012-01-01", "2013"))
    first = parts[1]
    assert isinstance(first, Sentence)
    assert first.text.endswith("None was found for January to December 2011.")
    shown = figure(parts)
    assert plain(shown.caption) == "Agreements found cover 34 of the 46 months from March 2010 to December 2013."
    assert shown.title == "General agreements found for 2010 and 2012–2013; none for 2011"


def test_months_after_the_edition_are_not_counted() -> None:
    """Of the years 2020 to 2022 the edition of June 2021 has seen 18 months."""
    parts = made(agreement("A", "2020-01-01", "2022"), edition="2021-06")
    assert plain(figure(parts).caption) == "The agreement found covers all 18 months from January 2020 to June 2021."


def test_an_open_date_widens_the_months_and_is_said_to_be_missing() -> None:
    """The name tells the years, so that the agreement possibly covers these 36 months and certainly none."""
    parts = made(agreement("Agreement 2019-2021", None, "2021"), agreement("B", "2022-01-31", "2022"))
    assert plain(figure(parts).caption) == (
        "Agreements found cover at least 12 and at most 48 of the 48 months from January 2019 to December 2022; "
        "one signing date is missing."
    )
    assert figure(parts).title == "General agreements found for 2019–2022"


def test_after_an_agreement_without_an_end_no_gap_is_claimed() -> None:
    """The agreement of 2009 may have applied until the next; after 2013 none did until 2016."""
    parts = made(
        agreement("A", "2009-04-27", None), agreement("B", "2012-01-01", "2013"), agreement("C", "2016-01-01", "2017")
    )
    first = parts[1]
    assert isinstance(first, Sentence)
    assert first.text.endswith("None was found for January 2014 to December 2015.")
    assert figure(parts).title == "General agreements found for 2009, 2012–2013 and 2016–2017; none for 2014–2015"


@pytest.mark.parametrize("name", ["Agreement 2011-2013", "Agreement"])
def test_the_months_counted_are_those_that_the_chart_draws(name: str) -> None:
    parts = made(agreement(name, None, "2013"), agreement("B", "2014-01-01", "2016"))
    years = figure(parts).title.removeprefix("General agreements found for ").partition("–")
    assert f"from January {years[0]} to December {years[2]}" in plain(figure(parts).caption)


def test_many_gaps_are_counted_and_a_long_title_is_shortened() -> None:
    years = [str(year) for year in range(1990, 2012, 2)]
    parts = made(*(agreement(f"A {year}", f"{year}-01-01", year) for year in years))
    first = parts[1]
    assert isinstance(first, Sentence)
    assert first.text.endswith("None was found for 10 periods, the latest from January to December 2009.")
    assert figure(parts).title == "General agreements found, 1990–2010"
    three = made(*(agreement(f"A {year}", f"{year}-01-01", str(year + 2)) for year in (2000, 2004, 2008)))
    assert figure(three).title == (
        "General agreements found for 2000–2002, 2004–2006 and 2008–2010; none for 2003 and 2007"
    )


def test_agreements_without_any_date_are_listed_and_not_drawn() -> None:
    parts = made(agreement("A", None, None, legal_basis="Act"))
    shown = next(part for part in parts if isinstance(part, Table))
    assert [tuple(plain((cell,)) for cell in row) for row in shown.rows] == [("A", "not stated", "not stated", "Act")]


def test_regional_and_announced_agreements_are_folded_and_not_counted() -> None:
    parts = made(
        agreement("National", "2020-01-01", "2022"),
        agreement("Of the city", "2021-01-01", "2023", place_id="lima"),
        agreement("Next", None, "2026", status="announced"),
    )
    first, folded = parts[1], parts[-1]
    assert isinstance(first, Sentence)
    assert first.text.startswith("One general agreement was found")
    assert isinstance(folded, Folded)
    assert folded.summary == "Regional or unsigned agreements (2)"
    (shown,) = folded.parts
    assert isinstance(shown, Table)
    assert [(row[0].text, row[-1]) for row in shown.rows] == [("Next", "Announced"), ("Of the city", "Concluded")]


def test_rows_of_other_types_are_no_agreements() -> None:
    context = small_page(institutions=[{"country": "PER", "kind": "programme", "name": "P", "date": "2020"}])
    assert [type(part).__name__ for part in agreements.parts(context, rows("institutions", []))] == [
        "Heading",
        "Sentence",
    ]


def test_agreements_are_listed_by_the_last_day_stated_of_each_undated_ones_last() -> None:
    parts = made(
        agreement("Old, end not stated", "2009-04-27", None),
        agreement("Undated", None, None),
        agreement("Latest", "2020-10-05", "2023"),
        agreement("Before", "2015-08-01", "2019"),
    )
    table = figure(parts).table
    assert table is not None
    assert [plain((row[0],)) for row in table.rows] == ["Latest", "Before", "Old, end not stated", "Undated"]

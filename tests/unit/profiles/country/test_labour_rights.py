"""The score of labour rights names its year, its publisher and the better end of its scale."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from small_page import small_page

from socdialog.display.parts import Figure, Part, Sentence
from socdialog.profiles.country import labour_rights

SCORE = {
    "indicator": "SCORE",
    "label": "Score",
    "unit": "score_0_10",
    "direction": "lower_better",
    "section": "standards",
    "definition": "It",
    "caveat": "None",
}


def parts(*values: Mapping[str, object], **series: object) -> list[Part]:
    about = {"country": "PER", "indicator": "SCORE", "unit": "score_0_10", "source": "ILO", "vintage": "2024-02"}
    years = [about | row for row in values]
    return list(labour_rights.parts(small_page(indicators=[SCORE | series], country_years=years)))


def sentences(found: list[Part]) -> list[str]:
    return [part.text for part in found if isinstance(part, Sentence)]


@pytest.mark.parametrize(
    ("direction", "scale"),
    [
        ("lower_better", ", where 0 is best and 10 worst"),
        ("higher_better", ", where 0 is worst and 10 best"),
        ("neutral", ""),
    ],
)
def test_the_lead_names_the_latest_value_and_the_better_end(direction: str, scale: str) -> None:
    found = parts({"year": 2020, "value": 1.5}, {"year": 2021, "value": 2.5}, direction=direction)
    lead, *notes = sentences(found)
    assert lead == f"In 2021, the latest year published by ILO, compliance with labour rights scored 2.5{scale}."
    assert len(notes) == 1, "the caution is there once"
    (figure,) = (part for part in found if isinstance(part, Figure))
    assert figure.key == "sdg-882"
    assert ("best" in str(figure.chart)) == bool(scale)


def test_no_score_no_caution() -> None:
    assert sentences(parts()) == ["No data found on compliance with labour rights (SDG indicator 8.8.2)."]
    assert sentences(list(labour_rights.parts(small_page()))) == sentences(parts())


def test_series_bound_to_no_section_may_be_the_score() -> None:
    found = sentences(parts({"year": 2020, "value": 1.5}, section=None))
    assert found == ["The official series of Peru are listed under Wages and working conditions."]


def test_what_must_be_known_of_the_scores_of_the_country_is_next_to_them() -> None:
    values = [
        {
            "country": "PER",
            "indicator": "SCORE",
            "unit": "score_0_10",
            "source": "ILO",
            "vintage": "2024-02",
            "year": 2021,
            "value": 2.5,
        }
    ]
    cautions = [{"indicator": "SCORE", "country": country, "caution": country} for country in ("PER", "CHL")]
    page = small_page(indicators=[SCORE], country_years=values, indicator_cautions=cautions)
    said = sentences(list(labour_rights.parts(page)))
    assert "PER" in said
    assert "CHL" not in said

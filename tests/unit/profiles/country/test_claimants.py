"""A claimant is written by the one abbreviation of the organisation, where its name is of one organisation only."""

from __future__ import annotations

import pytest
from small_page import small_page

from socdialog.profiles.country.claimants import Claimants


@pytest.fixture
def claimants() -> Claimants:
    organisations = [
        {"org_id": "cgt", "name": "General Confederation", "acronym": "CGT; КГТ", "country": "PER"},
        {"org_id": "sut", "name": "Single Union", "country": "PER"},
        {"org_id": "abroad", "name": "General Confederation Abroad", "acronym": "GCA", "country": "CHL"},
    ]
    names = [
        {"org_id": "cgt", "name": "Confederación General"},
        {"org_id": "cgt", "name": "The union"},
        {"org_id": "sut", "name": "The union"},
        {"org_id": "abroad", "name": "Abroad"},
    ]
    return Claimants.of(small_page(organisations=organisations, organisation_names=names))


@pytest.mark.parametrize(
    ("claimant", "written"),
    [
        ("Confederación General", "CGT"),
        ("Single Union", "Single Union"),
        ("The union", "The union"),
        ("Abroad", "Abroad"),
        ("a striker", "a striker"),
    ],
)
def test_a_name_of_one_organisation_of_the_country_is_its_abbreviation(
    claimants: Claimants, claimant: str, written: str
) -> None:
    assert claimants.written_as(claimant) == written


def test_a_publisher_that_claims_a_figure_itself_is_known_by_any_name(claimants: Claimants) -> None:
    assert claimants.is_publisher("Confederación General", "General Confederation")
    assert not claimants.is_publisher("The union", "The union"), "the name is of two organisations"
    assert not claimants.is_publisher("CGT", "Single Union")

"""A study adds terms to vocabularies; those of the package stay, and two studies do not mix."""

from __future__ import annotations

from socdialog.codebook import known_terms, section_codes, vocabulary, wording
from socdialog.codebook.attributes import attribute, codes_with, with_alike
from socdialog.codebook.terms import EXTENSIBLE, DeclaredCountry, OwnTerm, reviewed_terms, use, vocabularies


def test_own_terms_stand_behind_those_of_the_package_and_have_the_attributes_of_what_they_are_like() -> None:
    walkout = OwnTerm("Walkout", "Workers leave work for some hours.", like="strike")
    vigil = OwnTerm("Vigil", "A silent gathering.")
    use(terms={"event_kinds": {"walkout": walkout, "vigil": vigil}}, coders={}, countries={})
    kinds = vocabulary("event_kinds")
    assert list(kinds)[-2:] == ["walkout", "vigil"]
    assert {code: term for code, term in kinds.items() if not term.own} == reviewed_terms("event_kinds")
    assert attribute("event_kinds", "walkout", "dispute_stage") == "action"
    assert "walkout" in codes_with("event_kinds", "strike")
    assert attribute("event_kinds", "vigil", "family") == "other"
    assert with_alike("event_kinds", ["strike", "protest"]) == ["strike", "walkout", "protest"]
    assert wording.label("event_kinds", "walkout") == "Walkout"


def test_sections_ask_for_own_terms_with_those_they_are_like() -> None:
    assert section_codes()["peaks"] == ("peak",)
    use(terms={"org_levels": {"apex": OwnTerm("Apex", "Above all.", like="peak")}}, coders={}, countries={})
    assert section_codes()["peaks"] == ("peak", "apex")
    assert section_codes()["levels"][:2] == ("peak", "apex")


def test_only_the_study_at_hand_allows_a_code_but_its_meaning_stays_known() -> None:
    use(terms={"topics": {"heat": OwnTerm("Heat at work", "Work in heat.")}}, coders={}, countries={})
    use(terms={}, coders={"a": OwnTerm("First coder", "Coded all.")}, countries={})
    assert "heat" not in vocabulary("topics")
    assert known_terms("topics")["heat"].label == "Heat at work"
    assert list(vocabulary("coders")) == [*reviewed_terms("coders"), "a"]


def test_a_unit_has_its_own_words_and_the_family_of_what_it_is_like() -> None:
    shifts = OwnTerm("Shifts", "Shifts not worked.", like="days", one="shift")
    use(terms={"units": {"shifts": shifts}}, coders={}, countries={})
    assert wording.quantity(12, "shifts") == "12 shifts"
    assert wording.quantity(1, "shifts") == "1 shift"
    assert attribute("units", "shifts", "family") == "time"


def test_a_declared_country_has_its_name_and_years() -> None:
    use(terms={}, coders={}, countries={"SUN": DeclaredCountry("Soviet Union", 1922, 1991)})
    assert len(vocabulary("iso_countries")) == 250
    assert vocabulary("iso_countries")["SUN"].definition == "Declared by the study, 1922–1991: Soviet Union."


def test_what_a_study_may_add_to_is_there() -> None:
    assert set(EXTENSIBLE) <= set(vocabularies())

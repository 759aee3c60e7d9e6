"""The beginning of a country's page: eight cards in one order, two small charts, and how sure the figures are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from small_page import dated, small_page

from socdialog.display.parts import Cards, Figure, Part, Sentence, Value
from socdialog.profiles.country import summary

Row = Mapping[str, object]


def series(use: str, years: Mapping[int, float]) -> dict[str, list[Row]]:
    """One official series of Peru, shown as something."""
    about = {"indicator": use, "label": use.title(), "unit": "percent", "section": "actors", "shown_with": use}
    value = {"country": "PER", "indicator": use, "unit": "percent", "source": "Office", "vintage": "2026-02"}
    return {
        "indicators": [about],
        "country_years": [value | {"year": year, "value": one} for year, one in years.items()],
    }


def made(**tables: Sequence[Row]) -> list[Part]:
    return list(summary.parts(small_page(edition="2026-11", **tables)))


def cards(parts: Sequence[Part]) -> Cards:
    return next(part for part in parts if isinstance(part, Cards))


def how_sure(parts: Sequence[Part]) -> Sentence | None:
    return next((part for part in parts if isinstance(part, Sentence) and part.kind == "how_sure"), None)


def statement(aspect: str, order: int) -> Row:
    about = {"country": "PER", "aspect": aspect, "order": order, "statement": f"Of {aspect}.", "source_url": "u"}
    return about | dated("as_of", "2026")


def test_without_any_data_each_card_says_so_and_nothing_else_is_said() -> None:
    (shown,) = made()
    assert isinstance(shown, Cards)
    assert [card.label for card in shown.cards] == [
        *("Trade union density", "Bargaining coverage", "Strikes and lockouts", "Fundamental conventions"),
        *("Labour rights compliance", "General agreement", "Minimum wage", "Union members, claimed"),
    ]
    assert {(card.value.text, card.value.absent, card.detail) for card in shown.cards} == {("No data found", True, "")}


def test_each_card_leads_to_its_place_on_the_page() -> None:
    assert [card.to for card in cards(made()).cards] == [
        *("union-density", "bargaining-coverage", "official-strikes", "conventions"),
        *("sdg-882", "general-agreements", "minimum-wage", "trade-unions"),
    ]


def test_a_card_has_its_publisher_and_its_evidence() -> None:
    card = cards(made(**series("union_density", {2017: 46.9}))).cards[0]
    assert (card.value.text, card.detail, card.source) == ("46.9%", "2017 · official · 9 years old", "Office")
    assert card.value.evidence == ("country_years:0",)


def test_a_disputed_card_leads_to_the_disagreement() -> None:
    disagreement = {"disagreement_id": "d-1", "status": "open", "kind": "between_sources", "indicator": "union_density"}
    disagreement |= {"row_ids": ["country_years:0"], "check": "same_value", "countries": ["PER"]}
    card = cards(made(**series("union_density", {2017: 46.9}), disagreements=[disagreement])).cards[0]
    assert card.value.disputed == "disagreement-d-1"


@pytest.mark.parametrize(("n", "first"), [(0, Cards), (2, Cards), (3, Sentence)])
def test_with_fewer_than_three_statements_the_cards_come_first(n: int, first: type) -> None:
    rows = [statement(name, order) for order, name in enumerate(("unions", "strikes", "rights")[:n])]
    assert isinstance(made(context=rows)[0], first)


def test_the_small_chart_is_of_the_first_series_with_three_years() -> None:
    three = {2015: 1.0, 2016: 2.0, 2017: 3.0}
    (small,) = (part for part in made(**series("union_density", three)) if isinstance(part, Figure))
    assert (small.key, small.full, small.table) == ("density-small", "density", None)
    coverage = series("bargaining_coverage", three)
    two = series("union_density", {2016: 2.0, 2017: 3.0})
    both = {name: [*two[name], *coverage[name]] for name in two}
    assert [part.full for part in made(**both) if isinstance(part, Figure)] == ["coverage"]
    assert [part for part in made(**two) if isinstance(part, Figure)] == []


def event(name: str, *, sources: int = 1) -> Row:
    about = {"event_id": name, "row_id": f"events:{name}", "label": name, "kind": "meeting", "status": "held"}
    return about | dated("start_date", "2020-05-01") | {"countries": ["PER"], "n_sources": sources}


def test_how_sure_names_ages_single_sources_and_disagreements_that_there_are() -> None:
    density = series("union_density", {2017: 46.9})
    coverage = series("bargaining_coverage", {2012: 74.7})
    both = {name: [*density[name], *coverage[name]] for name in density}
    disagreement = {"disagreement_id": "d-1", "status": "open", "kind": "between_sources", "row_ids": ["events:a"]}
    events = [event("a"), event("b", sources=3), event("c")]
    found = how_sure(made(**both, events=events, disagreements=[disagreement | {"countries": ["PER"]}]))
    assert found is not None
    assert found.text == (
        "The latest density and coverage figures are 9 and 14 years old. "
        "Of 3 reported events, 2 are based on a single independent source. The page lists 1 disagreement."
    )
    assert [span.to for span in found.spans if isinstance(span, Value)] == [
        "countries/PER-events.html",
        "countries/PER-events.html#set-single-source",
        "#disagreements",
    ]


def test_clauses_without_data_drop_out() -> None:
    assert how_sure(made()) is None
    one = how_sure(made(**series("union_density", {2025: 1.0})))
    assert one is not None
    assert one.text == "The latest density figure is 1 year old."
    same = series("union_density", {2020: 1.0})
    coverage = series("bargaining_coverage", {2020: 1.0})
    both = how_sure(made(**{name: [*same[name], *coverage[name]] for name in same}))
    assert both is not None
    assert both.text == "The latest density and coverage figures are both 6 years old."
    single = how_sure(made(events=[event("a")]))
    assert single is not None
    assert single.text == "Of 1 reported event, 1 is based on a single independent source."
    none = how_sure(made(events=[event("a", sources=2)]))
    assert none is not None
    assert none.text == "Of 1 reported event, none are based on a single independent source."

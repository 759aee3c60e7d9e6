"""The section on disagreements: a count, five entries, the rest folded, revisions and claimed figures apart."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from small_page import small_page

from socdialog.display.parts import Disagreement, Folded, Part, Sentence, Table, plain
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import disagreements

Row = Mapping[str, object]
FIGURE = {"report_id": "r#1", "country": "PER", "unit": "persons", "qualifier": "exact", "event_id": "ev-1"}


def page(n: int, *, national: int = 0, **tables: list[Row]) -> ProfileContext:
    """Return a page with so many disagreements on workers of one strike, the first of them on the whole country."""
    figures, found = [], []
    for at in range(n):
        scope = "Peru" if at < national else None
        pair = [{"row_id": f"figures:{at}-{one}", "value": float(10 + one), "scope": scope} for one in (0, 1)]
        figures += [FIGURE | {"indicator": "workers_on_strike"} | row for row in pair]
        told = [{"value": 10 + one, "unit": "persons"} for one in (0, 1)]
        found.append(
            {
                "disagreement_id": f"cf-{at:03}",
                "kind": "between_sources",
                "check": "between_reports",
                "status": "open",
                "event_id": "ev-1",
                "indicator": "workers_on_strike",
                "row_ids": [row["row_id"] for row in pair],
                "details": json.dumps({"amounts": told, "scope": [], "what": "workers_on_strike"}),
            }
        )
    events = [{"event_id": "ev-1", "label": "Mine strike", "countries": ["PER"]}]
    reports = [{"report_id": "r#1", "source_id": "s", "event_id": "ev-1"}]
    sources = [{"source_id": "s", "publisher": "Daily", "language": "en"}]
    given: dict[str, list[Row]] = {
        "figures": [*figures, *tables.pop("figures", [])],
        "disagreements": [*found, *tables.pop("disagreements", [])],
    }
    return small_page(events=events, reports=reports, sources=sources, citations=sources, **given, **tables)


def parts(context: ProfileContext) -> list[Part]:
    return list(disagreements.parts(context))


def folded(found: list[Part], key: str) -> Folded:
    return next(part for part in found if isinstance(part, Folded) and part.key == key)


@pytest.mark.parametrize(
    ("n", "national", "said"),
    [
        (0, 0, "No disagreements found in the one source on Peru."),
        (1, 0, "This page lists one disagreement; it does not concern a national figure."),
        (1, 1, "This page lists one disagreement; one concerns a national figure."),
        (2, 0, "This page lists two disagreements; none concerns a national figure."),
        (6, 2, "This page lists six disagreements; two concern national figures."),
        (12, 1, "This page lists 12 disagreements; 1 concerns a national figure."),
    ],
)
def test_the_lead_counts_disagreements_and_national_figures(n: int, national: int, said: str) -> None:
    assert next(part.text for part in parts(page(n, national=national)) if isinstance(part, Sentence)) == said


def test_five_entries_are_open_and_the_others_folded_fifty_at_most() -> None:
    few = parts(page(5))
    assert sum(isinstance(part, Disagreement) for part in few) == 5
    assert not any(isinstance(part, Folded) for part in few)
    many = parts(page(60))
    assert sum(isinstance(part, Disagreement) for part in many) == 5
    rest = folded(many, "further-disagreements")
    assert rest.summary == "55 further disagreements"
    assert sum(isinstance(part, Disagreement) for part in rest.parts) == 50
    assert isinstance(rest.parts[-1], Sentence)
    assert rest.parts[-1].text == "All 60 disagreements are listed on the page of data quality."


def test_an_entry_has_each_value_once_on_one_scale_with_who_states_it() -> None:
    (entry,) = (part for part in parts(page(1)) if isinstance(part, Disagreement))
    assert entry.key == "disagreement-cf-000"
    assert entry.question == "Mine strike: how many workers on strike?"
    assert [(claim.value.text, claim.at) for claim in entry.claims] == [("10", (10.0,)), ("11", (11.0,))]
    assert [claim.who for claim in entry.claims] == ["Daily, undated", ""], "one source is named once"
    assert entry.status == "Status: unresolved."


def test_figures_that_do_not_add_up_have_no_scale_and_their_names() -> None:
    figures = [
        FIGURE | {"row_id": "figures:a", "indicator": "labour_conflicts", "value": 68.0, "scope": "Peru"},
        FIGURE | {"row_id": "figures:b", "indicator": "labour_conflicts_resolved", "value": 49.0, "scope": "Peru"},
    ]
    details = {"part": {"value": 49}, "whole": {"value": 68}, "right": 72.06, "printed": 28}
    share = {
        "disagreement_id": "cf-share",
        "kind": "arithmetic",
        "check": "share",
        "status": "open",
        "event_id": "ev-1",
        "indicator": "labour_conflicts_resolved",
        "row_ids": ["figures:a", "figures:b"],
        "details": json.dumps(details),
    }
    context = page(0, figures=figures, disagreements=[share])  # type: ignore[list-item]
    (entry,) = (part for part in parts(context) if isinstance(part, Disagreement))
    assert entry.question == "Do the figures for the resolved labour conflicts add up?"
    said = [(claim.value.text, claim.at) for claim in entry.claims]
    assert said == [("Labour conflicts: 68", None), ("Resolved labour conflicts: 49", None)]
    assert entry.check.startswith("49 of 68 is 72.1%, not 28%.")


def test_dates_of_reports_are_on_a_scale_of_days() -> None:
    first = {
        "disagreement_id": "cf-day",
        "kind": "date",
        "check": "first_day",
        "status": "open",
        "event_id": "ev-1",
        "row_ids": ["reports:0", "reports:1"],
        "details": json.dumps({"dates": ["2020-05-20", "2020-05-21"]}),
    }
    sources = [{"source_id": "s", "publisher": "Daily", "published": "2020-05-22"}]
    context = small_page(
        events=[{"event_id": "ev-1", "label": "Mine strike", "countries": ["PER"]}],
        reports=[
            {"report_id": f"r#{at}", "source_id": "s", "event_id": "ev-1", "start_date": f"2020-05-2{at}", "label": "A"}
            for at in (0, 1)
        ],
        sources=sources,
        citations=sources,
        disagreements=[first],
    )
    (entry,) = (part for part in parts(context) if isinstance(part, Disagreement))
    assert entry.question == "Mine strike: when did it begin?"
    assert [claim.value.text for claim in entry.claims] == ["20 May 2020", "21 May 2020"]
    (low,), (high,) = (claim.at or () for claim in entry.claims)
    assert high - low == 1
    assert "20 May 2020 or" not in entry.check, "the values are not said again"


def test_revisions_of_series_are_folded_and_no_disagreement() -> None:
    details = {
        "releases": ["ILO 2024-02", "ILO 2020-10"],
        "differing": 2,
        "shared": 3,
        "year": "2017",
        "amounts": [{"beside": ["ILO 2024-02"], "value": 1.94}, {"beside": ["ILO 2020-10"], "value": 3.7}],
    }
    revision = {
        "disagreement_id": "cf-rev",
        "kind": "vintage",
        "check": "releases",
        "status": "revision",
        "indicator": "SCORE",
        "row_ids": ["country_years:0", "country_years:1"],
        "details": json.dumps(details),
    }
    years = [
        {"country": "PER", "indicator": "SCORE", "source": "ILO", "vintage": release, "year": 2017, "value": 1.0}
        for release in ("2024-02", "2020-10")
    ]
    context = page(
        0, disagreements=[revision], country_years=years, indicators=[{"indicator": "SCORE", "label": "Score"}]
    )  # type: ignore[list-item]
    found = parts(context)
    table = folded(found, "revisions-list").parts[0]
    assert isinstance(table, Table)
    (row,) = table.rows
    assert row[0] == "Score"
    assert row[1] == ("ILO, February 2024 release", "ILO, October 2020 release")
    assert row[2] == "2 of 3"
    assert plain([row[3]]) == "2017: 1.94 (ILO, February 2024 release); 3.7 (ILO, October 2020 release)"  # type: ignore[list-item]


def test_claimed_figures_are_those_on_the_whole_country_that_are_shown_nowhere_else() -> None:
    claimed = [
        FIGURE | {"row_id": "figures:w", "indicator": "strikes", "value": 7.0, "scope": "Peru", "unit": "count"},
        FIGURE | {"row_id": "figures:x", "indicator": "strikes", "value": 7.0, "scope": "Peru", "unit": "count"},
        FIGURE | {"row_id": "figures:l", "indicator": "strikes", "value": 3.0, "scope": "Lima", "unit": "count"},
        FIGURE | {"row_id": "figures:t", "indicator": "hunger_strikers", "value": 8.0, "scope": "total"},
        FIGURE | {"row_id": "figures:o", "indicator": "strikes", "value": 9.0, "scope": "Peru", "organisation": "CGT"},
    ]
    found = parts(page(1, national=1, figures=claimed))  # type: ignore[arg-type]
    shown = folded(found, "claimed-figures-list")
    assert shown.summary == "1 claimed figure on the whole country"
    table = shown.parts[0]
    assert isinstance(table, Table)
    ((event, quantity, value, *_),) = table.rows
    assert getattr(event, "to", "") == "countries/PER-events.html#ev-1"
    assert (quantity, plain([value])) == ("Strikes", "7")  # type: ignore[list-item]
    assert getattr(value, "evidence", ()) == ("figures:w", "figures:x")
    totals = page(0, figures=[FIGURE | {"indicator": "conventions_ratified", "value": 8.0, "scope": "Peru"}])  # type: ignore[list-item]
    assert any(isinstance(part, Folded) for part in parts(totals))

"""The section on actors: how many confederations, one table of them, union density, employers' organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from small_page import dated, small_page

from socdialog.display.parts import Folded, Heading, Part, Sentence, Table, Value, cell_spans, plain
from socdialog.profiles.country import actors

Row = Mapping[str, object]


def body(name: str, side: str = "workers", level: str = "peak", **more: object) -> Row:
    return {"org_id": name.lower(), "row_id": f"organisations:{name}", "name": name, "country": "PER"} | {
        "side": side,
        "level": level,
        **more,
    }


def made(organisations: Sequence[Row], **tables: Sequence[Row]) -> list[Part]:
    return list(actors.parts(small_page(organisations=organisations, **tables)))


def said(parts: Sequence[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Sentence)]


def cells(parts: Sequence[Part], key: str) -> list[list[str]]:
    found = [leaf for part in parts for leaf in (part.parts if isinstance(part, Folded) else (part,))]
    table = next(part for part in found if isinstance(part, Table) and part.key == key)
    return [["|".join(plain((span,)) for span in cell_spans(cell)) for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("workers", "employers", "text"),
    [
        (0, 0, "No data found on trade union and employers’ confederations."),
        (1, 0, "One trade union confederation appears in the sources. No data found on employers’ confederations."),
        (0, 2, "Two employers’ confederations appear in the sources. No data found on trade union confederations."),
        (1, 1, "One trade union confederation and one employers’ confederation appear in the sources."),
        (4, 3, "Four trade union confederations and three employers’ confederations appear in the sources."),
        (12, 1, "12 trade union confederations and one employers’ confederation appear in the sources."),
    ],
)
def test_the_lead_counts_the_confederations_of_each_side(workers: int, employers: int, text: str) -> None:
    every = [body(f"W{at}") for at in range(workers)] + [body(f"E{at}", "employers") for at in range(employers)]
    every += [
        body("Branch", level="sectoral"),
        body("Works", "employers", "enterprise"),
        body("X") | {"country": "CHL"},
    ]
    assert said(made(every))[0] == text


def test_headings_are_the_subjects_that_other_sections_link_to() -> None:
    headings = [part.key for part in made([]) if isinstance(part, Heading)]
    assert headings == ["trade-unions", "union-density", "employers-organisations"]


def test_without_organisations_and_series_each_absence_is_said_once() -> None:
    assert said(made([]))[1:] == [
        "No data found on trade unions.",
        "No data found on trade union density.",
        "No data found on employers’ organisations.",
        "No data found on employer density.",
    ]


def test_a_confederation_has_its_names_affiliations_latest_claim_and_events() -> None:
    whole = body("Federation", acronym="FED;ФЕД", native_name="Федерация", **dated("founded", "1990-10-10"))
    tables = {
        "affiliations": [
            {"org_id": "federation", "affiliate_of": "ituc", "status": "member", **dated("since", "2022-11")},
            {"org_id": "federation", "affiliate_of": "old", "status": "former"},
            {"org_id": "federation", "affiliate_of": "left", "status": "member", "until": "2001"},
            {"org_id": "federation", "affiliate_of": "region", "status": "member"},
            {"org_id": "federation", "affiliate_of": "asked", "status": "unknown"},
        ],
        "memberships": [
            {
                "org_id": "federation",
                "value": 3e6,
                "population": "members",
                "qualifier": "about",
                **dated("as_of", "2010"),
            },
            {
                "org_id": "federation",
                "value": 2e6,
                "population": "members",
                "qualifier": "about",
                **dated("as_of", "2021"),
            },
            {
                "org_id": "federation",
                "value": 9e6,
                "population": "members_women",
                "qualifier": "exact",
                **dated("as_of", "2023"),
            },
        ],
        "actors": [
            {"org_id": "federation", "event_id": "ev-1", "role": "target"},
            {"org_id": "federation", "event_id": "ev-1", "role": "organiser"},
            {"org_id": "federation", "event_id": "ev-2", "role": "organiser"},
        ],
        "events": [{"event_id": f"ev-{at}", "row_id": f"events:{at}", "countries": ["PER"]} for at in (1, 2)],
    }
    world = [
        body("ITUC", level="international"),
        body("Region", level="regional"),
        body("Asked", level="international"),
    ]
    world += [body("Old", level="international"), body("Left", level="international")]
    parts = made([whole, *(one | {"country": None} for one in world)], **tables)
    assert cells(parts, "workers-confederations") == [
        [
            "Federation (FED)|Федерация",
            "10 October 1990",
            "ITUC, since November 2022|Asked, status not stated|one regional organisation",
            "about 2,000,000 (2021)",
            "2",
        ]
    ]
    shown = next(part for part in parts if isinstance(part, Table))
    count, native = shown.rows[0][4], cell_spans(shown.rows[0][0])[1]
    assert isinstance(count, Value)
    assert (count.to, count.evidence) == ("organisations/PER.html#org-federation", ("events:1", "events:2"))
    assert isinstance(native, Value)
    assert native.lang == "und-Cyrl"
    assert len(cells(parts, "workers-affiliations")) == 5
    assert [row[2] for row in cells(parts, "workers-memberships")] == [
        "about 2,000,000",
        "about 3,000,000",
        "9,000,000",
    ]


def test_a_table_shows_the_confederations_with_most_events_and_folds_the_others() -> None:
    every = [body(f"W{at}") for at in range(7)]
    named = [{"org_id": "w6", "event_id": "ev-1", "role": "organiser"}]
    parts = made(every, actors=named, events=[{"event_id": "ev-1", "row_id": "events:1", "countries": ["PER"]}])
    assert [row[0] for row in cells(parts, "workers-confederations")] == ["W6", "W0", "W1", "W2", "W3"]
    (more,) = (part for part in parts if isinstance(part, Folded) and "confederations" in part.key)
    assert (more.summary, more.elsewhere) == ("Two more confederations", "organisations/PER.html")
    assert [row[0] for row in cells([more], "workers-confederations-more")] == ["W4", "W5"]


def test_organisations_below_the_confederations_are_folded_and_capped() -> None:
    branches = [body(f"Branch {at:02}", level="sectoral", org_id=f"b{at}") for at in range(60)]
    parts = made([body("Federation"), *branches])
    (more,) = (part for part in parts if isinstance(part, Folded))
    assert more.summary == "60 sectoral, regional and local trade unions"
    assert len(cells([more], "workers-further-more")) == 50
    assert plain(more.parts[1].spans).startswith("The table shows the first 50 rows.")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "The E0 is the employers’ confederation named in the sources."),
        (2, "The E0 and the E1 are the employers’ confederations named in the sources."),
    ],
)
def test_few_employers_confederations_are_named(n: int, text: str) -> None:
    assert text in said(made([body(f"E{at}", "employers") for at in range(n)]))
    many = said(made([body(f"E{at}", "employers") for at in range(4)]))
    assert not any("named in the sources" in sentence for sentence in many)


EMPLOYEES = {
    "indicators": [{"indicator": "EMP", "label": "Employees", "unit": "thousand_persons", "shown_with": "employees"}],
    "country_years": [
        {"country": "PER", "indicator": "EMP", "year": year, "value": value, "unit": "thousand_persons"}
        | {"source": "Office", "vintage": "2022-08"}
        for year, value in ((2020, 6000.0), (2021, 6891.157))
    ],
}


def test_claims_are_not_comparable_with_density_and_employees_are_said_once() -> None:
    claims = [
        {"org_id": "w", "value": 5.0, "population": "members", "qualifier": "exact", "source": source}
        for source in "ab"
    ]
    boxes = [part.text for part in made([body("W")], memberships=claims, **EMPLOYEES) if _is_box(part)]
    scale = "For scale, Peru had 6,891,157 employees in 2021 (Office, August 2022 release)."
    assert boxes == [f"Claimed membership may include pensioners, students and the self-employed. {scale}"]
    without = [part.text for part in made([body("W")], memberships=claims) if _is_box(part)]
    assert without == ["Claimed membership may include pensioners, students and the self-employed."]
    unions = [claims[0] | {"population": "sectoral_unions"}]
    assert not [part for part in made([body("W")], memberships=unions, **EMPLOYEES) if _is_box(part)]


@pytest.mark.parametrize(("value", "heading"), [(5.0, "union-density"), (None, "trade-unions")])
def test_the_box_is_with_density_or_else_with_the_claims(value: float | None, heading: str) -> None:
    claims = [{"org_id": "w", "value": 5.0, "population": "members", "qualifier": "exact", "source": "a"}]
    catalogue = [{"indicator": "UD", "label": "Density", "shown_with": "union_density", "section": "actors"}]
    year = {"country": "PER", "source": "Office", "vintage": "2024-01", "year": 2020, "value": value}
    years = [year | {"indicator": "UD", "unit": "percent"}]
    parts = made([body("W")], memberships=claims, indicators=catalogue, country_years=years)
    box = next(place for place, part in enumerate(parts) if _is_box(part))
    above = [part.key for part in parts[:box] if isinstance(part, Heading)]
    assert above[-1] == heading


def _is_box(part: Part) -> bool:
    return isinstance(part, Sentence) and part.kind == "not_comparable"


def test_other_series_of_the_section_are_folded_and_no_unbound_series_is_said_to_be_missing() -> None:
    catalogue = [
        {"indicator": "UD", "label": "Density", "unit": "percent", "shown_with": "union_density", "section": "actors"},
        {"indicator": "NUM", "label": "Members", "unit": "persons", "section": "actors"},
        {"indicator": "ED", "label": "Employer density", "unit": "percent", "shown_with": "employer_density"},
    ]
    catalogue = [row | {"definition": "What it is.", "caveat": "What it is not."} for row in catalogue]
    about = {"country": "PER", "source": "Office", "vintage": "2024-01", "year": 2020, "value": 5.0}
    years = [about | {"indicator": row["indicator"], "unit": row["unit"]} for row in catalogue]
    parts = made([], indicators=catalogue, country_years=years)
    assert "Trade union density was 5% in 2020, the latest year published by Office." in said(parts)
    assert "Employer density was 5% in 2020, the latest year published by Office." in said(parts)
    assert cells(parts, "headcounts-data") == [["2020", "5"]]
    loose = made([], indicators=[catalogue[1] | {"section": None}], country_years=years[1:2])
    assert said(loose).count("The official series of Peru are listed under Wages and working conditions.") == 1
    assert not any("density" in sentence for sentence in said(loose))

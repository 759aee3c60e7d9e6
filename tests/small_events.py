"""A study of a few events as clean tables, to see what pages make of them."""

from __future__ import annotations

from tests.small_site import clean_table

HOSTILE = "<script>alert(1)</script>"


def _report(report_id: str, event_id: str, **more: object) -> dict[str, object]:
    usual = {
        "source_id": report_id.split("#", maxsplit=1)[0],
        "label": "Oil workers strike",
        "kind": "strike",
        "status": "held",
    }
    return {"row_id": f"reports:{report_id}", "report_id": report_id, "event_id": event_id, **usual, **more}


def _event(event_id: str, *countries: str, **more: object) -> dict[str, object]:
    usual = {"kind": "strike", "status": "held", "date_basis": "printed", "n_reports": 1, "n_sources": 1}
    return {"row_id": f"events:{event_id}", "event_id": event_id, "countries": list(countries), **usual, **more}


def _actor(report_id: str, event_id: str, name: str, **more: object) -> dict[str, object]:
    usual = {"side": "workers", "role": "organiser"}
    return {
        "row_id": f"actors:{report_id}|{name}",
        "report_id": report_id,
        "event_id": event_id,
        "name": name,
        **usual,
        **more,
    }


_SOURCES = (
    {
        "source_id": "a",
        "publisher": "kt.kz",
        "title": "Нефтяники бастуют",
        "language": "ru",
        "kind": "news",
        "published": "2024-03-06",
        "url": "https://kt.example/1",
    },
    {"source_id": "b", "publisher": "The Times", "title": "Oil strike", "language": "en", "kind": "news"},
    {"source_id": "c", "publisher": "KT.KZ", "title": HOSTILE, "language": "en", "kind": "union", "copy_of": "b"},
)
#: Four events: a strike of two sources, an undated meeting of two countries, a strike elsewhere, one before the study.
TABLES = {
    "countries": clean_table(
        "countries", {"country": "KAZ", "name": "Kazakhstan"}, {"country": "UZB", "name": "Uzbekistan"}
    ),
    "places": clean_table("places", {"place_id": "p", "country": "KAZ", "name": "Aqtau"}),
    "sources": clean_table("sources", *_SOURCES),
    "citations": clean_table(
        "citations",
        *_SOURCES,
        {"source_id": "r", "publisher": "register.example", "url": "https://register.example/1"},
    ),
    "events": clean_table(
        "events",
        _event(
            "ev-1",
            "KAZ",
            label="Oil workers strike",
            venue_country="KAZ",
            place_id="p",
            start_date="2024-03-05",
            topics=["wages", "osh"],
            outcomes=["agreement_signed"],
            report_ids=["a#1", "b#1"],
            n_reports=2,
            n_sources=2,
        ),
        _event("ev-2", "KAZ", "UZB", label=HOSTILE, kind="meeting", status="announced", report_ids=["c#1"]),
        _event("ev-3", "UZB", label="Elsewhere", start_date="2023", report_ids=["b#2"]),
        _event("ev-4", "KAZ", label="Before the study", start_date="2009-05", report_ids=["b#3"]),
    ),
    "reports": clean_table(
        "reports",
        _report("a#1", "ev-1", start_date="2024-03-05"),
        _report("b#1", "ev-1", start_date="2024-03"),
        _report("c#1", "ev-2", label=HOSTILE, kind="meeting", status="announced"),
        _report("b#2", "ev-3", label="Elsewhere"),
        _report("b#3", "ev-4", label="Before the study"),
    ),
    "actors": clean_table(
        "actors",
        _actor("a#1", "ev-1", "Профсоюз", org_id="oil"),
        _actor("b#1", "ev-1", "The oil union", org_id="oil", role="signatory"),
        _actor("b#1", "ev-1", f"Oil company {HOSTILE}", side="employers", role="target"),
        _actor("c#1", "ev-2", "Federation", org_id="fed", role="participant"),
        _actor("c#1", "ev-2", "The oil union", org_id="oil", role="participant"),
    ),
    "figures": clean_table(
        "figures",
        *(
            {
                "row_id": f"figures:{report}|1",
                "report_id": report,
                "figure": 1,
                "event_id": "ev-1",
                "indicator": "strikers",
                "value": value,
                "unit": "persons",
                "qualifier": "about",
                "claimed_by": "the oil union",
            }
            for report, value in (("a#1", 500.0), ("b#1", 700.0))
        ),
    ),
    "indicators_reported": clean_table("indicators_reported", {"indicator": "strikers", "unit": "persons"}),
    "disagreements": clean_table(
        "disagreements",
        {
            "disagreement_id": "cf-1",
            "kind": "arithmetic",
            "status": "open",
            "country": "KAZ",
            "countries": ["KAZ"],
            "event_id": "ev-1",
            "row_ids": ["figures:a#1|1"],
            "check": "difference",
            "details": '{"before": 5, "now": 8, "right": 3, "printed": 4}',
        },
    ),
    "organisations": clean_table(
        "organisations",
        {
            "row_id": "organisations:oil",
            "org_id": "oil",
            "name": "Oil workers’ union",
            "native_name": "Профсоюз нефтяников",
            "acronym": "OWU",
            "country": "KAZ",
            "side": "workers",
            "level": "sectoral",
            "founded": "1990",
            "source": "https://register.example/1",
        },
        {
            "row_id": "organisations:fed",
            "org_id": "fed",
            "name": f"Federation {HOSTILE}",
            "country": "KAZ",
            "side": "workers",
            "level": "peak",
            "source": "https://register.example/1",
        },
    ),
    "organisation_names": clean_table(
        "organisation_names",
        *(
            {
                "row_id": f"organisation_names:oil|{name}",
                "org_id": "oil",
                "name": name,
                "kind": kind,
                "source": "https://kt.example/1",
            }
            for name, kind in (
                ("Oil workers’ union", "name"),
                ("Профсоюз нефтяников", "native"),
                ("Нефтепрофсоюз", "alias"),
                ("ნავთობი", "alias"),
                ("0il w0rkers", "damaged"),
            )
        ),
    ),
    "affiliations": clean_table(
        "affiliations",
        {
            "row_id": "affiliations:oil|fed",
            "org_id": "oil",
            "affiliate_of": "fed",
            "since": "1992",
            "status": "member",
            "source": "https://register.example/1",
        },
    ),
    "memberships": clean_table(
        "memberships",
        *(
            {
                "row_id": f"memberships:{value}",
                "org_id": "oil",
                "value": value,
                "qualifier": "about",
                "population": "members",
                "as_of": as_of,
                "source": "https://kt.example/1",
            }
            for value, as_of in ((2000.0, "2021-11"), (1500.0, None))
        ),
    ),
}

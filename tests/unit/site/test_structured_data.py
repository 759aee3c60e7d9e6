"""What a page is as data: valid by a schema, of its own country, and unable to end its element."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from socdialog.site.country_slices import country_slices, every_table
from socdialog.site.page_shell import SiteInfo, page_faults, site_page
from socdialog.site.structured_data import datasets
from socdialog.store.study import Notes
from tests.small_site import clean_table

#: A data set as schema.org and the guidelines for catalogues describe it: name and description, and what else is known.
_ORGANISATION = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {"@type": {"const": "Organization"}, "name": {"type": "string", "minLength": 1}},
}
_PLACE = {
    "type": "object",
    "required": ["@type", "name", "identifier"],
    "properties": {"@type": {"const": "Country"}, "identifier": {"pattern": "^[A-Z]{3}$"}},
}
SCHEMA = {
    "type": "object",
    "required": ["@context", "@type", "name", "description", "version", "dateModified", "distribution", "citation"],
    "properties": {
        "@context": {"const": "https://schema.org/"},
        "@type": {"const": "Dataset"},
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 50, "maxLength": 5000},
        "url": {"type": "string", "pattern": "^https://"},
        "dateModified": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
        "temporalCoverage": {"type": "string", "pattern": "^[0-9]{4}/[0-9]{4}$"},
        "spatialCoverage": {"anyOf": [_PLACE, {"type": "array", "items": _PLACE}]},
        "license": {"type": "string", "pattern": "^https://spdx.org/licenses/"},
        "creator": _ORGANISATION,
        "variableMeasured": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "isBasedOn": {
            "type": "array",
            "items": {"type": "object", "required": ["@type", "publisher"], "properties": {"publisher": _ORGANISATION}},
        },
        "distribution": {
            "type": "array",
            "minItems": 2,
            "items": {"type": "object", "required": ["@type", "encodingFormat", "contentUrl"]},
        },
    },
}
NOTES = Notes(
    title="Social dialogue </script><script>alert(1)</script>",
    publisher="Institute & Co",
    about="How trade unions, employers and governments meet, agree and dispute in two countries.",
    licence="CC-BY-4.0",
    site_address="https://example.org/site/",
    first_year=2010,
)
TABLES = every_table(
    {
        "countries": clean_table(
            "countries", {"country": "KAZ", "name": "Kazakhstan"}, {"country": "TKM", "name": "Turkmenistan"}
        ),
        "citations": clean_table("citations", {"source_id": "s", "publisher": "ILOSTAT"}),
    }
)

SLICES = tuple(country_slices(TABLES, ["KAZ", "TKM"], since=2010))


def described(notes: Notes = NOTES) -> dict[str | None, dict[str, Any]]:
    found = datasets(TABLES, SLICES, notes, edition="2026-11", version="1.0", fingerprint="ab")
    return {code: json.loads(text) for code, text in found.items()}


@pytest.mark.parametrize("notes", [NOTES, Notes(about=NOTES.about)])
def test_every_description_is_valid(notes: Notes) -> None:
    found = described(notes)
    assert set(found) == {None, "index.html", "data.html", "countries/KAZ.html", "countries/TKM.html"}
    for one in found.values():
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(one)] == []


def test_the_schema_finds_what_is_wrong() -> None:
    broken = described()["countries/KAZ.html"] | {"name": "", "url": "javascript:1", "spatialCoverage": "Kazakhstan"}
    assert len(list(Draft202012Validator(SCHEMA).iter_errors(broken))) == 3


def test_a_country_is_about_itself_and_a_part_of_the_study() -> None:
    one = described()["countries/KAZ.html"]
    assert one["spatialCoverage"] == {"@type": "Country", "name": "Kazakhstan", "identifier": "KAZ"}
    assert one["url"] == "https://example.org/site/countries/KAZ.html"
    assert one["temporalCoverage"] == "2010/2026"
    assert one["isPartOf"]["name"] == NOTES.title


def test_only_the_pages_that_are_the_whole_study_name_the_state_of_its_data() -> None:
    before, after = (
        datasets(TABLES, SLICES, NOTES, edition="2026-11", version="1", fingerprint=state) for state in ("ab", "cd")
    )
    assert {path for path, text in before.items() if text != after[path]} == {"index.html", "data.html"}
    assert json.loads(after["data.html"])["identifier"] == "sha256:cd"


def test_without_an_address_nothing_is_made_up() -> None:
    one = described(Notes(about=NOTES.about))["countries/KAZ.html"]
    assert not {"url", "license", "creator", "temporalCoverage"} & set(one)
    assert one["distribution"][0]["contentUrl"] == "data/events.csv"


def test_a_page_carries_its_description_and_hostile_text_does_not_end_it() -> None:
    site = SiteInfo(
        NOTES, "2026-11", "ab", datasets=datasets(TABLES, SLICES, NOTES, edition="2026-11", version="1", fingerprint="")
    )
    html = site_page("methods.html", "Methods", site, measures=(), comparison=())
    assert page_faults(html) == ()
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(text)["name"] == NOTES.title

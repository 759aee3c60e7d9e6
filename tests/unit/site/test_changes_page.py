"""The page of what changed: first edition, counts, statements in words, caps, tables of another form, hostile text."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

import polars as pl
import pytest
from small_site import clean_table

from socdialog import schemas
from socdialog.intake.evidence import build_citations, build_evidence
from socdialog.site.changes_page import ChangesPage, render_changes
from socdialog.site.country_slices import every_table
from socdialog.site.editions import PastEdition
from socdialog.site.page_shell import Link, SiteInfo, page_faults
from socdialog.store.study import Notes

HOSTILE = '<img src=x onerror="alert(1)">'
SITE = SiteInfo(Notes(title="S"), "2024-11", "ab", neighbours=(Link("countries/KAZ.html", "Kazakhstan"),))
COUNTRIES = clean_table("countries", {"row_id": "c", "country": "KAZ", "name": "Kazakhstan", "source": "A"})


def published(**tables: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Tables of an edition, with what their sources state."""
    whole = every_table({"countries": COUNTRIES, **tables})
    whole["citations"] = build_citations(whole)
    return {"countries": COUNTRIES, **tables, "citations": whole["citations"], "evidence": build_evidence(whole)}


def series(*values: float, note: str | None = None) -> dict[str, pl.DataFrame]:
    row = {"country": "KAZ", "indicator": "I", "unit": "count", "source": "Office", "vintage": "2024-01"}
    rows = [{**row, "row_id": f"y{at}", "year": 2000 + at, "value": v, "note": note} for at, v in enumerate(values)]
    return published(
        country_years=clean_table("country_years", *rows),
        indicators=clean_table("indicators", {"indicator": "I", "label": "Strikes"}),
    )


def edition(tables: Mapping[str, pl.DataFrame], name: str = "2024-10", *, schema: int | None = None) -> PastEdition:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"schema_version": schema or schemas.SCHEMA_VERSION}))
        for table, frame in tables.items():
            made = io.BytesIO()
            frame.write_parquet(made)
            archive.writestr(f"{table}.parquet", made.getvalue())
    return PastEdition(name, buffer.getvalue())


def render(before: Mapping[str, pl.DataFrame] | None, after: Mapping[str, pl.DataFrame], **more: int) -> ChangesPage:
    past = () if before is None else (edition(before, **more),)
    made = render_changes(after, past, SITE, countries={"KAZ", "PER"})
    assert page_faults(made.html) == ()
    for code in ("KAZ", "PER"):
        assert made.html.count(f'id="{code}"') == 1, "profiles link to it"
    return made


def test_the_first_edition_says_so_and_lists_its_profiles() -> None:
    made = render(None, series(1))
    assert "This is the first edition on this site." in made.html
    assert '<li id="KAZ"><a href="countries/KAZ.html">Kazakhstan</a></li>' in made.html
    assert '<li id="PER">Peru</li>' in made.html
    assert made.cells.height == 0
    assert "Past editions" not in made.html


def test_a_past_edition_that_is_later_does_not_count() -> None:
    made = render_changes(series(2), (edition(series(1), "2024-12"),), SITE, countries={"KAZ"})
    assert "This is the first edition on this site." in made.html
    assert 'href="data/editions/2024-12.zip"' in made.html


def test_the_same_tables_are_said_to_be_the_same() -> None:
    made = render(series(1), series(1))
    assert "No entry differs from the October 2024 edition." in made.html
    assert 'href="data/editions/2024-10.zip"' in made.html


def test_tables_of_another_form_are_not_compared() -> None:
    made = render(series(1), series(2), schema=99)
    assert "The changes since the October 2024 edition are not listed: its tables have other columns." in made.html
    assert made.cells.height == 0


def test_a_corrected_value_is_shown_in_both_editions_with_its_note() -> None:
    made = render(series(1, 2), series(1, 3, note="Revised"))
    assert "Compared with the October 2024 edition, 1 entry is corrected." in made.html
    assert "<td>2001: 2</td><td>2001: 3</td>" in made.html
    assert "Strikes, January 2024 release" in made.html
    assert "<td>Revised</td>" in made.html
    assert "<cite>Office</cite>" in made.html
    assert "<td>Old</td>" not in render(series(1, note="Old"), series(3, note="Old")).html, "no reason for this change"


def test_removed_and_new_rows_are_whole_statements() -> None:
    gone, come = render(series(1, 2), series(1)), render(series(1), series(1, 2))
    assert "1 entry is removed." in gone.html
    assert "1 entry is new." in come.html
    for made in (gone, come):
        assert '<th scope="row">Strikes, January 2024 release: 2001: 2</th><td>Official series</td>' in made.html


@pytest.mark.parametrize(("found", "before"), [(101, "The page shows 100 of 101 entries"), (100, "")])
def test_so_many_rows_of_a_country_are_shown_and_the_file_has_all(found: int, before: str) -> None:
    made = render(series(), series(*range(found)))
    assert f"{found} entries are new." in made.html
    assert ("The page shows" in made.html) is bool(before)
    assert before in made.html
    assert made.html.count("<td>Official series</td>") == 100
    assert made.cells.get_column("row_id").n_unique() == found


def test_where_not_all_are_shown_each_table_is_and_corrections_are_first() -> None:
    law = {"country": "KAZ", "aspect": "strike", "source": "https://o.org"}
    many = [{**law, "row_id": f"l{at:03}", "provision": f"Provision {at}"} for at in range(150)]
    after = series(5) | {"legal_framework": clean_table("legal_framework", *many)}
    made = render(series(1), published(**{n: after[n] for n in ("country_years", "indicators", "legal_framework")}))
    assert "1 entry is corrected and 150 entries are new." in made.html
    assert "<td>2000: 1</td><td>2000: 5</td>" in made.html
    assert made.html.count("<td>Legal framework</td>") == 99


def test_where_not_all_are_shown_a_short_table_after_a_long_one_is() -> None:
    law = {"country": "KAZ", "aspect": "strike", "source": "https://o.org"}
    many = [{**law, "row_id": f"l{at:03}", "provision": f"Provision {at}"} for at in range(150)]
    union = {"row_id": "o", "org_id": "o", "country": "KAZ", "name": "A union", "source": "https://o.org"}
    more = {"legal_framework": clean_table("legal_framework", *many)}
    made = render(published(), published(**more, organisations=clean_table("organisations", union)))
    assert '<th scope="row">A union</th>' in made.html


def test_a_new_row_takes_no_place_of_a_corrected_one() -> None:
    law = {"country": "KAZ", "aspect": "strike", "source": "https://o.org", "row_id": "l", "provision": "P"}
    after = series(*range(1, 101))
    tables = {name: after[name] for name in ("country_years", "indicators")}
    made = render(series(*range(100)), published(**tables, legal_framework=clean_table("legal_framework", law)))
    assert "100 entries are corrected and 1 entry is new." in made.html
    assert made.html.count('<p class="sd-note">Official series</p>') == 100


def test_where_all_of_a_statement_is_corrected_both_are_shown_complete() -> None:
    row = {"row_id": "l", "country": "KAZ", "aspect": "strike", "source": "https://o.org"}
    before, after = (
        published(legal_framework=clean_table("legal_framework", {**row, "provision": text, "law": law}))
        for text, law in (("First", "Code A"), ("Second", "Code B"))
    )
    html = render(before, after).html
    assert '<th scope="row">Legal framework</th><td>First: Code A</td><td>Second: Code B</td>' in html


def test_where_what_a_row_is_about_is_corrected_only_that_is_shown() -> None:
    row = {"row_id": "o", "org_id": "o", "country": "KAZ", "source": "https://o.org"}
    before, after = (
        published(organisations=clean_table("organisations", {**row, "name": name})) for name in ("Union", "Unions")
    )
    html = render(before, after).html
    assert '<th scope="row">Organisations</th><td>Union</td><td>Unions</td>' in html


def test_rows_of_no_country_with_a_section_are_shown_last() -> None:
    rows = [
        {
            "row_id": code or "o",
            "org_id": code or "o",
            "country": code,
            "name": f"Union {code}",
            "source": "https://o.org",
        }
        for code in (None, "FRA", "PER")
    ]
    html = render(published(), published(organisations=clean_table("organisations", *rows))).html
    peru, _, others = html.partition('<section class="sd-section" id="other">')
    assert "Union PER" in peru
    assert "Union FRA" in others
    assert "2 entries are new." in others


def test_a_country_that_left_the_study_keeps_its_section() -> None:
    togo = clean_table("countries", {"row_id": "t", "country": "TGO", "name": "Togo"})
    before = published() | {"countries": pl.concat([COUNTRIES, togo])}
    html = render(before, published()).html
    assert '<section class="sd-section" id="TGO">' in html
    assert "1 entry is removed." in html


def test_text_of_both_editions_is_inert() -> None:
    row = {"row_id": "o", "org_id": "o", "country": "KAZ", "source": "https://o.org"}
    before, after = (
        published(organisations=clean_table("organisations", {**row, "name": f"{HOSTILE}{name}"})) for name in "ab"
    )
    html = render(before, after).html
    assert HOSTILE not in html
    assert html.count("&lt;img src=x onerror=") >= 2

"""Studies of many kinds: what passes the check is built, and its pages read well."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
import shapes
from absences import held_by, not_shown, said_absent, wrong_absences
from small_study import ROOT

from socdialog.display.parts import Section, Sentence, Value, plain, sentence, spans
from socdialog.folding import fold
from socdialog.loaders.fresh import Frozen, check_study, freeze
from socdialog.profiles import Profile, country_profile, regional_comparison
from tests.net import shipped

#: The countries of each kind whose pages are read; of thirty one is like the other.
PAGES = {
    "one_country": ("GHA",),
    "country_without_texts": ("GHA", "TGO"),
    "own_series": ("PER",),
    "own_series_unbound": ("PER",),
    "before_2010": ("FRA",),
    "thirty_countries": ("AFG",),
    "register": ("USA",),
    "four_scripts": ("CHN", "EGY", "GEO", "ISR"),
}


class Study:
    """A small study on disk, its data as a build freezes them, and its pages."""

    def __init__(self, shape: str, folder: Path) -> None:
        self.shape, self.data = shape, shapes.make(shape, folder)
        self.frozen: Frozen = freeze(self.data, folder / "snapshot")
        self.pages: Mapping[str, Profile] = {code: country_profile(code, data=self.data) for code in PAGES[shape]}

    def text(self, country: str, *keys: str) -> str:
        """The words of some sections of a page; of all without any key."""
        chosen = [one for one in self.pages[country].sections if one.key in keys or not keys]
        parts = [part for section in chosen for part in section.parts]
        return "\n".join(part.text if isinstance(part, Sentence) else plain(spans(part)) for part in parts)


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Study]:
    return {shape: Study(shape, tmp_path_factory.mktemp(shape)) for shape in shapes.SHAPES}


def test_every_kind_of_study_is_read() -> None:
    assert PAGES.keys() == shapes.SHAPES.keys()


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_a_study_of_each_kind_passes_the_check(studies: Mapping[str, Study], shape: str) -> None:
    assert check_study(studies[shape].data).errors == ()


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_a_page_says_nothing_to_be_absent_that_the_study_holds(studies: Mapping[str, Study], shape: str) -> None:
    study = studies[shape]
    first = study.frozen.snapshot.notes.first_year
    for country, profile in study.pages.items():
        held = held_by(study.frozen.tables, country, first)
        assert list(wrong_absences(profile, held, country)) == []
        assert list(not_shown(profile, held)) == []
        assert list(said_absent(profile))


def test_a_wrong_absence_and_a_row_that_is_shown_nowhere_are_found(
    studies: Mapping[str, Study],
) -> None:
    """The page of a country without series or law is held against a study that has both."""
    poor, rich = studies["one_country"], studies["own_series"].frozen.tables
    held = {**held_by(poor.frozen.tables, "GHA", 2010)}
    series = rich["country_years"].with_columns(country=pl.lit("GHA"))
    held |= {"country_years": series, "indicators": rich["indicators"]}
    said = "\n".join(wrong_absences(poor.pages["GHA"], held, "GHA"))
    assert "No data found on official strike statistics. The study holds 87." in said
    assert list(not_shown(poor.pages["GHA"], held)) == [
        f"country_years {code}" for code in ("AFILIADOS", "HORAS", "HUELGAS")
    ]
    unknown = Section("new", "New", (sentence(Value("No frogs", absent=True), " were found in the pond."),))
    page = dataclasses.replace(poor.pages["GHA"], sections=(unknown,))
    assert list(wrong_absences(page, held, "GHA")) == ["nobody checks: No frogs were found in the pond."]


def test_one_country_reads_well(studies: Mapping[str, Study]) -> None:
    text = studies["one_country"].text("GHA")
    assert "The collection holds 4 events from 2012 to 2019, based on 4 sources from 1 publisher." in text
    assert "One event is undated." in text
    assert "One trade union confederation appears in the sources." in text
    assert "The collection holds 4 reported disputes since 2010, all of them strikes. One of them is undated." in text
    assert "No provisions" not in text
    for sentence_ in ("1 events", "of the 1 ", "in the no ", "1 texts", "None of the one"):
        assert sentence_ not in text


def test_a_country_without_texts_reads_well(studies: Mapping[str, Study]) -> None:
    text = studies["country_without_texts"].text("TGO")
    assert "No events since 2010 found: the collection holds no sources on Togo." in text
    assert "neither complete nor representative" not in text, "a caution on counts where nothing is counted"


def test_own_series_are_shown_and_never_said_to_be_missing(studies: Mapping[str, Study]) -> None:
    bound, loose = studies["own_series"].text("PER"), studies["own_series_unbound"].text("PER")
    assert "In 2018, the latest year published by Statistical office, the value for strikes was 120." in bound
    for text in (bound, loose):
        assert "No data found on official strike statistics" not in text
        assert "No data found on official statistics on working conditions" not in text
        assert "No data found on trade union density" not in text
    assert "The official series of Peru are listed under Wages and working conditions." in loose


def test_years_before_the_first_year_asked_for_are_told(studies: Mapping[str, Study]) -> None:
    study = studies["before_2010"]
    assert "The collection holds 6 events from 1372 to 2009" in study.text("FRA", "events")
    listed = study.pages["FRA"].tables()["events"]
    assert listed.get_column("Date").to_list()[-2:] == ["1372", "undated"]
    late = country_profile("FRA", since=2010, data=study.data).section("disputes").parts
    said = [part.text for part in late if isinstance(part, Sentence)]
    assert said[1:3] == [
        "No strikes, strike notices or protests since 2010 found in the 6 sources on France.",
        "The collection holds 5 events of other years and 1 undated event.",
    ]


def test_thirty_countries_are_compared(studies: Mapping[str, Study]) -> None:
    profile = regional_comparison(data=studies["thirty_countries"].data)
    collection = profile.tables()["collection"]
    assert collection.height == 30
    names = collection.get_column("Country").to_list()
    assert names == sorted(names, key=fold), "in the order in which a reader looks them up"
    assert collection.drop("Country").unique().rows(named=True) == [
        {
            "Sources": "1",
            "Reported events": "1",
            "Single-source": "1 of 1",
            "Self-reported": "–",
            "Tripartite": "–",
            "Disagreements": "–",
        }
    ]


def test_a_register_is_no_selection(studies: Mapping[str, Study]) -> None:
    text = studies["register"].text("USA")
    assert "The register holds 10 events" in text
    assert "the cases that an authority or institute recorded" in text
    assert "neither complete nor representative" not in text
    assert "on the United States" in text
    assert "on United States" not in text
    disputes = studies["register"].pages["USA"].tables()["disputes"]
    assert disputes.get_column("Workers").to_list() == [str(40 + at) for at in range(9, 1, -1)]


@pytest.mark.parametrize(
    ("country", "name"),
    [("CHN", "中华全国总工会"), ("EGY", "الاتحاد العام لنقابات عمال مصر"), ("ISR", "הסתדרות העובדים הכללית")],
)
def test_names_in_every_script_are_resolved_and_shown(studies: Mapping[str, Study], country: str, name: str) -> None:
    page = studies["four_scripts"].pages[country]
    shown = page.tables()["workers-confederations"]
    assert name in shown.get_column("Organisation")[0]
    assert shown.get_column("Reported events").to_list() == ["2"]
    assert name in {source.publisher for source in page.book.sources}


@pytest.mark.parametrize(
    "shape", ["four_scripts", *(pytest.param(one, marks=pytest.mark.long) for one in ("one_country", "own_series"))]
)
def test_what_passes_the_check_is_built(studies: Mapping[str, Study], shape: str, tmp_path: Path) -> None:
    study = studies[shape]
    where = ["--data", str(study.data), "--out", str(tmp_path / "site")]
    command = [sys.executable, "-m", "socdialog.cli", "build", *where]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    pages = {path.stem for path in (tmp_path / "site" / "countries").glob("???.html")}
    assert pages == set(PAGES[shape])
    comparison = tmp_path / "site" / "comparison.html"
    assert comparison.exists() is (len(pages) > 1)
    assert not comparison.exists() or shapes.SHAPES[shape].region in comparison.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_the_site_of_a_study_is_written(studies: Mapping[str, Study], shape: str, tmp_path: Path) -> None:
    study = studies[shape]
    shipped.write(tmp_path / "site", study.frozen, study.pages)
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert all(f"countries/{country}.html" in index for country in study.pages)

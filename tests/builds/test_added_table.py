"""A table is described once: one entry of YAML and one CSV, and everything that works with tables works with it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.small_study import SmallStudy, copied_package

ENTRY = """\
courses:
  file: activity/courses.csv
  title: Courses
  row: A course that a union or an employer gives, as one source states it.
  key: [country, name, begins]
  belongs_to: [country]
  dated_by: begins
  sources: [source]
  states: {subject: name, value: participants, unit: unit, scope: given_by, period: begins}
  columns:
    country: {type: ref, of: countries.country, required: true, doc: "Country."}
    name: {type: text, people: never, required: true, doc: "Name of the course."}
    given_by: {type: text, people: withheld, doc: "Who gives it."}
    participants: {type: number, min: 0, doc: "Who took part."}
    unit: {type: code, of: units, required: true, doc: "Unit."}
    begins: {type: date, past: true, doc: "First day."}
    source: {type: source, required: true, doc: "Where this was read."}
"""
ROWS = """\
country,name,given_by,participants,unit,begins,source
KAZ,Safety at work,A. Person,30,persons,2024-05,https://courses.example/kaz
KGZ,Wage bargaining,,12,persons,2021,https://courses.example/kgz;https://second.example/kgz
"""
ASKED = """
import json
import polars as pl
import socdialog as sd
from socdialog.display.statements import Statement
from socdialog.loaders.fresh import snapshot
from socdialog.loaders.selection import for_pages

evidence = sd.load_evidence(countries=["KGZ"]).filter(pl.col("table") == "courses")
print(json.dumps({
    "all": sd.load("courses").get_column("name").to_list(),
    "country": sd.load("courses", countries=["KGZ"]).get_column("name").to_list(),
    "years": sd.load("courses", since=2022).get_column("name").to_list(),
    "page": for_pages(snapshot().tables(), ("KAZ",))["courses"].get_column("name").to_list(),
    "words": sorted({Statement.of(row).words for row in evidence.iter_rows(named=True)}),
    "sources": sorted(sd.load_citations(countries=["KGZ"]).join(evidence, on="source_id")["url"]),
}))
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, few: Path) -> SmallStudy:
    """A study with the table, and a package that has its description; what a test breaks it mends."""
    tmp_path = tmp_path_factory.mktemp("added")
    package = copied_package(tmp_path / "package")
    (package / "socdialog" / "codebook" / "tables" / "courses.yaml").write_text(ENTRY, encoding="utf-8")
    shutil.copytree(few / "raw", tmp_path / "cleaned" / "raw")
    (tmp_path / "cleaned" / "raw" / "activity" / "courses.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "study").mkdir()
    return SmallStudy(tmp_path / "study", tmp_path / "cleaned", package)


def run(study: SmallStudy, *arguments: str) -> tuple[int, str]:
    return study.run([sys.executable, "-m", "socdialog.cli", *arguments, "--data", str(study.data)])


def test_a_table_is_one_entry_and_one_file(study: SmallStudy) -> None:
    assert run(study, "clean")[0] == 0
    assert run(study, "check")[0] == 0
    code, said = study.run([sys.executable, "-c", ASKED], SOCDIALOG_DATA=str(study.data))
    assert code == 0, said
    assert json.loads(said) == {
        "all": ["Safety at work", "Wage bargaining"],
        "country": ["Wage bargaining"],
        "years": ["Safety at work"],
        "page": ["Safety at work"],
        "words": ["Wage bargaining: 12; 2021"],
        "sources": ["https://courses.example/kgz", "https://second.example/kgz"],
    }
    assert study.build("KAZ", "--jobs", "1")[0] == 0
    download = list(csv.DictReader(io.StringIO(study.page("data/courses.csv"), newline="")))
    assert [row["name"] for row in download] == ["Safety at work", "Wage bargaining"]
    assert not {"given_by"} & set(download[0]), "what the entry withholds is not published"
    resources = {one["name"]: one for one in json.loads(study.page("data/datapackage.json"))["resources"]}
    assert resources["courses"]["schema"]["primaryKey"] == ["country", "name", "begins"]
    assert resources["courses"]["schema"]["foreignKeys"][0]["reference"]["resource"] == "countries"


def test_its_cells_are_checked(study: SmallStudy) -> None:
    path = study.data / "raw" / "activity" / "courses.csv"
    broken = "KGX,,,-1,person,2021-13,somewhere"
    path.write_text(f"{ROWS}{broken}\n", encoding="utf-8")
    code, said = run(study, "check")
    path.write_text(ROWS, encoding="utf-8")
    assert code == 1
    wrong = [line for line in said.splitlines() if "data/raw/activity/courses.csv:4" in line]
    for value in ("KGX", "name", "-1", "'person'", "2021-13"):
        assert any(value in line for line in wrong), (value, wrong)


def test_an_entry_that_names_no_column_of_its_own_is_refused(study: SmallStudy) -> None:
    entry = study.package / "socdialog" / "codebook" / "tables" / "courses.yaml"
    entry.write_text(ENTRY.replace("dated_by: begins", "dated_by: begun"), encoding="utf-8")
    code = "from socdialog import codebook\ntry:\n    codebook.tables()\nexcept TypeError as error:\n    print(error)"
    said = study.run([sys.executable, "-c", code])[1]
    entry.write_text(ENTRY, encoding="utf-8")
    assert said.strip() == "Courses: begun: no such column or part of a statement"

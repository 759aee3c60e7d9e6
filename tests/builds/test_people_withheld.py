"""No published file names a person: not one of the study, and none whose rows were deleted."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from pathlib import Path

from small_study import SHOWN, SmallStudy

from socdialog.intake.names.mentions import PersonalNames
from socdialog.site.guard import refuse_people

#: An official of the shipped data.
PERSON, NAME = "p-glovackas", "Sergeyus Glovackas"


def rows_deleted(study: SmallStudy, *names: str) -> None:
    """Delete every row of the tables of people that has one of the names or ids."""
    for file in (
        "registry/people.csv",
        "registry/person_names.csv",
        "registry/person_distinct.csv",
        "activity/report_people.csv",
    ):
        path = study.data / "raw" / file
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(row for row in rows if not any(cell in names for cell in row))
        path.write_text(text.getvalue(), encoding="utf-8")


def forms(study: SmallStudy) -> set[str]:
    """Every name that the tables of people have for the person."""
    found = {NAME}
    for file in ("registry/people.csv", "registry/person_names.csv"):
        with (study.data / "raw" / file).open(encoding="utf-8", newline="") as rows:
            found |= {row["name"] for row in csv.DictReader(rows) if row["person_id"] == PERSON}
    return found


def label_added(study: SmallStudy, words: str) -> None:
    added(study, "reports.csv", "label", words)


def added(study: SmallStudy, file: str, column: str, words: str) -> None:
    """Add words to a cell of the first row of a table."""
    path = study.data / "raw" / "activity" / file
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[1][rows[0].index(column)] += words
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def review(study: SmallStudy, *arguments: str) -> tuple[int, str]:
    return study.run([sys.executable, "-m", "socdialog.cli", "review", "--data", str(study.data), *arguments])


def test_an_erased_person_is_in_nothing_published(varied_study: SmallStudy) -> None:
    study = varied_study
    study.shipped_notebooks()
    added(study, "report_figures.csv", "attributed_to", NAME)
    names = forms(study)
    assert len(names) > 1
    assert study.build("TJK")[0] == 0
    kept = study.data / ".withheld.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    rows_deleted(study, PERSON, *names)
    code, said = study.run([sys.executable, "-m", "socdialog.cli", "check", "--data", str(study.data)])
    assert code == 0, said
    assert "attributed_to: warning: still names a withheld person" in said
    assert study.build("TJK")[0] == 0
    with (study.data / "raw" / "activity" / "sources.csv").open(encoding="utf-8", newline="") as rows:
        titles = frozenset(row["title"] for row in csv.DictReader(rows))
    assert any("Гловацкас" in title for title in titles), "a title is a citation and stays"
    refuse_people(study.out, PersonalNames(frozenset(names), excepted=titles))
    assert "an official (name withheld)" in study.page("data/figures.csv")
    assert not (study.out / "data" / ".withheld.json").exists()


def test_a_name_withheld_by_hand_stops_check_and_build_alike(study: SmallStudy) -> None:
    assert review(study, "withhold", "Jane Quillfeather") == (0, f"{study.data / '.withheld.json'}\n")
    label_added(study, ", with QUILLFEATHER Jane")
    before = study.build("KAZ", "--since", "2012")
    assert before[0] == 1
    assert "names a person ('QUILLFEATHER Jane')" in before[1]
    assert not study.out.exists()
    label_added(study, "")
    assert review(study, "withhold", "Quillfeather")[0] == 2, "a single word is no full name"


def test_what_a_notebook_writes_is_looked_at_before_the_site_is_shown(varied_study: SmallStudy) -> None:
    study = varied_study
    assert study.build("KAZ")[0] == 0
    before = study.published()
    study.write("who = 'Sergeyus ' + 'Glovackas'", shown=SHOWN.replace("subject", "who"))
    code, said = study.build("KAZ")
    assert code == 1
    assert "countries/KAZ.html: 'Sergeyus Glovackas'" in said
    assert study.published() == before, "the old site stays"


def test_a_damaged_list_of_withheld_names_stops_check_and_build(study: SmallStudy) -> None:
    (study.data / ".withheld.json").write_text("{")
    check = study.run([sys.executable, "-m", "socdialog.cli", "check", "--data", str(study.data)])
    for code, said in (check, study.build("KAZ")):
        assert code == 1
        assert "the list of withheld names cannot be read" in said


def test_reasons_of_links_name_no_words_of_names(varied_study: SmallStudy) -> None:
    study = varied_study
    assert study.build("KAZ", "--jobs", "1")[0] == 0
    links = list(csv.DictReader(io.StringIO(study.page("data/links.csv"), newline="")))
    features = [one for row in links for one in json.loads(row["features"])]
    assert any(one["feature"] == "person" for one in features)
    counted = [one["names"] for one in features if one["feature"] in {"person", "word"}]
    assert counted
    assert all(isinstance(number, int) for names in counted for number in names)


def test_the_raw_folder_is_as_it_was(few: Path, whole_study: SmallStudy) -> None:
    before = sorted(path.name for path in Path(few / "raw").rglob("*"))
    assert sorted(path.name for path in Path(whole_study.data / "raw").rglob("*")) == before

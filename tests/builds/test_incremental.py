"""A build does what has to be done and nothing else, and says why."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

from small_study import SmallStudy, copied_package


def summary(study: SmallStudy) -> dict[str, list[str]]:
    code, said = study.build("--json")
    assert code == 0, said
    return {
        name: sorted(pages)
        for name, pages in json.loads(said.splitlines()[-1]).items()
        if name in {"built", "unchanged"}
    }


def pages(study: SmallStudy) -> dict[str, bytes]:
    """Pages and their notebooks without the fingerprint of the raw files.

    The downloads give the line of each row in its raw file, so another order of rows is another data set.
    """
    whole = study.published()
    fingerprint = json.loads(whole["manifest.json"])["fingerprint"].encode()
    return {
        name: content.replace(fingerprint, b"")
        for name, content in whole.items()
        if name.startswith(("countries/", "notebooks/", "comp"))
    }


def rewrite(path: Path, change) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    change(header, rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def test_only_what_a_change_reaches_is_built_again(whole_study: SmallStudy) -> None:
    study = whole_study
    every = ["ARM", "AZE", "GEO", "KAZ", "KGZ", "TJK", "TKM", "TUR", "UZB", "comparison"]
    assert summary(study) == {"built": [], "unchanged": every}
    before = pages(study)
    reports = study.data / "raw" / "activity" / "reports.csv"

    def move(_: list[str], rows: list[list[str]]) -> None:
        rows.append(rows.pop(0))

    rewrite(reports, move)
    assert summary(study) == {"built": [], "unchanged": every}, "a moved row is the same data"
    assert pages(study) == before

    def say_more(header: list[str], rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[header.index("countries")] == "KAZ;UZB")
        row[header.index("note")] = "said again"

    rewrite(reports, say_more)
    why = study.build("--why", "KAZ", "TKM")[1]
    assert "KAZ: changed: data" in why
    assert "TKM: up to date" in why
    after = summary(study)
    assert after["built"] == ["KAZ", "UZB", "comparison"]
    whole = study.published()
    assert study.build("KAZ", "--force")[0] == 0
    assert study.published() == whole, "what was kept is what would be made anew"


def test_pages_are_rendered_anew_without_running_a_notebook(built_study: SmallStudy, tmp_path: Path) -> None:
    study = built_study
    study.package = copied_package(tmp_path / "package of its own")
    assert looks(study.build("KAZ")[1])
    before = study.published()

    def built(name: str, more: str) -> list[str]:
        with (study.package / "socdialog" / name).open("a", encoding="utf-8") as file:
            file.write(more)
        code, said = study.build("KAZ", "--json")
        assert code == 0, said
        *events, ended = map(json.loads, said.splitlines())
        assert ended["built"] == ["KAZ"]
        return [event["page"] for event in events if event["event"] == "started"]

    assert built("display/templates/section.html.j2", "<!-- another look -->") == []
    after = study.published()
    assert b"<!-- another look -->" in after["countries/KAZ.html"]
    assert b"<!-- another look -->" not in before["countries/KAZ.html"]
    assert built("site/page_shell.py", "# nothing of a notebook\n") == []
    with (study.package / "socdialog" / "metrics" / "activity.py").open("a", encoding="utf-8") as file:
        file.write("# what a notebook runs on\n")
    assert "KAZ: changed: code, package\n" in study.build("--why", "KAZ")[1]
    assert built("metrics/activity.py", "# and more\n") == ["KAZ"]


def test_a_build_without_changes_loads_nothing_heavy_and_is_quick(built_study: SmallStudy) -> None:
    study = built_study
    arguments = study.command("KAZ")[3:]
    code = (
        f"import sys\nfrom socdialog.cli import main\nassert main({arguments!r}) == 0\n"
        "sys.exit(sorted({'polars', 'altair', 'papermill', 'IPython', 'jinja2'} & set(sys.modules)) or 0)"
    )
    before = os.times()
    environment = {**os.environ, "PYTHONPATH": str(study.package)}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    after = os.times()
    assert ended.returncode == 0, ended.stderr
    assert "Unchanged: KAZ" in ended.stderr
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 1.5


def test_a_page_that_failed_is_tried_again_and_the_others_are_not(study: SmallStudy) -> None:
    study.write("import os\nif country == 'AZE' and os.environ.get('BREAK'): 1 / 0")
    assert study.build("AZE", "KAZ", BREAK="1")[0] == 1
    code, said = study.build("AZE", "KAZ")
    assert code == 0
    assert "Built: AZE\n" in said
    assert "Unchanged: KAZ\n" in said


def test_what_is_unchanged_is_known_for_each_page(whole_study: SmallStudy) -> None:
    study = whole_study
    code, said = study.build("KAZ")
    assert (code, looks(said)) == (0, True)
    code, said = study.build()
    assert (code, looks(said)) == (0, True), said

    def say_more(header: list[str], rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[header.index("countries")] == "KAZ;UZB")
        row[header.index("note")] = "said again"

    rewrite(study.data / "raw" / "activity" / "reports.csv", say_more)
    assert study.build("KAZ")[0] == 0
    assert looks(study.build("ARM", "KAZ")[1]), "Armenia's page was carried over, and is as it was asked for"
    code, said = study.build()
    assert "Built: comparison UZB\n" in said
    assert looks(study.build()[1])


def looks(said: str) -> bool:
    """Whether a build found in one look that nothing is to be done."""
    return "Built:" not in said and "data " not in said.splitlines()[-1]


def test_a_word_for_a_terminal_makes_no_page_stale(built_study: SmallStudy, tmp_path: Path) -> None:
    study = built_study
    study.package = copied_package(tmp_path / "package of its own")
    with (study.package / "socdialog" / "cli.py").open("a", encoding="utf-8") as file:
        file.write("# a word\n")
    assert looks(study.build("KAZ")[1])

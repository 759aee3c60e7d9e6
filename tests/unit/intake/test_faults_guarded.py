"""A rule, a reader or a step of the cleaning that fails is one problem; everything else goes on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from socdialog.intake import checks, reading
from socdialog.intake.checks import CheckContext, Finding, Rule, check, check_context, has_no_errors
from socdialog.intake.faults import FAULTS, program_fault
from socdialog.intake.reading import RawData, read_raw
from socdialog.loaders import fresh

TODAY = date(2026, 11, 29)


def failing_rule(look: CheckContext) -> Iterator[Finding]:
    """Report one thing, then fail at another table."""
    assert look.frame("places") is not None
    yield Finding("reports", 2, "label", "is found first")
    look.tables["persons"].get_column("no such column")


def test_a_rule_that_fails_is_one_problem_and_the_others_run(raw: RawData, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(check(raw, today=TODAY))
    monkeypatch.setattr(checks, "RULES", (*checks.RULES, Rule(failing_rule, "warning")))
    found = sorted(set(check(raw, today=TODAY)) - before)
    assert [(one.file, one.rule) for one in found] == [
        ("data/raw/activity/reports.csv", "failing_rule"),
        ("data/raw/registry/people.csv", "program_fault"),
    ]
    assert "the rule failing_rule failed with ColumnNotFoundError" in found[1].message
    assert "This is a defect of socdialog" in found[1].message
    monkeypatch.setattr(checks, "RULES", (Rule(failing_rule),))
    assert not has_no_errors(raw, check_context(raw, today=TODAY))


def test_a_file_whose_reading_fails_is_one_problem(clean_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_file = reading.read_file

    def fails(name: str, path: Path, *, shown: str) -> reading.FileRead:
        if name == "places":
            raise pl.exceptions.ComputeError("odd")
        return read_file(name, path, shown=shown)

    monkeypatch.setattr(reading, "read_file", fails)
    found = read_raw(clean_copy)
    assert [(one.file, one.rule) for one in found.problems] == [("data/raw/registry/places.csv", "program_fault")]
    assert "reports" in found.tables


def test_cleaning_that_fails_is_an_error_of_the_check(clean_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: RawData) -> None:
        raise OverflowError("too far")

    monkeypatch.setattr(fresh, "clean", fails)
    report = fresh.check_study(clean_copy.parent, today=TODAY)
    assert [one.rule for one in report.errors] == ["program_fault"]
    assert re.search(r"the cleaning of these data failed with OverflowError.*: too far", report.errors[0].message)


def test_tables_that_stand_already_prove_that_cleaning_works(clean_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh.clean_study(clean_copy.parent, today=TODAY)

    def forbidden(_: RawData) -> None:
        raise AssertionError("cleaned again")

    monkeypatch.setattr(fresh, "clean", forbidden)
    assert fresh.check_study(clean_copy.parent, today=TODAY).errors == ()


def test_panics_are_faults_and_lack_of_memory_is_none() -> None:
    assert issubclass(pl.exceptions.PanicException, FAULTS)
    with pytest.raises(MemoryError):
        program_fault("x", "a rule", MemoryError())


@pytest.mark.parametrize("made", ["pipe", "folder", "broken link"])
def test_a_table_that_is_no_file_is_an_error_and_hides_nothing(clean_copy: Path, made: str) -> None:
    path = clean_copy / "registry" / "places.csv"
    path.unlink()
    {"pipe": os.mkfifo, "folder": Path.mkdir, "broken link": lambda at: at.symlink_to("nowhere")}[made](path)
    text = (clean_copy / "activity" / "reports.csv").read_text(encoding="utf-8")
    (clean_copy / "activity" / "reports.csv").write_text(text.replace(",strike,", ",strke,", 1), encoding="utf-8")
    problems = check(read_raw(clean_copy), today=TODAY)
    errors = [one for one in problems if one.level == "error"]
    assert [one.file for one in errors] == ["data/raw/activity/reports.csv", "data/raw/registry/places.csv"]


def test_stray_things_are_warnings_in_readable_words(clean_copy: Path) -> None:
    (clean_copy / os.fsdecode(b"\xee\xf2.csv")).write_bytes(b"x")
    os.mkfifo(clean_copy / "law" / "pipe")
    (clean_copy / "law" / "loop").symlink_to(clean_copy)
    (clean_copy / "law" / "origins.yaml").write_text("x")
    assert [str(one) for one in read_raw(clean_copy).problems] == [
        r"data/raw/\xee\xf2.csv: warning: is not a table of the data dictionary and is not read",
        "data/raw/law/loop: warning: is a link to a folder that is already read and is skipped. Delete the link",
        (
            "data/raw/law/origins.yaml: warning: is not a table of the data dictionary and is not read; "
            "did you mean 'origin.yaml'?"
        ),
        "data/raw/law/pipe: warning: is a named pipe, not a file; it is not opened. Replace it with the file itself",
    ]


@pytest.mark.parametrize("column", ["source_id", "copy_of"])
def test_a_blank_behind_an_id_that_others_refer_to_is_one_problem(raw: RawData, broken, column: str) -> None:
    one, other, third = raw.tables["sources"].get_column("source_id").head(3)
    linked = broken("sources", 2, {"copy_of": other})
    linked = broken("sources", 4, {"copy_of": other}, of=linked)
    before = set(check(linked, today=TODAY))
    value = {"source_id": f"{one} ", "copy_of": f"{other} "}[column]
    assert third != one
    found = set(check(broken("sources", 2, {column: value}, of=linked), today=TODAY)) - before
    assert [one.rule for one in found] == ["surrounding_blank"]

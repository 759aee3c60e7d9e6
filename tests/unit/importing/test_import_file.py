"""A register comes in: looked at first, written once, told cell by cell where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socdialog.errors import DataError, UsageError
from socdialog.importing.import_file import import_file
from socdialog.importing.map_file import shipped_maps
from socdialog.intake.checks import check
from socdialog.intake.reading import read_raw
from tests.registers import LAYOUT, empty_study, write_csv, write_workbook

TODAY = date(2026, 11, 23)
MAP = Path("fmcs_work_stoppages")
MILL = ("Mill Inc", "Millers Local 5")
FIRST = (
    *(*MILL, "5", "2014N1", "40.0", "31", "Manufacturing"),
    *("Toledo, OH", "25.0", "2014-07-09", "2015-01-28", ""),
)
SECOND = (*MILL, "", "2014N1", "", "", "Not Provided", "TOLEDO, OH", "9", "2015-02-16", "2015-02-20", "5")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return empty_study(tmp_path)


def files(study: Path) -> dict[str, bytes]:
    return {path.relative_to(study).as_posix(): path.read_bytes() for path in study.rglob("*.csv")}


def csv_of(study: Path, table: str) -> list[str]:
    return (study / "raw" / table).read_text(encoding="utf-8").splitlines()


def test_a_dry_run_writes_nothing_and_says_what_it_would(study: Path, tmp_path: Path) -> None:
    before = files(study)
    found = import_file(write_csv(tmp_path / "r.csv", [FIRST, SECOND]), MAP, data=study, today=TODAY)
    assert files(study) == before
    assert found.problems == ()
    assert list(found.lines()) == [
        "r.csv: 2 rows",
        "Columns not in the map: Union Local",
        "corrections: no_break_spaces: 0 cells",
        "corrections: blanks: 0 cells",
        "corrections: empty: 1 cell",
        "corrections: spreadsheet_dates: 0 cells",
        "corrections: whole_numbers: 2 cells",
        "sources: 1 row to add",
        "places: 1 row to add",
        "indicators_reported: 3 rows to add",
        "reports: 2 rows to add",
        "actors: 4 rows to add",
        "figures: 4 rows to add",
    ]


def test_the_rows_are_ordinary_raw_tables_sorted_by_key(study: Path, tmp_path: Path) -> None:
    import_file(write_csv(tmp_path / "r.csv", [SECOND, FIRST]), MAP, data=study, apply=True, today=TODAY)
    reports = csv_of(study, "activity/reports.csv")
    assert reports[0].endswith(",recodes,note,case_number,industry,industry_code,industry_classification")
    begin = "fmcs-work-stoppages#2014N1-{0},fmcs-work-stoppages,strike,held,Work stoppage at Mill Inc,USA,USA,"
    assert reports[1:] == [
        begin.format("2014-07-09")
        + '"Toledo, OH",,2014-07-09,2015-01-28,printed,,,machine,,,2014N1,Manufacturing,31,naics',
        begin.format("2015-02-16") + '"TOLEDO, OH",,2015-02-16,2015-02-20,printed,,,machine,,,2014N1,,,',
    ]
    assert csv_of(study, "activity/report_figures.csv")[1:] == [
        "fmcs-work-stoppages#2014N1-2014-07-09,1,USA,Mill Inc,workers_on_strike,25,,persons,,exact,,,,",
        "fmcs-work-stoppages#2014N1-2014-07-09,3,USA,Mill Inc,employees,40,,persons,,exact,,,,bargaining unit",
        "fmcs-work-stoppages#2014N1-2015-02-16,1,USA,Mill Inc,workers_on_strike,9,,persons,,exact,,,,",
        "fmcs-work-stoppages#2014N1-2015-02-16,2,USA,Mill Inc,days_on_strike,5,,days,,exact,,,,",
    ]
    assert csv_of(study, "registry/places.csv")[1:] == ['usa-toledo-oh,USA,"TOLEDO, OH","Toledo, OH"']
    assert [one for one in check(read_raw(study / "raw"), today=TODAY) if one.level == "error"] == []


def test_the_same_file_twice_adds_nothing_and_a_longer_one_what_is_new(study: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", [FIRST])
    import_file(path, MAP, data=study, apply=True, today=TODAY)
    before = files(study)
    again = import_file(path, MAP, data=study, apply=True, today=TODAY)
    assert (again.written, set(again.added.values()), files(study) == before) == ((), {0}, True)
    more = import_file(write_csv(path, [FIRST, SECOND]), MAP, data=study, apply=True, today=TODAY)
    assert (more.added["reports"], more.stood["reports"], more.added["sources"]) == (1, 1, 0)


def test_what_stands_is_kept_and_the_difference_is_told(study: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", [FIRST])
    import_file(path, MAP, data=study, apply=True, today=TODAY)
    before = files(study)
    found = import_file(write_csv(path, [(*FIRST[:8], "30", *FIRST[9:])]), MAP, data=study, apply=True, today=TODAY)
    assert files(study) == before
    (imported,) = found.problems
    assert str(imported) == (
        "r.csv:2: # Idled: warning: '30', as figures.value: '30' is '25' in raw/activity/report_figures.csv:2, "
        "which is kept; to import it again, delete that row first"
    )


#: A cell that is wrong, by column and value, and what is said behind the number of its line.
WRONG = (
    ("Start Date", "9/7/2014", "Start Date: '9/7/2014', as reports.start_date: "),
    ("# Idled", "1,000", "# Idled: '1,000', as figures.value: '1,000' is not a plain number; write 1000"),
    ("# Idled", "9" * 30, f"# Idled: '{'9' * 30}', as figures.value: '{'9' * 30}' cannot be stored exactly"),
    ("# Idled", "-5", "# Idled: '-5', as figures.value: "),
    ("End Date", "2014-07-08", "End Date: '2014-07-08', as reports.end_date: '2014-07-08' is before"),
    ("Employer", "Mill\u200b Inc", "Employer: 'Mill\\u200b Inc', as reports.label: "),
    ("Employer", "", "Employer: empty, as reports.label: is empty; a value is required"),
    (
        "Employer",
        "x" * 40_000,
        f"Employer: '{'x' * 60}'… (40,000 characters), as reports.label: holds 40,017 characters",
    ),
    (
        "Start Date",
        "2030-01-01",
        "Start Date: '2030-01-01', as reports.start_date: '2030-01-01' is later than the date",
    ),
)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(WRONG, id="all at once"),
        *(pytest.param((one,), marks=pytest.mark.long, id=f"{one[0]} {one[1][:10]}") for one in WRONG),
    ],
)
def test_a_wrong_cell_is_told_at_its_place_and_nothing_is_written(
    study: Path, tmp_path: Path, wrong: tuple[tuple[str, str, str], ...]
) -> None:
    rows = []
    for number, (column, value, _) in enumerate(wrong):
        row = list(FIRST)
        row[LAYOUT.index("Case Number")] = f"N{number}"
        row[LAYOUT.index(column)] = value
        rows.append(row)
    path = write_csv(tmp_path / "r.csv", rows)
    found = import_file(path, MAP, data=study, today=TODAY)
    told = [str(problem) for problem in found.errors]
    for line, (*_, said) in enumerate(wrong, 2):
        assert any(one.startswith(f"r.csv:{line}: {said}") for one in told), "\n".join(told)
    assert {one.split(":")[1] for one in told} == {str(line) for line in range(2, len(wrong) + 2)}
    before = files(study)
    with pytest.raises(DataError, match="nothing was written"):
        import_file(path, MAP, data=study, apply=True, today=TODAY)
    assert files(study) == before


def test_text_that_a_spreadsheet_may_run_is_a_warning_at_its_cell(study: Path, tmp_path: Path) -> None:
    row = ("@home Care", *FIRST[1:])
    found = import_file(write_csv(tmp_path / "r.csv", [row]), MAP, data=study, today=TODAY)
    said = "r.csv:2: Employer: warning: '@home Care', as actors.name"
    assert any(str(one).startswith(said) for one in found.problems)
    assert found.errors == ()


def test_two_rows_of_one_id_are_refused_and_two_that_are_the_same_are_one(study: Path, tmp_path: Path) -> None:
    other = ("Other Inc", *FIRST[1:])
    with pytest.raises(DataError) as refused:
        import_file(write_csv(tmp_path / "r.csv", [FIRST, other]), MAP, data=study, today=TODAY)
    assert "r.csv: rows 2, 3: id: Case Number, Start Date: all are '2014N1-2014-07-09'" in str(refused.value)
    found = import_file(write_csv(tmp_path / "r.csv", [FIRST, FIRST]), MAP, data=study, today=TODAY)
    assert found.added["reports"] == 1
    assert next(found.lines()) == "r.csv: 2 rows, 1 identical to an earlier row"


def test_what_the_map_itself_says_wrong_is_told_at_its_line(study: Path, tmp_path: Path) -> None:
    text = shipped_maps()[MAP.name].read_text("utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(text.replace("  url: https://", "  url: htp://"), "utf-8")
    found = import_file(write_csv(tmp_path / "r.csv", [FIRST]), own, data=study, today=TODAY)
    lines = own.read_text("utf-8").splitlines()
    imported = {str(one).split(": ")[0]: one.column for one in found.errors}
    assert imported == {f"own.yaml:{lines.index(next(one for one in lines if 'htp:' in one)) + 1}": "sources.url"}


def test_a_habit_of_the_file_is_one_line_and_of_many_kinds_the_first_are_told(study: Path, tmp_path: Path) -> None:
    rows = [(*FIRST[:3], f"N{at}", *FIRST[4:8], "many", *FIRST[9:]) for at in range(3000)]
    found = import_file(write_csv(tmp_path / "r.csv", rows), MAP, data=study, today=TODAY)
    (imported,) = found.errors
    assert str(imported).startswith("r.csv:2: # Idled: 'many', as figures.value: 'many' is not a number")
    assert "(also in rows 3, 4, 5 and 2,996 more)" in str(imported)
    rows = [(*FIRST[:3], f"N{at}", *FIRST[4:8], f"about {at}", *FIRST[9:]) for at in range(30)]
    lines = list(import_file(write_csv(tmp_path / "r.csv", rows), MAP, data=study, today=TODAY).lines())
    assert lines[-2].startswith("r.csv:21: # Idled: 'about 19', as figures.value: 'about 19' is not a number")
    assert lines[-1] == "and 10 more for the rule bad_number"


def test_an_id_may_be_a_hash_of_cells(study: Path, tmp_path: Path) -> None:
    text = shipped_maps()[MAP.name].read_text("utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(
        text.replace("id: [Case Number, Start Date]", "id: {hash: [Employer, Start Date]}"), encoding="utf-8"
    )
    path = write_csv(tmp_path / "r.csv", [FIRST, SECOND])
    import_file(path, own, data=study, apply=True, today=TODAY)
    ids = [line.split(",")[0] for line in csv_of(study, "activity/reports.csv")[1:]]
    assert all(len(one.removeprefix("fmcs-work-stoppages#")) == 16 for one in ids)
    assert set(import_file(path, own, data=study, today=TODAY).added.values()) == {0}


def test_a_column_that_the_file_lacks_is_named_with_what_was_meant(study: Path, tmp_path: Path) -> None:
    header = ["Employr" if name == "Employer" else name for name in LAYOUT]
    with pytest.raises(UsageError) as refused:
        import_file(write_csv(tmp_path / "r.csv", [FIRST], header), MAP, data=study, today=TODAY)
    assert "'Employer' is not a known column of the file; did you mean 'Employr'?" in str(refused.value)


def test_a_workbook_gives_the_same_rows(study: Path, tmp_path: Path) -> None:
    pytest.importorskip("fastexcel")
    cells = [cell or None for cell in FIRST]
    cells[8], cells[9], cells[10] = 25, date(2014, 7, 9), date(2015, 1, 28)
    path = write_workbook(tmp_path / "r.xlsx", [LAYOUT, cells])
    found = import_file(path, MAP, data=study, apply=True, today=TODAY)
    assert found.corrected["spreadsheet_dates"] == 2
    assert set(import_file(write_csv(tmp_path / "r.csv", [FIRST]), MAP, data=study, today=TODAY).added.values()) == {0}

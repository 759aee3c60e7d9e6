"""Damage of the files: each is named at its place, once, and hides nothing else."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog import codebook
from socdialog.intake.checks import check
from socdialog.intake.reading import read_raw, read_table

TODAY = date(2026, 11, 29)
FILE = "data/raw/registry/places.csv"
#: A row names its file from the folder raw, wherever that lies.
READ_IN = "raw/registry/places.csv"
HEAD = b"place_id,country,name,variants"
ROWS = (b"a,KAZ,Astana,", b'b,KAZ,"Ust-Kamenogorsk, old",x;y', b"c,UZB,Tashkent,")
GOOD = b"\n".join((HEAD, *ROWS, b""))


def read(data: bytes):
    return read_table("places", data, shown=FILE)


def lines(data: bytes) -> list[str]:
    return [str(problem).removeprefix(FILE) for problem in read(data).problems]


def test_a_clean_file_gives_every_cell_as_it_stands_and_no_line():
    found = read(GOOD)
    assert found.problems == ()
    assert found.frame.rows() == [
        ("a", "KAZ", "Astana", None, READ_IN, 2),
        ("b", "KAZ", "Ust-Kamenogorsk, old", "x;y", READ_IN, 3),
        ("c", "UZB", "Tashkent", None, READ_IN, 4),
    ]


def test_nothing_is_trimmed_guessed_or_unescaped_twice():
    found = read(HEAD + b'\n 1,"say ""so""",NA,""\n')
    assert found.frame.rows() == [(" 1", 'say "so"', "NA", None, READ_IN, 2)]


def test_a_cell_of_two_lines_keeps_the_count_of_lines():
    found = read(b"\n".join((HEAD, b'a,KAZ,"two', b'lines",', b"c,UZB,Tashkent,", b"")))
    assert found.problems == ()
    assert [(row[2], row[5]) for row in found.frame.rows()] == [("two\nlines", 2), ("Tashkent", 4)]


DAMAGE = {
    "empty file": (b"", ":1: the file is empty; its first line must be: place_id,country,name,variants", None),
    "only line ends": (b"\n\n", ":1: the file is empty; its first line must be: place_id,country,name,variants", None),
    "byte order mark": (
        b"\xef\xbb\xbf" + GOOD,
        ":1: the file begins with a byte order mark (BOM, U+FEFF); save it as UTF-8 without BOM",
        3,
    ),
    "UTF-16 without a mark": (
        GOOD.decode().encode("utf-16-le"),
        ":1: the file is UTF-16; save it as UTF-8 without a byte order mark",
        None,
    ),
    "UTF-16 of the other order": (
        GOOD.decode().encode("utf-16-be"),
        ":1: the file is UTF-16; save it as UTF-8 without a byte order mark",
        None,
    ),
    "workbook": (
        b"PK\x03\x04" + bytes(40),
        ":1: the file is a compressed file (ZIP); unpack it",
        None,
    ),
    "packed": (
        b"\x1f\x8b\x08" + bytes(40),
        ":1: the file is a compressed file (gzip); unpack it",
        None,
    ),
    "a mark of a merge that was left behind": (
        b"\n".join((HEAD, ROWS[0], ROWS[1], b"=======", ROWS[2], b"")),
        ":4: marks of an unfinished merge ('<<<<<<<' to '>>>>>>>'); keep one version and delete the marks",
        3,
    ),
    "files put behind each other": (
        b"\n".join((HEAD, ROWS[0], HEAD, ROWS[1], HEAD, ROWS[2], b"")),
        ":3: the header is repeated; delete the line (also in 1 other lines)",
        3,
    ),
    "a line for spreadsheets": (
        b"sep=,\n" + GOOD,
        ":1: 'sep=,' is a line for spreadsheets; delete it, so that the header is the first line",
        None,
    ),
    "unfinished merge": (
        b"\n".join((HEAD, ROWS[0], b"<<<<<<< HEAD", ROWS[1], b"=======", ROWS[1], b">>>>>>> main", ROWS[2], b"")),
        ":3: marks of an unfinished merge ('<<<<<<<' to '>>>>>>>'); keep one version and delete the marks",
        2,
    ),
    "UTF-16": (
        GOOD.decode().encode("utf-16"),
        ":1: the file is UTF-16; save it as UTF-8 without a byte order mark",
        None,
    ),
    "CRLF": (GOOD.replace(b"\n", b"\r\n"), ":1: 4 lines end with CRLF (Windows); save the file with LF line ends", 3),
    "one CRLF": (
        GOOD.replace(b"Astana,\n", b"Astana,\r\n"),
        ":2: 1 line ends with CRLF (Windows); save the file with LF line ends",
        3,
    ),
    "CR": (GOOD.replace(b"\n", b"\r"), ":1: 4 lines end with CR (old Mac); save the file with LF line ends", 3),
    "stray CR": (
        GOOD.replace(b"Astana", b"Ast\rana"),
        ":2: a carriage return (U+000D) within the line; delete it",
        3,
    ),
    "no final line end": (
        GOOD[:-1],
        ":4: the last line has no line end; check that the file is complete, and end it with a line feed",
        3,
    ),
    "NUL": (GOOD.replace(b"Astana", b"Ast\x00na"), ":2: byte 10 is NUL (U+0000); delete it", 2),
    "Latin-1": (
        GOOD.replace(b"Tashkent", b"Ta\xfekent"),
        ":4: byte 9 (0xFE) is not UTF-8; save the file as UTF-8",
        2,
    ),
    "Latin-1 in two lines": (
        GOOD.replace(b"Astana", b"Astan\xe4").replace(b"Tashkent", b"Ta\xfekent"),
        ":2: byte 12 (0xE4) is not UTF-8 (also in 1 other line); save the file as UTF-8",
        1,
    ),
    "unclosed quote": (
        GOOD.replace(b"Astana", b'"Astana'),
        ':2: a quotation mark is not closed; put the entire cell in quotes and double those inside it: "say ""so"""',
        2,
    ),
    "quote within": (
        GOOD.replace(b"Astana", b'As"ta"na'),
        ':2: a quotation mark is inside a cell; put the entire cell in quotes and double those inside it: "say ""so"""',
        2,
    ),
    "surplus cell": (
        GOOD.replace(b"Astana,", b"Astana,x,y"),
        ":2: the line has 5 cells, the header has 4: 1 cell is surplus; put a text that contains a comma in quotes",
        2,
    ),
    "missing cells": (
        GOOD.replace(b"c,UZB,Tashkent,", b"c,UZB"),
        ":4: the line has 2 cells, the header has 4: 2 cells are missing; an empty cell also needs its comma",
        2,
    ),
    "blank line": (GOOD.replace(b"\nc,", b"\n\nc,"), ":4: the line is blank; delete the line", 3),
    "blank lines at the end": (GOOD + b"\n\n", ":5: the line is blank; delete the line", 3),
    "row of empty cells": (GOOD + b",,,\n", ":5: all cells are empty; delete the line", 3),
    "semicolons": (GOOD.replace(b",", b";"), ":1: cells are separated by semicolons; save the file with commas", None),
    "no header": (
        b"\n".join((*ROWS, b"")),
        ":1: the first line is not the header; it must be: place_id,country,name,variants",
        None,
    ),
    "misspelt column": (
        GOOD.replace(b"country", b"contry"),
        ":1: contry: no such column; did you mean 'country'?",
        3,
    ),
    "column in capitals": (GOOD.replace(b"name", b"Name"), ":1: Name: no such column; did you mean 'name'?", 3),
    "missing column": (
        b"\n".join(line.rsplit(b",", 1)[0] for line in GOOD.split(b"\n")),
        ":1: variants: the column is missing; add it after 'name'",
        3,
    ),
    "missing name of a column": (
        GOOD.replace(b",variants", b""),
        ":1: variants: the column is missing; add it after 'name'",
        None,
    ),
    "surplus column": (
        b"\n".join(line + b",z" if line else line for line in GOOD.replace(HEAD, HEAD[:-2] + b"ts").split(b"\n")),
        ":1: z: no such column; delete it",
        3,
    ),
    "doubled column": (
        GOOD.replace(b"country,name", b"country,country"),
        ":1: country: the column is repeated; 'name' belongs here",
        3,
    ),
    "misplaced column": (
        GOOD.replace(b"country,name", b"name,country"),
        ":1: name: columns are not in order; 'country' belongs in position 2: place_id,country,name,variants",
        3,
    ),
    "a column lost in every row": (
        b"\n".join((HEAD, *(b"a%d,KAZ,b" % at for at in range(9)), b"")),
        ":2: this line and 8 more have 3 cells, the header has 4; a column is missing",
        None,
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_one_line_at_its_place_and_hides_no_other_row(name):
    data, says, rows = DAMAGE[name]
    assert lines(data) == [says]
    frame = read(data).frame
    assert (None if frame is None else frame.height) == rows


def test_all_damage_is_named_at_once():
    data = GOOD.replace(b"Astana,", b"Astana").replace(b"Tashkent", b'"Tashkent') + b"\nd,KAZ,Oral,"
    assert sorted(line.split(";")[0] for line in lines(data)) == [
        ":2: the line has 3 cells, the header has 4: 1 cell is missing",
        ":4: a quotation mark is not closed",
        ":5: the line is blank",
        ":6: the last line has no line end",
    ]
    assert [row[0] for row in read(data).frame.rows()] == ["b", "d"]


def problems(folder) -> list[str]:
    return [str(problem) for problem in check(read_raw(folder), today=TODAY)]


def test_a_missing_and_a_strange_file_are_named(clean_copy, raw_folder):
    before = problems(raw_folder)
    (clean_copy / "registry" / "people.csv").rename(clean_copy / "registry" / "peoples.csv")
    (clean_copy / "old.xlsx").write_bytes(b"")
    (clean_copy / ".hidden").write_bytes(b"")
    (clean_copy / "notes.md").write_text("a document may lie beside the tables")
    assert sorted(set(problems(clean_copy)) - set(before)) == [
        "data/raw/old.xlsx: warning: is not a table of the data dictionary and is not read",
        "data/raw/registry/people.csv: the file is missing; rename data/raw/registry/peoples.csv?",
    ]


def test_a_study_is_checked_by_its_own_codes_whatever_was_read_since(raw, tmp_path):
    before = check(raw, today=TODAY)
    (tmp_path / "raw" / "registry").mkdir(parents=True)
    read_raw(tmp_path / "raw")  # it has no coders
    assert "c1" not in codebook.vocabulary("coders")
    assert check(raw, today=TODAY) == before


def test_a_missing_file_tells_the_header_it_wants(clean_copy):
    (clean_copy / "registry" / "person_distinct.csv").unlink()
    assert (
        "data/raw/registry/person_distinct.csv: the file is missing; restore it; its first line must be: "
        "person_a,person_b,reason" in problems(clean_copy)
    )


def test_a_table_of_another_kind_is_to_be_saved_and_not_renamed(clean_copy):
    (clean_copy / "registry" / "people.csv").rename(clean_copy / "registry" / "people.xlsx")
    (found,) = read_raw(clean_copy).problems
    assert found.file == "data/raw/registry/people.csv"
    assert found.message == "the file is missing; save data/raw/registry/people.xlsx as CSV in UTF-8 under this name?"


def test_a_broken_line_of_a_table_others_refer_to_is_one_line(clean_copy, raw_folder):
    before = problems(raw_folder)
    path = clean_copy / "activity" / "sources.csv"
    text = path.read_bytes().split(b"\n")
    text[1] += b","
    path.write_bytes(b"\n".join(text))
    (found,) = set(problems(clean_copy)) - set(before)
    assert found.startswith(
        "data/raw/activity/sources.csv:2: the line has 10 cells, the header has 9: 1 cell is surplus"
    )


def test_bad_cells_and_damage_are_named_together(clean_copy, raw_folder):
    before = problems(raw_folder)
    path = clean_copy / "activity" / "reports.csv"
    text = path.read_bytes().replace(b"\n", b"\r\n")
    text = text.replace(b",strike,", b",strke,", 1)
    path.write_bytes(text)
    found = sorted(set(problems(clean_copy)) - set(before))
    assert len(found) == 2
    assert "did you mean 'strike'?" in found[0]
    assert "lines end with CRLF" in found[1]


def test_an_optional_file_may_be_absent_and_is_read_when_there(clean_copy):
    spec = codebook.tables()["name_decisions"]
    assert "name_decisions" not in read_raw(clean_copy).tables
    (clean_copy / spec.file).write_text(",".join(spec.columns) + "\n")
    found = read_raw(clean_copy)
    assert found.problems == ()
    assert found.tables["name_decisions"].height == 0
    assert check(found, today=TODAY) == check(read_raw(clean_copy), today=TODAY)


def test_a_missing_column_is_one_line_and_not_one_for_each_row(clean_copy, raw_folder):
    before = problems(raw_folder)
    path = clean_copy / "registry" / "places.csv"
    path.write_bytes(b"\n".join(line.split(b",", 1)[1] if line else line for line in path.read_bytes().split(b"\n")))
    assert set(problems(clean_copy)) - set(before) == {
        "data/raw/registry/places.csv:1: place_id: the column is missing; add it as the first"
    }


@given(
    st.lists(
        st.lists(st.text(st.sampled_from("ab, ;\"é\u200b#'\t"), max_size=5), min_size=4, max_size=4).filter(
            lambda row: "".join(row).strip(", \t") != ""
        ),
        max_size=6,
    )
)
def test_cells_are_those_of_another_reader(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([HEAD.decode().split(","), *rows])
    found = read(stream.getvalue().encode())
    assert found.problems == ()
    assert [list(row[:4]) for row in found.frame.rows()] == [[cell or None for cell in row] for row in rows]


def test_where_rows_were_read_does_not_name_the_folder_of_the_study(raw_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "my study").mkdir()
    shutil.copytree(raw_folder, tmp_path / "my study" / "raw")
    read = read_raw(tmp_path / "my study" / "raw")
    assert read.tables["places"].get_column("raw_file").unique().to_list() == ["raw/registry/places.csv"]


@pytest.mark.parametrize("begin", ["x^", "x\x01", "(µ/ý", "BZh"])
def test_a_line_that_begins_as_packed_data_do_is_read_as_text(begin: str) -> None:
    columns = list(codebook.tables()["places"].columns)
    cells = [f"{begin}1", '"1"', *map(str, range(2, len(columns)))]
    text = f"{','.join(columns)}\n{','.join(cells)}\n"
    frame = read_table("places", text.encode(), shown="places.csv").frame
    assert frame is not None
    assert frame.row(0)[: len(columns)] == (f"{begin}1", *(str(place) for place in range(1, len(columns))))

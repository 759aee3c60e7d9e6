"""A file of another kind is told as what it is, and text is none of them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog.intake.file_kinds import other_kind
from socdialog.intake.text import decode

TABLE = "country,name\nKAZ,Қазақстан\n"


def packed(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    pl.DataFrame({"a": [1]}).write_parquet(stream)
    return stream.getvalue()


KINDS = [
    (TABLE.encode("utf-16"), "UTF-16; save it as UTF-8"),
    (TABLE.encode("utf-16-le"), "UTF-16"),
    (TABLE.encode("utf-16-be"), "UTF-16"),
    ("Страна;имя".encode("utf-16-le") + TABLE.encode("utf-16-le"), "UTF-16"),
    (TABLE.encode("utf-32"), "UTF-32"),
    (gzip.compress(TABLE.encode()), "a compressed file (gzip); unpack it"),
    (bz2.compress(TABLE.encode()), "a compressed file (bzip2)"),
    (lzma.compress(TABLE.encode()), "a compressed file (xz)"),
    (packed("sources.csv"), "a compressed file (ZIP)"),
    (packed("[Content_Types].xml", "xl/workbook.xml"), "a spreadsheet workbook (XLSX)"),
    (packed("[Content_Types].xml", "word/document.xml"), "a document (DOCX)"),
    (packed("mimetype", "content.xml"), "a workbook or document (OpenDocument)"),
    (b"PK\x03\x04 and no more", "a compressed file (ZIP)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old spreadsheet workbook (XLS)"),
    (parquet(), "a Parquet file"),
    (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    (b"<!DOCTYPE html>\n<html lang='en'>", "a web page (HTML)"),
    (b"\n<html><body><table>", "a web page (HTML)"),
    (b'<?xml version="1.0"?>\n<rows/>', "XML"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a", "a Git LFS pointer"),
]


@pytest.mark.parametrize(("data", "kind"), KINDS, ids=[kind for _, kind in KINDS])
def test_another_kind_is_told_once(data: bytes, kind: str) -> None:
    assert other_kind(data).startswith(f"the file is {kind}")
    (problem,) = decode(data, shown="x.csv").problems
    assert (problem.line, problem.level) == (1, "error")


@pytest.mark.parametrize(
    "data",
    [b"", TABLE.encode(), b"a,b\n<html>,x\n", b'{"title": "a study"}\n', "Страна\n".encode("cp1251"), b"a\x00b,c\n"],
)
def test_text_is_no_other_kind(data: bytes) -> None:
    assert other_kind(data) == ""


@given(st.text(st.characters(exclude_characters="\x00<"), min_size=1))
def test_no_text_in_utf_8_is_another_kind(text: str) -> None:
    assert other_kind(("country," + text).encode("utf-8", "ignore")) == ""


def test_many_nuls_are_one_problem() -> None:
    found = decode(b"a,b\n" + b"x\x00y,some words behind\n" * 50, shown="x.csv")
    assert [problem.message for problem in found.problems] == [
        "byte 2 is NUL (U+0000) (also in 49 other lines); delete it"
    ]
    assert len(found.damaged) == 50

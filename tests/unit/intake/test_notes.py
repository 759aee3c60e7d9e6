"""What a study says of itself is read strictly: every mistake is one line with file, line and entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socdialog import codebook
from socdialog.intake.notes import LARGEST, NotesRead, read_notes
from socdialog.store.study import Notes
from socdialog.store.walk import walk

TODAY = date(2026, 11, 29)


def read(tmp_path: Path, *, study: str | bytes | None = None, origin: str | bytes | None = None) -> NotesRead:
    raw = tmp_path / "data" / "raw"
    (raw / "law").mkdir(parents=True)
    for path, text in ((raw / "study.yaml", study), (raw / "law" / "origin.yaml", origin)):
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_notes(walk(raw).files, raw)


def lines(found: NotesRead) -> list[str]:
    return [str(problem).removeprefix("data/raw/") for problem in (*found.problems, *found.ahead(TODAY))]


def test_notes_have_honest_defaults(tmp_path: Path) -> None:
    assert read(tmp_path) == NotesRead(Notes())


def test_notes_are_read_and_the_edition_is_the_newest_month(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        study="# a remark\ntitle: Unions\nregion:\nabout: >-\n  two\n  lines\n",
        origin="accessed: 2026-09-30\ncompiled_from:\n  - publisher: ILO\n    licence: CC BY 4.0\n",
    )
    assert lines(found) == []
    notes = found.of_edition("2026-08-31")
    assert (notes.title, notes.region, notes.about, notes.edition) == ("Unions", "the region", "two lines", "2026-09")
    assert notes.origins == {
        "law": {"accessed": "2026-09-30", "compiled_from": [{"publisher": "ILO", "licence": "CC BY 4.0"}]}
    }
    assert found.of_edition("2026-11-02").edition == "2026-11"


def test_words_are_those_of_yaml_1_2(tmp_path: Path) -> None:
    found = read(tmp_path, study="title: NO\nregion: yes\npublisher: 12:30:45\nabout: off\n", origin="accessed: 2026\n")
    assert lines(found) == []
    assert (found.notes.title, found.notes.region, found.notes.publisher) == ("NO", "yes", "12:30:45")
    assert found.notes.about == "off"
    assert found.of_edition("").edition == "2026"


def test_what_is_wrong_with_a_table_is_stated_by_the_study_beside_what_always_holds(tmp_path: Path) -> None:
    notes = read(tmp_path, origin="known_problems:\n  minimum_wages: Read for 2020 only.\n").notes
    always = codebook.tables()["minimum_wages"].known_problems
    assert always
    assert notes.known_problems(codebook.tables()["minimum_wages"]) == f"{always} Read for 2020 only."
    assert notes.known_problems(codebook.tables()["sources"]) == ""


BOMB = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9))
STUDY = {
    "unknown entry": (
        "publsher: x\n",
        ["study.yaml:1: publsher: 'publsher' is not a known entry; did you mean 'publisher'?"],
    ),
    "all at once": (
        "title: [a]\nregion: true\nabout: 5\n",
        [
            "study.yaml:1: title: is a list; write a text",
            "study.yaml:2: region: true is no text; write words, in quotes",
            "study.yaml:3: about: 5 is a number; write words, in quotes",
        ],
    ),
    "empty text": ("title: ''\n", ["study.yaml:1: title: is empty; write words, or delete the entry"]),
    "bare word": ("Unions\n", ["study.yaml:1: holds a single text instead of entries such as 'title: …'"]),
    "list": ("- a\n", ["study.yaml:1: holds a list instead of entries such as 'title: …'"]),
    "empty file": ("", ["study.yaml:1: the file is empty; write entries such as 'title: …', or delete it"]),
    "remarks only": ("# x\n", ["study.yaml:1: the file is empty; write entries such as 'title: …', or delete it"]),
    "twice": (
        "title: a\nregion: b\ntitle: c\n",
        ["study.yaml:3: title: the entry is repeated; delete one of them"],
    ),
    "tab": ("title:\n\tx\n", ["study.yaml:2: a tab is used for indentation; indent with spaces"]),
    "bomb": (BOMB, ["study.yaml:1: anchors (&) and aliases (*) are not read; write the text itself, in quotes"]),
    "loop": (
        "about: &a [*a]\n",
        ["study.yaml:1: anchors (&) and aliases (*) are not read; write the text itself, in quotes"],
    ),
    "deep": ("[" * 5000, ["study.yaml:1: lists and entries are nested more than 8 levels deep; this file needs two"]),
    "two documents": ("title: a\n---\ntitle: b\n", ["study.yaml:2: a second document begins ('---'); keep one"]),
    "control": ("title: a\x07\n", ["study.yaml:1: the character U+0007 is not allowed in YAML; delete it"]),
    "byte order mark": (
        b"\xef\xbb\xbftitle: a\n",
        ["study.yaml:1: the file begins with a byte order mark (BOM, U+FEFF); save it as UTF-8 without BOM"],
    ),
    "UTF-16": (
        "title: a\n".encode("utf-16"),
        ["study.yaml:1: the file is UTF-16; save it as UTF-8 without a byte order mark"],
    ),
    "cp1251": (
        "region: a\ntitle: Труд\n".encode("cp1251"),
        ["study.yaml:2: byte 8 (0xD2) is not UTF-8; save the file as UTF-8"],
    ),
    "a key that is a list": (
        "? [a]\n: b\n",
        ["study.yaml:1: a name of an entry must be a word, not a list or a group of entries"],
    ),
}


@pytest.mark.parametrize("name", STUDY)
def test_a_mistake_in_study_yaml_is_named_at_its_line(tmp_path: Path, name: str) -> None:
    content, says = STUDY[name]
    assert lines(read(tmp_path, study=content)) == says


@pytest.mark.parametrize(
    ("content", "start"),
    [
        ("title: a: b\n", "study.yaml:1: is not YAML: mapping values are not allowed here at place 9"),
        ("title: 'a\n", "study.yaml:2: is not YAML: found unexpected end of stream"),
        ("title: !!python/object:os.system x\n", "study.yaml:1: tags (!) are not read"),
        ('title: "a\\u202eb"\n', "study.yaml:1: title: 'a\\u202eb' contains a hidden character, U+202E"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, content: str, start: str) -> None:
    (line,) = lines(read(tmp_path, study=content))
    assert line.startswith(start)


ORIGIN = {
    "impossible date": ("accessed: 2026-02-30\n", "law/origin.yaml:1: accessed: '2026-02-30' is not a date"),
    "time of day": ("accessed: 2026-11-05T10:00\n", "law/origin.yaml:1: accessed: '2026-11-05T10:00' is not a date"),
    "future date": (
        "name: x\naccessed: 2026-12\n",
        "law/origin.yaml:2: accessed: '2026-12' is later than the date of this check",
    ),
    "words for publishers": ("compiled_from: ILO\n", "law/origin.yaml:1: compiled_from: is 'ILO'; write a list"),
    "a publisher in words": ("compiled_from: [ILO]\n", "law/origin.yaml:1: compiled_from: is 'ILO'; write a list"),
    "misspelt": (
        "compiled_from:\n  - publisher: a\n  - publsher: b\n    publisher: c\n",
        "law/origin.yaml:3: publsher: 'publsher' is not a known entry; did you mean 'publisher'?",
    ),
    "no table of this folder": (
        "known_problems:\n  law: half is missing\n",
        "law/origin.yaml:2: law: 'law' is not a known table of law; known: legal_framework, minimum_wages, supervision",
    ),
    "no publisher": ("compiled_from:\n  - licence: a\n", "law/origin.yaml:2: publisher: is missing"),
}


@pytest.mark.parametrize("name", ORIGIN)
def test_a_mistake_in_origin_yaml_is_named_at_its_line(tmp_path: Path, name: str) -> None:
    content, start = ORIGIN[name]
    (line,) = lines(read(tmp_path, origin=content))
    assert line.startswith(start)


def test_a_date_of_this_month_is_not_ahead(tmp_path: Path) -> None:
    assert lines(read(tmp_path, origin="accessed: 2026-11\n")) == []


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    text = "about: " + "x" * (LARGEST - 8) + "\n"
    assert lines(read(tmp_path / "a", study=text)) == []
    assert lines(read(tmp_path / "b", study=text + "\n")) == [
        "study.yaml: has 200,001 bytes; notes have at most 200,000. Shorten it"
    ]

"""A name planted in any published form stops the site, and the message says where."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from socdialog.errors import DataError
from socdialog.intake.names.mentions import PersonalNames, name_pairs
from socdialog.site.guard import refuse_people
from socdialog.store.fingerprint import sha256_bytes, sha256_file
from socdialog.store.withheld import Withheld

NAME = "Ayşe Demirtaş"
PEOPLE = PersonalNames(frozenset({NAME}), excepted=frozenset({"Ayşe Demirtaş Foundation"}))


def parquet(text: str) -> bytes:
    buffer = io.BytesIO()
    frame = pl.DataFrame({"n": [1], "a": [text], "b": [[text, "x"]]})
    frame.write_parquet(buffer)
    return buffer.getvalue()


def archive(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.parquet", parquet("x"))
        made.writestr("b.parquet", parquet(text))
    return buffer.getvalue()


def notebook(text: str) -> bytes:
    cell = {"cell_type": "code", "source": ["# one\n", f"# {text}"], "outputs": []}
    return json.dumps({"cells": [cell]}).encode()


def output(text: str) -> bytes:
    data = {
        "text/html": [f"<p>{text.replace(' ', ' <b>')}</b>\n", "</p>"],
        "image/svg+xml": f"<svg><text>{text}</text></svg>",
    }
    return json.dumps({"cells": [{"outputs": [{"data": data}]}]}).encode()


FORMS: dict[str, Callable[[str], bytes]] = {
    "page.html": lambda text: f"<p>Chair {text.replace(' ', ' <em>')}</em>.</p>".encode(),
    "entities.html": lambda text: f"<p>{''.join(f'&#{ord(letter)};' for letter in text)}</p>".encode(),
    "attribute.html": lambda text: f'<img src="a.png" alt="{text}">'.encode(),
    "meta.html": lambda text: f'<meta name="description" content="{text}">'.encode(),
    "script.html": lambda text: f'<script type="application/json">{{"a": "{text}"}}</script>'.encode(),
    "comment.html": lambda text: f"<!-- {text} -->".encode(),
    "chart.svg": lambda text: f"<svg><title>{text}</title></svg>".encode(),
    "drawn.svg": lambda text: (
        f"<svg><text><tspan>{text.replace(' ', '</tspan> <tspan>')}</tspan></text></svg>".encode()
    ),
    "table.csv": lambda text: f'a,b\n1,"x; {text}, y"\n'.encode(),
    "table.parquet": parquet,
    "edition.zip": archive,
    "data.json": lambda text: json.dumps({"a": [{"b": text}]}).encode(),
    "key.json": lambda text: json.dumps({text: 1}).encode(),
    "run.ipynb": notebook,
    "shown.ipynb": output,
    "notes.txt": lambda text: text.encode(),
    "feed.xml": lambda text: f"<feed><title>{text}</title></feed>".encode(),
}


@pytest.mark.parametrize("people", [PEOPLE, PersonalNames(withheld=Withheld().with_pairs(name_pairs(NAME)))])
@pytest.mark.parametrize("name", FORMS)
def test_a_planted_name_is_found_in_every_form(tmp_path: Path, name: str, people: PersonalNames) -> None:
    (tmp_path / name).write_bytes(FORMS[name]("Ayşe Öztürk"))
    refuse_people(tmp_path, people)
    (tmp_path / name).write_bytes(FORMS[name](NAME))
    with pytest.raises(DataError, match="would name a person") as problem:
        refuse_people(tmp_path, people)
    assert problem.value.exit_code == 1
    assert all(line.startswith(f"{name}: ") for line in problem.value.details)


def test_a_name_of_a_file_is_published_too(tmp_path: Path) -> None:
    (tmp_path / "ayse-demirtas.html").write_text("<p>x</p>")
    with pytest.raises(DataError):
        refuse_people(tmp_path, PEOPLE)


def test_two_cells_or_blocks_do_not_make_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<table><tr><td>Ayşe</td><td>Demirtaş</td></tr></table><p>Ayşe</p><p>Demirtaş</p>")
    (tmp_path / "a.csv").write_text("a,b\nAyşe,Demirtaş\n")
    refuse_people(tmp_path, PEOPLE)


def test_bodies_and_addresses_are_excepted(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="https://example.org/ayse-demirtas">example.org/ayse-demirtas</a> the Ayşe Demirtaş Foundation'
    )
    refuse_people(tmp_path, PEOPLE)


def test_many_mentions_are_counted(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"{number:02}.txt").write_text(NAME)
    with pytest.raises(DataError) as problem:
        refuse_people(tmp_path, PEOPLE)
    assert len(problem.value.details) == 21
    assert problem.value.details[-1] == "and 5 more"


def test_only_what_is_known_to_hold_no_name_is_not_looked_at_again(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<p>{NAME} spoke.</p>", encoding="utf-8")
    (tmp_path / "other.html").write_text("<p>The chair spoke.</p>", encoding="utf-8")
    known = sha256_file(tmp_path / "other.html")
    with pytest.raises(DataError, match="would name a person"):
        refuse_people(tmp_path, PEOPLE, looked_at={known})
    refuse_people(tmp_path, PEOPLE, looked_at={known, sha256_file(tmp_path / "page.html")})


def test_of_a_changed_file_only_the_texts_that_were_not_looked_at_before_are(tmp_path: Path) -> None:
    before, page = f"<p>{NAME} spoke.</p>".encode(), tmp_path / "page.html"
    page.write_text(f"<p>{NAME} spoke.</p><p>The chair agreed.</p>", encoding="utf-8")
    standing = {"page.html": before}.get
    # Whoever looked at the file before found no name in this text; nobody who did not look vouches for it.
    refuse_people(tmp_path, PEOPLE, looked_at={sha256_bytes(before)}, before=standing)
    with pytest.raises(DataError, match="would name a person"):
        refuse_people(tmp_path, PEOPLE, before=standing)
    page.write_text(f"<p>{NAME} spoke.</p><p>{NAME} agreed.</p>", encoding="utf-8")
    with pytest.raises(DataError, match="would name a person"):
        refuse_people(tmp_path, PEOPLE, looked_at={sha256_bytes(before)}, before=standing)


@pytest.mark.parametrize(
    "content",
    [
        f"who,n\n{NAME},5\n",
        f'who,n\n"The chair,\n{NAME}",5\n',
        f"{NAME},n\nno one,5\n",
        f"a,b\n1,2,3\n{NAME}\n",
        f'a\n"never closed {NAME}\n',
        f"a\n\udcff\n{NAME}\n",
    ],
    ids=["cell", "lines", "heading", "ragged", "open quote", "bytes"],
)
def test_a_name_is_found_in_a_table_however_it_is_written(tmp_path: Path, content: str) -> None:
    (tmp_path / "table.csv").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(DataError, match="would name a person"):
        refuse_people(tmp_path, PEOPLE)

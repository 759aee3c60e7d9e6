"""The words of published files, whatever their form: what a reader, a search engine or a program finds in them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath

import polars as pl

#: Elements that end no word and no name.
_INLINE = frozenset(
    "a abbr b bdi cite code dfn em i kbd mark q s small span strong sub sup time tspan u var".split()  # noqa: SIM905 - a list of words
)
#: Attributes that hold drawings and not words.
_DRAWN = frozenset({"d", "points", "style", "transform", "viewbox"})
#: Numbers and days are most of the cells of a long table.
_TWO_LETTERS = r"\p{L}(?s:.)*\p{L}"
_MARKUP = frozenset({".html", ".htm", ".svg", ".xml"})
_OBJECTS = frozenset({".json", ".ipynb"})


def texts_of(name: str, content: bytes) -> Iterator[str]:
    """Yield the texts of a published file; words in two of them do not stand beside each other.

    Parameters
    ----------
    name
        Its name: a page, a drawing, a table (CSV, Parquet), a notebook, JSON, an archive of such files, or any other
        file of text.
    content
        What it holds.
    """
    kind = PurePosixPath(name).suffix.lower()
    if kind == ".png":
        return  # Pixels hold no text; each picture of ours has a drawing of the same words next to it.
    if kind == ".parquet":
        yield from frame_texts(pl.read_parquet(io.BytesIO(content)))
        return
    if kind == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts_of(member, archive.read(member))
        return
    text = content.decode("utf-8", errors="replace")
    if kind in _MARKUP:
        yield from markup_texts(text)
    elif kind in _OBJECTS:
        yield from _object_texts(json.loads(text))
    elif kind == ".csv":
        yield from _csv_texts(text)
    else:
        yield from text.split("\n\n")


def markup_texts(text: str) -> Iterator[str]:
    """Yield the texts of HTML or SVG: what stands between blocks, attributes, comments and scripts."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    yield from reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._run: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.end()
        self.found += [value for name, value in attrs if value and name.lower() not in _DRAWN]

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.end()

    def handle_data(self, data: str) -> None:
        self._run.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    def unknown_decl(self, data: str) -> None:
        self.found.append(data)

    def end(self) -> None:
        """End the text that is being read."""
        if self._run:
            self.found.append("".join(self._run))
            self._run = []


def _csv_texts(text: str) -> Iterator[str]:
    """Yield the headings of a table and its texts; of a file that is no table whatever it holds."""
    try:
        # Behind a mark of the order of bytes nothing is taken for packed data, as a text that begins with x^ would be.
        frame = pl.read_csv(text.removeprefix("\ufeff").encode("utf-8-sig"), infer_schema=False)
    except pl.exceptions.PolarsError:
        yield from (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
        return
    yield from frame.columns
    yield from frame_texts(frame)


def frame_texts(frame: pl.DataFrame) -> Iterator[str]:
    """Yield the texts of a table that have two letters, as names have, each once in its column."""
    for column in frame.get_columns():
        cells = column.explode(empty_as_null=True) if column.dtype == pl.List(pl.String) else column
        if cells.dtype == pl.String:
            found = cells.drop_nulls().unique()
            yield from found.filter(found.str.contains(_TWO_LETTERS))


def _object_texts(value: object) -> Iterator[str]:
    """Yield the texts of JSON; a list of lines, as notebooks write a cell, is one text."""
    if isinstance(value, str):
        yield from markup_texts(value) if "<" in value else (value,)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield str(key)
            yield from _object_texts(member)
    elif isinstance(value, list):
        if any(isinstance(member, str) and member.endswith("\n") for member in value):
            yield from _object_texts("".join(str(member) for member in value))
        else:
            for member in value:
                yield from _object_texts(member)

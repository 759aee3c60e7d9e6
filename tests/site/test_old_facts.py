"""Every fact of the data is at most two links away from the page of its country.

The pages of the first version listed every row of the tables. Today's pages are short and keep the law: what a row says
is on the page of its country, on a page that this one links to, or on one that those link to. Downloads do not count.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import polars as pl
import pytest

from socdialog.codebook import cldr
from socdialog.loaders.fresh import Frozen

Row = Mapping[str, Any]
#: What a block must hold to say what a row says: words, of which some have several spellings.
Words = Callable[[Row], Iterable[str | tuple[str, ...]]]
Tables = Mapping[str, pl.DataFrame]
#: What holds one fact. A row or an item of a list is read together with what it is listed under.
_BLOCKS = frozenset({"article", "tr", "li", "p", "figcaption", "section"})
_SILENT = frozenset({"script", "style", "svg"})
#: Elements that end a block whose own end may be left out.
_ENDS = {"tr": ("tbody", "table"), "li": ("ul", "ol"), "p": ()}
_CODE = re.compile(r"/([A-Z]{3})(?:-[a-z0-9-]+)?\.html$")


class _Reader(HTMLParser):
    """Gathers the words of every block of a page, and where its main part links to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.links: set[str] = set()
        self._open: list[tuple[str, list[str]]] = []
        self._silent = 0
        self._main = False
        #: The caption and the headings of the table that is open.
        self._above: list[str] = []
        self._heads = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._main = self._main or tag == "main"
        self._silent += tag in _SILENT
        for _, words in self._open:
            words.append(" ")  # ends of cells may be left out
        if tag == "a" and self._main:
            self.links.add(urldefrag(dict(attrs).get("href") or "")[0])
        if tag == "table":
            self._above, self._heads = [], True
        elif tag == "tbody":
            self._close("tr")
            self._heads = False
        if tag == "tr":
            self._close("tr")
        if tag in _BLOCKS:
            self._open.append((tag, list(self._above) if tag == "tr" and not self._heads else []))

    def handle_endtag(self, tag: str) -> None:
        self._main = self._main and tag != "main"
        while tag == "main" and self._open:
            self._close(self._open[-1][0])
        self._silent -= tag in _SILENT
        for block, by in _ENDS.items():
            if tag in by:
                self._close(block)
        if tag in _BLOCKS:
            self._close(tag)
        if tag == "table":
            self._above = []

    def _close(self, tag: str) -> None:
        """End the innermost block of this kind, and what is left open in it."""
        if any(one == tag for one, _ in self._open):
            while True:
                one, words = self._open.pop()
                self.blocks.append(_plain("".join(words)))
                if one == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._heads:
            self._above.append(f"{data} ")
        for _, words in self._open:
            words.append(data)


def _plain(text: str) -> str:
    return " ".join(text.translate(dict.fromkeys(map(ord, "‘’"), "'")).split()).casefold()


def near(site: Path, country: str, *, steps: int = 2) -> list[str]:
    """The blocks of the page of a country and of all pages at most so many links away; none of another country."""
    found: list[str] = []
    reached: set[str] = set()
    begin = {f"countries/{country}.html"}
    for _ in range(steps + 1):
        reached |= begin
        links: set[str] = set()
        for path in sorted(begin):
            reader = _Reader()
            reader.feed((site / path).read_text(encoding="utf-8"))
            reader.close()
            found += reader.blocks
            links |= {posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in reader.links}
        begin = {path for path in links - reached if _is_of(path, country) and (site / path).is_file()}
    return found


def _is_of(path: str, country: str) -> bool:
    code = _CODE.search(f"/{path}")
    return path.endswith(".html") and (code is None or code[1] == country)


def _spellings(word: str | tuple[str, ...]) -> tuple[str, ...]:
    return (word,) if isinstance(word, str) else word


def missing(rows: pl.DataFrame, words: Words, blocks: list[str]) -> list[str]:
    """The rows of which no block has all words; of several spellings of a word one is enough.

    A sentence among others on a page may end without its full stop.
    """
    lost = []
    for row in rows.iter_rows(named=True):
        wanted = [tuple(_plain(one).removesuffix(".") for one in _spellings(word)) for word in words(row)]
        wanted.sort(key=lambda spellings: -min(map(len, spellings)))
        if not any(all(any(one in block for one in spellings) for spellings in wanted) for block in blocks):
            lost.append(f"{row['row_id']}: {wanted}")
    return lost


def _number(value: float) -> tuple[str, ...]:
    """A number as pages may write it: exact, or rounded; a year without a separator."""
    exact = Decimal(str(abs(value)))
    written = [f"{round(exact, digits):,}" for digits in range(3)]
    short = (one.rstrip("0").rstrip(".") for one in written[1:])
    return tuple(dict.fromkeys([*written, *short, f"{exact:,}".removesuffix(".0"), str(round(exact))]))


def _when(day: str | None) -> tuple[str, ...]:
    return (cldr.date(day),) if day else ()


def _amounts(row: Row) -> tuple[tuple[str, ...], ...]:
    return tuple(_number(one["value"]) for one in json.loads(row["details"] or "{}").get("amounts") or ())


def facts_of(tables: Tables) -> Iterator[tuple[str, pl.DataFrame, Words]]:
    """Yield each published table with its rows by ``countries``, and the words that say what a row says."""

    def named(table: str, key: str, name: str) -> dict[str, str]:
        return dict(tables[table].select(key, name).iter_rows())

    body, event = named("organisations", "org_id", "name"), named("events", "event_id", "label")
    series, publisher = named("indicators", "indicator", "label"), named("citations", "source_id", "publisher")
    title = named("citations", "url", "title")
    home = named("organisations", "org_id", "country")
    words: dict[str, Words] = {
        "events": lambda row: (row["label"], *_when(row["start_date"])),
        "reports": lambda row: (row["label"], publisher[row["source_id"]]),
        "figures": lambda row: (event[row["event_id"]], _number(row["value"])),
        "organisations": lambda row: (row["name"],),
        "organisation_names": lambda row: (row["name"],),
        "affiliations": lambda row: (body[row["org_id"]], body.get(row["affiliate_of"], row["affiliate_of"])),
        "memberships": lambda row: (body[row["org_id"]], _number(row["value"])),
        "institutions": lambda row: (row["name"], *_when(row["date"])),
        "legal_framework": lambda row: (row["provision"], *_when(row["as_of"])),
        "supervision": lambda row: (row["summary"], str(row["year"])),
        "minimum_wages": lambda row: (_number(row["value"]), *_when(row["from"])),
        "context": lambda row: (
            row["statement"] or (row["source_title"], title.get(row["source_url"]) or row["source_title"]),
        ),
        "ratifications": lambda row: (f"No. {row['convention'][1:].lstrip('0')}", *_when(row["ratified_on"])[:1]),
        "ratification_counts": lambda row: (str(row["count"]), *_when(row["as_of"])),
        "country_years": lambda row: (series[row["indicator"]], str(row["year"]), *map(_number, _known(row["value"]))),
        "not_published": lambda row: (series[row["indicator"]], ("not publish", "not published", "no value published")),
        "indicator_cautions": lambda row: (row["caution"],),
        "disagreements": _amounts,
    }
    of_event = tables["events"].select("event_id", "countries")
    for name, of in words.items():
        # A figure belongs to the event that it is reported with, whatever country it is about.
        frame = tables[name].join(of_event, on="event_id") if name == "figures" else tables[name]
        if "countries" not in frame.columns:
            by_body = "country" not in frame.columns
            by = pl.col("org_id").replace_strict(home, default=None) if by_body else pl.col("country")
            frame = frame.with_columns(countries=pl.concat_list(by))
        yield name, frame, of


def _known(value: float | None) -> tuple[float, ...]:
    return () if value is None else (value,)


def test_every_row_of_the_data_is_two_links_away_at_most(shipped_site: Path, shipped_data: Frozen) -> None:
    tables = shipped_data.tables
    # A corrupted form of a name says nothing of its own.
    told = {
        **tables,
        "organisation_names": tables["organisation_names"].filter(pl.col("kind") != "damaged"),
        "context": tables["context"],
    }
    lost, rows = [], 0
    for country in tables["countries"].get_column("country"):
        blocks = near(shipped_site, country)
        for _, frame, words in facts_of(told):
            own = frame.filter(pl.col("countries").list.contains(country))
            rows += own.height
            lost += missing(own, words, blocks)
    assert rows > 4_000
    assert not lost, "\n".join(lost[:40])


PAGES = {
    "countries/PER.html": "<main><a href=PER-events.html#ev-1>one event</a> <p>Density was 5% in 2020.</main>",
    "countries/PER-events.html": "<main><article><h3>Strike</h3><p>3 May 2020</p><ul><li>4,000 workers</ul></article>"
    "<a href='../organisations/PER.html'>all</a><a href='../countries/BOL-events.html'>Bolivia</a></main>",
    "organisations/PER.html": "<nav><a href='../index.html'>Front page</a></nav><main><table><caption>Members</caption>"
    "<thead><tr><th>Body<th>Members<tbody><tr><td>Union<td>7,000<tr><td>League<td>8,000</table>"
    "<a href='../quality.html'>quality</a></main>",
    "countries/BOL-events.html": "<main><p>Of Bolivia</p></main>",
    "index.html": "<main><p>Of the front page</p></main>",
    "quality.html": "<main><p>Three links away</p></main>",
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("2020", "5%"), True),
        (("Strike", "3 May 2020", "4,000"), True),
        (("Members", "League", "8,000"), True),
        (("Union", "8,000"), False),
        (("Density", "Strike"), False),
        (("Of Bolivia",), False),
        (("Of the front page",), False),
        (("Three links away",), False),
        ((("missing", "League"),), True),
    ],
)
def test_a_fact_is_looked_for_in_one_block_of_the_pages_near(
    tmp_path: Path, words: tuple[str | tuple[str, ...], ...], *, found: bool
) -> None:
    for path, html in PAGES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(html)
    row = pl.DataFrame({"row_id": ["t:1"]})
    assert (missing(row, lambda _: words, near(tmp_path, "PER")) == []) is found


def test_a_row_that_no_page_says_is_found(shipped_site: Path, shipped_data: Frozen) -> None:
    invented = shipped_data.tables["institutions"].filter(pl.col("country") == "KAZ").head(1)
    invented = invented.with_columns(name=pl.lit("National Council of Nowhere"))
    words = {name: of for name, _, of in facts_of(shipped_data.tables)}["institutions"]
    assert len(missing(invented, words, near(shipped_site, "KAZ"))) == 1

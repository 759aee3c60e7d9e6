"""The values of a profile with what stands beside them and behind them, from its parts, before any HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from socdialog import codebook
from socdialog.display.parts import (
    Cards,
    Disagreement,
    Figure,
    Heading,
    ScalePlot,
    Sentence,
    Span,
    Table,
    Value,
    cell_spans,
    leaves,
)
from socdialog.display.statements import Statement
from socdialog.profiles import Profile
from tests.net.evidence import Given, Ledger, raw_texts, reduced
from tests.net.meaning import dates, digest, plain_number


class Record(NamedTuple):
    """One value of a page.

    ``value`` is what it says; ``beside`` what else its row of a table is about, or the dates of its sentence;
    ``evidence`` names its set of rows and sources.
    """

    value: str
    beside: str
    evidence: str


class Line(NamedTuple):
    """A sentence, or a row of a table: its cells, what the table's headings say, and whether each value is apart.

    ``bundles`` names those whose marker stands in a heading.
    """

    cells: tuple[tuple[Span, ...], ...]
    headings: tuple[str, ...] = ()
    apart: bool = False
    bundles: tuple[str, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """Its words and values, in reading order."""
        return [span for cell in self.cells for span in cell]


class Behind:
    """The rows behind the values of one page."""

    def __init__(self, profile: Profile) -> None:
        known = profile.citations.select("source_id", "url", "publisher").iter_rows()
        cited = {source_id: url or publisher for source_id, url, publisher in known}
        self.given: dict[str, list[Given]] = {}
        self.texts: dict[str, tuple[str, ...]] = {}
        for row in profile.rows.iter_rows(named=True):
            row_id, source_id = row["row_id"], row["source_id"]
            if source_id in cited:
                texts = raw_texts(row["raw_file"], row["raw_line"])
                given = Given(row_id.partition(":")[2], cited[source_id], reduced(Statement.of(row).words, texts, {}))
                self.given.setdefault(row_id, []).append(given)
                self.texts[row_id] = (*self.texts.get(row_id, ()), *texts)

    def sources(self, rows: Iterable[str]) -> list[Given]:
        """What the sources gave for these rows; those behind a count that is a link are on another page."""
        return [one for row in rows for one in self.given.get(row, ())]

    def own(self, cells: Iterable[Span]) -> tuple[str, ...]:
        """The texts of the raw rows behind some values."""
        rows = dict.fromkeys(row for cell in cells if isinstance(cell, Value) for row in cell.evidence)
        return tuple(dict.fromkeys(text for row in rows for text in self.texts.get(row, ())))


def records(profile: Profile, ledger: Ledger) -> Counter[Record]:
    """Every value of a profile, and how often."""
    behind = Behind(profile)
    found: Counter[Record] = Counter()
    for section in profile:
        for part in leaves(section.parts):
            for line in lines(part):
                found.update(_of_line(line, behind, ledger))
            if isinstance(part, Figure):
                found[Record(_points(part), "chart", "")] += 1
    return found


def lines(part: object) -> Iterator[Line]:
    """The sentences and rows of a part, in reading order."""
    if isinstance(part, Sentence):
        yield Line((part.spans,))
        return
    if isinstance(part, Cards):
        yield from (Line(((card.label,), (card.value,), (card.detail,)), ("", "", "")) for card in part.cards)
    if isinstance(part, Disagreement):
        yield from (Line(((part.question,), (claim.value,), (claim.who,)), ("", "", "")) for claim in part.claims)
    if isinstance(part, ScalePlot):
        yield from (Line(((row.label,), row.value), ("", "")) for row in part.rows)
        yield from (Line((part.note,)),) if part.note else ()
    if isinstance(part, Figure):
        yield Line((part.caption,))
    table = part.table if isinstance(part, Figure) else part
    if not isinstance(table, Table):
        assert table is None or isinstance(table, Heading | Cards | Disagreement | ScalePlot)
        return
    headings = tuple(column.heading for column in table.columns)
    bundles = tuple(column.bundle for column in table.columns if column.bundle)
    for row in table.rows:
        yield Line(tuple(map(cell_spans, row)), headings, table.separate, bundles)
    if table.note:
        yield Line((table.note,))


def _of_line(line: Line, behind: Behind, ledger: Ledger) -> Iterator[Record]:
    if not any(isinstance(span, Value) for span in line.spans):
        return
    common = _beside(line, behind.own(line.spans))
    for place, cell in enumerate(line.cells):
        for span in cell:
            if isinstance(span, Value):
                column = reduced(line.headings[place], (), labels()) if line.apart else ""
                own = behind.own([span])
                value = f"absent {reduced(span.text, own, {})}".strip() if span.absent else _said(span, own)
                about = " | ".join(one for one in (column, common) if one)
                yield Record(value, about, ledger.enter(behind.sources(span.evidence)))


def _said(value: Value, own: tuple[str, ...]) -> str:
    return reduced(value.text, own, labels()) or "words"


def _beside(line: Line, own: tuple[str, ...]) -> str:
    """What a line is about: the first cell of a row and its cells without evidence; the dates of a sentence."""
    if not line.headings:
        return "; ".join(sorted(date for span in line.cells[0] if isinstance(span, str) for date in dates(span)))
    head = [span if isinstance(span, str) else span.text for span in line.cells[0]]
    others = [span for cell in line.cells[1:] for span in cell if isinstance(span, str)]
    return " | ".join(sorted({said for text in (*head, *others) if (said := reduced(text, own, labels()))}))


def _points(figure: Figure) -> str:
    """The numbers that a chart draws."""
    data = figure.chart.get("datasets", {})
    numbers = sorted(
        plain_number(f"{number:.9f}")
        for rows in data.values()
        for row in rows
        for number in row.values()
        if isinstance(number, int | float) and not isinstance(number, bool)
    )
    return f"{len(numbers)} numbers #{digest(*numbers)}"


@cache
def labels() -> Mapping[str, str]:
    """Which codes a label stands for, letter by letter; a code keeps its name when its label is reworded."""
    found: dict[str, set[str]] = {}
    # Names of countries are data, and no label.
    for name in set(codebook.vocabularies()) - {"iso_countries"}:
        for code, term in codebook.vocabulary(name).items():
            found.setdefault(term.label, set()).add(code)
    return {label: "/".join(sorted(codes)) for label, codes in found.items()}

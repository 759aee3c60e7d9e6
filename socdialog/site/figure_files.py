"""The figures of a page as files: each as CSV with its sources, as SVG and as PNG."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from socdialog.codebook.cldr import joined
from socdialog.display.addresses import figure_files
from socdialog.display.evidence_markers import EvidenceBook
from socdialog.display.markers import together
from socdialog.display.parts import Cell, Figure, ScalePlot, Table, cell_spans, leaves, plain, table
from socdialog.display.scale_chart import scale_chart
from socdialog.display.svg import file_png, file_svg
from socdialog.site.page_body import numbered_parts


def files_of_figures(notebook: Mapping[str, Any], page: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path below the site and the content of each file of the figures of a page.

    Parameters
    ----------
    notebook
        The executed notebook of the page, as it is published.
    page
        Path of the page below the site.
    """
    sections, book = numbered_parts(notebook)
    for part in leaves(part for section in sections for part in section.parts):
        if isinstance(part, Figure) and part.table is not None:
            data, chart, alt = part.table, part.chart, part.alt
        elif isinstance(part, ScalePlot):
            data, chart, alt = _as_table(part), scale_chart(part), part.title
        else:
            continue
        path = figure_files(page) + part.key
        yield f"{path}.csv", _csv(data, book)
        yield f"{path}.svg", f"{file_svg(chart, key=part.key, alt=alt)}\n".encode()
        yield f"{path}.png", file_png(chart, key=part.key)


def _as_table(part: ScalePlot) -> Table:
    """Return a scale plot as a table: of each subject its values in words."""
    return table(part.key, part.title, part.head, [(row.label, row.value) for row in part.rows])


def _csv(table: Table, book: EvidenceBook) -> bytes:
    """Return the table of a figure as CSV: what each row is based on is its last column."""
    made = io.StringIO()
    write = csv.writer(made, lineterminator="\n").writerow
    write([*(column.heading for column in table.columns), "source"])
    for row in table.rows:
        write([*map(_text, row), _sources(row, book)])
    return made.getvalue().encode()


def _text(cell: Cell) -> str:
    spans = cell_spans(cell)
    apart = all(not isinstance(span, str) for span in spans)
    return ("; " if apart else "").join(plain((span,)) for span in spans)


def _sources(row: tuple[Cell, ...], book: EvidenceBook) -> str:
    key = together(span for cell in row for span in cell_spans(cell))
    evidence = book.rows.get(key, ()) if isinstance(key, str) else key
    cited = dict.fromkeys(book.places[one.source_id] for one in book.behind(evidence))
    return joined(_cited(book, place) for place in cited)


def _cited(book: EvidenceBook, place: int) -> str:
    source = book.sources[place - 1]
    return ", ".join(part for part in (source.publisher, source.title, source.published) if part)

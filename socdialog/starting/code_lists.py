"""Every code that a table may hold, and every column, as CSV to look into while rows are typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from socdialog import codebook
from socdialog.codebook import Column


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV in the one form that raw tables have."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def code_lists() -> Iterator[tuple[str, str]]:
    """Yield the name of each vocabulary that raw columns use, and its codes as CSV; last ``columns``, of all tables."""
    used = {column.of for _, column in _columns() if column.type in {"code", "codes"}}
    for name in sorted(str(of) for of in used):
        terms = codebook.vocabulary(name).values()
        yield name, csv_text(("code", "label", "definition"), ((one.code, one.label, one.definition) for one in terms))
    header = ("file", "column", "type", "codes_or_rows", "required", "unit", "description")
    yield "columns", csv_text(header, (_column(file, column) for file, column in _columns()))


def _columns() -> Iterator[tuple[str, Column]]:
    for spec in codebook.tables().values():
        if spec.file is not None:
            yield from ((spec.file, column) for column in spec.columns.values())


def _column(file: str, column: Column) -> tuple[object, ...]:
    required = "yes" if column.required else "no"
    return file, column.name, column.type, column.of, required, column.unit, column.doc

"""End products: a frame with its unit, definition, release and citation, for other programs and for papers."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from socdialog.errors import UsageError
from socdialog.store.files import write_atomic

if TYPE_CHECKING:
    import pandas as pd

#: What joins the values of a list in one cell, as in the raw tables.
_BETWEEN = "; "
#: The longest name of a sheet, and signs that no such name may have.
_LONGEST_NAME, _NO_NAME = 31, str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Product(ABC):
    """Something with a frame that can be exported; each export carries what the frame is about."""

    __slots__ = ()

    @abstractmethod
    def _exported(self) -> pl.DataFrame:
        """Return the values, one row each."""

    @property
    @abstractmethod
    def about(self) -> Mapping[str, str]:
        """What the values are, in the order in which it is written: definition, unit, release, citation."""

    def _sheets(self) -> Mapping[str, pl.DataFrame]:
        """Return the frames of a workbook by the names of their sheets."""
        return {"data": self._exported()}

    def to_pandas(self) -> pd.DataFrame:
        """Return the frame as a pandas frame; ``.attrs`` holds definition, unit, release and citation.

        Raises
        ------
        UsageError
            When pandas or pyarrow is not installed.

        Examples
        --------
        >>> sd.metrics.activity.events_by_year(sd.load_events()).to_pandas()     # doctest: +SKIP
        """
        try:
            found = self._exported().to_pandas()
        except ImportError as missing:
            raise UsageError(f"{missing}", hint="python -m pip install 'socdialog[pandas]'") from None
        found.attrs = dict(self.about)
        return found

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the frame as CSV, and write it where `path` is given.

        Lists are joined by semicolons. The last columns repeat what the values are and how to cite them, so that no row
        is ever without its definition.

        Raises
        ------
        UsageError
            When the file cannot be written.

        Examples
        --------
        >>> sd.metrics.activity.events_by_year(sd.load_events()).to_csv("events.csv")     # doctest: +SKIP
        """
        frame = flat(self._exported())
        told = {name: text for name, text in self.about.items() if name not in frame.columns}
        content = frame.with_columns(pl.lit(text).alias(name) for name, text in told.items()).write_csv()
        if path is not None:
            _write(path, content)
        return content

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Write a workbook: a sheet for each frame, and a sheet that says what the values are and how to cite them.

        Raises
        ------
        UsageError
            When xlsxwriter is not installed, or the file cannot be written.

        Examples
        --------
        >>> sd.metrics.activity.events_by_year(sd.load_events()).to_excel("events.xlsx")     # doctest: +SKIP
        """
        _write(path, _workbook({**self._sheets(), "about": _as_rows(self.about)}))

    def to_markdown(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the frame as a Markdown table with its notes below, and write it where `path` is given.

        Raises
        ------
        UsageError
            When the file cannot be written.

        Examples
        --------
        >>> print(sd.metrics.activity.events_by_year(sd.load_events()).to_markdown())     # doctest: +SKIP
        """
        frame = flat(self._exported())
        lines = [_row(frame.columns), _row(":---" if dtype == pl.String else "---:" for dtype in frame.dtypes)]
        lines += [_row("" if cell is None else str(cell) for cell in row) for row in frame.iter_rows()]
        notes = [
            f"{name.replace('_', ' ').capitalize()}: {' '.join(text.split())}" for name, text in self.about.items()
        ]
        content = "\n".join([*lines, "", "\n\n".join(notes), ""])
        if path is not None:
            _write(path, content)
        return content


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame without nested columns: lists joined by semicolons, records as JSON.

    Examples
    --------
    >>> flat(pl.DataFrame({"topics": [["wages", "hours"], None]})).to_dict(as_series=False)
    {'topics': ['wages; hours', None]}
    """
    return frame.with_columns(
        _flat(frame.get_column(name)) for name, dtype in frame.schema.items() if dtype.is_nested()
    )


def _flat(cells: pl.Series) -> pl.Series:
    def text(cell: Any) -> str | None:
        if cell is None:
            return None
        if isinstance(cell, Mapping):
            return json.dumps(cell, ensure_ascii=False, default=str)
        return _BETWEEN.join(str(text(one) if isinstance(one, list | Mapping) else one) for one in cell)

    return pl.Series(cells.name, [text(cell) for cell in cells.to_list()], dtype=pl.String)


def _row(cells: Any) -> str:
    """Write a row of a Markdown table; what would end a cell or be read as markup is escaped."""
    texts = (" ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells)
    return f"| {' | '.join(texts)} |"


def _as_rows(about: Mapping[str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(about.items()), schema={"what": pl.String, "text": pl.String}, orient="row")


def _workbook(sheets: Mapping[str, pl.DataFrame]) -> bytes:
    """Return a workbook; the day of its making is no part of it, and no text is read as a formula."""
    from datetime import datetime
    from io import BytesIO

    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise UsageError("workbooks need xlsxwriter", hint="python -m pip install 'socdialog[excel]'") from None
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        for name, frame in sheets.items():
            sheet = name.translate(_NO_NAME)[:_LONGEST_NAME]
            flat(frame).write_excel(book, sheet, autofit=True, table_style="Table Style Light 1")
    return content.getvalue()


def _write(path: str | os.PathLike[str], content: bytes | str) -> None:
    try:
        write_atomic(Path(path), content)
    except OSError as problem:
        raise UsageError(
            f"{path} cannot be written: {problem.strerror}", hint="name a file that you may write"
        ) from None

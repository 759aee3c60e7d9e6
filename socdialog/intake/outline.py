"""The outline of a long table: its rows seen by where they differ from the row above.

Series lie together in a file, so that most cells repeat the cell above. What is asked of a long table
before it is taken as sound (which texts are in it, which stand together, whether its keys ascend) is
asked of the places of change, which are soon found and few.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Outline:
    """A table, and where its cells differ from the cells above.

    Parameters
    ----------
    frame
        The table.
    changed
        For each column whether the cell differs from the cell above; false in the first row if it is empty.
    """

    frame: pl.DataFrame
    changed: pl.DataFrame

    def texts(self, column: str) -> pl.Series:
        """Return the different texts of a column."""
        return self._at(self.changed.get_column(column), column).to_series().unique()

    def together(self, *columns: str) -> pl.DataFrame:
        """Return which texts of `columns` stand together in rows where none is empty, each combination once."""
        changed = self.changed.select(pl.any_horizontal(columns)).to_series()
        return self._at(changed, *columns).drop_nulls().unique(maintain_order=True)

    def ascends(self, key: Sequence[str], *, whole_numbers: Container[str] = ()) -> bool:
        """Say whether each row comes after the row above by `key`, an empty cell after every other.

        A table that ascends has no key twice, and is sorted. Columns of `whole_numbers` are compared as
        such, the others as texts.
        """
        same = pl.repeat(value=True, n=self.frame.height, dtype=pl.Boolean, eager=True)
        for name in key:
            changed = self.changed.get_column(name)
            here = self.frame.get_column(name)
            places = (same & changed)[1:].arg_true()
            few = self._few(places)
            above, here = (here.gather(places), here.gather(places + 1)) if few else (here.shift(1), here)
            if name in whole_numbers:
                above, here = (cells.cast(pl.Int64, strict=False) for cells in (above, here))
            rises = (above < here).fill_null(value=False) | here.is_null()
            if not (rises if few else (rises | ~(same & changed))[1:]).all():
                return False
            same = same & ~changed
        return not same[1:].any()

    def _at(self, where: pl.Series, *columns: str) -> pl.DataFrame:
        """Return the cells of `columns` in the rows `where`, or in more rows where that is sooner done."""
        places = where.arg_true()
        return self.frame.select(pl.col(columns).gather(places) if self._few(places) else pl.col(columns))

    def _few(self, places: pl.Series) -> bool:
        return len(places) * 2 < self.frame.height


def outlined(frame: pl.DataFrame, columns: Sequence[str]) -> Outline:
    """Return the outline of `columns` of a table."""
    return Outline(frame, frame.select(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in columns))

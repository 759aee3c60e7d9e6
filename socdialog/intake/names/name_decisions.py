"""Decisions of persons on names: rows of ``name_decisions``, which win over every rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from socdialog.folding import printed

#: What a decision says when the name means no one who is registered.
NOBODY = "none"

#: Whom a name means, the method that found it, and those it may mean.
Meant = tuple[str | None, str | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What persons decided on names, by (name, country, report); null country or report = any."""

    rows: Mapping[tuple[str, str | None, str | None], str]

    def on(self, name: str, country: str | None, report: str | None) -> str | None:
        """Return what `name` means by decision, the narrowest one first; None where no one decided."""
        if not self.rows:
            return None
        text = printed(name)
        for key in ((text, country, report), (text, None, report), (text, country, None), (text, None, None)):
            if key in self.rows:
                return self.rows[key]
        return None

    def names(self) -> frozenset[str]:
        """Return the names that a person decided on."""
        return frozenset(name for name, _, _ in self.rows)


def with_meanings(frame: pl.DataFrame, column: str, found: Sequence[Meant]) -> pl.DataFrame:
    """Add whom each row means as `column`, the ``method`` that found it, and as ``suggestion`` whom it may mean."""
    means, methods, suggestions = zip(*found, strict=True) if found else ((), (), ())
    return frame.with_columns(
        pl.Series(column, means, dtype=pl.String),
        pl.Series("method", methods, dtype=pl.String),
        pl.Series("suggestion", [list(ids) or None for ids in suggestions], dtype=pl.List(pl.String)),
    )


def by_decision(means: str) -> Meant:
    """Return what a decision says: the id it names, or no one."""
    return None if means == NOBODY else means, "decided", ()


def decisions(name_decisions: pl.DataFrame | None, *, known: frozenset[str]) -> Decisions:
    """Return the decisions that mean one of the `known` ids, or no one.

    The others are about the other kind: an organisation and a person may share a printed name.
    """
    if name_decisions is None:
        return Decisions({})
    rows = name_decisions.select("name", "country", "context", "means").sort("name", "country", "context", "means")
    return Decisions(
        {
            (printed(name), country, context): means
            for name, country, context, means in rows.iter_rows()
            if means == NOBODY or means in known
        }
    )

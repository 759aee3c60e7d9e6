"""Decisions of persons on names: rows of ``name_decisions``, which win over every rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from socdialog.folding import printed

#: What a decision says when the name means nobody who is registered.
NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What persons decided on names, by (name, country, report); null country or report = any."""

    rows: Mapping[tuple[str, str | None, str | None], str]

    def on(self, name: str, country: str | None, report: str | None) -> str | None:
        """Return what `name` means by decision, the narrowest one first; None where nobody decided."""
        if not self.rows:
            return None
        text = printed(name)
        for key in ((text, country, report), (text, None, report), (text, country, None), (text, None, None)):
            if key in self.rows:
                return self.rows[key]
        return None

    def names(self) -> frozenset[str]:
        """Return the names that somebody decided on."""
        return frozenset(name for name, _, _ in self.rows)


def decisions(name_decisions: pl.DataFrame | None, *, known: frozenset[str]) -> Decisions:
    """Return the decisions that mean one of the `known` ids, or nobody.

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

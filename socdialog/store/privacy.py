"""What is published of people: nothing but what the data dictionary lets out, column by column.

A table of people leaves the study only when it is asked for. Of the other tables a column of texts leaves when the
dictionary says that it names no person or that it cites a source; who claims a figure leaves as an organisation or an
office. That a column keeps its word is checked, see `socdialog.intake.checks.people_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook


def without_people(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return `tables` without the tables of people, and without what other tables may say of a person.

    A column that is withheld stays, with nothing in it, so that whoever reads the tables finds their columns; see
    `published_columns` for what a reader is given.
    """
    personal = {name for name, spec in codebook.tables().items() if spec.personal}
    return {
        name: _withheld(name, _unlinked(frame, personal=sorted(personal)))
        for name, frame in tables.items()
        if name not in personal
    }


def published_columns(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table of `without_people` with the columns that a reader is given."""
    hidden = {column.name for column in codebook.tables()[name].every_column.values() if column.people == "withheld"}
    doubled = {column.published_as for column in codebook.tables()[name].every_column.values()}
    return frame.select(column for column in frame.columns if column not in hidden | doubled)


def scanned_columns(name: str) -> tuple[str, ...]:
    """Return the published columns of a table that hold words or ids, in which no person may be named.

    Citations and addresses are excepted: changing them would break what they are for.
    """
    if codebook.tables()[name].personal:
        return ()
    return tuple(
        column.name
        for column in codebook.tables()[name].every_column.values()
        if column.people == "never" or (column.people is None and column.type in {"id", "source"})
    )


def _unlinked(frame: pl.DataFrame, *, personal: list[str]) -> pl.DataFrame:
    """Drop list members that mean a person."""
    if "row_ids" in frame.columns:
        own = pl.element().str.split(":").list.first().is_in(personal)
        kept = pl.col("row_ids").list.eval(pl.element().filter(~own))
        # What is based on rows about people only (how a person's name is spelt) goes with them.
        about_people = (kept.list.len() == 0) & (pl.col("row_ids").list.len() > 0)
        frame = frame.filter(~about_people.fill_null(value=False)).with_columns(kept)
    return frame


def _withheld(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Empty the columns that are withheld, and give those that are attributed their published form."""
    changed = []
    for column in codebook.tables()[name].every_column.values():
        if column.name not in frame.columns:
            continue
        if column.people == "withheld":
            changed.append(pl.lit(None, dtype=frame.schema[column.name]).alias(column.name))
        elif column.people == "attributed":
            shown = column.published_as
            known = pl.col(shown) if shown in frame.columns else pl.lit(None, dtype=pl.String)
            changed.append(known.alias(column.name))
    return frame.with_columns(changed)

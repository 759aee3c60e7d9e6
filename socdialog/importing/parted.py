"""The rows that a file gives for a table, against those that are there: new ones, known ones, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from socdialog import codebook
from socdialog.importing.new_rows import ENTRY, NewRows
from socdialog.importing.sheets import ROW
from socdialog.intake.reading import RawData
from socdialog.loaders.raw_rows import Row

#: Where a row comes from: the row of the file (None = the map alone) and the entry of the map.
Place = tuple[int | None, int]


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that says something else than the one that stands at `where`, a file and its line."""

    table: str
    column: str
    row: int | None
    entry: int
    new: str
    stands: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Parted:
    """The rows that a file gives for a table, against those that are there with the same key.

    Parameters
    ----------
    rows, places
        The rows to write, and where each comes from.
    replaced
        The lines of the rows that the last of these replace: a list that is gathered grew.
    stood
        How many rows are there already.
    changed
        What the file says otherwise of them; it is not written.
    """

    rows: list[Row]
    places: list[Place]
    replaced: tuple[int, ...]
    stood: int
    changed: tuple[Changed, ...]

    @staticmethod
    def of(raw: RawData, made: NewRows) -> Parted:
        """Compare the rows of a file with the raw table as it stands."""
        spec = codebook.tables()[made.table]
        columns = [name for name in spec.columns if name in made.frame.columns]
        old = raw.tables.get(made.table)
        known = {} if old is None else {_key(row, spec.key): row for row in old.iter_rows(named=True)}
        fresh: list[tuple[Row, Place]] = []
        grown: list[tuple[Row, Place, int]] = []
        changed: list[Changed] = []
        stood = 0
        for row in made.frame.iter_rows(named=True):
            new = {name: row[name] for name in columns}
            place = (row[ROW], row[ENTRY])
            stands = known.get(_key(row, spec.key))
            if stands is None:
                fresh.append((_with_lists(new, new, made.gathered), place))
                continue
            stood += 1
            # Another spelling that the row lists is not another word.
            listed = {cell for name in made.gathered for cell in (new[name] or "").split(";")}
            plain = {name: cell for name, cell in new.items() if name not in made.gathered and cell not in listed}
            changed += _differing(made.table, plain, stands, place)
            longer = _with_lists({name: stands.get(name) for name in spec.columns}, new, made.gathered)
            if any(longer[name] != stands.get(name) for name in made.gathered):
                grown.append((longer, place, stands["raw_line"]))
        return Parted(
            rows=[*(row for row, _ in fresh), *(row for row, _, _ in grown)],
            places=[*(place for _, place in fresh), *(place for _, place, _ in grown)],
            replaced=tuple(line for _, _, line in grown),
            stood=stood,
            changed=tuple(changed),
        )


def _key(row: Mapping[str, object], key: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(row.get(name) for name in key)


def _with_lists(row: Row, new: Row, gathered: frozenset[str]) -> Row:
    """Return a row whose gathered lists hold the new members too, but for what another of its cells says."""
    others = {cell for name, cell in row.items() if name not in gathered}
    lists = {name: {*(row[name] or "").split(";"), *(new[name] or "").split(";")} - others - {""} for name in gathered}
    return {**row, **{name: ";".join(sorted(members)) or None for name, members in lists.items()}}


def _differing(table: str, new: Row, stands: Mapping[str, object], place: Place) -> Iterator[Changed]:
    """Yield the cells that are given and differ."""
    for name, cell in new.items():
        if cell is None or cell == stands.get(name):
            continue
        was = stands.get(name)
        where = f"{stands['raw_file']}:{stands['raw_line']}"
        yield Changed(table, name, *place, cell, None if was is None else str(was), where)

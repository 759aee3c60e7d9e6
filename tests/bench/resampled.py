"""The shipped study with more countries: each further one has reports, organisations and people of its own.

A further country is a copy of a shipped one under another code, whose ids, addresses and names of people are its own;
what belongs to no country, such as conventions and international bodies, stays one.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from socdialog import codebook
from socdialog.codebook import Table

ROOT = Path(__file__).parents[2]
#: What hangs on events that the cleaning derives, or is decided of single reports.
_LEFT = frozenset({"event_ids", "decisions", "name_decisions", "countries"})

Tables = dict[str, pl.DataFrame]


def write_resampled(data: Path, size: int) -> None:
    """Write the shipped study with `size` countries."""
    shutil.copytree(ROOT / "data" / "raw", data / "raw")
    tables = {
        name: pl.read_csv(ROOT / "data" / "raw" / spec.file, infer_schema=False)
        for name, spec in codebook.tables().items()
        if spec.file is not None and (ROOT / "data" / "raw" / spec.file).is_file()
    }
    shipped = tables["countries"].get_column("country").to_list()
    world = codebook.vocabulary("iso_countries")
    free = [code for code in sorted(world) if code not in shipped][: size - len(shipped)]
    models = {code: shipped[place % len(shipped)] for place, code in enumerate(free)}
    own = {model: _rows_of(tables, model) for model in sorted(set(models.values()))}
    whole = {name: [frame] for name, frame in tables.items()}
    for code, model in models.items():
        whole["countries"].append(_country(tables["countries"], code, model))
        for name, frame in own[model].items():
            whole[name].append(_renamed(name, frame, _ids(own[model]), code=code, model=model))
    for name, parts in whole.items():
        spec = codebook.tables()[name]
        assert spec.file is not None
        pl.concat(parts).pipe(_in_key_order, spec.key).write_csv(data / "raw" / spec.file)


def _in_key_order(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Return rows once a key, in its order; a column that the raw file lacks is empty in every row."""
    known = [name for name in key if name in rows.columns]
    return rows.unique(known, maintain_order=True).sort(known)


def _rows_of(tables: Tables, country: str) -> Tables:
    """Return the rows of each table that belong to one country, first by its code and then by what they name."""
    reports = tables["reports"].filter(pl.col("countries").str.split(";").list.first() == country)
    own = {"reports": reports}
    for name, frame in tables.items():
        if name not in {*_LEFT, *own} and "country" in frame.columns and "report_id" not in frame.columns:
            own[name] = frame.filter(pl.col("country") == country)
    named = {
        "source_id": reports.get_column("source_id"),
        "report_id": reports.get_column("report_id"),
        "org_id": own["organisations"].get_column("org_id"),
        "person_id": own["person_names"].get_column("person_id"),
    }
    for name, frame in tables.items():
        column = next((one for one in named if one in frame.columns), None)
        if name not in {*_LEFT, *own} and column is not None:
            own[name] = frame.filter(pl.col(column).is_in(named[column].implode()))
    return own


def _ids(own: Tables) -> Mapping[str, frozenset[str]]:
    """Return the ids that the rows of a country give to something."""
    given = {"sources": "source_id", "reports": "report_id", "organisations": "org_id"}
    given |= {"persons": "person_id", "places": "place_id"}
    return {f"{name}.{column}": frozenset(own[name].get_column(column)) for name, column in given.items()}


def _renamed(
    name: str, frame: pl.DataFrame, ids: Mapping[str, frozenset[str]], *, code: str, model: str
) -> pl.DataFrame:
    spec = codebook.tables()[name]
    return frame.with_columns(_cells(spec, column, ids, code=code, model=model) for column in frame.columns)


def _cells(spec: Table, column: str, ids: Mapping[str, frozenset[str]], *, code: str, model: str) -> pl.Expr:
    """Return a column as a copied country has it."""
    cell, entry, end = pl.col(column), spec.columns[column], code.lower()
    given = f"{spec.name}.{column}" if entry.type == "id" else entry.of
    if given in ids:
        known = cell.is_in(sorted(ids[given]))
        mine = pl.when(cell.str.contains("#")).then(cell.str.replace("#", f"-{end}#")).otherwise(cell + f"-{end}")
        return pl.when(known).then(mine).otherwise(cell).alias(column)
    if entry.of in {"iso_countries", "countries.country"}:
        return cell.str.replace_all(model, code, literal=True)
    if entry.people == "named":
        return cell + end
    if entry.type == "url":
        return pl.when(cell.str.contains("://")).then(cell + f"/{end}").otherwise(cell).alias(column)
    return cell


def _country(countries: pl.DataFrame, code: str, model: str) -> pl.DataFrame:
    term = codebook.vocabulary("iso_countries")[code]
    own = {"country": code, "name": term.label, "own_name": term.label, "iso2": term.more["iso2"]}
    own["m49"] = str(term.more["m49"])
    row = countries.row(by_predicate=pl.col("country") == model, named=True) | own
    return pl.DataFrame([row], schema=countries.schema)

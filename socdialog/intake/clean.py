"""From raw tables to clean ones: type, resolve names, link reports to events, find disagreements, keep the evidence."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook, schemas
from socdialog.codebook.attributes import attributes
from socdialog.intake.confirmations import with_confirmations
from socdialog.intake.disagreements import find_disagreements
from socdialog.intake.events import build_events
from socdialog.intake.evidence import build_citations
from socdialog.intake.linking import link
from socdialog.intake.names import resolve_actors, resolve_figures, resolve_people, resolve_places, with_places_named
from socdialog.intake.names.attribution import Bodies, with_attributions
from socdialog.intake.names.mentions import personal_names
from socdialog.intake.reading import RawData
from socdialog.intake.typed import in_key_order, row_id, typed, with_short_ids
from socdialog.schemas.repeated_texts import is_packed

Tables = Mapping[str, pl.DataFrame]


def clean(raw: RawData) -> dict[str, pl.DataFrame]:
    """Return every clean table of a study that passed its checks, validated and sorted by key.

    Parameters
    ----------
    raw
        The raw tables, as read; an optional table that is absent becomes an empty one.
    """
    raw.use()
    read = {name: typed(name, _raw(raw, name)) for name, spec in codebook.tables().items() if spec.file is not None}
    tables = dict(read)
    tables |= {name: raw.official.added_to(name, tables[name]) for name in raw.official.tables}
    tables |= {name: _used(tables[name]) for name in ("indicators", "indicators_reported")}
    tables["ratifications"] = with_confirmations(tables["ratifications"], supervision=tables["supervision"])
    tables |= _named(tables)
    tables |= _linked(tables, register=raw.notes.notes.collection == "register")
    tables["disagreements"] = _finished("disagreements", find_disagreements(tables))
    tables["citations"] = _finished("citations", build_citations(tables))
    stored = {name: spec for name, spec in codebook.tables().items() if spec.stored}
    # A table that no step has touched is in order; to sort a million rows again takes as long as to write them.
    touched = {name for name, spec in stored.items() if spec.adds or tables[name] is not read.get(name)}
    tables |= {name: _ordered(name, tables[name]) for name in touched}
    return {name: schemas.validate(name, tables[name]) for name in stored}


def _raw(raw: RawData, name: str) -> pl.DataFrame:
    found = raw.tables.get(name)
    if found is not None:
        return found
    columns = (*codebook.tables()[name].columns, "raw_file")
    return pl.DataFrame(schema={**dict.fromkeys(columns, pl.String), "raw_line": pl.Int64})


def _used(indicators: pl.DataFrame) -> pl.DataFrame:
    """Say what indicators of the package's own catalogue are shown with, where the study says it of none."""
    if indicators.get_column("shown_with").count():
        return indicators
    uses = {
        code: use
        for use, codes in attributes("shown_with", "indicators").items()
        for code in (codes if isinstance(codes, list) else ())
    }
    known = pl.col("indicator").replace_strict(uses, default=None, return_dtype=pl.String)
    return indicators.with_columns(shown_with=known)


def _named(tables: Tables) -> dict[str, pl.DataFrame]:
    """Resolve organisations, officials and places through the registry."""
    registry = {
        "organisations": tables["organisations"],
        "organisation_names": tables["organisation_names"],
        "name_decisions": tables["name_decisions"],
    }
    reports = resolve_places(tables["reports"], places=tables["places"])
    actors = resolve_actors(tables["actors"], **registry)
    figures = resolve_figures(tables["figures"], actors=actors, **registry)
    used = tables["indicators_reported"].select("indicator", "shown_with")
    figures = figures.join(used, on="indicator", how="left", maintain_order="left")
    return {
        "institutions": with_places_named(tables["institutions"], places=tables["places"]),
        "reports": reports,
        "actors": actors,
        "figures": with_attributions(figures, bodies=Bodies.of(tables), people=personal_names(tables)),
        "people": resolve_people(
            tables["people"],
            reports=reports,
            actors=actors,
            persons=tables["persons"],
            person_names=tables["person_names"],
            person_distinct=tables["person_distinct"],
            **registry,
        ),
    }


def _linked(tables: Tables, *, register: bool) -> dict[str, pl.DataFrame]:
    """Make events of reports, and tell every row of a report its event."""
    linked = link(
        reports=tables["reports"],
        sources=tables["sources"],
        actors=tables["actors"],
        people=tables["people"],
        figures=tables["figures"],
        decisions=tables["decisions"],
        event_ids=tables["event_ids"],
        places=tables["places"],
        register=register,
    )
    linked_tables = {
        name: tables[name].join(linked.events_of, on="report_id", how="left", maintain_order="left")
        for name in ("reports", "actors", "people", "figures")
    }
    events = build_events(reports=linked_tables["reports"], sources=tables["sources"], linked=linked)
    return linked_tables | {"events": _finished("events", events), "links": _finished("links", linked.links)}


def _finished(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Give a derived table its row ids, columns and order."""
    return _ordered(name, with_short_ids(name, frame.with_columns(row_id(name))))


def _ordered(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    dtypes = schemas.clean_dtypes(name)
    columns = list(dtypes) if is_packed(frame) else [pl.col(column).cast(dtype) for column, dtype in dtypes.items()]
    return in_key_order(name, frame.select(columns))

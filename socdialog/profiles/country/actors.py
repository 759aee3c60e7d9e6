"""The actors: trade unions, union density and employers' organisations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from socdialog.codebook.attributes import codes_with
from socdialog.display.messages import counted, say, words
from socdialog.display.parts import Folded, Heading, Part, Sentence, Spans, Value, caution, lead
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.metrics.counting import persons_in
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.disputed import sources_differ
from socdialog.profiles.country.official_lines import label, latest, used_as
from socdialog.profiles.country.official_series import indicators_in, is_loose
from socdialog.profiles.country.organisations import Organisations
from socdialog.profiles.country.series_figure import (
    known_rows,
    limits,
    not_published,
    series_figure,
    series_lead,
    series_tables,
)
from socdialog.profiles.listing import ids, own


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show who represents workers and employers, and trade union density."""
    workers, employers = (Organisations(context, side) for side in ("workers", "employers"))
    yield _lead(context, workers, employers)
    yield Heading("trade-unions", words("actors.trade_unions"))
    if workers.empty:
        yield context.no_data(words("actors.none_workers"))
    listed = tuple(workers.table())
    yield from (part for part in listed if not isinstance(part, Folded))
    density = used_as(context, "union_density", "actors")
    measured = latest(context, density) is not None
    if not measured:
        yield from _not_comparable(context, workers)
    yield from (part for part in listed if isinstance(part, Folded))
    yield from workers.details()
    yield from sources_differ(context, ids(workers.memberships))
    yield Heading("union-density", words("actors.union_density"))
    yield from series_lead(context, density, key="actors.density", what=words("actors.density_subject"))
    yield from series_figure(context, density, key="density")
    yield from sources_differ(context, (row for code in density for row in known_rows(context, code)))
    if measured:
        yield from _not_comparable(context, workers)
    yield from _headcounts(context, density)
    yield Heading("employers-organisations", words("actors.employers_organisations"))
    if employers.empty:
        yield context.no_data(words("actors.none_employers"))
    yield from employers.named()
    yield from employers.details()
    yield from sources_differ(context, ids(employers.memberships))
    yield from _employer_density(context)


def _lead(context: ProfileContext, workers: Organisations, employers: Organisations) -> Sentence:
    """Say how many confederations of each side the sources name."""
    n_workers, n_employers = workers.confederations.height, employers.confederations.height
    if not n_workers and not n_employers:
        return lead(*context.no_data(words("actors.of_both")).spans)
    if n_workers and n_employers:
        first = _counted(workers, "workers_begin", n_workers)
        return lead(*say("actors.lead", workers=first, employers=_counted(employers, "employers_follow", n_employers)))
    some, key = (workers, "workers_begin") if n_workers else (employers, "employers_begin")
    missing = words("actors.of_employers" if n_workers else "actors.of_workers")
    n = n_workers or n_employers
    found = say("actors.lead_one", n=n, bodies=_counted(some, key, n))
    return lead(*found, " ", *context.no_data(missing).spans)


def _counted(bodies: Organisations, key: str, n: int) -> Value:
    return counted(f"actors.{key}", n, ids(bodies.confederations), to=bodies.page)


def _headcounts(context: ProfileContext, density: Sequence[str]) -> Iterator[Part]:
    """Show, folded, the numbers that trade union density is made of, and the limits of all these series."""
    others = [code for code in indicators_in(context, "actors") if code not in {*density, *_employer_series(context)}]
    others = [code for code in others if known_rows(context, code)]
    if others:
        tables = tuple(series_tables(context, others, key="headcounts"))
        absent = (not_published(context, [code], what=in_sentence(label(context, code))) for code in others)
        said = tuple(Sentence(spans) for each in absent for spans in each)
        yield Folded("density-headcounts", words("actors.headcounts"), (*tables, *said))
    yield from limits(context, [*density, *others], key="density")


def _employer_series(context: ProfileContext) -> list[str]:
    marked = context["indicators"].filter(pl.col("shown_with") == "employer_density")
    return marked.sort("section_order", "indicator", nulls_last=True).get_column("indicator").to_list()


def _employer_density(context: ProfileContext) -> Iterator[Part]:
    """Show employer density, or that there are no data on it."""
    series = _employer_series(context)
    if not series and is_loose(context):
        return
    what = words("actors.employer_density_subject")
    yield from series_lead(context, series, key="actors.employer_density", what=what)
    yield from series_figure(context, series, key="employer-density")
    yield from limits(context, series, key="employer-density")


def _not_comparable(context: ProfileContext, workers: Organisations) -> Iterator[Sentence]:
    """Say once for all claims why they are not density, and how many employees the country has.

    The box is with the density that claims are not comparable with; without any, with the claims.
    """
    of_persons = pl.col("population").is_in(codes_with("populations", "persons", value=True))
    if workers.memberships.filter(of_persons).is_empty():
        return
    yield caution(*say("actors.not_comparable", scale=_scale(context)), kind="not_comparable")


def _scale(context: ProfileContext) -> Spans:
    indicators = context["indicators"].filter(pl.col("shown_with") == "employees").get_column("indicator").to_list()
    row = latest(context, indicators)
    if row is None:
        return ()
    persons = round(row["value"] * persons_in(row["unit"]))
    employees = Value(words("actors.employees", n=persons), own(row))
    source = words("series.line", source=row["source"], release=release(row["vintage"]))
    return say("actors.scale", country=context.in_prose, employees=employees, year=str(row["year"]), release=source)

"""Whom the names of organisations in reports and figures mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from socdialog.folding import printed
from socdialog.intake.names.forms import countries_named, distinctive
from socdialog.intake.names.name_decisions import Decisions, Meant, by_decision, decisions, with_meanings
from socdialog.intake.names.registry import (
    NOTHING,
    Match,
    Registry,
    is_generic,
    names_other_country,
    registry,
)
from socdialog.intake.names.suggestions import Suggester


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation as a row prints it."""

    name: str
    acronym: str | None
    country: str | None
    side: str | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a mention means: one organisation with a method, or no one, with those it may mean."""

    org_id: str | None
    method: str | None
    candidates: tuple[str, ...] = ()


def meaning(mention: Mention, names: Registry, *, around: frozenset[str] = frozenset()) -> Meaning:
    """Return whom `mention` means by the registry.

    Parameters
    ----------
    mention
        The organisation as printed.
    names
        The registry.
    around
        Countries of the other organisations of the same report; asked only where the row has no country.
    """
    match = _by_name(mention, names, around)
    if len(match.org_ids) != 1 and mention.acronym:
        short = _by_acronym(mention, names, around)
        both = short.org_ids & match.org_ids
        if len(both) == 1:
            match = Match("acronym+country", both)
        elif not match.org_ids:
            match = short
    if len(match.org_ids) == 1:
        return Meaning(next(iter(match.org_ids)), match.method)
    return Meaning(None, None, tuple(sorted(match.org_ids)))


def _by_name(mention: Mention, names: Registry, around: frozenset[str]) -> Match:
    name, country, side = mention.name, mention.country, mention.side
    match = names.named(name, country, side)
    if not match.org_ids:
        match = names.by_acronym(name, country, side)
    if match.org_ids or country is not None:
        return match
    country = home(mention)
    if country is not None:
        # The name itself tells the country the row leaves out.
        return names.named(name, country, side)
    anywhere = names.named(name, None, side, anywhere=True)
    if not anywhere.org_ids:
        anywhere = names.by_acronym(name, None, side, anywhere=True)
    if not anywhere.org_ids or is_generic(name):
        return Match("", anywhere.org_ids) if len(anywhere.org_ids) > 1 else NOTHING
    near = _near(anywhere, names, around)
    if len(near.org_ids) == 1:
        return near
    if len(anywhere.org_ids) == 1 and distinctive(name) > 1 and anywhere.method != "acronym+country":
        return anywhere
    # One body known by that name is not enough for a short word in a text without country.
    return NOTHING if len(anywhere.org_ids) == 1 else anywhere


def home(mention: Mention) -> str | None:
    """Return the country of `mention`: the one told next to the name, else the only one told in it."""
    spoken = countries_named(mention.name)
    return mention.country if mention.country is not None or len(spoken) != 1 else next(iter(spoken))


def _near(match: Match, names: Registry, around: frozenset[str]) -> Match:
    return Match(
        match.method,
        frozenset(org_id for org_id in match.org_ids if names.organisations[org_id].country in around),
    )


def _by_acronym(mention: Mention, names: Registry, around: frozenset[str]) -> Match:
    assert mention.acronym is not None
    if names_other_country(mention.name, mention.country):
        return NOTHING
    match = names.by_acronym(mention.acronym, mention.country, mention.side)
    if match.org_ids or mention.country is not None:
        return match
    anywhere = names.by_acronym(mention.acronym, None, mention.side, anywhere=True)
    near = _near(anywhere, names, around)
    if len(near.org_ids) == 1:
        return near
    return anywhere if len(anywhere.org_ids) > 1 else NOTHING


def _countries_around(actors: pl.DataFrame) -> Mapping[str, frozenset[str]]:
    grouped = (
        actors.filter(pl.col("country").is_not_null())
        .group_by("report_id")
        .agg(pl.col("country").unique().sort())
        .iter_rows()
    )
    return {report: frozenset(countries) for report, countries in grouped}


def _resolved(
    rows: pl.DataFrame, names: Registry, decided: Decisions, around: Mapping[str, frozenset[str]]
) -> pl.DataFrame:
    """Return the meaning of each distinct mention of `rows` (name, acronym, country, side, report)."""
    columns = ["name", "acronym", "country", "side"]
    # The report matters only to rows without a country, and to names that a person decided on.
    asks = pl.col("country").is_null() | pl.col("name").is_in(sorted(_as_printed(rows, decided)))
    keyed = rows.with_columns(pl.when(asks).then(pl.col("report_id")).alias("_report"))
    distinct = keyed.select(*columns, "_report").unique().sort(*columns, "_report", nulls_last=True)
    suggester = Suggester(names)
    out: list[Meant] = []
    for name, acronym, country, side, report in distinct.iter_rows():
        mention = Mention(name, acronym, country, side)
        means = decided.on(name, country, report)
        if means is not None:
            out.append(by_decision(means))
            continue
        found = meaning(mention, names, around=around.get(report or "", frozenset()))
        suggestion = () if found.org_id else suggester.suggest(name, acronym, home(mention), side, found.candidates)
        out.append((found.org_id, found.method, suggestion))
    answer = with_meanings(distinct, "org_id", out)
    return keyed.join(answer, on=[*columns, "_report"], how="left", nulls_equal=True, maintain_order="left").drop(
        "_report"
    )


def _as_printed(rows: pl.DataFrame, decided: Decisions) -> set[str]:
    known = decided.names()
    return {name for name in rows.get_column("name").unique().to_list() if printed(name) in known} if known else set()


def resolve_actors(
    actors: pl.DataFrame,
    *,
    organisations: pl.DataFrame,
    organisation_names: pl.DataFrame,
    name_decisions: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Resolve the organisations named in reports through the registry.

    Parameters
    ----------
    actors
        Clean table ``actors``, not yet with ``event_id``.
    organisations, organisation_names
        The registry.
    name_decisions
        What persons decided; wins over every rule.

    Returns
    -------
    polars.DataFrame
        `actors` with ``org_id`` (null = not resolved), ``method`` (null = not resolved; ``decided`` with a
        null ``org_id`` = decided that no one registered is meant) and ``suggestion`` (up to three ids for a
        person to confirm, best first; null = none). Rows, their order and other columns are unchanged.
    """
    names = registry(organisations, organisation_names)
    decided = decisions(name_decisions, known=frozenset(names.organisations))
    return _resolved(actors, names, decided, _countries_around(actors))


def resolve_figures(
    figures: pl.DataFrame,
    *,
    organisations: pl.DataFrame,
    organisation_names: pl.DataFrame,
    name_decisions: pl.DataFrame | None = None,
    actors: pl.DataFrame,
) -> pl.DataFrame:
    """Resolve the organisation that each figure is about.

    The name is first looked for among the organisations of the same report as `actors` prints them, which
    lends it their country and side; then it is resolved with the country of the figure.

    Parameters
    ----------
    figures
        Clean table ``figures``, not yet with ``event_id``.
    organisations, organisation_names, name_decisions
        As in :func:`resolve_actors`.
    actors
        Clean table ``actors``, resolved or not.

    Returns
    -------
    polars.DataFrame
        `figures` with ``org_id`` (null where unresolved, or where the figure is about no organisation).
    """
    names = registry(organisations, organisation_names)
    decided = decisions(name_decisions, known=frozenset(names.organisations))
    around = _countries_around(actors)
    printed_with = actors.select(
        "report_id",
        pl.col("name").alias("organisation"),
        "acronym",
        _country="country",
        _side="side",
        _told=pl.lit(value=True),
    ).unique(["report_id", "organisation"], keep="first", maintain_order=True)
    named = figures.select("report_id", "organisation", "country").filter(pl.col("organisation").is_not_null()).unique()
    mentions = named.join(printed_with, on=["report_id", "organisation"], how="left", maintain_order="left").select(
        "report_id",
        "organisation",
        figure_country="country",
        name="organisation",
        acronym="acronym",
        country=pl.when(pl.col("_told")).then("_country").otherwise("country"),
        side="_side",
    )
    answer = _resolved(mentions, names, decided, around).select(
        "report_id", "organisation", country="figure_country", org_id="org_id"
    )
    return figures.join(
        answer, on=["report_id", "organisation", "country"], how="left", nulls_equal=True, maintain_order="left"
    )

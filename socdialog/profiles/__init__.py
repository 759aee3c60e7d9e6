"""Profiles: loaders, metrics and display put together into one frozen object with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from socdialog import dates
from socdialog.dates import DateLike
from socdialog.display.parts import values
from socdialog.errors import UsageError
from socdialog.intake.evidence import build_evidence
from socdialog.loaders.fresh import Data, snapshot
from socdialog.loaders.selection import country_codes, events_within, for_pages, of_years
from socdialog.parameters import Parameters, checked
from socdialog.profiles import comparison
from socdialog.profiles import country as country_page
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.profile import Profile, make_profile
from socdialog.store.privacy import without_people
from socdialog.store.snapshot import Snapshot, slice_hash

__all__ = ["Profile", "country_profile", "regional_comparison"]


def country_profile(
    country: str,
    *,
    since: DateLike | None = None,
    until: DateLike | None = None,
    edition: str = "",
    with_people: bool = False,
    data: Data = None,
) -> Profile:
    """Return the profile of a country: sections with tables, charts, computed sentences and evidence.

    Parameters
    ----------
    country
        A country of the study, by ISO 3166-1 code or by name.
    since, until
        First and last year, month (``"2018-05"``) or day of the activity shown; default: from the first year of the
        study on. Events without a date are shown as such. The legal frame, standards and official series are
        shown whole.
    edition
        Name of the edition, a date of reduced precision; default: the newest date in the data.
    with_people
        Whether officials may be named; they are named by office otherwise.
    data
        The folder that holds ``raw/``; see `socdialog.loaders.load_tables`.

    Returns
    -------
    Profile
        Frozen; ``profile["standards"]`` displays a section, ``profile.evidence(value)`` leads to its rows.

    Raises
    ------
    UsageError
        With a line for each problem: an unknown country, dates out of order, an edition that is no date.
    DataError
        With every error of the raw data.

    Examples
    --------
    >>> profile = sd.country_profile("KAZ", since=2015)     # doctest: +SKIP
    """
    found = snapshot(data)
    (code,) = country_codes(found.table("countries"), [country], name="country")
    given = {
        "country": code,
        "since": since,
        "until": until,
        "edition": edition,
    }
    return _profile(found, checked(given | {"with_people": with_people}, known=_countries(found)))


def regional_comparison(
    countries: str | Sequence[str] | None = (),
    *,
    since: DateLike | None = None,
    until: DateLike | None = None,
    edition: str = "",
    with_people: bool = False,
    data: Data = None,
) -> Profile:
    """Return the comparison of several countries, side by side, with n; nothing is ranked by counts.

    Parameters
    ----------
    countries
        Countries of the study, by ISO 3166-1 code or by name; empty = all of them.
    since, until, edition, with_people, data
        As for `country_profile`.

    Returns
    -------
    Profile
        Frozen, as that of `country_profile`.

    Raises
    ------
    UsageError
        For an unknown country, fewer than two countries, or dates out of order.

    Examples
    --------
    >>> sd.regional_comparison(["Türkiye", "KAZ"])     # doctest: +SKIP
    """
    found = snapshot(data)
    every = _countries(found)
    given = {
        "countries": _asked(found, countries),
        "since": since,
        "until": until,
        "edition": edition,
        "with_people": with_people,
    }
    asked = checked(given, known=every)
    asked = replace(asked, countries=asked.countries or every)
    if len(asked.countries) < 2:  # noqa: PLR2004 - one country is a profile
        raise UsageError("a comparison needs at least two countries", hint="for one country use country_profile()")
    return _profile(found, asked)


def _asked(found: Snapshot, countries: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the countries asked for; none where all of them are, which is said by None or by an empty list."""
    if countries is None or (isinstance(countries, list | tuple) and not countries):
        return ()
    return country_codes(found.table("countries"), countries)


def _countries(found: Snapshot) -> tuple[str, ...]:
    return tuple(found.table("countries").get_column("country").sort().to_list())


def _profile(found: Snapshot, asked: Parameters) -> Profile:
    context = _context(found, asked)
    sections = country_page.sections(context) if asked.country else comparison.sections(context)
    rows = {row_id for section in sections for value in values(section.parts) for row_id in value.evidence}
    evidence = build_evidence(context.tables, rows)
    return make_profile(context.about, sections, evidence=evidence, citations=context["citations"])


def _context(found: Snapshot, asked: Parameters) -> ProfileContext:
    countries = (asked.country,) if asked.country else asked.countries
    edition = asked.edition or found.notes.edition
    try:
        dates.bounds(edition)
    except ValueError:
        raise UsageError(f"edition: {edition!r} is not a date", hint=dates.RULE) from None
    tables = found.tables()
    tables = for_pages(tables if asked.with_people else without_people(tables), countries)
    since = found.notes.first_year if asked.since is None else asked.since
    return ProfileContext(
        countries=countries,
        tables=tables,
        notes=found.notes,
        since=since,
        until=asked.until,
        edition=edition,
        fingerprint=slice_hash(tables, notes=found.notes),
        with_people=asked.with_people,
        **_within(tables, since=since, until=asked.until),
    )


def _within(
    tables: dict[str, pl.DataFrame], *, since: DateLike | None, until: DateLike | None
) -> dict[str, dict[str, pl.DataFrame]]:
    """Return what is counted, the events of the years and what hangs on them, and what is listed: the undated too."""
    if since is None and until is None:
        return {}
    events = tables["events"]
    dated = of_years(events, "events", since=since, until=until)
    listed = events_within(events, since=since, until=until)
    return {"counted": _of_events(tables, dated), "listed": _of_events(tables, listed)}


def _of_events(tables: dict[str, pl.DataFrame], events: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return the tables that hang on events, with what hangs on these, and the texts that tell of them."""
    within = pl.col("event_id").is_in(events.get_column("event_id").implode()) | pl.col("event_id").is_null()
    chosen = {name: frame.filter(within) for name, frame in tables.items() if "event_id" in frame.columns}
    cited = chosen["reports"].get_column("source_id").implode()
    return chosen | {"sources": tables["sources"].filter(pl.col("source_id").is_in(cited))}

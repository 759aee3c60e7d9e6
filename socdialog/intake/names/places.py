"""Which place a report means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl

from socdialog.folding import fold, printed
from socdialog.intake.names.forms import countries_named
from socdialog.intake.names.transliteration import phonetic_key

_PARTS = re.compile(r"[,;/()]")


def resolve_places(reports: pl.DataFrame, *, places: pl.DataFrame) -> pl.DataFrame:
    """Resolve the place of each report through the registry of places.

    The place must be in the venue country where the report has one, else in one of the countries the
    report is about, else its name must be unique among all places.

    Parameters
    ----------
    reports
        Clean table ``reports``, not yet with ``event_id``.
    places
        Clean table ``places``.

    Returns
    -------
    polars.DataFrame
        `reports` with ``place_id``, null where the place is not stated or not registered.
    """
    known: dict[str, dict[str, str | None]] = defaultdict(dict)
    for place_id, country, name, variants in places.select("place_id", "country", "name", "variants").iter_rows():
        for text in (name, *(variants or ())):
            for key in _keys(text):
                known[key][place_id] = country
    asked = reports.select("place", "venue_country", "countries").filter(pl.col("place").is_not_null()).unique()
    answers = [
        _place(place, frozenset([venue]) if venue else frozenset(countries or ()), known)
        for place, venue, countries in asked.iter_rows()
    ]
    answer = asked.with_columns(pl.Series("place_id", answers, dtype=pl.String))
    return reports.join(
        answer, on=["place", "venue_country", "countries"], how="left", nulls_equal=True, maintain_order="left"
    )


def names_of_places(places: pl.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Return the normalised names of the places of each country with their ids, the longest name first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place_id, country, name, variants in places.select("place_id", "country", "name", "variants").iter_rows():
        found[country] += [(fold(text), place_id) for text in (name, *(variants or ())) if fold(text)]
    return {country: sorted(names, key=lambda one: (-len(one[0]), one)) for country, names in found.items()}


def place_named(text: str, country: str | None, *, names: Mapping[str, Sequence[tuple[str, str]]]) -> str | None:
    """Return the place of a country that a text names in whole words, as of the longest name; None for none.

    Examples
    --------
    >>> place_named("General agreement of Almaty", "KAZ", names={"KAZ": [("almaty", "kaz-almaty")]})
    'kaz-almaty'
    """
    words = f" {fold(text)} "
    return next((place for name, place in names.get(country or "", ()) if f" {name} " in words), None)


def with_places_named(institutions: pl.DataFrame, *, places: pl.DataFrame) -> pl.DataFrame:
    """Return institutions with ``place_id``: the place of their country that their name names."""
    names = names_of_places(places)
    found = [
        place_named(name, country, names=names) for name, country in institutions.select("name", "country").iter_rows()
    ]
    return institutions.with_columns(place_id=pl.Series(found, dtype=pl.String))


def _keys(text: str) -> tuple[str, ...]:
    # The folded text has the plain letters that many romanisations start from: ң as н, ş as s.
    return tuple(
        dict.fromkeys(
            (
                f"exact {printed(text)}",
                f"folded {fold(text)}",
                f"sounds {phonetic_key(text)}",
                f"sounds {phonetic_key(fold(text))}",
            )
        )
    )


def _place(text: str, countries: frozenset[str], known: dict[str, dict[str, str | None]]) -> str | None:
    # "Town, Country" and "Town (region)": the whole first, then its parts but for those that name a country.
    parts = [part for part in _PARTS.split(text) if fold(part) and not countries_named(part)]
    found = _whole(text, countries, known)
    if found is not None or not parts:
        return found
    of_parts = {_whole(part, countries, known) for part in parts} - {None}
    return of_parts.pop() if len(of_parts) == 1 else None


def _whole(text: str, countries: frozenset[str], known: dict[str, dict[str, str | None]]) -> str | None:
    for key in _keys(text):
        at = known.get(key, {})
        near = sorted(place_id for place_id, country in at.items() if not countries or country in countries)
        if len(near) == 1:
            return near[0]
        if near:
            return None
    return None

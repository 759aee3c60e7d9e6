"""Where sources disagree: the values next to each other, national figures first, and revisions of official series."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from socdialog.codebook import cldr
from socdialog.display.messages import numerals, say, words
from socdialog.display.official_words import format_official
from socdialog.display.parts import Folded, Leaf, Part, Sentence, Value, lead, small_print
from socdialog.display.release_words import release
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.claimed_figures import claimed_figures
from socdialog.profiles.country.disagreement_cards import cards
from socdialog.profiles.country.disputed import FOLDED, NATIONAL_FIGURE, OPEN, contradictions, with_status
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import Cell, Row, linked

#: The page that lists every disagreement.
_ALL = "quality.html"
#: The statuses of values that differ and are not compared.
_ASIDE = ("not_comparable", "may_have_grown", "rounding")


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the first disagreements, and folded the others, the revisions of series and claimed national figures."""
    found = contradictions(context)
    if found.height:
        yield _lead(found)
        yield from cards(context, found.head(OPEN))
        yield _note(context)
        yield from _others(context, found)
    else:
        yield context.none_found(words("disagreements.subject"))
    yield from _revisions(context)
    yield from claimed_figures(context)


def _lead(found: pl.DataFrame) -> Sentence:
    """Say how many disagreements there are, and how many of them concern national figures."""
    national = found.filter(pl.col("level") == NATIONAL_FIGURE).height
    listed, k = numerals(found.height, national)
    key = "national" if national else "none_national"
    of_them = words(f"disagreements.{key}", n=national or found.height, k=k)
    return lead(*say("disagreements.lead", n=found.height, listed=listed, national=of_them))


def _note(context: ProfileContext) -> Sentence:
    """Say that all values are shown, and how many pairs of values differ and are not compared."""
    aside = with_status(context, *_ASIDE).height
    if not aside:
        return small_print(*say("disagreements.shown"))
    return small_print(*say("disagreements.shown_aside", aside=say("disagreements.aside", n=aside)))


def _others(context: ProfileContext, found: pl.DataFrame) -> Iterator[Folded]:
    others = found.slice(OPEN)
    if others.height == 0:
        return
    entries: tuple[Leaf, ...] = tuple(cards(context, others.head(FOLDED)))
    if others.height > FOLDED:
        every = Value(words("disagreements.all", n=found.height), to=_ALL)
        entries += (small_print(*say("disagreements.elsewhere", all=every)),)
    yield Folded("further-disagreements", words("disagreements.rest", n=others.height), entries, _ALL)


def _revisions(context: ProfileContext) -> Iterator[Folded]:
    """Show the official series whose releases differ, each with the year in which they differ most."""
    found = with_status(context, "revision").join(
        context["indicators"].select("indicator", "label"), on="indicator", how="left"
    )
    if found.height == 0:
        return
    releases = _release_names(context)
    yield folded_list(
        "revisions",
        words("disagreements.revisions", n=found.height),
        words("disagreements.revisions_caption", country=context.in_prose),
        found.sort("label", "disagreement_id", nulls_last=True),
        {
            words("disagreements.revisions_series"): lambda row: row["label"] or row["indicator"],
            words("disagreements.revisions_releases"): lambda row: tuple(
                releases.get(name, name) for name in _details(row)["releases"]
            ),
            words("disagreements.revisions_years"): _differing,
            words("disagreements.revisions_most"): lambda row: linked(_most(row, releases), row),
        },
        elsewhere=_ALL,
        note=words("disagreements.revisions_note"),
    )


def _release_names(context: ProfileContext) -> dict[str, str]:
    """Return each release in words, by its publisher and name as the check keeps them."""
    known = context.rows_for("country_years").select("source", "vintage").unique()
    return {
        f"{source} {vintage}": words("series.line", source=source, release=release(vintage))
        for source, vintage in known.iter_rows()
    }


def _details(row: Row) -> dict[str, Any]:
    return json.loads(row["details"])  # type: ignore[no-any-return]


def _differing(row: Row) -> Cell:
    details = _details(row)
    return words(
        "disagreements.revisions_of", differing=cldr.number(details["differing"]), shared=cldr.number(details["shared"])
    )


def _most(row: Row, releases: dict[str, str]) -> str:
    """Write the year in which releases differ most, with the values of each."""
    details = _details(row)
    values = (
        words(
            "disagreements.revisions_value",
            value=format_official(one["value"]),
            release=cldr.joined(releases.get(name, name) for name in one["beside"]),
        )
        for one in details["amounts"]
    )
    return words("disagreements.revisions_at", year=str(details["year"]), values="; ".join(values))

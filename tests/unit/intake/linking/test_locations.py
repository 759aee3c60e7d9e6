"""Places hold places: by the registry, or as printed; what nobody knows of two places says little against them."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.linking.locations import known_apart, locations, one_holds, one_place, parts_of

#: A country of two provinces with a town each, one of them with a quarter; and a hamlet of which nothing is known.
REGISTRY = {
    "north": None,
    "south": None,
    "upton": "north",
    "market": "upton",
    "downton": "south",
    "hamlet": None,
}


def meet(one, other, *, registry=REGISTRY, printed=("", "")):
    """Return whether two places are one, hold one another, or are known to lie apart."""
    reports = pl.DataFrame(
        {"report_id": ["a#1", "b#1"], "place": [printed[0] or one, printed[1] or other], "place_id": [one, other]},
        schema_overrides={"place_id": pl.String},
    )
    places = pl.DataFrame({"place_id": list(registry), "within": list(registry.values())})
    found = locations(reports, places)
    both = found.head(1).join(found.tail(1), how="cross", suffix="_b")
    return both.select(a=one_place(), b=one_holds(), c=known_apart()).row(0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("upton", "upton", "one"),
        ("upton", "north", "holds"),
        ("north", "upton", "holds"),
        ("market", "north", "holds"),  # through the town
        ("upton", "downton", "apart"),
        ("market", "downton", "apart"),
        ("north", "south", "apart"),  # both hold towns, and neither the other
        ("upton", "south", "apart"),
        ("upton", "hamlet", "unknown"),
        ("hamlet", "hamlet", "one"),
    ],
)
def test_the_registry_says_what_holds_what(one, other, expected):
    alike, holds, apart = meet(one, other)
    assert ("one" if alike else "holds" if holds else "apart" if apart else "unknown") == expected


def test_without_what_holds_them_two_places_are_only_two_names():
    assert meet("upton", "downton", registry=dict.fromkeys(REGISTRY)) == (False, False, False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Upton, North", "Upton", (False, True)),
        ("Upton (North)", "North", (False, True)),
        ("Upton , North", "UPTON, North", (True, True)),
        ("Астана", "Astana", (True, True)),
        ("Upton, North", "Marl, North", (False, False)),
        ("Upton", "Marl", (False, False)),
    ],
)
def test_printed_parts_say_so_too(one, other, expected):
    assert meet(None, None, printed=(one, other))[:2] == expected


def test_two_towns_printed_with_what_holds_them_are_known_apart():
    assert meet(None, None, printed=("Upton, North", "Marl, North"))[2]
    assert not meet(None, None, printed=("Upton, North", "Marl"))[2]


def test_a_country_is_no_part_that_tells_places_apart():
    assert parts_of("Rudny, Kazakhstan") == parts_of("Rudny") == "rudni"


def test_a_place_whose_name_holds_that_of_a_country_is_a_part():
    assert len(parts_of("Newark, New Jersey").split("|")) == 2  # Jersey is a country of ISO 3166-1


def test_a_circle_ends():
    assert meet("upton", "north", registry={"upton": "north", "north": "upton"}) == (False, True, True)

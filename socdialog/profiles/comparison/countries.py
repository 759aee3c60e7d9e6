"""Countries as the comparison names them: each links to a section of its profile, and long lists become a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from socdialog.codebook.cldr import joined
from socdialog.display.addresses import profile_page
from socdialog.display.messages import words
from socdialog.display.parts import Value
from socdialog.folding import alphabetical
from socdialog.profiles.context import ProfileContext

#: Up to so many countries are named in a sentence.
_NAMED = 12
#: With more countries than this the page shows fewer details, so that it stays light.
MANY = 24


def linked(context: ProfileContext, country: str, place: str = "") -> Value:
    """Return the name of a country as a link to a place of its profile."""
    return Value(context.name(country), to=profile_page(country) + (f"#{place}" if place else ""))


def named(context: ProfileContext, countries: Iterable[str]) -> str:
    """Name countries in alphabetical order; of many say how many there are."""
    found = alphabetical(countries, context.name)
    if len(found) > _NAMED:
        return words("count.country", n=len(found))
    return joined(map(context.name, found))


def without(context: ProfileContext, absences: Mapping[str, str]) -> str:
    """Say which countries have no value, by the kind of absence: a mapping of countries to keys of messages.

    Returns
    -------
    str
        ``Not published: Armenia and Georgia. No data found: Tajikistan.``
    """
    found = []
    for key in dict.fromkeys(absences.values()):
        listed = named(context, (country for country, absence in absences.items() if absence == key))
        found.append(words(f"comparison.{key}", countries=listed))
    return " ".join(found)

"""What speaks for and against a link, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from socdialog import codebook, dates
from socdialog.codebook import cldr, wording
from socdialog.display.filled_sentences import filled
from socdialog.display.messages import words

#: Details that hold a code, by the vocabulary of the code.
_CODES = {"kind": "event_kinds", "decision": "decision_kinds"}
#: Letters of a year and of a month.
_PERIODS = (len("2025"), len("2025-12"))


def reasons(features: Iterable[Mapping[str, object]], places: Mapping[str, str] | None = None) -> str:
    """Write the features of a link, as in the clean table ``links``, read from JSON.

    Parameters
    ----------
    features
        The features.
    places
        The names of places by their ids; without it the ids are written.

    Examples
    --------
    >>> reasons([{"feature": "undated"}, {"feature": "same_kind", "kind": "strike"}])
    'both undated; same type, strike'
    """
    return "; ".join(_feature(one, places or {}) for one in features)


def _feature(given: Mapping[str, object], places: Mapping[str, str]) -> str:
    code = str(given["feature"])
    details = {name: _detail(code, name, value, places) for name, value in given.items()}
    if code == "between_days":
        details["period"] = _period(str(given["first"]), str(given["last"]))
    if "names" in given:
        details["names"] = _names(code, given)
    return filled(str(codebook.vocabulary("link_features")[code].more["says"]), details)


def _detail(feature: str, name: str, value: object, places: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return _feature(value, places)
    if name == "country":
        return wording.label("iso_countries", str(value))
    if name == "place" or (feature, name) == ("places", "other"):
        return places.get(str(value), value)
    vocabulary = "event_kinds" if (feature, name) == ("kinds", "other") else _CODES.get(name)
    return value if vocabulary is None else wording.label(vocabulary, str(value)).lower()


def _names(feature: str, given: Mapping[str, object]) -> str:
    """Write what both reports name; of many only some are kept, and the number of the others."""
    names, more = given["names"], given.get("more")
    assert isinstance(names, Sequence)
    shown = ", ".join(_figure(str(name)) if feature == "figure" else str(name) for name in names)
    if isinstance(more, int) and more:
        shown = words("link.more", n=more, names=shown)
    return words("link.rare", names=shown) if given.get("rare") else shown


def _figure(text: str) -> str:
    """Write a figure that both reports state, which is kept as its code and its value."""
    code, _, value = text.rpartition(" ")
    return words("link.figure", figure=wording.figure_words(code), value=cldr.number(float(value)))


def _period(first: str, last: str) -> str:
    """Write the days between which an event was: as a year or a month where they are all days of one."""
    for part in (first[:length] for length in _PERIODS):
        bounds = dates.bounds(part)
        if (bounds.first.isoformat(), bounds.last.isoformat()) == (first, last):
            return cldr.date(part)
    return cldr.date_range(first, last)

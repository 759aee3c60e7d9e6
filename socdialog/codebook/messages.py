"""Fixed texts of pages, from the catalogue of their language; numbers, lists and plurals follow CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from socdialog.codebook import cldr
from socdialog.codebook.reviewed_files import reviewed

#: A text, or its form for each plural category of CLDR.
Entry = str | Mapping[str, str]


def message(key: str, **values: object) -> str:
    """Return a fixed text of pages, with its values filled in.

    Parameters
    ----------
    key
        Key of the text in the catalogue.
    values
        The values that the text names; ``n`` is the number that chooses the plural form. Numbers and lists are
        written as `socdialog.codebook.cldr` writes them; a year is given as a text.

    Raises
    ------
    KeyError
        When the catalogue has no such text, or the text names a value that is not given.

    Examples
    --------
    >>> message("country", n=1), message("country", n=2)
    ('country', 'countries')
    """
    return filled(_catalogue()[key], **values)


def filled(entry: Entry, **values: object) -> str:
    """Return an entry of a catalogue in the form that the number ``n`` needs, with its values filled in.

    Examples
    --------
    >>> filled({"one": "{n} event in {where}", "other": "{n} events in {where}"}, n=2140, where=["Aktau", "Almaty"])
    '2,140 events in Aktau and Almaty'
    """
    if not isinstance(entry, str):
        n = values["n"]
        assert isinstance(n, int | float)
        entry = entry.get(cldr.plural_category(n), entry["other"])
    return entry.format_map({name: _written(value) for name, value in values.items()})


def _written(value: object) -> str:
    if isinstance(value, int | float):
        return cldr.number(value)
    return cldr.joined(map(_written, value)) if isinstance(value, list | tuple) else str(value)


@cache
def _catalogue() -> Mapping[str, Entry]:
    return reviewed("catalogues", f"{cldr.LANGUAGE.partition('_')[0]}.yaml")

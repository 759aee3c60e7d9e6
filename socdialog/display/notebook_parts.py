"""What an output of a notebook shows, as data: the parts of a page and the evidence behind them, checked when read.

A notebook runs a study's code, and a cluster's worker may send what it likes; so a page is made of this data by
templates that escape it, and of no markup that a notebook displays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from socdialog.display.evidence_markers import Given, Source
from socdialog.display.parts import (
    STRICT,
    Cards,
    Disagreement,
    Figure,
    Folded,
    Heading,
    ScalePlot,
    Section,
    Table,
    leaves,
    values,
)
from socdialog.errors import DataError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: Under this name an output carries it, beside HTML for a reader of the notebook; another form has another number.
MIME = "application/vnd.socdialog.part.v2+json"
#: Keys become ids of a page.
_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_ADDRESS = re.compile(r"https?://\S+")
#: Where a value may lead: a place on its page, or a page of the site.
_PLACE = re.compile(r"(?!.*\.\.)(?:[A-Za-z0-9][\w/-]*\.html)?(?:#[^\s\"'<>#]+)?")
_ID = re.compile(r"[A-Za-z][\w-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_MOST_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """What one output shows.

    Parameters
    ----------
    sections
        Sections of a page, in reading order.
    given, sources
        What sources gave for the rows that values rest on, and these sources: the evidence of a page, shown where an
        output holds it.
    """

    __pydantic_config__ = STRICT

    sections: tuple[Section, ...] = ()
    given: tuple[Given, ...] = ()
    sources: tuple[Source, ...] = ()


def as_json(shown: Shown) -> dict[str, Any]:
    """Return what an output shows as the JSON object that the output carries; what is empty is left out.

    Raises
    ------
    ValueError
        When a number is not finite.
    """
    made = _bare(shown)
    assert isinstance(made, dict)
    json.dumps(made, allow_nan=False)
    return made


def read_shown(content: object) -> Shown:
    """Return what an output shows, from the JSON object that it carries.

    Raises
    ------
    DataError
        When it is not of the form that `as_json` gives, or holds a key or an address that a page cannot have.
    """
    from pydantic import ValidationError

    try:
        shown = _adapter().validate_json(json.dumps(content, allow_nan=False))
    except ValidationError as wrong:
        lines = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors()]
        raise DataError("an output is not of the form of a page's parts", details=lines[:_MOST_FAULTS]) from None
    except (TypeError, ValueError) as wrong:
        raise DataError(f"an output is not of the form of a page's parts: {wrong}") from None
    faults = list(_faults(shown))
    if faults:
        raise DataError("an output holds what a page cannot have", details=faults[:_MOST_FAULTS])
    return shown


def _faults(shown: Shown) -> Iterator[str]:
    for section in shown.sections:
        for key in (section.key, *_keys(section)):
            if not _KEY.fullmatch(key):
                yield f"{key!r} is not a valid key: small letters, digits, - and _"
        for value in values(section.parts):
            if value.to and not _PLACE.fullmatch(value.to):
                yield f"{value.to!r} is not a place of the site"
            if value.disputed and not _ID.fullmatch(value.disputed):
                yield f"{value.disputed!r} is not a valid ID"
            if value.lang and not _LANGUAGE.fullmatch(value.lang):
                yield f"{value.lang!r} is not a language tag"
    for source in shown.sources:
        if source.url is not None and not _ADDRESS.fullmatch(source.url):
            yield f"{source.url!r} is no address on the web"


def _keys(section: Section) -> Iterator[str]:
    """Yield what becomes an id of the page, or a part of an address."""
    for part in section.parts:
        if isinstance(part, Folded):
            yield part.key
            if part.elsewhere and not _PLACE.fullmatch(part.elsewhere):
                yield part.elsewhere
    for leaf in leaves(section.parts):
        if isinstance(leaf, Table | Figure | ScalePlot | Heading | Cards | Disagreement):
            yield leaf.key
        if isinstance(leaf, Figure):
            yield from (key for key in (leaf.full, leaf.table and leaf.table.key) if key)
        if isinstance(leaf, Cards):
            yield from (card.to for card in leaf.cards if card.to)


def _bare(value: object) -> object:
    """Return dataclasses and named tuples as objects without what is as by default, and tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        members = {field.name: (getattr(value, field.name), field.default) for field in fields(value)}
    elif isinstance(value, tuple) and hasattr(value, "_asdict"):
        defaults = getattr(value, "_field_defaults", {})
        members = {name: (given, defaults.get(name, ...)) for name, given in value._asdict().items()}
    else:
        return [_bare(one) for one in value] if isinstance(value, tuple) else value
    return {name: _bare(given) for name, (given, default) in members.items() if given != default}


@cache
def _adapter() -> TypeAdapter[Shown]:
    from pydantic import TypeAdapter

    return TypeAdapter(Shown)

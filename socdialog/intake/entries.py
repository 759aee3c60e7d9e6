"""Entries of files of notes as typed, strict values, and what is wrong with one in words that say how to fix it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.fields import FieldInfo

from socdialog import dates
from socdialog.advice import unknown
from socdialog.codebook import vocabulary
from socdialog.codebook.other_writings import meant
from socdialog.intake.addresses import SCHEMES, unreadable
from socdialog.intake.hidden import hidden_message
from socdialog.intake.yaml_text import Number

#: Years that a study may name.
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_LICENCE_OF_ONES_OWN = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")


def _words(value: object) -> object:
    """Return a text on one line; refuse what is not a text."""
    if isinstance(value, bool | Number):
        written = str(value).lower() if isinstance(value, bool) else value
        raise ValueError(  # noqa: TRY004 - pydantic makes a problem of it
            f"{written} is {'no text' if isinstance(value, bool) else 'a number'}; write words, in quotes"
        )
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    fault = hidden_message(value.replace("\n", " "))
    if fault:
        raise ValueError(fault)
    if not text:
        raise ValueError("is empty; write words, or delete the entry")
    return text


def _date(value: object) -> object:
    """Return a date of reduced precision as its text."""
    if isinstance(value, str):
        dates.bounds(value)
        return str(value)
    return value


def _year(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}", value) or not _FIRST_YEAR <= int(value) <= _LAST_YEAR:
        raise ValueError(f"{value!r} is not a year from {_FIRST_YEAR} to {_LAST_YEAR}; write four digits, such as 2010")
    return int(value)


def _code_of(name: str, what: str) -> BeforeValidator:
    """Return what lets a code of the vocabulary `name` pass, and advises on anything else."""

    def check(value: object) -> object:
        if isinstance(value, str) and value not in vocabulary(name):
            raise ValueError(unknown(what, str(value), vocabulary(name), meant(name, value)))
        return value

    return BeforeValidator(check)


def _licence(value: object) -> object:
    known = vocabulary("licences")
    if isinstance(value, str) and value not in known and not _LICENCE_OF_ONES_OWN.fullmatch(value):
        labelled = [code for code, term in known.items() if term.label == value]
        problem = unknown("licence (SPDX)", str(value), known, labelled)
        own = "" if labelled else "; name terms of your own LicenseRef-our-terms, and write them in data_licence"
        raise ValueError(f"{problem}{own}")
    return value


def _site(value: object) -> object:
    if isinstance(value, str):
        fault = "it does not begin with https://" if not value.startswith(SCHEMES) else unreadable(value)
        fault = fault or ("it continues after the path" if re.search(r"[?#\s]", value) else None)
        if fault:
            raise ValueError(f"{value!r} is not the address of a site: {fault}; write it as https://example.org/site/")
    return value


Text = Annotated[str, BeforeValidator(_words)]
PartialDate = Annotated[str, BeforeValidator(_date)]
Year = Annotated[int, BeforeValidator(_year)]
Language = Annotated[str, _code_of("languages", "language")]
Collection = Annotated[str, _code_of("collection_kinds", "kind of collection")]
Licence = Annotated[str, BeforeValidator(_licence)]
SiteAddress = Annotated[str, BeforeValidator(_site)]


class Entries(BaseModel):
    """Entries of a file, by name; the description of a field says what to write there."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def message(one: Mapping[str, Any], model: type[Entries]) -> str:
    """Say what is wrong with an entry of `model`, as pydantic found it, and what to write."""
    kind, value, place = one["type"], one["input"], one["loc"]
    if kind == "value_error":
        return str(one["ctx"]["error"])
    within, entry = _at(model, place)
    if kind == "extra_forbidden":
        return unknown("entry", str(place[-1]), within.model_fields)
    write = (entry.description if entry else None) or "a text"
    if kind == "missing":
        return f"is missing; write {write}"
    given = {dict: "a group of entries", list: "a list", type(None): "empty"}.get(type(value), repr(value))
    return f"is {given}; write {write}"


def _at(model: type[Entries], place: tuple[str | int, ...]) -> tuple[type[Entries], FieldInfo | None]:
    """Return the entries in which a place lies, and the entry that it is, or is an item of."""
    within, entry = model, None
    for depth, key in enumerate(place):
        found = within.model_fields.get(str(key))
        if found is None:
            continue  # an item of a list, or a code
        entry = found
        inner = next(_models(entry.annotation), None)
        if inner is not None and depth < len(place) - 1:
            within = inner
    return within, entry


def _models(annotation: object) -> Any:
    """Yield the groups of entries that a type holds."""
    if isinstance(annotation, type) and issubclass(annotation, Entries):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)

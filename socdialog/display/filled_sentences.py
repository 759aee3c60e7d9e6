"""Sentences of the codebook, filled with values: numbers, amounts, dates and lists as readers read them."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.display import messages

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def filled(template: str, details: Mapping[str, object]) -> str:
    """Fill a sentence: ``{name}`` as it is, ``{name:spec}`` in one of the ways that the vocabulary names.

    Examples
    --------
    >>> filled("{part} of {whole} is {right:percent}.", {"part": {"value": 49}, "whole": 68, "right": 72.06})
    '49 of 68 is 72.1%.'
    """
    return _Words().vformat(template, (), details)


class _Words(string.Formatter):
    """Fill a sentence: ``{name}`` as it is, ``{name:spec}`` in one of the ways that the vocabulary names."""

    def format_field(self, value: object, spec: str) -> str:
        if isinstance(value, list) and spec:
            words = [wording.figure_words(str(one)) if spec == "whats" else _shown(one) for one in value]
            return _joined(words, spec) if spec != "brackets" else f" ({', '.join(words)})" if words else ""
        match spec:
            case "percent":
                return cldr.percent(_number(value))
            case "signed":
                return f"{'+' if _number(value) > 0 else ''}{cldr.percent(_number(value))}"
            case "round":
                return cldr.number(_number(value))
            case "what" | "aside":
                return wording.figure_words(str(value)) if spec == "what" else _aside(str(value))
            case _:
                return _shown(value)


def _aside(dimension: str) -> str:
    return str(codebook.vocabulary("comparison_dimensions")[dimension].more["aside"])


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return round(value, 1)


def _joined(words: Sequence[str], how: str) -> str:
    if how in {"and", "whats"}:
        return cldr.joined(words)
    return {"plus": " + ", "then": ", then "}.get(how, f" {how} ").join(words)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return _period(value) if "start" in value else _amount(value)
    if isinstance(value, int | float):
        return cldr.number(value)
    return cldr.date(value) if isinstance(value, str) and _DATE.fullmatch(value) else str(value)


def _period(told: Mapping[str, str | None]) -> str:
    return wording.figure_period(told["start"], told["end"])


def _amount(told: Mapping[str, object]) -> str:
    """Write a number with its unit and qualifier, and in brackets what stands beside it; no date is said too."""
    given = dict(told)
    beside = given.pop("beside", ())
    words = wording.quantity(given.pop("value"), given.pop("unit", None), **given)  # type: ignore[arg-type]
    assert isinstance(beside, Sequence)
    more = ", ".join(messages.words("statement.undated") if one is None else _shown(one) for one in beside)
    return f"{words} ({more})" if more else words

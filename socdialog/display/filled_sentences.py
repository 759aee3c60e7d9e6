"""Sentences of the codebook, filled with values: numbers, amounts, dates and lists as readers read them."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence

from socdialog import codebook, dates
from socdialog.codebook import wording

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def filled(template: str, details: Mapping[str, object]) -> str:
    """Fill a sentence: ``{name}`` as it is, ``{name:spec}`` in one of the ways that the vocabulary names.

    Examples
    --------
    >>> filled("{part} of {whole} is {right:percent}.", {"part": {"value": 49}, "whole": 68, "right": 72.06})
    '49 of 68 is 72.1 %.'
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
                return f"{_rounded(value)} %"
            case "signed":
                return f"{'+' if isinstance(value, int | float) and value > 0 else ''}{_rounded(value)} %"
            case "round":
                return _rounded(value)
            case "what" | "aside":
                return wording.figure_words(str(value)) if spec == "what" else _aside(str(value))
            case _:
                return _shown(value)


def _aside(dimension: str) -> str:
    return str(codebook.vocabulary("comparison_dimensions")[dimension].more["aside"])


def _rounded(value: object) -> str:
    assert isinstance(value, int | float)
    return wording.number(round(value, 1))


def _joined(words: Sequence[str], how: str) -> str:
    if how in {"and", "whats"}:
        return wording.joined(words)
    return {"plus": " + ", "then": ", then "}.get(how, f" {how} ").join(words)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return _period(value) if "start" in value else _amount(value)
    if isinstance(value, int | float):
        return wording.number(value)
    return dates.written(value) if isinstance(value, str) and _DATE.fullmatch(value) else str(value)


def _period(told: Mapping[str, str | None]) -> str:
    return wording.figure_period(told["start"], told["end"])


def _amount(told: Mapping[str, object]) -> str:
    """Write a number with its unit and qualifier, and in brackets what stands beside it; no date is said too."""
    given = dict(told)
    beside = given.pop("beside", ())
    words = wording.quantity(given.pop("value"), given.pop("unit", None), **given)  # type: ignore[arg-type]
    assert isinstance(beside, Sequence)
    more = ", ".join("date not told" if one is None else _shown(one) for one in beside)
    return f"{words} ({more})" if more else words

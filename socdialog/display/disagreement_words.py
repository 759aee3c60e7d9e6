"""What a check found, in words: the sentence of its vocabulary, filled with what it compared and computed."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping, Sequence

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.codebook.identities import formula

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")


def explanation(row: Mapping[str, object]) -> str:
    """Write what a row of ``disagreements`` found.

    Parameters
    ----------
    row
        ``check`` and ``details``, as in the clean table.

    Examples
    --------
    >>> explanation({"check": "difference", "details": '{"before": 5, "now": 8, "right": 3, "printed": 4}'})
    'From 5 to 8 the change is 3, not 4.'
    """
    term = codebook.vocabulary("disagreement_checks")[str(row["check"])]
    details = json.loads(str(row["details"]))
    also = details.get("also") or []
    more = term.more.get("also") or {}
    assert isinstance(more, Mapping)
    template = str(term.more["says"]) + "".join(more[code] for code in ([also] if isinstance(also, str) else also))
    words = _Words().vformat(template, (), details)
    return words[:1].upper() + words[1:]


def rule(row: Mapping[str, object]) -> str:
    """Write the rule that a row of ``disagreements`` breaks: of an identity its formula, in words."""
    if row["identity"] is None:
        return codebook.vocabulary("disagreement_checks")[str(row["check"])].label
    words = _NAME.sub(lambda name: wording.figure_words(name[0]), formula(str(row["identity"])))
    return words.replace(" * ", " × ")


class _Words(string.Formatter):
    """Fill a sentence: ``{name}`` as it is, ``{name:spec}`` in one of the ways that the vocabulary names."""

    def format_field(self, value: object, spec: str) -> str:
        if isinstance(value, list) and spec:
            return _joined([_shown(one) for one in value], spec)
        match spec:
            case "percent":
                return f"{_rounded(value)} %"
            case "signed":
                return f"{'+' if isinstance(value, int | float) and value > 0 else ''}{_rounded(value)} %"
            case "round":
                return _rounded(value)
            case "what":
                return wording.figure_words(str(value))
            case _:
                return _shown(value)


def _rounded(value: object) -> str:
    assert isinstance(value, int | float)
    return wording.number(round(value, 1))


def _joined(words: Sequence[str], how: str) -> str:
    sign = {"plus": " + ", "then": ", then "}.get(how, f" {how} ")
    if how != "and" or len(words) == 1:
        return sign.join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return _period(value) if "start" in value else _amount(value)
    if isinstance(value, int | float):
        return wording.number(value)
    return dates.written(value) if isinstance(value, str) and _DATE.fullmatch(value) else str(value)


def _period(told: Mapping[str, str | None]) -> str:
    words = wording.period(told["start"], told["end"])
    return f"since {words}" if told["start"] and not told["end"] else words


def _amount(told: Mapping[str, object]) -> str:
    """Write a number with its unit and qualifier, and in brackets what stands beside it; no date is said too."""
    given = dict(told)
    beside = given.pop("beside", ())
    words = wording.quantity(given.pop("value"), given.pop("unit", None), **given)  # type: ignore[arg-type]
    assert isinstance(beside, Sequence)
    more = ", ".join("date not told" if one is None else _shown(one) for one in beside)
    return f"{words} ({more})" if more else words

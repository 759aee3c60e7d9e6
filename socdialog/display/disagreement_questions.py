"""What a disagreement is about, as a question: the title of its entry on a page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from socdialog.codebook.attributes import attribute
from socdialog.display.filled_sentences import filled
from socdialog.display.messages import catalogue, words

#: The details that name what a disagreement concerns, of checks that keep them.
_SUBJECTS = ("label", "body", "one", "host")
#: Families of units of which one asks how many there are.
_COUNTED = frozenset({"persons", "count", "time"})


def question(row: Mapping[str, object], *, what: str, subject: str = "", period: str = "") -> str:
    """Return what a disagreement is about, as a question.

    Parameters
    ----------
    row
        A row of the clean table ``disagreements``.
    what
        Its indicator, in words.
    subject
        The event or organisation that it concerns, where the check keeps no name of it; empty = none.
    period
        The period that its values are for; empty = none, or several.

    Examples
    --------
    >>> question({"check": "ballot", "details": "{}"}, what="votes cast", subject="Election of the chair")
    'Election of the chair: do the votes add up?'
    """
    check, details = str(row["check"]), json.loads(str(row["details"]))
    asked = _asked(check, details, what, period)
    about = subject or next((str(details[name]) for name in _SUBJECTS if details.get(name)), "")
    return words("disagreements.about", subject=about, question=asked) if about else asked[:1].upper() + asked[1:]


def amounts(row: Mapping[str, object]) -> str:
    """Return the values that contradict each other, in words; empty where the check compares no amounts."""
    details = json.loads(str(row["details"]))
    return filled("{amounts:or}", details) if isinstance(details.get("amounts"), list) else ""


def _asked(check: str, details: Mapping[str, object], what: str, period: str) -> str:
    """Fill the question of a check; one about an amount asks how many there are, or what it was."""
    scope = details.get("scope") or []
    assert isinstance(scope, list)
    narrowed = filled("{scope:brackets}", {"scope": [*scope, *([period] if period else [])]})
    key = f"disagreements.asks_{check}"
    if key not in catalogue():
        key = f"disagreements.{_open_question(details.get('amounts'))}"
    given = {name: filled(f"{{{name}}}", details) for name in ("value", "since", "other") if name in details}
    return words(key, n=None, what=f"{what}{narrowed}", **given)


def _open_question(told: object) -> str:
    """Return which question asks for an amount: how many there are, what it was, or only which one is meant."""
    if not isinstance(told, list) or not told:
        return "which"
    return "how_many" if attribute("units", told[0].get("unit", "persons"), "family") in _COUNTED else "what_was"

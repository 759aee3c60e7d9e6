"""What a check found, in words: the sentence of its vocabulary, filled with what it compared and computed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from socdialog import codebook
from socdialog.display.filled_sentences import filled

#: Places of what a check says that are the values themselves.
_VALUES = ("{amounts", "{dates")


def explanation(row: Mapping[str, object]) -> str:
    """Write what a row of ``disagreements`` found; see `explained`."""
    return explained(str(row["check"]), json.loads(str(row["details"])))


def explained(check: str, details: Mapping[str, object]) -> str:
    """Write what a check found.

    Parameters
    ----------
    check, details
        As in the clean table ``disagreements``, the details read from JSON.

    Examples
    --------
    >>> explained("difference", {"before": 5, "now": 8, "right": 3, "printed": 4})
    'From 5 to 8 the change is 3, not 4.'
    """
    term = codebook.vocabulary("disagreement_checks")[check]
    words = filled("".join([str(term.more["says"]), *_added(check, details)]), details)
    return words[:1].upper() + words[1:]


def beside_values(row: Mapping[str, object]) -> str:
    """Write what a row of ``disagreements`` found where its values are shown: a sentence of the values is left out.

    Examples
    --------
    >>> told = '{"amounts": [{"value": 5}, {"value": 8}], "body": "CGT", "gap": 3, "also": "days", "days": 2}'
    >>> beside_values({"check": "claims", "details": told})
    'They are within 2 days of each other.'
    """
    check, details = str(row["check"]), json.loads(str(row["details"]))
    says = str(codebook.vocabulary("disagreement_checks")[check].more["says"])
    if any(place in says for place in _VALUES) and says.endswith("."):
        return filled("".join(_added(check, details)), details).strip()
    return explained(check, details)


def _added(check: str, details: Mapping[str, object]) -> list[str]:
    """Return the sentences that a check adds to what it says."""
    also, more = details.get("also") or (), codebook.vocabulary("disagreement_checks")[check].more.get("also")
    assert isinstance(also, str | list | tuple)
    assert more is None or isinstance(more, Mapping)
    return [more[code] for code in ((also,) if isinstance(also, str) else also)] if more else []

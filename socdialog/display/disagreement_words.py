"""What a check found, in words: the sentence of its vocabulary, filled with what it compared and computed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.filled_sentences import filled
from socdialog.intake.disagreements.rules import rules

_NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")


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
    also = details.get("also") or ()
    more = term.more.get("also")
    assert isinstance(also, str | list | tuple)
    assert more is None or isinstance(more, Mapping)
    added = [more[code] for code in ((also,) if isinstance(also, str) else also)] if more else []
    template = "".join([str(term.more["says"]), *added])
    words = filled(template, details)
    return words[:1].upper() + words[1:]


def rule(row: Mapping[str, object]) -> str:
    """Write the rule that a row of ``disagreements`` breaks: of an identity its formula, in words."""
    if row["identity"] is None:
        return codebook.vocabulary("disagreement_checks")[str(row["check"])].label
    formula = next(identity.formula for identity in rules().identities if identity.id == row["identity"])
    words = _NAME.sub(lambda name: wording.figure_words(name[0]), formula)
    return words.replace(" * ", " × ")

"""What speaks for and against a link, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.filled_sentences import filled

#: Details that hold a code, by the vocabulary of the code.
_CODES = {"kind": "event_kinds", "decision": "decision_kinds"}


def reasons(features: Iterable[Mapping[str, object]]) -> str:
    """Write the features of a link, as in the clean table ``links``, read from JSON.

    Examples
    --------
    >>> reasons([{"feature": "undated"}, {"feature": "same_kind", "kind": "strike"}])
    'both undated; both strike'
    """
    return "; ".join(map(_feature, features))


def _feature(told: Mapping[str, object]) -> str:
    code = str(told["feature"])
    says = str(codebook.vocabulary("link_features")[code].more["says"])
    kinds = {"other": "event_kinds"} if code == "kinds" else {}
    details = {name: _detail(value, (_CODES | kinds).get(name)) for name, value in told.items()}
    if "names" in told:
        names = told["names"]
        assert isinstance(names, Sequence)
        more = f" and {told['more']} more" if told.get("more") else ""
        rare = " (named in one month only)" if told.get("rare") else ""
        details["names"] = ", ".join(str(name) for name in names) + more + rare
    return filled(says, details)


def _detail(value: object, vocabulary: str | None) -> object:
    if isinstance(value, dict):
        return _feature(value)
    return value if vocabulary is None else wording.label(vocabulary, str(value)).lower()

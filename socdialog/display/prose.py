"""Dates, labels and lists within a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from socdialog.codebook import cldr
from socdialog.display.messages import words
from socdialog.display.parts import Span, Spans

#: A space at which no line ends.
FIXED_SPACE = "\u00a0"
#: Letters of a date of full precision.
_DAY = len("2025-12-17")
#: What keeps the place of a span in a list of words: characters that no text has (private use area of Unicode).
_PLACE = "\ue000{}\ue001"
_PLACES = re.compile("\ue000(\\d+)\ue001")


def on_date(text: str) -> str:
    """Write a date within a sentence, with the preposition that its precision takes.

    Examples
    --------
    >>> on_date("2025-12-17"), on_date("2025-12"), on_date("2025")
    ('on 17 December 2025', 'in December 2025', 'in 2025')
    """
    return words("date.on_day" if len(text) == _DAY else "date.in_period", date=cldr.date(text))


def in_sentence(name: str) -> str:
    """Return a label as it is written within a sentence: its first letter is small, unless it is part of a code.

    Examples
    --------
    >>> in_sentence("Dates of one event"), in_sentence("A share of a total"), in_sentence("SDG 8.8.2")
    ('dates of one event', 'a share of a total', 'SDG 8.8.2')
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() or name.startswith("A ") else name


def articled(spans: Sequence[Span]) -> Spans:
    """Join names as the list of a sentence, each but the first with an article: that one follows its own.

    Examples
    --------
    >>> articled(["Council", "Board"])
    ('Council', ' and the ', 'Board')
    """
    return tuple(
        words("part.next_name", between=one) if at % 2 and isinstance(one, str) else one
        for at, one in enumerate(listing(spans))
    )


def listing(spans: Sequence[Span]) -> Spans:
    """Join words and values as the list of a sentence.

    Examples
    --------
    >>> listing(["a", "b", "c"])
    ('a', ', ', 'b', ' and ', 'c')
    """
    text = cldr.joined(_PLACE.format(place) for place in range(len(spans)))
    pieces = _PLACES.split(text)
    return tuple(spans[int(piece)] if at % 2 else piece for at, piece in enumerate(pieces) if piece)

"""How ILO conventions and protocols are named on pages: by number, and by number and short title."""

from __future__ import annotations

import re

from socdialog.codebook import cldr
from socdialog.display.messages import words

#: What the short title leaves out: the word and the year.
_SURPLUS = re.compile(r",? Convention, \d{4}$")


def number(code: str) -> str:
    """Return the number of a convention or protocol as a table has it.

    Examples
    --------
    >>> number("C087"), number("P029")
    ('No. 87', 'Protocol No. 29')
    """
    return words(f"convention.number_{code[0]}", number=_digits(code))


def in_sentence(*codes: str) -> str:
    """Return the numbers of conventions as a sentence has them.

    Examples
    --------
    >>> in_sentence("C087"), in_sentence("C081", "C129"), in_sentence("P029")
    ('Convention No. 87', 'Conventions Nos. 81 and 129', 'Protocol No. 29')
    """
    kind = codes[0][0]
    return words(f"convention.sentence_{kind}", n=len(codes), numbers=cldr.joined(map(_digits, codes)))


def short_name(code: str, title: str) -> str:
    """Return number and short title.

    Examples
    --------
    >>> short_name("C144", "Tripartite Consultation (International Labour Standards) Convention, 1976")
    'No. 144 Tripartite Consultation (International Labour Standards)'
    """
    return words("convention.short", number=number(code), title=_SURPLUS.sub("", title))


def _digits(code: str) -> str:
    return code[1:].lstrip("0")

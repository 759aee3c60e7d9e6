"""How ILO conventions and protocols are named on pages: by number in sentences, by number and short title in tables."""

from __future__ import annotations

import re

from socdialog.codebook import cldr
from socdialog.display.messages import words

#: What the short title of a convention leaves out: the word and the year.
_SURPLUS = re.compile(r" Convention( \([^)]*\))?, \d{4}$")


def in_sentence(*codes: str) -> str:
    """Return the numbers of conventions as a sentence has them.

    Examples
    --------
    >>> in_sentence("C087"), in_sentence("C081", "C129"), in_sentence("P029")
    ('Convention No. 87', 'Conventions Nos. 81 and 129', 'the Protocol to Convention No. 29')
    """
    kind = codes[0][0]
    return words(f"convention.sentence_{kind}", n=len(codes), numbers=cldr.joined(map(_digits, codes)))


def number(code: str) -> str:
    """Return the number of a convention as a narrow column has it.

    Examples
    --------
    >>> number("C087"), number("P029")
    ('No. 87', 'Protocol to No. 29')
    """
    return words(f"convention.number_{code[0]}", number=_digits(code))


def short_name(code: str, title: str) -> str:
    """Return number and short title of a convention, and the title of a protocol, which names its convention.

    Examples
    --------
    >>> short_name("C111", "Discrimination (Employment and Occupation) Convention, 1958")
    'No. 111 Discrimination (Employment and Occupation)'
    >>> short_name("C132", "Holidays with Pay Convention (Revised), 1970")
    'No. 132 Holidays with Pay (Revised)'
    """
    title = _SURPLUS.sub(r"\1", title) if code.startswith("C") else title
    return words(f"convention.short_{code[0]}", number=_digits(code), title=title)


def _digits(code: str) -> str:
    return code[1:].lstrip("0")

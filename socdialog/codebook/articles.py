"""The definite article before names of countries and laws, which English wants before some: ``the United States``."""

from __future__ import annotations

import re
from functools import cache

from socdialog.codebook.reviewed_files import reviewed

#: A year that follows a name directly, and is no part of a date.
_YEAR = re.compile(r"^(?!.*\bof(?: \w+)? \d{4}$)(\D+) (\d{4})$")


def with_article(name: str) -> str:
    """Return the name of a country or region as it stands within a sentence.

    A name takes the article when one of its words is a common noun, such as Republic or States, or the name is a
    plural or a river's; these words are reviewed. A name that brings its article keeps it.

    Examples
    --------
    >>> with_article("United States"), with_article("Georgia"), with_article("the region")
    ('the United States', 'Georgia', 'the region')
    """
    words = {word.strip("().,").lower() for word in name.split()}
    wanting = _wanting("common_nouns") | _wanting("plurals_and_rivers")
    return f"the {name}" if words & wanting and "the" not in words else name


def law_with_article(name: str) -> str:
    """Return the name of a law as it is written within a sentence, its year as a part of the name.

    Examples
    --------
    >>> law_with_article("Labour Code 2004"), law_with_article("Law No. 6356 on Trade Unions")
    ('the Labour Code of 2004', 'Law No. 6356 on Trade Unions')
    """
    name = _YEAR.sub(r"\1 of \2", name)
    words = name.split()
    numbered = words[1:2] == ["No."]
    return f"the {name}" if not numbered and {word.lower() for word in words} & _wanting("laws") else name


@cache
def _wanting(kind: str) -> frozenset[str]:
    """Return the words of a kind that want the article before the name they are in."""
    return frozenset(reviewed("names", "definite_articles.yaml")[kind])

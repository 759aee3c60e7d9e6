"""The definite article before names of countries, which English wants before some of them: ``the United States``."""

from __future__ import annotations

from functools import cache

from socdialog.codebook.reviewed_files import reviewed


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
    return f"the {name}" if words & _wanting() and "the" not in words else name


@cache
def _wanting() -> frozenset[str]:
    """Return the words that want the article before the name they are in."""
    return frozenset(word for words in reviewed("names", "definite_articles.yaml").values() for word in words)

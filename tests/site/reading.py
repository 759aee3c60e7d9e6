"""Read the pages of a country as a reader does: the profile, and what is one step away from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

#: Elements that hold one fact: an event, a row, a paragraph, an entry.
_BLOCK = re.compile(
    r"<(article|tr|p|li|h3|figcaption|summary|dd)\b[^>]*>(.*?)(?=</\1>|<tr\b|<p\b|</ul>|</ol>|</table>|<article\b|</article>)",
    re.DOTALL,
)
_ARTICLE = re.compile(r"<article\b[^>]*>.*?</article>", re.DOTALL)


def pages_of(site: Path, country: str) -> list[Path]:
    """The profile of a country, and its pages of events and sources."""
    return sorted(site.glob(f"countries/{country}.html")) + sorted(site.glob(f"countries/{country}-*.html"))


@cache
def blocks(path: Path) -> tuple[str, ...]:
    """The facts of a page as plain text: each event, row, paragraph and entry."""
    html = re.sub(r"<(script|style)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [match[0] for match in _ARTICLE.finditer(html)] + [match[2] for match in _BLOCK.finditer(html)]
    return tuple(" ".join(unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in found)


def facts(site: Path, country: str, *words: str) -> Iterator[tuple[str, str]]:
    """The facts on the pages of a country that hold all these words, each with the name of its page."""
    for path in pages_of(site, country):
        for text in blocks(path):
            if all(word.casefold() in text.casefold() for word in words):
                yield path.name, text

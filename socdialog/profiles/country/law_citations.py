"""Laws with the articles that provisions are cited from: a row may name several laws, each with its own articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from socdialog.codebook import cldr
from socdialog.codebook.articles import law_with_article
from socdialog.display.messages import words

#: What is between the laws of a row, and between the articles of one law.
_LAWS, _ARTICLES = "; ", re.compile("[;,] ")
#: A range of articles, and the abbreviation of a law before its own where a row names several laws.
_RANGE, _ABBREVIATION = re.compile(r"(?<![\d-])(\d+)-(\d+)(?![\d-])"), re.compile(r"^[A-Z][A-Za-z]*\.? (?=\d)")
#: How many articles a sentence names.
_NAMED = 4


def citations(law: str | None, article: str | None) -> list[tuple[str, str]]:
    """Return each law that a row names with its articles, which are listed in the order of the laws.

    Articles that the row assigns to none of its laws are left out.

    Examples
    --------
    >>> citations("Constitution; Labour Code", "Const. 23; LC 3, 58-59")
    [('Constitution', '23'), ('Labour Code', '3, 58–59')]
    >>> citations("Labour Code", "29; 36"), citations("Constitution; Labour Code", "LC 29")
    ([('Labour Code', '29; 36')], [('Constitution', ''), ('Labour Code', '')])
    """
    laws = law.split(_LAWS) if law else []
    text = _with_ranges(article or "")
    parts = [text] if len(laws) == 1 else [_ABBREVIATION.sub("", part) for part in text.split(_LAWS)]
    return list(zip(laws, parts if len(parts) == len(laws) else [""] * len(laws), strict=True))


def cited_in(law: str | None, article: str | None) -> str:
    """Write what a row cites: each law with its articles, as far as the row says which are whose.

    Examples
    --------
    >>> cited_in("Constitution; Labour Code", "Const. 23; LC 3, 58-59")
    'Constitution (art. 23); Labour Code (art. 3, 58–59)'
    >>> cited_in("Constitution; Labour Code", "LC 29"), cited_in("Decree", "sole"), cited_in("Act", None)
    ('Constitution; Labour Code (LC 29)', 'Decree (sole)', 'Act')
    """
    found = citations(law, article)
    if found and all(own for _, own in found):
        return _LAWS.join(_with(*one) for one in found)
    return _with(law or "", _with_ranges(article or ""))


def articles_by_law(cited: Iterable[tuple[str | None, str | None]]) -> dict[str, list[str]]:
    """Return the numbered articles that rows cite, by law, each once, in the order of the rows.

    Examples
    --------
    >>> articles_by_law([("Act", "3, 20"), ("Act; Code", "3(2); 7"), ("Act", "sole")])
    {'Act': ['3', '20', '3(2)'], 'Code': ['7']}
    """
    by_law: dict[str, dict[str, None]] = {}
    for law, article in cited:
        for one, own in citations(law, article):
            numbered = (number for number in _ARTICLES.split(own) if number[:1].isdigit())
            by_law.setdefault(one, {}).update(dict.fromkeys(numbered))
    return {law: list(articles) for law, articles in by_law.items()}


def in_sentence(law: str, articles: Sequence[str]) -> str:
    """Name a law within a sentence with its first articles, in the order of their numbers.

    Examples
    --------
    >>> in_sentence("Labour Code", ["20", "3(1)"]), in_sentence("Law No. 5", [])
    ('the Labour Code (art. 3(1) and 20)', 'Law No. 5')
    """
    # A paragraph is not named beside its whole article.
    apart = [one for one in articles if one.partition("(")[0] not in articles or "(" not in one]
    # One more is named: its number is as short as the words for it.
    further = len(apart) - _NAMED if len(apart) > _NAMED + 1 else 0
    named = sorted(apart[: len(apart) - further], key=_place)
    more = [words("law.more_articles", n=further)] if further else []
    return _with(law_with_article(law), cldr.joined([*named, *more]))


def _place(article: str) -> tuple[int, str]:
    """Return the place of an article among those of its law: by its number, then by what follows it."""
    return int(article[: len(article) - len(article.lstrip("0123456789"))]), article


def _with(law: str, article: str) -> str:
    """Write a law with its article, or the one of them that is stated."""
    article = words("law.article", article=article) if article[:1].isdigit() else article
    return words("law.law_article", law=law, article=article) if law and article else law or article


def _with_ranges(article: str) -> str:
    """Write ranges of articles with the dash of a range; 82-1 is the number of one article."""

    def written(found: re.Match[str]) -> str:
        first, last = found.groups()
        return words("law.range", first=first, last=last) if int(first) < int(last) else found[0]

    return _RANGE.sub(written, article)

"""The language of a text of the data, as HTML names languages."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from socdialog import codebook


class LanguageTags:
    """Say in which language a text is, as HTML names languages.

    A text that a source prints is in the language of the source where that language is written in the script of the
    text, as the titles of the sources show; otherwise only the script is known (``und-Geor``).

    Parameters
    ----------
    titles
        Texts, each with the code of the language of its source.

    Examples
    --------
    >>> tag = LanguageTags([("Профсоюз", "ru"), ("A union", "en")])
    >>> tag("Федерация", "ru"), tag("Федерация", "en"), tag("A federation", "en"), tag("12", "ru")
    ('ru', 'und-Cyrl', 'en', None)
    """

    def __init__(self, titles: Iterable[tuple[str | None, str | None]]) -> None:
        self._scripts: defaultdict[str, set[str]] = defaultdict(set)
        for text, language in titles:
            if text and language and (script := script_of(text)):
                self._scripts[language].add(script)

    def __call__(self, text: str | None, language: str | None) -> str | None:
        """Return the tag of a text that a source in `language` prints; None for a text without letters."""
        script = script_of(text or "")
        if script is None:
            return None
        return language if language and script in self._scripts[language] else f"und-{script}"


@lru_cache(maxsize=10_000)
def script_of(text: str) -> str | None:
    """Return the ISO 15924 code of the script of most letters of `text`; None without a letter of a known script."""
    found = Counter(code for sign in text if (code := _script(sign)))
    return min(found, key=lambda code: (-found[code], code), default=None)


@cache
def _script(sign: str) -> str | None:
    """Return the script of a letter, which its name in Unicode begins with."""
    name = unicodedata.name(sign, "").split(" ")[0].lower() if sign.isalpha() else ""
    return _scripts().get(name)


@cache
def _scripts() -> Mapping[str, str]:
    """Return the ISO 15924 codes by the names with which Unicode begins those of letters."""
    codes = {code: str(term.more["iso15924"]) for code, term in codebook.vocabulary("scripts").items()}
    return {**codes, "cjk": codes["chinese"]}

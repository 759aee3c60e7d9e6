"""The fixed texts of pages: every sentence is in a catalogue, so that another language is a translation file.

A message is a text with named places, ``Trade union density was {value} in {year}``. One that depends on a number has
a text for each plural category of the language (Unicode CLDR), chosen by ``n``. ``{n}`` is the number in digits,
``{n:words}`` in words where it is below ten, ``{n:Words}`` the same at the beginning of a sentence.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from socdialog.codebook import cldr
from socdialog.display.parts import Span, Spans, Value

#: The language of the pages.
LANGUAGE = cldr.LANGUAGE.partition("_")[0]
_PARSED = string.Formatter()
#: Numbers below this are written in words in running text.
_IN_DIGITS = 10


def say(key: str, /, *, n: float | None = None, **given: Span | Spans) -> Spans:
    """Return a message as words and values.

    Parameters
    ----------
    key
        Name of its file and its own name: ``actors.lead``.
    n
        The number that its plural category follows; None for a message without one.
    given
        What is set into its places: words, a value, or several of these.

    Raises
    ------
    KeyError
        When the catalogue has no such message, or a place of it is not given.

    Examples
    --------
    >>> say("count.event", n=2)
    ('2 events',)
    """
    made: list[Span] = []
    for literal, name, spec, _ in _PARSED.parse(_template(key, n)):
        made.append(literal)
        if name == "n":
            assert n is not None
            made.append(_number(n, spec or ""))
        elif name is not None:
            found = given[name]
            made.extend(found if isinstance(found, tuple) else (found,))
    return _joined(made)


def words(key: str, /, *, n: float | None = None, **given: str) -> str:
    """Return a message as plain text; see `say`.

    Examples
    --------
    >>> words("count.event", n=1)
    '1 event'
    """
    return "".join(span if isinstance(span, str) else span.text for span in say(key, n=n, **given))


def counted(key: str, n: int, evidence: tuple[str, ...] = (), *, to: str = "") -> Value:
    """Return a count as a value: ``18 strikes``, based on these rows, listed at `to`."""
    return Value(words(key, n=n), evidence, to=to)


def numerals(*numbers: int) -> tuple[str, ...]:
    """Return the numbers of one sentence: in words where all are below ten, else all in digits.

    Examples
    --------
    >>> numerals(6, 1), numerals(13, 5)
    (('six', 'one'), ('13', '5'))
    """
    spec = "words" if max(numbers) < _IN_DIGITS else ""
    return tuple(_number(number, spec) for number in numbers)


@cache
def catalogue(language: str = LANGUAGE) -> Mapping[str, str | Mapping[str, str]]:
    """Return every message of a language by its key."""
    found: dict[str, Any] = {}
    folder = files(__package__).joinpath("catalogue", language)
    for name in sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml")):
        content = yaml.safe_load(folder.joinpath(name).read_text(encoding="utf-8")) or {}
        found |= {f"{name.removesuffix('.yaml')}.{key}": text for key, text in content.items()}
    return found


def places(text: str) -> frozenset[str]:
    """Return the names of the places of a message."""
    return frozenset(name for _, name, _, _ in _PARSED.parse(text) if name is not None)


def _template(key: str, n: float | None) -> str:
    found = catalogue()[key]
    if isinstance(found, str):
        return found
    if n is None:
        raise KeyError(f"{key} depends on a number")
    return found.get(cldr.plural_category(n), found["other"])


def _number(n: float, spec: str) -> str:
    if spec.lower() == "words" and n < _IN_DIGITS and n == int(n):
        in_words = catalogue()[f"numbers.{int(n)}"]
        assert isinstance(in_words, str)
        return in_words.capitalize() if spec == "Words" else in_words
    return cldr.number(n)


def _joined(made: list[Span]) -> Spans:
    """Join words that follow each other, and leave out empty ones."""
    found: list[Span] = []
    for span in made:
        if isinstance(span, str) and found and isinstance(found[-1], str):
            found[-1] += span
        elif span != "":
            found.append(span)
    return tuple(found)

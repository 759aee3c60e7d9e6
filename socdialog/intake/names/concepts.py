"""What words in the names of bodies mean, across languages, by the reviewed glossary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from socdialog.codebook.reviewed_files import reviewed
from socdialog.folding import fold
from socdialog.intake.names.transliteration import latin
from socdialog.intake.names.words import Phrase, leaves, organisation_words, singular

#: The longest phrase of the glossary, in words.
_LONGEST_PHRASE = 3


#: The concept of each phrase of whole words; and patterns of stems with theirs, the longest first, by how many words
#: they have and the letter that they begin with.
_Concepts = tuple[dict[tuple[str, ...], str], dict[tuple[int, str], list[tuple[tuple[str, ...], str]]]]


@cache
def _concepts() -> _Concepts:
    whole: dict[tuple[str, ...], str] = {}
    stems: list[tuple[tuple[str, ...], str]] = []
    for concept, entry in reviewed("names", "concepts.yaml").items():
        for text in leaves(entry):
            words = tuple(fold(word) + ("*" if word.endswith("*") else "") for word in text.replace("-", " ").split())
            if any(word.endswith("*") for word in words):
                stems.append((words, concept))
            else:
                whole.setdefault(words, concept)
    by_start: dict[tuple[int, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, concept in sorted(stems, key=lambda entry: (-sum(map(len, entry[0])), entry)):
        by_start[len(words), words[0][:1]].append((words, concept))
    return whole, by_start


def _agrees(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@lru_cache(maxsize=65536)
def concept(words: tuple[str, ...]) -> str | None:
    """Return the concept that the folded `words` name in some language of the glossary."""
    whole, stems = _concepts()
    if words in whole:
        return whole[words]
    for patterns, named in stems.get((len(words), words[0][:1]), ()):
        if all(map(_agrees, words, patterns)):
            return named
    return None


def meaning(words: Phrase) -> str:
    """Return the folded `words` with each word or phrase of the glossary replaced by its concept."""
    return " ".join(dict.fromkeys(named or singular(latin(phrase[0])) for phrase, named in _read(words)))


@lru_cache(maxsize=65536)
def translation(words: Phrase) -> str | None:
    """Return the concepts of the folded `words`, in one order; None where they do not say all of the name exactly."""
    named = [one for _, one in _read(words)]
    exact = {part for one in named if one is not None for part in one.split(" ")}
    whole = None not in named and exact.isdisjoint(organisation_words().inexact)
    return " ".join(sorted(exact)) if whole and len(exact) > 1 else None


def _read(words: Phrase) -> Iterator[tuple[Phrase, str | None]]:
    """Yield the longest phrases of the glossary with their concepts, and the other words by themselves."""
    position = 0
    while position < len(words):
        for size in range(_LONGEST_PHRASE, 0, -1):
            phrase = words[position : position + size]
            named = concept(phrase) if len(phrase) == size else None
            if named is not None or size == 1:
                yield phrase, named
                position += len(phrase)
                break

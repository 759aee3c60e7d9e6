"""Find people in any text: registered officials by their names, withheld ones by hashes of their names.

A person is named by two words of their name together, in either order and whatever the case, the script, the
romanisation, the ending of a case, or the sign that joins them; an initial with its full stop counts as a word. A
single word names no one for certain and is not looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.folding import fold
from socdialog.intake.names.persons import word_readings
from socdialog.intake.names.words import people_words
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.withheld import Pair, Withheld

#: What a redacted name becomes.
REDACTED = "[name]"
#: Letters that are written without blanks between words: each is a word of its own.
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: Invisible signs, which a word may contain.
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_LETTERS = rf"(?:[^\W\d_{_IDEOGRAPH}]++|[\u0300-\u036f{_UNSEEN}]++)"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|(?=[^\W\d_]){_LETTERS}++")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
#: Addresses, in full or as pages show them, without scheme or host.
_ADDRESS = re.compile(r"(?:\bhttps?://|\bwww\.|\b[\w-]+(?:\.[\w-]+)+/|(?<!\S)/)[^\s<>\"']*", re.IGNORECASE)
#: Signs between two words of a name: more of them part two texts.
_CLOSE = 4
#: From which length of a stem endings of how many letters may follow.
_ENDINGS = ((5, 3), (4, 2))
#: Stems shorter than this keep their last vowel.
_SHORTEST = 3
_VOWELS = frozenset("aiou")
_VOWEL = "*"
_HYPHENS = frozenset("-‐‑–")
_APOSTROPHES = frozenset("'’‘ʻʼ`´")
#: Longest ending that follows a name and its apostrophe (Turkish "Demirtaş'ın").
_SUFFIX = 4


class Mention(NamedTuple):
    """Where a text names a person: the first and the last place, and the words."""

    start: int
    end: int
    words: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    #: Whether it is one letter that means a name.
    initial: bool


@lru_cache(maxsize=65536)
def _stems(word: str) -> frozenset[str]:
    """Return the stems of a word of a name, one for each way it may sound: endings of cases leave them alone.

    A last vowel may change with the case (Мария, Марии); the star says that some vowel follows.
    """
    return frozenset(
        f"{sound[:-1]}{_VOWEL}" if len(sound) > _SHORTEST and sound[-1] in _VOWELS else sound
        for sound in word_readings(word)
        if sound
    )


@lru_cache(maxsize=65536)
def _possible(word: str) -> frozenset[str]:
    """Return every stem that a word of a text may be a form of."""
    found: set[str] = set()
    for sound in word_readings(word):
        for length in range(1, len(sound) + 1):
            stem, ending = sound[:length], sound[length:]
            if len(ending) <= _longest_ending(length):
                found.add(stem)
            if (
                length >= _SHORTEST
                and ending[:1] in _VOWELS
                and ending
                and len(ending) <= _longest_ending(length + 1) + 1
            ):
                found.add(f"{stem}{_VOWEL}")
    return frozenset(found)


def _longest_ending(length: int) -> int:
    """Return how many letters of an ending may follow a stem: short stems begin many words."""
    return next((letters for least, letters in _ENDINGS if length >= least), 0)


def _initials(word: str) -> frozenset[str]:
    return frozenset(f"{sound[0]}." for sound in word_readings(word) if sound)


def _words(text: str) -> list[_Word]:
    """Take a text apart into words; ``AyşeDemirtaş`` is two, and the ending behind an apostrophe none."""
    # Every address has a slash or begins as one of the web.
    has_address = "/" in text or "www." in text.lower()
    blanked = _ADDRESS.sub(lambda found: " " * len(found[0]), text) if has_address else text
    found: list[_Word] = []
    for match in _WORD.finditer(blanked):
        start = match.start()
        before = blanked[start - 1] if start else ""
        if found and before in _APOSTROPHES and found[-1].end == start - 1 and match.end() - start <= _SUFFIX:
            continue
        for begin, end, word, is_letter in _humps(match[0]):
            initial = is_letter and (word.isupper() or blanked[start + end : start + end + 1] == ".")
            found.append(_Word(start + begin, start + end, word, initial))
    return found


@lru_cache(maxsize=65536)
def _humps(word: str) -> tuple[tuple[int, int, str, bool], ...]:
    """Return the parts of a word that begin with a capital letter behind a small one.

    Of each its beginning and end, its letters without invisible signs, and whether that is one letter; of invisible
    signs alone nothing.
    """
    places = [place for place in range(1, len(word)) if word[place].isupper() and word[place - 1].islower()]
    parts = [(begin, end, _INVISIBLE.sub("", word[begin:end])) for begin, end in pairwise([0, *places, len(word)])]
    return tuple(
        (begin, end, part, len(unicodedata.normalize("NFC", part)) == 1 and part[:1] < "\u3400")
        for begin, end, part in parts
        if part
    )


@lru_cache(maxsize=65536)
def name_pairs(name: str) -> frozenset[Pair]:
    """Return the pairs of stems that name the person whose printed name is `name`.

    Examples
    --------
    >>> name_pairs("Ayşe Demirtaş") >= name_pairs("DEMIRTAS, Ayse") - {("a.", "d.")}
    True
    """
    particles = people_words().particles | people_words().honorifics
    words = [word for word in _words(name) if fold(word.text) not in particles]
    # A double name is printed as one word too: Nasreddin-zoda, Nasreddinzoda.
    doubled = [
        _Word(one.start, other.end, one.text + other.text, initial=False)
        for one, other in pairwise(words)
        if not one.initial and not other.initial and name[one.end : other.start] in _HYPHENS
    ]
    found: set[Pair] = set()
    for one, other in combinations([*words, *doubled], 2):
        if one.initial and other.initial:
            continue
        whole = [_initials(word.text) if word.initial else _stems(word.text) for word in (one, other)]
        kinds = [(whole[0], whole[1])]
        if not one.initial and not other.initial:
            kinds += [(_initials(one.text), whole[1]), (whole[0], _initials(other.text))]
        found.update(_pair(left, right) for lefts, rights in kinds for left in lefts for right in rights)
    return frozenset(found)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True)
class PersonalNames:
    """The names of people that no published text may hold.

    Parameters
    ----------
    names
        Printed names of registered and reported people.
    withheld
        Hashed names of people whose rows may be gone.
    excepted
        Names of bodies and places called after people, and citations: what they hold is no mention.
    """

    names: frozenset[str] = frozenset()
    withheld: Withheld = field(default_factory=Withheld)
    excepted: frozenset[str] = frozenset()

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all that decides what a mention is."""
        withheld = (self.withheld.salt, sorted(self.withheld.pairs), sorted(self.withheld.words))
        parts = (sorted(self.names), withheld, sorted(self.excepted))
        return sha256_bytes(repr(parts).encode())

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """The pairs of stems of all `names`."""
        return frozenset(pair for name in self.names for pair in name_pairs(name))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(stem for pair in self.pairs for stem in pair)

    @cached_property
    def _passages(self) -> tuple[tuple[str, ...], ...]:
        """The excepted names in which a person is named, as folded words."""
        return tuple(
            tuple(fold(word.text) for word in _words(text)) for text in sorted(self.excepted) if self._found(text)
        )

    @cached_property
    def _matches(self) -> dict[tuple[str, bool], frozenset[str]]:
        return {}

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return each place where `text` names a person, in order."""
        found = self._found(text)
        if not found or not self.excepted:
            return found
        free = tuple(self._free(text))
        return tuple(one for one in found if not any(begin <= one.start and one.end <= end for begin, end in free))

    def erased(self) -> PersonalNames:
        """Return those who are withheld and among the `names` no more: their rows were deleted."""
        return PersonalNames(withheld=self.withheld.without_pairs(self.pairs), excepted=self.excepted)

    def redacted(self, text: str) -> str:
        """Return `text` with every mention replaced."""
        for one in reversed(self.mentions(text)):
            text = f"{text[: one.start]}{REDACTED}{text[one.end :]}"
        return text

    def _found(self, text: str) -> tuple[Mention, ...]:
        words = _words(text)
        matches = [self._match(word) for word in words]
        if sum(map(bool, matches)) < 2:  # noqa: PLR2004 - a person is named by two words
            return ()
        spans: list[tuple[int, int]] = []
        for first, last in self._runs(text, words, matches):
            if spans and first <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
            else:
                spans.append((first, last))
        return tuple(
            Mention(words[first].start, words[last].end, text[words[first].start : words[last].end])
            for first, last in spans
        )

    def _runs(self, text: str, words: Sequence[_Word], matches: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
        """Yield the first and last word of each run of two to four words that begins and ends with a person's words."""
        for first, known in enumerate(matches):
            if not known:
                continue
            for last in range(first + 1, min(first + 4, len(words))):
                if not _joined(text, words[last - 1], words[last]):
                    break
                if matches[last] and self._names(known, matches[last]):
                    yield first, last
                    break
                if not self._between(words, matches, first, last):
                    break

    def _between(self, words: Sequence[_Word], matches: Sequence[frozenset[str]], first: int, place: int) -> bool:
        """Return whether the word at `place` may stand inside a name: an initial, a particle, another name."""
        word = words[place]
        if word.initial or matches[place] or fold(word.text) in people_words().particles:
            return True
        return word.text[0].isupper() and words[first].text[0].isupper()

    def _names(self, ones: frozenset[str], others: frozenset[str]) -> bool:
        return any(
            pair in self.pairs or self.withheld.has_pair(pair)
            for pair in {_pair(one, other) for one in ones for other in others}
        )

    def _match(self, word: _Word) -> frozenset[str]:
        """Return the known stems that a word of a text is a form of."""
        key = (word.text, word.initial)
        if key not in self._matches:
            stems = _initials(word.text) if word.initial else _possible(word.text)
            self._matches[key] = frozenset(
                stem for stem in stems if stem in self._known or self.withheld.has_word(stem)
            )
        return self._matches[key]

    def _free(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the parts of a text that are excepted names."""
        words = _words(text)
        folded = [fold(word.text) for word in words]
        for passage in self._passages:
            size = len(passage)
            for place in range(len(folded) - size + 1):
                if tuple(folded[place : place + size]) == passage:
                    yield words[place].start, words[place + size - 1].end


def personal_names(tables: Mapping[str, pl.DataFrame], *, withheld: Withheld | None = None) -> PersonalNames:
    """Return the names that the tables of a study, raw or clean, give to people, and what is excepted from them.

    Parameters
    ----------
    tables
        The tables with people.
    withheld
        Hashed names of people whose rows may be gone.
    """
    excepted = _texts(tables, "cited") | _texts(tables, "excepted")
    return _once(PersonalNames(_texts(tables, "named"), withheld or Withheld(), excepted))


@lru_cache(maxsize=4)
def _once(people: PersonalNames) -> PersonalNames:
    """Return those who were asked for last of the same people, with what is known of words they were looked for in."""
    return people


def _texts(tables: Mapping[str, pl.DataFrame], people: str) -> frozenset[str]:
    """Return the different texts of all columns that say `people` of themselves in the data dictionary."""
    return frozenset(
        text
        for name, spec in codebook.tables().items()
        for column in spec.every_column.values()
        if column.people == people and name in tables and column.name in tables[name].columns
        for text in tables[name].get_column(column.name).drop_nulls().unique()
    )


def _joined(text: str, one: _Word, other: _Word) -> bool:
    between = text[one.end : other.start]
    return len(between) <= _CLOSE + _SUFFIX and not any(sign.isdigit() for sign in between) and "\n\n" not in between

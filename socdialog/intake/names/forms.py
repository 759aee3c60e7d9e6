"""What is left of an organisation's name when everything that does not tell it from another is taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from socdialog.folding import fold
from socdialog.intake.names.concepts import concept, translation
from socdialog.intake.names.country_words import cached_for_study, countries_of, phrase_at
from socdialog.intake.names.transliteration import latin, phonetic_key
from socdialog.intake.names.words import Phrase, organisation_words, singular

#: So many words name one body of a country though the country is left out.
_ENOUGH_WORDS = 3

#: "d'Arménie", "l'Union": an article or preposition of one letter is not a part of the word.
_ELISION = re.compile(r"\b[dl]['’](?=\w)", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart.

    Parameters
    ----------
    folded
        The folded text.
    words
        Its words in one spelling, without stop words and legal forms, in their order.
    """

    folded: str
    words: Phrase


def _folded(text: str) -> str:
    return fold(_ELISION.sub("", text))


@lru_cache(maxsize=65536)
def form(text: str) -> Form:
    """Take the name `text` apart."""
    folded = _folded(text)
    reviewed = organisation_words()
    words = _without_legal_forms(tuple(folded.split()))
    spelt = [part for word in words for part in reviewed.spellings.get(word, (word,))]
    kept = [singular(word) for word in spelt if word not in reviewed.stop_words]
    spelt_again = [part for word in kept for part in reviewed.spellings.get(word, (word,))]
    return Form(folded=folded, words=tuple(spelt_again))


def _without_legal_forms(words: Phrase) -> Phrase:
    reviewed = organisation_words()
    changed = True
    while changed:
        changed = False
        for phrase in reviewed.legal_forms + reviewed.legal_forms_at_end:
            size = len(phrase)
            if size >= len(words):
                continue
            if words[-size:] == phrase:
                words, changed = words[:-size], True
            elif words[:size] == phrase and phrase in reviewed.legal_forms:
                words, changed = words[size:], True
    return words


@cached_for_study
def countries_named(text: str) -> frozenset[str]:
    """Return the countries that words of the name `text` name."""
    words = tuple(_folded(text).split())
    return frozenset().union(*map(countries_of, words), *(phrase_at(words, at)[1] for at in range(len(words))))


def is_only_a_country(text: str) -> bool:
    """Return whether `text` is nothing but the name of a country."""
    words = tuple(_folded(text).split())
    return any(not _without_country(words, country) for country in countries_named(text))


@cached_for_study
def _without_country(words: Phrase, country: str) -> Phrase:
    kept: list[str] = []
    position = 0
    while position < len(words):
        size, named = phrase_at(words, position)
        size = size if country in named else int(country in countries_of(words[position]))
        if not size:
            kept.append(words[position])
            position += 1
            continue
        kept = _without_state(kept)
        position += size
        position += position < len(words) and _is_state(words[position])
    return tuple(kept)


def _without_state(words: list[str]) -> list[str]:
    """Return words without the form of a state at their end: "… of the Republic of the"."""
    last = next((at for at in range(len(words) - 1, -1, -1) if words[at] not in organisation_words().stop_words), None)
    return words[:last] if last is not None and _is_state(words[last]) else words


def _is_state(word: str) -> bool:
    return word.startswith(organisation_words().states)


def own_words(text: str, country: str | None) -> Phrase:
    """Return the words of the name `text` without those for its own `country`; never none."""
    whole = form(text).words
    if country is None:
        return whole
    # Phrases are read before stop words are gone ("Republic of ..."), so this starts from the folded text.
    kept = form(" ".join(_without_country(tuple(_folded(text).split()), country))).words
    return kept or whole


def core_words(text: str) -> tuple[Phrase, frozenset[str]]:
    """Return the words of the name `text` that are not generic, and the sides that the generic ones are about.

    Nothing is left of a name without a word of its own, such as "Federation of Trade Unions".
    """
    reviewed = organisation_words()
    words = form(text).words
    core = tuple(word for word in words if word not in reviewed.generic)
    sides = frozenset(reviewed.generic[word] for word in words if word in reviewed.generic) - {"any"}
    return core, sides


def own_name(text: str) -> Phrase:
    """Return the words of the name `text` that are neither shared by many bodies nor a country."""
    common = organisation_words().common
    return tuple(word for word in dict.fromkeys(form(text).words) if word not in common and not countries_of(word))


def distinctive(text: str) -> int:
    """Return how many words of the name `text` say which body it is, wherever it is read.

    Words that many bodies share, words for countries, and words for trades and offices do not.
    """
    return sum(1 for word in own_name(text) if concept((word,)) is None)


def letters(text: str) -> str:
    """Return the name `text` as an acronym is compared: its Latin letters alone."""
    return latin(text).replace(" ", "")


def _safe_without_country(own: Phrase) -> bool:
    """Return whether the words left of a name without its country still name one body of that country.

    "Confederation of Employers" does: it differs from the full name only by the country. "Metal Union" does
    not: without the country it is any union of the trade; nor does "Trade Union".
    """
    generic = organisation_words().generic
    kinds = [generic[word] for word in own if word in generic]
    if kinds and len(own) == len(kinds) and "any" not in kinds:
        return False
    return not kinds or len(own) >= _ENOUGH_WORDS or not (set(own) - organisation_words().common)


def _plain_sounds(words: Phrase, *, in_order: bool = False) -> list[str]:
    # Folding has made Ş and S one letter, so the sounds they mean must be one as well.
    heard = [sound for word in words for sound in phonetic_key(word).lower().split()]
    return heard if in_order else sorted(heard)


@cached_for_study
def keys(text: str, country: str | None) -> tuple[tuple[str, str], ...]:
    """Return the keys under which the name `text` is looked up, strongest first, as (method, key)."""
    whole, own = form(text).words, own_words(text, country)
    core, _ = core_words(text)
    if not _safe_without_country(own):
        own = whole
    found = [
        ("folded", "words " + " ".join(sorted(whole))),
        ("folded", "words " + " ".join(sorted(own))),
        ("folded", "joined " + "".join(whole)),
        ("transliterated", "sounds " + " ".join(_plain_sounds(own))),
        ("transliterated", "together " + "".join(_plain_sounds(own, in_order=True))),
    ]
    meant = None if country is None else translation(own)
    if meant is not None:
        found.append(("translated", f"meaning {meant}"))
    if core and own_name(text):
        found += [
            ("folded", "core " + " ".join(sorted(core))),
            ("folded", "core joined " + "".join(core)),
            ("transliterated", "core sounds " + " ".join(_plain_sounds(core))),
        ]
    return tuple(dict.fromkeys(found))


def bracketed(text: str) -> tuple[str, str] | None:
    """Return the name without its brackets, and what is in them at the end of the name ("" if elsewhere).

    None where `text` has no brackets, several, or nothing outside them.
    """
    found = list(_BRACKETS.finditer(text))
    outside = _BRACKETS.sub(" ", text)
    if len(found) != 1 or not fold(outside):
        return None
    inside = found[0].group(1) or found[0].group(2) or ""
    return outside, inside if not fold(text[found[0].end() :]) else ""


@lru_cache(maxsize=65536)
def initials(text: str) -> frozenset[str]:
    """Return the initials of the words of the name `text`: of all, and of those that are no stop words."""
    words, stop = fold(text).split(), organisation_words().stop_words
    return frozenset(
        "".join(latin(word)[:1] for word in chosen) for chosen in (words, [word for word in words if word not in stop])
    )


def is_acronym_of(acronym: str, text: str) -> bool:
    """Return whether the letters of `acronym` are the initials of the words of the name `text`."""
    return letters(acronym) in initials(text)

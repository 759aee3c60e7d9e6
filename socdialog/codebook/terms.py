"""Vocabularies: what every code means, the package's own and those that the study at hand adds.

A study adds terms to some vocabularies, names its coders, and declares countries that ISO 3166-1 does not list. Terms
of the package are never changed. One study is at hand in a process, the one that was read last: its codes alone are
allowed. What codes mean is known of every study that was read, so that frames of two studies can be worked on together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from socdialog.advice import unknown
from socdialog.codebook.reviewed_files import reviewed
from socdialog.errors import UsageError

#: The vocabularies that a study may add terms to.
EXTENSIBLE = ("event_kinds", "topics", "outcomes", "units", "roles", "org_levels")
#: The vocabularies of coders and of countries, which a study adds to by entries of their own.
CODERS, COUNTRIES = "coders", "iso_countries"


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a vocabulary.

    Parameters
    ----------
    code
        The code as it is in the data.
    label
        The code in words, as pages show it.
    definition
        What it means, in one line.
    more
        Further reviewed attributes, such as the family of an event kind.
    own
        Whether the study at hand added it.
    """

    code: str
    label: str
    definition: str
    more: Mapping[str, object] = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term that a study adds to a vocabulary, or one of its coders.

    Parameters
    ----------
    label, definition
        As of a `Term`.
    like
        The term of the package whose attributes it has: sections and metrics group it with that one. None = those of
        the term ``other``, where the vocabulary has it.
    short, one
        Of a unit: what follows a value, and behind the number one.
    """

    label: str
    definition: str
    like: str | None = None
    short: str | None = None
    one: str | None = None


@dataclass(frozen=True, slots=True)
class DeclaredCountry:
    """A country that ISO 3166-1 does not list: a former state, or one without a code of its own there.

    Parameters
    ----------
    name
        Its name in English.
    since, until
        First and last year in which it was a state; None = not stated, or still.
    """

    name: str
    since: int | None = None
    until: int | None = None


Vocabulary = Mapping[str, Term]
_NONE: Vocabulary = MappingProxyType({})
#: The terms of the study at hand, and of every study that was read, by vocabulary.
_at_hand: Mapping[str, Vocabulary] = {}
_studies_read: Mapping[str, Vocabulary] = {}
#: The languages of the study at hand.
_languages: tuple[str, ...] = ("en",)


def declared_under(name: str) -> str:
    """Return the entry of ``study.yaml`` under which a study adds to the vocabulary `name`; empty where it cannot.

    Examples
    --------
    >>> declared_under("topics"), declared_under("coders"), declared_under("sides")
    ('terms, topics', 'coders', '')
    """
    return {CODERS: "coders", COUNTRIES: "countries"}.get(name, f"terms, {name}" if name in EXTENSIBLE else "")


def vocabulary(name: str) -> Vocabulary:
    """Return the terms of the vocabulary `name` by code, in the reviewed order; those of the study at hand come last.

    Raises
    ------
    UsageError
        When there is no such vocabulary.

    Examples
    --------
    >>> vocabulary("event_kinds")["strike"].label
    'Strike'
    """
    own = own_terms(name)
    return MappingProxyType({**reviewed_terms(name), **own}) if own else reviewed_terms(name)


def own_terms(name: str) -> Vocabulary:
    """Return the terms that the study at hand adds to the vocabulary `name`, by code."""
    return _at_hand.get(name, _NONE)


def languages_at_hand() -> tuple[str, ...]:
    """Return the languages in which names are read: those of the study at hand, and English."""
    return _languages


def known_terms(name: str) -> Vocabulary:
    """Return the terms of a vocabulary that anything read in this process may use, of whichever study."""
    used = _studies_read.get(name)
    at_hand = vocabulary(name)
    return (
        MappingProxyType({**at_hand, **{code: term for code, term in used.items() if code not in at_hand}})
        if used
        else at_hand
    )


@cache
def reviewed_terms(name: str) -> Vocabulary:
    """Return the terms of the vocabulary `name` that the package defines, by code.

    Raises
    ------
    UsageError
        When there is no such vocabulary.
    """
    if name not in vocabularies():
        raise UsageError(unknown("vocabulary", name, vocabularies()))
    terms = reviewed("vocabularies", f"{name}.yaml")["terms"]
    return MappingProxyType(
        {
            code: Term(
                code=code,
                label=term["label"],
                definition=term["definition"],
                more={key: value for key, value in term.items() if key not in {"label", "definition"}},
            )
            for code, term in terms.items()
        }
    )


@cache
def vocabularies() -> tuple[str, ...]:
    """Return the names of all vocabularies."""
    folder = files("socdialog.codebook").joinpath("vocabularies")
    return tuple(sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml")))


def use(
    *,
    terms: Mapping[str, Mapping[str, OwnTerm]],
    coders: Mapping[str, OwnTerm],
    countries: Mapping[str, DeclaredCountry],
    languages: Iterable[str] = (),
) -> None:
    """Make a study the one at hand: `vocabulary` gives its own terms next to those of the package.

    Parameters
    ----------
    terms
        Its terms, by vocabulary and code.
    coders, countries
        Its coders, and the countries it declares, by code.
    languages
        Its languages; English is always among them.
    """
    global _at_hand, _studies_read, _languages  # noqa: PLW0603 - the study at hand is what a process works on
    added = {
        name: {code: _term(name, code, own) for code, own in given.items()}
        for name, given in {**terms, CODERS: coders}.items()
    }
    added[COUNTRIES] = {code: _country(code, one) for code, one in countries.items()}
    _languages = tuple(sorted({"en", *languages}))
    _at_hand = {name: MappingProxyType(given) for name, given in added.items() if given}
    _studies_read = {
        name: MappingProxyType({**_studies_read.get(name, _NONE), **given})
        for name, given in {**_studies_read, **_at_hand}.items()
    }


def _term(name: str, code: str, own: OwnTerm) -> Term:
    model = reviewed_terms(name).get(own.like or "other")
    more = dict(model.more) if model is not None else {}
    if own.like is not None:
        more["like"] = own.like
    if name == "units":
        # The words behind a value are its own: those of the unit it is like would name another unit.
        short = own.short if own.short is not None else own.label[:1].lower() + own.label[1:]
        more |= {"short": short, "one": own.one or short}
    return Term(code, own.label, own.definition, more, own=True)


def _country(code: str, one: DeclaredCountry) -> Term:
    years = {"since": one.since, "until": one.until}
    span = f"{one.since or ''}–{one.until or ''}".strip("–")
    definition = f"Declared by the study{f', {span}' if span else ''}: {one.name}."
    return Term(code, one.name, definition, {key: year for key, year in years.items() if year is not None}, own=True)

"""The registered organisations, by every key under which one of their names can be met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from socdialog.folding import printed
from socdialog.intake.names.forms import (
    bracketed,
    core_words,
    countries_named,
    distinctive,
    initials,
    is_acronym_of,
    keys,
    letters,
)

#: Kinds of registered forms that only an exact match may use: they are errors.
_SLIPS = frozenset({"damaged"})
_ACRONYM = "acronym"
#: Level of the bodies that a country has one of.
_PEAK = "peak"

#: Initials shorter than this fit too many names: where country and side are reported, and where not.
_DISTINCTIVE = 3
_DISTINCTIVE_ANYWHERE = 4


@dataclass(frozen=True, slots=True)
class Organisation:
    """A registered organisation: its id, country, side and level, and its forms with their kinds."""

    org_id: str
    country: str | None
    side: str
    level: str
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Organisations that a name may mean, with the method that found them."""

    method: str
    org_ids: frozenset[str]


NOTHING = Match("", frozenset())


class Registry:
    """The registered organisations and the keys of their names.

    Parameters
    ----------
    organisations
        The organisations, any order.
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.organisations: Mapping[str, Organisation] = {
            organisation.org_id: organisation
            for organisation in sorted(organisations, key=lambda organisation: organisation.org_id)
        }
        self._of_country: dict[str | None, tuple[Organisation, ...]] = defaultdict(tuple)
        self._by_key: dict[tuple[str | None, str], set[str]] = defaultdict(set)
        self._anywhere: dict[str, set[str]] = defaultdict(set)
        self._acronyms: set[tuple[str, str]] = set()
        self._names: set[tuple[str, str]] = set()
        for organisation in self.organisations.values():
            self._of_country[organisation.country] += (organisation,)
            for text, kind in organisation.forms:
                self._add(organisation, text, kind)

    def _add(self, organisation: Organisation, text: str, kind: str) -> None:
        found = [f"exact {printed(text)}"]
        if kind not in _SLIPS:
            found += [key for _, key in keys(text, organisation.country)]
        if kind not in {_ACRONYM, *_SLIPS}:
            found += [f"initials {first}" for first in initials(text)]
        if kind == _ACRONYM:
            found.append(f"acronym {letters(text)}")
            self._acronyms.add((organisation.org_id, letters(text)))
        else:
            self._names.add((organisation.org_id, letters(text)))
        for key in found:
            self._by_key[organisation.country, key].add(organisation.org_id)
            self._anywhere[key].add(organisation.org_id)

    def of_country(self, country: str | None) -> tuple[Organisation, ...]:
        """Return the organisations of one country, or the international ones."""
        return self._of_country.get(country, ())

    def _at(self, key: str, country: str | None, *, anywhere: bool) -> frozenset[str]:
        return frozenset(self._anywhere.get(key, ()) if anywhere else self._by_key.get((country, key), ()))

    def _of_side(self, org_ids: frozenset[str], side: str | None) -> frozenset[str]:
        same = frozenset(org_id for org_id in org_ids if self.organisations[org_id].side == side)
        return same or org_ids

    def named(self, name: str, country: str | None, side: str | None = None, *, anywhere: bool = False) -> Match:
        """Return whom the printed `name` may mean among the organisations of `country`.

        Parameters
        ----------
        name
            The name as printed.
        country
            Country of the organisation; None = international.
        side
            Its side, which decides between organisations and must fit the generic words of the name.
        anywhere
            Whether organisations of all countries are asked instead.
        """
        exact = self._at(f"exact {printed(name)}", country, anywhere=anywhere)
        if exact:
            return Match(self._method_of_exact(name, exact), self._of_side(exact, side))
        _, spoken = core_words(name)
        for method, key in keys(name, country):
            found = self._at(key, country, anywhere=anywhere)
            if key.startswith(("core", "meaning")):
                found = self._fitting(found, spoken, side)
            if key.startswith("meaning"):
                # Of a trade there may be several unions; of the whole country one body of each kind.
                found = frozenset(org_id for org_id in found if self.organisations[org_id].level == _PEAK)
            if found:
                return Match(method, self._of_side(found, side))
        return self._bracketed(name, country, side, anywhere=anywhere)

    def _bracketed(self, name: str, country: str | None, side: str | None, *, anywhere: bool) -> Match:
        parts = bracketed(name)
        if parts is None:
            return NOTHING
        outside, inside = parts
        match = self.named(outside, country, side, anywhere=anywhere)
        second = self.named(inside, country, side, anywhere=anywhere) if inside else NOTHING
        # Brackets may explain only the last words before them ("Office of the Organisation (ORG)"), so what
        # they hold represents the whole only where it abbreviates the whole, or the rest has no word of its own.
        if not match.org_ids and inside and (is_acronym_of(inside, outside) or is_generic(outside)):
            match = second
        elif len(match.org_ids & second.org_ids) == 1:
            match = Match(match.method, match.org_ids & second.org_ids)
        elif match.org_ids and second.org_ids:
            # Two names of two bodies: which one is meant is for a person to say.
            return Match("", match.org_ids | second.org_ids)
        return Match("folded" if match.method == "exact" else match.method, match.org_ids)

    def _method_of_exact(self, name: str, org_ids: frozenset[str]) -> str:
        # An acronym that several bodies share says nothing by itself: it is the country that decides.
        acronym = letters(name)
        shared = len(self._anywhere.get(f"acronym {acronym}", ())) > 1
        only_acronym = all(
            (org_id, acronym) in self._acronyms and (org_id, acronym) not in self._names for org_id in org_ids
        )
        return "acronym+country" if shared and only_acronym else "exact"

    def _fitting(self, org_ids: frozenset[str], spoken: frozenset[str], side: str | None) -> frozenset[str]:
        # "X union" is not a name of the company X.
        return frozenset(
            org_id
            for org_id in org_ids
            if not (spoken - {self.organisations[org_id].side})
            and (side is None or side == self.organisations[org_id].side)
        )

    def by_acronym(
        self, acronym: str, country: str | None, side: str | None = None, *, anywhere: bool = False
    ) -> Match:
        """Return whom an `acronym` may mean among the organisations of `country`, or of all of them."""
        key = letters(acronym)
        found = self._at(f"acronym {key}", country, anywhere=anywhere) if len(key) > 1 else frozenset()
        if side is not None:
            found = frozenset(org_id for org_id in found if self.organisations[org_id].side == side)
        if not found and not anywhere:
            found = self._abbreviated(acronym, country, side)
        return Match("acronym+country", found) if found else NOTHING

    def _abbreviated(self, acronym: str, country: str | None, side: str | None) -> frozenset[str]:
        """Return the organisations of one country and side whose registered name has the initials `acronym`."""
        short = letters(acronym)
        least = _DISTINCTIVE if country is not None and side is not None else _DISTINCTIVE_ANYWHERE
        if not (acronym.isupper() and acronym.isalpha() and len(short) >= least):
            return frozenset()
        found = self._at(f"initials {short}", country, anywhere=False)
        return frozenset(org_id for org_id in found if side is None or side == self.organisations[org_id].side)


def registry(organisations: pl.DataFrame, organisation_names: pl.DataFrame) -> Registry:
    """Return the registry of the two clean tables; the order of their rows does not matter."""
    forms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for org_id, name, native, acronym in organisations.select("org_id", "name", "native_name", "acronym").iter_rows():
        forms[org_id] |= {(text, kind) for text, kind in ((name, "name"), (native, "native")) if text}
        forms[org_id] |= {(text.strip(), _ACRONYM) for text in (acronym or "").split(";") if text.strip()}
    for org_id, name, kind in organisation_names.select("org_id", "name", "kind").iter_rows():
        forms[org_id].add((name, kind))
    return Registry(
        Organisation(org_id, country, side, level, tuple(sorted(forms[org_id])))
        for org_id, country, side, level in organisations.select("org_id", "country", "side", "level").iter_rows()
    )


def names_other_country(name: str, country: str | None) -> bool:
    """Return whether words of `name` name countries, but not `country`."""
    named = countries_named(name)
    return bool(named) and country is not None and country not in named


def is_generic(name: str) -> bool:
    """Return whether no word of `name` is its own: without its country it says nothing."""
    return distinctive(name) == 0

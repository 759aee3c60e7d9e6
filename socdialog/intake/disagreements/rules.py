"""The declared identities and the words they rest on, read from the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from socdialog.codebook.reviewed_files import reviewed, reviewed_as


@dataclass(frozen=True, slots=True)
class Identity:
    """One declared identity.

    Parameters
    ----------
    id, form, formula
        Name, form of the arithmetic, and the formula as readers see it.
    fields
        What the form needs: names of indicators and words of scopes.
    needs
        Indicators of which a text must tell one; empty where any will do.
    """

    id: str
    form: str
    formula: str
    fields: Mapping[str, tuple[str, ...]]
    needs: frozenset[str] = frozenset()

    def one(self, name: str) -> str:
        """Return the only value of a field; empty when the field is not given."""
        values = self.fields.get(name, ())
        return values[0] if values else ""


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of an official series that make up a total.

    Parameters
    ----------
    total
        Class of the total.
    parts, prefix
        The parts by name, or the beginning of their names.
    complete
        Whether the parts are always all there; if not, they may only not exceed the total.
    """

    total: str
    complete: bool
    parts: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """All that ``codebook/identities.yaml`` declares."""

    rounded_units: frozenset[str]
    rounded_families: frozenset[str]
    whole: frozenset[str]
    country_wide: frozenset[str]
    claim: frozenset[str]
    rest: frozenset[str]
    exhaustive: tuple[frozenset[str], ...]
    cumulative: frozenset[str]
    counted_days: frozenset[str]
    fixed: Mapping[str, str]
    claims: frozenset[str]
    populations: Mapping[str, str]
    ratified: str
    in_force: frozenset[str]
    not_in_force: frozenset[str]
    same_moment_days: int
    law_to_registration_days: int
    identities: tuple[Identity, ...]
    classes: tuple[Classes, ...]
    additive_units: frozenset[str]

    def of_form(self, form: str) -> tuple[Identity, ...]:
        """Return the identities of one form, in the reviewed order."""
        return tuple(identity for identity in self.identities if identity.form == form)


@dataclass(frozen=True, slots=True)
class AcrossTables:
    """All that ``codebook/across_tables.yaml`` declares."""

    title: str
    general_agreement: tuple[str, ...]
    forbidden: frozenset[str]
    forbidden_outcomes: frozenset[str]
    forbidden_lawfulness: frozenset[str]
    stoppage: tuple[str, ...]
    ban_days: int
    years_under_way: int
    publisher_letters: int
    tripartite: tuple[str, ...]


@cache
def across_tables() -> AcrossTables:
    """Return what is declared, read once."""
    return reviewed_as(AcrossTables, reviewed("across_tables.yaml"))


@cache
def rules() -> Rules:
    """Return the declared rules, read once."""
    raw = reviewed("identities.yaml")
    named = [
        {
            **entry,
            "fields": {name: _listed(value) for name, value in entry.items()},
            "needs": _listed(entry.get("result") or entry.get("of") or entry.get("whole") or []),
        }
        for entry in raw["identities"]
    ]
    return reviewed_as(Rules, raw | {"identities": named})


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]

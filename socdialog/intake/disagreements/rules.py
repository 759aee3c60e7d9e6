"""The declared identities and the words they rest on, read from the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from socdialog import codebook


@dataclass(frozen=True, slots=True)
class Identity:
    """One declared identity.

    Parameters
    ----------
    id, form, formula
        Name, form of the arithmetic, and the formula as readers see it.
    fields
        What the form needs: names of indicators and words of scopes.
    """

    id: str
    form: str
    formula: str
    fields: Mapping[str, tuple[str, ...]]

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
    parts: tuple[str, ...]
    prefix: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """All that ``codebook/identities.yaml`` declares."""

    tolerances: Mapping[str, float]
    rounded_units: frozenset[str]
    rounded_families: frozenset[str]
    whole: frozenset[str]
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


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return () if value is None else (str(value),)


def _tolerances(fallback: float) -> Mapping[str, float]:
    """Take the tolerance of each qualifier from its vocabulary, where it says one."""
    found = {"about": fallback}
    if "qualifiers" in codebook.vocabularies():
        for code, term in codebook.vocabulary("qualifiers").items():
            value = term.more.get("tolerance")
            if isinstance(value, int | float):
                found[code] = float(value)
    return found


@cache
def rules() -> Rules:
    """Return the declared rules, read once."""
    raw = yaml.safe_load(files("socdialog.codebook").joinpath("identities.yaml").read_text(encoding="utf-8"))
    return Rules(
        tolerances=_tolerances(float(raw["tolerance_about"])),
        rounded_units=frozenset(raw["rounded_units"]),
        rounded_families=frozenset(raw["rounded_families"]),
        whole=frozenset(raw["whole"]),
        claim=frozenset(raw["claim"]),
        rest=frozenset(raw["rest"]),
        exhaustive=tuple(frozenset(words) for words in raw["exhaustive"]),
        cumulative=frozenset(raw["cumulative"]),
        counted_days=frozenset(raw["counted_days"]),
        fixed=raw["fixed"],
        claims=frozenset(raw["claims"]),
        populations=raw["populations"],
        ratified=raw["ratified"],
        in_force=frozenset(raw["in_force"]),
        not_in_force=frozenset(raw["not_in_force"]),
        same_moment_days=int(raw["same_moment_days"]),
        law_to_registration_days=int(raw["law_to_registration_days"]),
        identities=tuple(
            Identity(
                id=entry["id"],
                form=entry["form"],
                formula=entry["formula"],
                fields={name: _texts(value) for name, value in entry.items() if name not in {"id", "form", "formula"}},
            )
            for entry in raw["identities"]
        ),
        classes=tuple(
            Classes(
                total=entry["total"],
                parts=_texts(entry.get("parts")),
                prefix=entry.get("prefix", ""),
                complete=entry["complete"],
            )
            for entry in raw["classes"]
        ),
        additive_units=frozenset(raw["additive_units"]),
    )

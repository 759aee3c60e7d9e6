"""``study.yaml``: the entries in which a study says what it is, and the codes that it adds to the vocabularies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from socdialog.advice import unknown
from socdialog.codebook import vocabulary
from socdialog.codebook.other_writings import meant
from socdialog.codebook.terms import CODERS, COUNTRIES, EXTENSIBLE, reviewed_terms
from socdialog.folding import fold
from socdialog.intake.entries import Collection, Entries, Language, Licence, PartialDate, SiteAddress, Text, Year
from socdialog.intake.yaml_text import Place
from socdialog.store.study import COMPARISON, PROFILE, Notes

#: Names of notebooks, which are names of pages too: codes of countries, in capital letters, are never among them.
_NOTEBOOK = re.compile(r"[a-z][a-z0-9_]*\.ipynb")
_TAKEN = frozenset({"comparison.ipynb", COMPARISON.file, PROFILE.file})
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_COUNTRY = re.compile(r"[A-Z]{3}")


class NotebookEntry(Entries):
    """A notebook that a build makes into a page."""

    file: Text = Field(description="the name of a notebook in notebooks/, such as wages.ipynb")
    run: Literal["for_each_country", "once"] = Field(description="for_each_country or once")
    title: Text = Field(description="the heading of its page")


class CoderEntry(Entries):
    """Who coded rows, without a name."""

    label: Text = Field(description="a label, such as First coder; never a person's name")
    definition: Text = Field(description="what this coder coded")


class TermEntry(Entries):
    """A term that the study adds to a vocabulary; see `socdialog.codebook.terms.OwnTerm`."""

    label: Text = Field(description="the label shown on pages")
    definition: Text = Field(description="what it means, in one sentence")
    like: Text | None = Field(default=None, description="the code of socdialog that it is grouped with")


class UnitEntry(TermEntry):
    """A unit that the study adds."""

    short: Text | None = Field(default=None, description="the unit shown after a value")
    one: Text | None = Field(default=None, description="the unit shown after the number 1")


class CountryEntry(Entries):
    """A country that ISO 3166-1 does not list."""

    name: Text = Field(description="its name in English")
    since: Year | None = Field(default=None, description="the first year in which it was a state")
    until: Year | None = Field(default=None, description="the last year in which it was a state")


_TERMS = "codes, each with 'label: …' and 'definition: …' below it"


class TermsEntry(Entries):
    """The vocabularies that a study may add terms to."""

    event_kinds: dict[str, TermEntry] | None = Field(default=None, description=_TERMS)
    topics: dict[str, TermEntry] | None = Field(default=None, description=_TERMS)
    outcomes: dict[str, TermEntry] | None = Field(default=None, description=_TERMS)
    units: dict[str, UnitEntry] | None = Field(default=None, description=_TERMS)
    roles: dict[str, TermEntry] | None = Field(default=None, description=_TERMS)
    org_levels: dict[str, TermEntry] | None = Field(default=None, description=_TERMS)


class StudyFile(Entries):
    """The entries of ``study.yaml``; see `socdialog.store.study.Notes`."""

    title: Text | None = None
    region: Text | None = None
    publisher: Text | None = None
    data_licence: Text | None = None
    about: Text | None = None
    languages: list[Language] | None = Field(
        default=None, description="a list of languages (ISO 639-1), such as [en, fr]"
    )
    first_year: Year | None = Field(default=None, description="a year, such as 2010")
    edition: PartialDate | None = Field(default=None, description="a date: YYYY, YYYY-MM or YYYY-MM-DD")
    licence: Licence | None = Field(default=None, description="an identifier of SPDX, such as CC-BY-4.0")
    site_address: SiteAddress | None = Field(default=None, description="an address, such as https://example.org/site/")
    docs_address: SiteAddress | None = Field(default=None, description="an address, such as https://example.org/docs/")
    comparison: bool | None = Field(default=None, description="true or false")
    collection: Collection | None = Field(default=None, description="selection, register or sample")
    notebooks: list[NotebookEntry] | None = Field(
        default=None, description="a list, each item as '- file: …' and, below it, 'run: …' and 'title: …'"
    )
    coders: dict[str, CoderEntry] | None = Field(default=None, description=_TERMS)
    terms: TermsEntry | None = Field(default=None, description=f"{', '.join(EXTENSIBLE)}, each with codes below it")
    countries: dict[str, CountryEntry] | None = Field(
        default=None, description="codes of three capital letters, each with 'name: …' below it"
    )

    def as_notes(self, origins: Mapping[str, Mapping[str, object]]) -> Notes:
        """Return the notes that these entries make."""
        stated = self.model_dump(exclude_none=True)
        licence = vocabulary("licences").get(self.licence or "")
        if licence is not None:
            stated.setdefault("data_licence", f"{licence.label}. {licence.definition}")
        return Notes.from_entries({**stated, "origins": origins})


def faults_of_names(content: Mapping[str, object]) -> Iterator[tuple[Place, str]]:
    """Yield each place in the entries where a code or a notebook that the study adds cannot be one, and why.

    Parameters
    ----------
    content
        The entries as written: names are judged also where other entries are wrong.
    """
    yield from _faults_of_notebooks(content.get("notebooks"))
    yield from _faults((CODERS,), CODERS, content.get(CODERS))
    given = content.get("terms")
    for name in EXTENSIBLE:
        yield from _faults(("terms", name), name, given.get(name) if isinstance(given, dict) else None)
    yield from _faults_of_countries(content.get("countries"))


def _faults(place: Place, name: str, given: object) -> Iterator[tuple[Place, str]]:
    if not isinstance(given, dict):
        return
    ours = reviewed_terms(name)
    labels = defaultdict[str, list[str]](list)
    for code, term in ours.items():
        labels[fold(term.label)].append(code)
    for code, entry in given.items():
        here = (*place, code)
        if code in ours:
            yield here, f"{code!r} is already a code of socdialog; choose another code"
        elif not _CODE.fullmatch(code):
            yield here, f"{code!r} is not a code; write lower-case letters, digits and _, such as 'work_to_rule'"
        if not isinstance(entry, dict):
            continue
        like, label = entry.get("like"), entry.get("label")
        if isinstance(like, str) and like not in ours:
            yield (*here, "like"), f"{unknown('code of socdialog', like, ours)}; name a code of socdialog"
        if isinstance(label, str) and fold(label):
            same = [other for other in labels[fold(label)] if other != code]
            if same:
                yield (
                    (*here, "label"),
                    f"{label!r} is the label of {same[0]!r} already; write a different label",
                )
            labels[fold(label)].append(code)


def _faults_of_notebooks(given: object) -> Iterator[tuple[Place, str]]:
    files = [one.get("file") if isinstance(one, dict) else None for one in given] if isinstance(given, list) else []
    for number, file in enumerate(files):
        if not isinstance(file, str):
            continue
        here = ("notebooks", number, "file")
        if not _NOTEBOOK.fullmatch(file):
            yield here, f"{file!r} cannot name a page; write lower-case letters, digits and _, such as wages.ipynb"
        elif file in _TAKEN:
            yield here, f"{file!r} is the name of a page or a notebook of every study; choose another name"
        elif file in files[:number]:
            yield here, f"{file!r} is listed already; delete one of the entries"


def _faults_of_countries(given: object) -> Iterator[tuple[Place, str]]:
    if not isinstance(given, dict):
        return
    ours = reviewed_terms(COUNTRIES)
    for code, entry in given.items():
        here = ("countries", code)
        if code in ours:
            yield here, f"{code!r} is in ISO 3166-1 ({ours[code].label}) and needs no declaration; delete it"
        elif not _COUNTRY.fullmatch(code):
            known = meant(COUNTRIES, code)
            known_code = f"; ISO 3166-1 has {known[0]}, which needs no declaration" if known else ""
            yield here, f"{code!r} is not a code of three capital letters, such as XKX or SUN{known_code}"
        since, until = (entry.get(name) if isinstance(entry, dict) else None for name in ("since", "until"))
        if isinstance(since, str) and isinstance(until, str) and until < since:
            yield (*here, "until"), f"{until} is before since, {since}; correct one of them"

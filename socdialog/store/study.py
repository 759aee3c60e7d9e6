"""Where a study lives on disk: the folder that holds ``raw/`` and ``clean/``, and what it says of itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from socdialog.codebook import Table, terms
from socdialog.codebook.cldr import official_languages
from socdialog.codebook.terms import DeclaredCountry, OwnTerm
from socdialog.errors import UsageError
from socdialog.paths import user_path

#: Names the data folder when no argument does.
DATA_VARIABLE = "SOCDIALOG_DATA"
#: Countries from which a study compares them, unless it says otherwise.
_COMPARED_FROM = 2


@dataclass(frozen=True, slots=True)
class Study:
    """The data folder of a study.

    Parameters
    ----------
    data
        The folder that holds ``raw/`` and, once cleaned, ``clean/``.
    """

    data: Path

    @property
    def raw(self) -> Path:
        """The folder of the raw tables."""
        return self.data / "raw"

    @property
    def clean(self) -> Path:
        """The folder of the clean tables."""
        return self.data / "clean"

    @property
    def notebooks(self) -> Path:
        """The folder of the study's own notebooks, next to its data."""
        return self.data.resolve().parent / "notebooks"

    @property
    def lock(self) -> Path:
        """The lock that whoever writes into the data of the study holds."""
        return self.data / ".clean.lock"


@dataclass(frozen=True, slots=True)
class StudyNotebook:
    """A notebook that makes pages.

    Parameters
    ----------
    file
        Its name in a folder of notebooks.
    run
        Whether it makes a page for each country, or one.
    title
        Heading of its page; empty for those of the package, whose pages are named by what they are about.
    """

    file: str
    run: Literal["for_each_country", "once"]
    title: str = ""

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return self.file.removesuffix(".ipynb")


#: The notebooks that every study has.
COMPARISON = StudyNotebook("regional_comparison.ipynb", "once")
PROFILE = StudyNotebook("country_profile.ipynb", "for_each_country")


@dataclass(frozen=True, slots=True)
class Notes:
    """What a study says of itself, in ``raw/study.yaml`` and in the ``origin.yaml`` next to its tables.

    Parameters
    ----------
    title, region, publisher, about
        As pages and citations print them; each has an honest default.
    languages
        Of the texts that the study reads, and of its countries (ISO 639-1).
    first_year
        The year in which it begins; None = with the first event.
    edition
        Name of the edition, a date of reduced precision: as stated, or the newest day anything was retrieved or
        published.
    licence
        Of the data as published: an SPDX identifier, or ``LicenseRef-`` and a name; empty = not stated.
    data_licence
        The same in words, and what else holds.
    site_address
        Where the site is shown; empty = not known.
    docs_address
        Where the documentation of socdialog is shown, which the methods page links to; empty = no link.
    comparison
        Whether there is a page that compares the countries; None = from two countries on. See `compares`.
    collection
        What kind of collection it is, of the vocabulary ``collection_kinds``: what may be concluded from counts.
    notebooks
        Further notebooks of its own that are built into pages.
    coders, terms, countries
        What it adds to the vocabularies: its coders, its own terms by vocabulary, and countries that ISO 3166-1 does
        not list; each by code.
    origins
        How each folder of raw tables was collected, and what must not be concluded from it.
    """

    title: str = "Social dialogue"
    region: str = "the region"
    publisher: str = ""
    data_licence: str = "not stated"
    about: str = ""
    languages: tuple[str, ...] = ()
    first_year: int | None = None
    edition: str = ""
    licence: str = ""
    site_address: str = ""
    docs_address: str = ""
    comparison: bool | None = None
    collection: str = "selection"
    notebooks: tuple[StudyNotebook, ...] = ()
    coders: Mapping[str, OwnTerm] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, OwnTerm]] = field(default_factory=dict)
    countries: Mapping[str, DeclaredCountry] = field(default_factory=dict)
    origins: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def compares(self, countries: int) -> bool:
        """Say whether a study of so many countries has a page that compares them; one country has none."""
        return countries >= _COMPARED_FROM and self.comparison is not False

    def every_notebook(self, countries: int) -> tuple[StudyNotebook, ...]:
        """Return the notebooks that make the pages of a study of so many countries."""
        return (*((COMPARISON,) if self.compares(countries) else ()), PROFILE, *self.notebooks)

    def known_problems(self, table: Table) -> str:
        """Return what is known to be wrong with a table: what holds in every study, and what this one states."""
        folder, _, _ = (table.file or "").partition("/")
        stated = self.origins.get(folder, {}).get("known_problems")
        own = str(stated.get(table.name, "")) if isinstance(stated, Mapping) else ""
        return " ".join(part for part in (table.known_problems.strip(), own) if part)

    def use(self, *, countries: Iterable[str] = ()) -> None:
        """Make this study the one at hand: its own terms, coders and countries are known from now on.

        Parameters
        ----------
        countries
            Countries whose official languages are among those of the study, stated or not.
        """
        spoken = {language for country in countries for language in official_languages(country)}
        terms.use(
            terms=self.terms,
            coders=self.coders,
            countries=self.countries,
            languages={*self.languages, *spoken},
        )

    def to_json(self) -> str:
        """Return the notes as JSON, the same bytes each time."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"

    @staticmethod
    def from_json(text: str) -> Notes:
        """Return the notes that `to_json` wrote."""
        return Notes.from_entries(json.loads(text))

    @staticmethod
    def from_entries(entries: Mapping[str, Any]) -> Notes:
        """Return the notes of plain entries, as files hold them; what is not there has its default."""
        made = dict(entries)
        made["languages"] = tuple(made.get("languages", ()))
        made["notebooks"] = tuple(StudyNotebook(**one) for one in made.get("notebooks", ()))
        made["coders"] = {code: OwnTerm(**one) for code, one in made.get("coders", {}).items()}
        made["terms"] = {
            name: {code: OwnTerm(**one) for code, one in given.items()} for name, given in made.get("terms", {}).items()
        }
        made["countries"] = {code: DeclaredCountry(**one) for code, one in made.get("countries", {}).items()}
        return Notes(**made)


def find_study(data: str | os.PathLike[str] | None = None) -> Study:
    """Return the study at `data`, at ``SOCDIALOG_DATA``, or at the nearest ``data/`` at or above here.

    Raises
    ------
    UsageError
        When there is none, or its path cannot be used.
    """
    named = data if data is not None else os.environ.get(DATA_VARIABLE) or None
    if named is not None:
        folder = user_path(named).absolute()
        if not (folder / "raw").is_dir():
            raise UsageError(
                f"{named} contains no folder raw", hint="name the folder that holds raw/, as in --data data"
            )
        return Study(folder)
    here = Path.cwd()
    for above in (here, *here.parents):
        if (above / "data" / "raw").is_dir():
            return Study(above / "data")
    raise UsageError(
        "no data found: there is no folder data/raw here or above",
        hint=f"go into the study's folder, or name its data with --data or {DATA_VARIABLE}",
    )

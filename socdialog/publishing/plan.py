"""What a build has to make: its pages, their parameters, and the key that says whether one is still good."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import socdialog
from socdialog.display.addresses import further_page, page_name, profile_page
from socdialog.display.messages import words
from socdialog.errors import UsageError
from socdialog.parameters import Literal, checked, page_parameters, study_countries
from socdialog.site.pages import Kind
from socdialog.store.fingerprint import fingerprint, sha256_bytes, sha256_file
from socdialog.store.study import COMPARISON, PROFILE, Notes, Study, StudyNotebook
from socdialog.store.withheld import withheld_file

_OURS = (COMPARISON, PROFILE)
#: Where the notebooks of the package lie: in a wheel, and in its repository.
_PACKAGED = (Path(socdialog.__file__).parent / "_notebooks", Path(socdialog.__file__).parent.parent / "notebooks")
#: What only a user at a terminal sees, and what writes raw tables for a study: no page depends on it.
_TERMINAL = (
    *("cli.py", "arguments.py", "console.py", "importing/", "starting/"),
    *(f"sources/{name}.py" for name in ("client", "connection", "descriptions", "fetching", "ilostat", "question")),
)
#: What makes pages of the parts that notebooks yield.
_RENDERING = ("site/", "display/templates/", "display/html.py", "display/svg.py")
#: Packages whose versions a reader of the manifest may ask for.
_NAMED = ("altair", "papermill", "polars", "vl-convert-python")


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks to build.

    Parameters
    ----------
    countries
        Codes of the countries whose pages are wanted; empty = every page.
    since, until, edition, with_people
        As in `socdialog.parameters.Parameters`; None and empty leave the notebook's own default.
    """

    countries: tuple[str, ...] = ()
    since: object = None
    until: object = None
    edition: object = ""
    with_people: bool = False

    def given(self) -> dict[str, object]:
        """Return what was said, and nothing that was left open."""
        arguments = {"since": self.since, "until": self.until, "edition": self.edition, "with_people": self.with_people}
        return {name: value for name, value in arguments.items() if value not in (None, "", False)}


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page to make.

    Parameters
    ----------
    path
        Path of the page below the site.
    kind
        What it is.
    country
        The country, for a page about one.
    title
        Heading of the page.
    notebook
        The notebook, read once.
    parameters
        Every parameter it declares, with its value.
    """

    path: str
    kind: Kind
    country: str | None
    title: str
    notebook: bytes
    parameters: Mapping[str, Literal]

    @property
    def name(self) -> str:
        """Its name: a country's code, ``comparison``, or that of a further notebook and the country."""
        return page_name(self.path)

    def inputs(self, slice_hash: str) -> dict[str, str]:
        """Return the hash of each thing the page is made from, by name, as it is published."""
        return {
            "data": slice_hash,
            "parameters": sha256_bytes(json.dumps(self.parameters, sort_keys=True).encode()),
            "notebook": sha256_bytes(self.notebook),
            "code": notebooks_code_hash(),
            "package": package_hash(),
            "versions": versions(),
        }


def key(inputs: Mapping[str, str]) -> str:
    """Return the key of a page made from `inputs` in this environment."""
    return sha256_bytes(json.dumps({**inputs, "environment": environment_hash()}, sort_keys=True).encode())


def parts_key(inputs: Mapping[str, str]) -> str:
    """Return the key of what a notebook yields from `inputs`: how pages are rendered does not enter."""
    return key({name: value for name, value in inputs.items() if name != "package"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides over a build, for the quick look whether anything changed.

    Parameters
    ----------
    data
        Hashes of what is read of the study.
    how
        Hashes of what makes pages of it, and what the site is.
    pages
        The hash of what is asked for of each page, by name.
    """

    data: Mapping[str, str]
    how: Mapping[str, str]
    pages: Mapping[str, str]

    def up_to_date(self, state: Mapping[str, Any]) -> bool:
        """Whether the site that `state` is about has every page as it is asked for."""
        same = all(state["pages"].get(name) == wanted for name, wanted in self.pages.items())
        return bool(same and state["data"] == self.data and state["how"] == self.how)

    def needs_no_notebook(self, state: Mapping[str, Any]) -> bool:
        """Whether pages differ at most in how they are rendered from what notebooks yielded for `state`."""
        return self.up_to_date({**state, "how": {**state["how"], "package": self.how["package"]}})

    def other_pages(self, state: Mapping[str, Any], carried: Sequence[str]) -> dict[str, str]:
        """Return what was asked for of the pages `carried` over, where it still decides over them."""
        kept = state["pages"] if state["how"] == self.how else {}
        return {name: wanted for name, wanted in kept.items() if name in carried}


def asked_for(study: Study, request: Request, pages: tuple[PagePlan, ...]) -> Asked:
    """Return what decides over a build of these pages."""
    how = {
        "code": notebooks_code_hash(),
        "package": package_hash(),
        "environment": environment_hash(),
        "site": f"{request.edition} {request.with_people}",
    }
    wanted = {page.name: parts_key(page.inputs("")) for page in pages}
    return Asked({"raw": fingerprint(study.raw), "withheld": withheld_hash(study)}, how, wanted)


def withheld_hash(study: Study) -> str:
    """Return the hash of the list of withheld names; empty where there is none."""
    path = withheld_file(study.data)
    return sha256_file(path) if path.is_file() else ""


def plan(study: Study, request: Request) -> tuple[PagePlan, ...]:
    """Return the pages to make, after refusing whatever is wrong with the request.

    Nothing heavy is imported for it, so a mistake is answered at once.

    Raises
    ------
    UsageError
        With one line for each problem.
    """
    names = study_countries(study.raw)
    checked({"countries": request.countries, **request.given()}, known=names)
    pages: list[PagePlan] = []
    problems: dict[str, None] = {}
    for notebook in _notes(study).every_notebook(len(names)):
        file = (notebooks_folder(study) if notebook in _OURS else study.notebooks) / notebook.file
        for country in _subjects(notebook, names, request):
            given = {**request.given(), **({} if country is None else {"country": country})}
            try:
                parameters = page_parameters(file, given, known=names)
            except UsageError as problem:
                problems |= dict.fromkeys(problem.details or (problem.title,))
            else:
                title = _title(notebook, None if country is None else names[country])
                pages.append(PagePlan(*_page(notebook, country), country, title, file.read_bytes(), parameters))
    if problems:
        raise UsageError("pages cannot be built from these notebooks", details=problems, hint=_DECLARE)
    return tuple(pages)


_DECLARE = "correct the cell tagged parameters: a notebook declares every parameter that it is given"


def _subjects(notebook: StudyNotebook, names: Iterable[str], request: Request) -> Sequence[str | None]:
    """Return what a notebook makes pages about: countries, or None; where countries are asked for, only about them."""
    if notebook.run == "once":
        return () if request.countries else (None,)
    return sorted(request.countries or names)


def _title(notebook: StudyNotebook, country: str | None) -> str:
    title = notebook.title or (words("comparison.title") if country is None else country)
    return words("page.further_title", title=title, country=country) if notebook.title and country else title


def _page(notebook: StudyNotebook, country: str | None) -> tuple[str, Kind]:
    """Return the path of the page that a notebook makes, and what the page is."""
    if notebook not in _OURS:
        return further_page(notebook.name, country), "further"
    return profile_page(country), "comparison" if country is None else "country"


def pages_of(notes: Notes, countries: Sequence[str]) -> frozenset[str]:
    """Return the path of every page that notebooks make for a study of these countries."""
    every = notes.every_notebook(len(countries))
    return frozenset(_page(one, country)[0] for one in every for country in _subjects(one, countries, Request()))


def _notes(study: Study) -> Notes:
    """Return what the study says of itself, as far as its ``study.yaml`` can be read; the build checks it later."""
    from socdialog.intake.notes import STUDY_FILE, read_notes  # slow to load

    file = study.raw / STUDY_FILE
    return read_notes({STUDY_FILE: file} if file.is_file() else {}, study.raw).notes


def notebooks_folder(study: Study) -> Path:
    """Return the study's own notebooks, else the ones that come with the package.

    Raises
    ------
    UsageError
        When there are none.
    """
    for folder in (study.notebooks, *_PACKAGED):
        if all((folder / one.file).is_file() for one in _OURS):
            return folder
    raise UsageError(
        f"no notebooks found: {' and '.join(one.file for one in _OURS)}", hint="keep them in notebooks/ next to data/"
    )


def packaged_notebooks() -> tuple[Path, ...]:
    """Return the notebooks that come with the package."""
    folder = next(folder for folder in _PACKAGED if folder.is_dir())
    return tuple(folder / one.file for one in _OURS)


@cache
def package_hash() -> str:
    """Return the hash of every file of this package that may shape a page."""
    return fingerprint(Path(socdialog.__file__).parent, without=_TERMINAL)


@cache
def notebooks_code_hash() -> str:
    """Return the hash of every file of this package that may shape what a notebook yields."""
    return fingerprint(Path(socdialog.__file__).parent, without=(*_TERMINAL, *_RENDERING))


@cache
def versions() -> str:
    """Return the versions of the packages that shape a page, in words."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in _NAMED)


@cache
def environment_hash() -> str:
    """Return the hash of the interpreter and of everything installed: the lock as it really is."""
    installed = {path.name for folder in map(Path, sys.path) if folder.is_dir() for path in folder.glob("*.dist-info")}
    known = (*sorted(installed), platform.python_version(), platform.system(), platform.machine())
    return sha256_bytes("\n".join(known).encode())


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> Sequence[str]:
    """Return the names of the inputs that differ."""
    return [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]

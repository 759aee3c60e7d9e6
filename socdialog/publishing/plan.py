"""What a build has to make: its pages, their parameters, and the key that says whether one is still good."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import socdialog
from socdialog.display.addresses import profile_page
from socdialog.display.messages import words
from socdialog.errors import UsageError
from socdialog.parameters import Literal, checked, declared, study_countries
from socdialog.store.fingerprint import fingerprint, sha256_bytes, sha256_file
from socdialog.store.study import Study
from socdialog.store.withheld import withheld_file

COMPARISON = "comparison"
_NOTEBOOKS = {"country": "country_profile.ipynb", COMPARISON: "regional_comparison.ipynb"}
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
    name
        A country's code, or ``comparison``.
    country
        The country, for a page about one.
    title
        Heading of the page.
    notebook
        The notebook, read once.
    parameters
        Every parameter it declares, with its value.
    """

    name: str
    country: str | None
    title: str
    notebook: bytes
    parameters: Mapping[str, Literal]

    @property
    def path(self) -> str:
        """Path of the page below the site."""
        return profile_page(self.country)

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
    folder = notebooks_folder(study)
    wanted = request.countries or tuple(names)
    checked({"countries": request.countries, **request.given()}, known=names)
    pages: list[PagePlan] = []
    if not request.countries and _compares(study, len(names)):
        pages.append(_page(folder, None, title=words("comparison.title"), request=request, known=names))
    pages += [_page(folder, code, title=names[code], request=request, known=names) for code in sorted(wanted)]
    return tuple(pages)


def _compares(study: Study, countries: int) -> bool:
    """Say whether the study has a comparison, as far as its ``study.yaml`` can be read; the build checks it later."""
    from socdialog.intake.notes import STUDY_FILE, read_notes  # slow to load

    file = study.raw / STUDY_FILE
    return read_notes({STUDY_FILE: file} if file.is_file() else {}, study.raw).notes.compares(countries)


def _page(folder: Path, country: str | None, *, title: str, request: Request, known: Mapping[str, str]) -> PagePlan:
    notebook = folder / _NOTEBOOKS[COMPARISON if country is None else "country"]
    defaults = declared(notebook)
    given = {**request.given(), **({} if country is None else {"country": country})}
    parameters = checked({**defaults, **given}, known=known, names=tuple(defaults))
    injected = {name: value for name, value in parameters.values().items() if name in defaults}
    return PagePlan(country or COMPARISON, country, title, notebook.read_bytes(), injected)


def notebooks_folder(study: Study) -> Path:
    """Return the study's own notebooks, else the ones that come with the package.

    Raises
    ------
    UsageError
        When there are none.
    """
    for folder in (study.data.resolve().parent / "notebooks", *_PACKAGED):
        if all((folder / name).is_file() for name in _NOTEBOOKS.values()):
            return folder
    raise UsageError(
        f"no notebooks found: {' and '.join(_NOTEBOOKS.values())}", hint="keep them in notebooks/ next to data/"
    )


def packaged_notebooks() -> tuple[Path, ...]:
    """Return the notebooks that come with the package."""
    folder = next(folder for folder in _PACKAGED if folder.is_dir())
    return tuple(folder / name for name in _NOTEBOOKS.values())


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

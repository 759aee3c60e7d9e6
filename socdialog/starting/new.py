"""Start a study: a folder with every table, what the study says of itself, code lists, notebooks and an example.

The folder is whole at once: `socdialog check` and `socdialog build` end well in it before anything is filled in.
"""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.codebook import cldr
from socdialog.codebook.cldr import official_languages, own_name
from socdialog.codebook.other_writings import meant
from socdialog.errors import UsageError
from socdialog.intake.hidden import hidden_message
from socdialog.publishing.plan import packaged_notebooks
from socdialog.starting.code_lists import code_lists, csv_text
from socdialog.store.files import naming, write_staged

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Environment

#: Where the tables of a new study lie, and the rows of the example, which are next to them and are not read.
_RAW, _EXAMPLE = "data/raw", "example"
#: The country in which the example happens when the study has none yet.
_ANY_COUNTRY = "GHA"


def new_study(folder: Path, *, countries: Sequence[str] = (), title: str = "", today: date) -> tuple[str, ...]:
    """Make the folder of a new study, in whole, and return the paths of its files.

    Parameters
    ----------
    folder
        Absent or empty; nothing is ever written over.
    countries
        ISO 3166-1 alpha-3 codes; more can be added to ``registry/countries.csv`` later.
    title
        Of the study; default: one that names the countries.
    today
        The day of its beginning, which is its first edition.

    Raises
    ------
    UsageError
        When the folder holds something, or a country is not known.
    """
    title = " ".join(title.split())
    if fault := hidden_message(title):
        raise UsageError(f"title: {fault}")
    _refuse_countries(countries)
    _refuse_folder(folder)
    folder = folder.absolute()
    contents = dict(_contents(tuple(sorted(countries)), title, today))
    folder.parent.mkdir(parents=True, exist_ok=True)
    private = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        staged = private / folder.name
        for name, content in contents.items():
            write_staged(staged / name, content)
        with naming(folder):
            _move(staged, folder)
    finally:
        shutil.rmtree(private, ignore_errors=True)
    return tuple(sorted(contents))


def _move(staged: Path, folder: Path) -> None:
    """Move a whole folder to its place: in one step, or into an empty folder, which may be in use."""
    if not folder.exists():
        staged.rename(folder)
        return
    for item in sorted(staged.iterdir()):
        item.rename(folder / item.name)


def _refuse_countries(countries: Sequence[str]) -> None:
    world = codebook.vocabulary("iso_countries")
    wrong = [unknown("country", one, world, meant("iso_countries", one)) for one in countries if one not in world]
    wrong += [f"{one!r} is repeated" for one in sorted({one for one in countries if countries.count(one) > 1})]
    if wrong:
        hint = "write ISO 3166-1 codes separated by commas, such as GHA,NGA; declare others in study.yaml later"
        raise UsageError("wrong countries", details=wrong, hint=hint)


def _refuse_folder(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} exists and is not a folder", hint="name a folder that does not exist yet")
    there = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    if there:
        shown = f"{', '.join(there[:3])}{' and more' if there[3:] else ''}"
        raise UsageError(
            f"{folder} holds {shown}; no file is overwritten", hint="name a folder that does not exist yet"
        )


def _contents(countries: tuple[str, ...], title: str, today: date) -> Iterator[tuple[str, str]]:
    """Yield the path of each file below the new folder, and its content."""
    world = codebook.vocabulary("iso_countries")
    names = [world[code].label for code in countries]
    region = cldr.listing(names) or "the region"
    values = {
        "title": title or f"Social dialogue in {region}",
        "region": region,
        "languages": sorted({"en", *(one for code in countries for one in official_languages(code))}),
        "month": f"{today:%Y-%m}",
        "country": countries[0] if countries else _ANY_COUNTRY,
        "days": [date(today.year - 1, 5, day).isoformat() for day in (14, 15, 17)],
    }
    templates, environment = files(__package__).joinpath("templates"), _environment()
    for path, content in _files_below(templates):
        if path.endswith(".j2"):
            name, text = path.removesuffix(".j2"), environment.from_string(content).render(values)
            yield name, _with_every_column(name.removeprefix(f"{_EXAMPLE}/"), text) if name.endswith(".csv") else text
    given = {path.removeprefix("tables/"): content for path, content in _files_below(templates.joinpath("tables"))}
    given["registry/countries.csv"] = csv_text(_COUNTRY, map(_country, countries))
    yield from ((f"{_RAW}/{path}", content) for path, content in _tables(given))
    yield from ((f"codes/{name}.csv", content) for name, content in code_lists())
    for notebook in packaged_notebooks():
        yield f"notebooks/{notebook.name}", _notebook(notebook, countries)


_COUNTRY = ("country", "iso2", "m49", "name", "own_name", "ilo_member_since", "groups", "source")


def _country(code: str) -> tuple[object, ...]:
    term = codebook.vocabulary("iso_countries")[code]
    return code, term.more["iso2"], term.more["m49"], term.label, own_name(code), "", "", "ISO 3166-1; Unicode CLDR"


def _tables(given: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every raw table with its header, and the rows that a study starts with."""
    for spec in codebook.tables().values():
        if spec.file is not None and (not spec.optional or spec.file in given):
            yield spec.file, _with_every_column(spec.file, given.get(spec.file, ""))


def _with_every_column(file: str, text: str) -> str:
    """Return rows, written with the columns that they fill, with every column of their table."""
    (columns,) = (tuple(spec.columns) for spec in codebook.tables().values() if spec.file == file)
    return csv_text(columns, ([row.get(name) for name in columns] for row in csv.DictReader(text.splitlines())))


def _notebook(notebook: Path, countries: tuple[str, ...]) -> str:
    """Return a notebook of the package with the first country of the study where it names one of its own."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            lines = cell["source"] if isinstance(cell["source"], list) else cell["source"].splitlines(keepends=True)
            first = json.dumps(countries[0] if countries else _ANY_COUNTRY)
            cell["source"] = [f"country: str = {first}\n" if line.startswith("country:") else line for line in lines]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _files_below(folder: Traversable, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each file below a folder of the package, sorted, and its content."""
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.is_dir():
            yield from _files_below(item, f"{above}{item.name}/")
        else:
            yield f"{above}{item.name}", item.read_text(encoding="utf-8")


def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    # Texts of YAML, Markdown and CSV: nothing in them is markup.
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    return environment

"""The one strict model of a run: what a notebook may be given, checked before anything heavy is imported.

Nothing is coerced: the text ``"2010"`` is not a year and ``1`` is no yes. All problems are reported at once.
"""

from __future__ import annotations

import ast
import csv
import errno
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from socdialog import dates
from socdialog.advice import unknown
from socdialog.errors import UsageError

#: What may be injected into a notebook; each has a literal that is data, never code.
Literal = str | int | bool | None | tuple[str, ...]
#: Where a study lists its countries, below ``raw``.
COUNTRIES_FILE = Path("registry") / "countries.csv"

#: The remark at the head of a cell that papermill adds.
_INJECTED = "# Parameters"
_YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What one page is made with; build it with `checked`.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-3 code of the country of a profile; None for a comparison.
    countries
        Codes of the countries of a comparison, sorted; empty = every country of the study.
    since, until
        First and last year, month or day of activity: a year as a number, all else as a text; None = open.
    edition
        Name of the edition, a date of reduced precision; empty = the newest date in the data.
    with_people
        Whether officials may be named.
    """

    country: str | None = None
    countries: tuple[str, ...] = ()
    since: int | str | None = None
    until: int | str | None = None
    edition: str = ""
    with_people: bool = False

    def values(self) -> dict[str, Literal]:
        """Return the parameters by name, in a fixed order."""
        return {name: getattr(self, name) for name in NAMES}


NAMES: tuple[str, ...] = ("country", "countries", "since", "until", "edition", "with_people")


def checked(values: Mapping[str, object], *, known: Iterable[str], names: Iterable[str] = NAMES) -> Parameters:
    """Return `values` as parameters, after refusing everything that is wrong with them, all at once.

    Parameters
    ----------
    values
        The values by name; a missing one has its default.
    known
        Codes of the study's countries.
    names
        Names allowed here, such as those a notebook declares.

    Raises
    ------
    UsageError
        With one line for each problem.

    Examples
    --------
    >>> checked({"country": "KAZ", "since": 2015}, known=["KAZ"]).since
    2015
    """
    allowed, study = tuple(names), tuple(sorted(known))
    problems = [unknown("parameter", name, allowed) for name in values if name not in allowed]
    country, countries = values.get("country"), values.get("countries", ())
    since, until = values.get("since"), values.get("until")
    edition, with_people = values.get("edition", ""), values.get("with_people", False)

    if country is not None:
        problems += _country_problems("country", country, study)
    if isinstance(countries, str) or not isinstance(countries, Sequence):
        problems.append(f"countries: {countries!r} is not a list of codes; write ['{_example(study)}']")
    else:
        problems += [line for code in countries for line in _country_problems("countries", code, study)]
        problems += [f"countries: {code!r} is repeated" for code in _repeated(countries)]
    problems += [*_span_problems(since, None), *_span_problems(None, until)] or _span_problems(since, until)
    problems += _edition_problems(edition)
    if not isinstance(with_people, bool):
        problems.append(f"with_people: {with_people!r} is neither True nor False")

    if problems:
        raise UsageError("wrong parameters", details=problems, hint=_hint(study))
    assert country is None or isinstance(country, str)
    assert isinstance(countries, Sequence)
    return Parameters(
        country=country,
        countries=tuple(sorted(str(code) for code in countries)),
        since=_shortest(since),
        until=_shortest(until),
        edition=str(edition),
        with_people=with_people is True,
    )


def study_countries(raw: Path) -> dict[str, str]:
    """Return the countries of a study, name by code, in the order of their codes.

    Raises
    ------
    UsageError
        When the study has no readable list of countries.
    """
    path = raw / COUNTRIES_FILE
    try:
        if not path.is_file():  # a pipe would wait for ever
            raise FileNotFoundError(errno.ENOENT, "no such file")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return dict(sorted((row["country"], row["name"]) for row in rows))
    except (OSError, UnicodeError, csv.Error, KeyError, TypeError) as problem:
        raise UsageError(
            f"the countries of the study cannot be read from {raw.name}/{COUNTRIES_FILE.as_posix()}: {problem}",
            hint="run `socdialog check` to see the problem",
        ) from None


def declared(notebook: Path) -> dict[str, Literal]:
    """Return the parameters that a notebook declares, with their defaults.

    The cell tagged ``parameters`` is read as syntax and never run: each line is ``name: type = literal``.

    Raises
    ------
    UsageError
        When there is no such cell, a line of it is something else, or a name is none of `NAMES`.
    """
    if not notebook.is_file():
        there = sorted(path.name for path in notebook.parent.glob("*.ipynb"))
        raise UsageError(unknown(f"notebook in {notebook.parent.name}/", notebook.name, there))
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = [cell["source"] for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", ())]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        raise UsageError(f"{notebook.name} cannot be read as a notebook: {why}") from None
    if len(sources) != 1:
        raise UsageError(
            f"{notebook.name} has {len(sources)} cells tagged parameters", hint="tag exactly one cell `parameters`"
        )
    source = sources[0] if isinstance(sources[0], str) else "".join(sources[0])
    try:
        lines = ast.parse(source).body
    except SyntaxError as problem:
        raise UsageError(f"{notebook.name}: the parameters cell is not Python: {problem.msg}") from None
    found: dict[str, Literal] = {}
    problems: list[str] = []
    for line in lines:
        entry = _declaration(line)
        if entry is None:
            problems.append(f"line {line.lineno}: `{ast.unparse(line)}` is not `name: type = literal`")
        elif entry[0] not in NAMES:
            problems.append(f"line {line.lineno}: {unknown('parameter', entry[0], NAMES)}")
        else:
            found[entry[0]] = entry[1]
    if problems:
        raise UsageError(f"{notebook.name}: the parameters cell declares what no run can give", details=problems)
    return found


def page_parameters(notebook: Path, given: Mapping[str, object], *, known: Iterable[str]) -> dict[str, Literal]:
    """Return every parameter that a notebook declares, with its value: as given, else its default.

    Parameters
    ----------
    notebook
        The notebook.
    given
        Values by name, each of which the notebook has to declare.
    known
        Codes of the study's countries.

    Raises
    ------
    UsageError
        With one line for each problem.
    """
    try:
        defaults = declared(notebook)
        found = checked({**defaults, **given}, known=known, names=tuple(defaults)).values()
    except UsageError as problem:
        details = [f"{notebook.name}: {line}" for line in problem.details]
        raise UsageError(problem.title, details=details, hint=problem.hint) from None
    return {name: value for name, value in found.items() if name in defaults}


def check_parameters() -> None:
    """Refuse parameters that papermill injected into the running notebook and that it does not declare.

    papermill itself only warns, and the notebook would run with its defaults. Belongs into the first cell after
    the parameters. Does nothing where nothing was injected, and outside notebooks.

    Raises
    ------
    UsageError
        With one line for each unknown parameter.

    Examples
    --------
    >>> check_parameters()
    """
    kernel = sys.modules.get("IPython")
    shell = kernel.get_ipython() if kernel is not None else None
    problems = unknown_injected(shell.user_ns.get("In", ())) if shell is not None else ()
    if problems:
        raise UsageError("wrong parameters", details=problems, hint="correct the name, or leave the parameter out")


def unknown_injected(cells: Sequence[str]) -> list[str]:
    """Return a line for each parameter that was injected before the last cell and that none declares.

    Parameters
    ----------
    cells
        The source of each cell that ran, in this order; the last one is running. A cell of injected parameters
        has papermill's form: its remark, then ``name = literal`` and nothing else. Variables that a person set
        in any other cell are their own affair.
    """
    injected = _injected(cells[-2]) if len(cells) > 1 else ()
    declaring = (_assigned(cell) for cell in reversed(cells[:-2]) if not _injected(cell))
    allowed = next(filter(None, declaring), NAMES)
    return [unknown("parameter", name, allowed) for name in injected if name not in allowed]


def _injected(cell: str) -> tuple[str, ...]:
    """Return the names that a cell written by papermill assigns; none for any other cell."""
    return _assigned(cell, annotated=False) if cell.lstrip().startswith(_INJECTED) else ()


def _assigned(cell: str, *, annotated: bool = True) -> tuple[str, ...]:
    """Return the names that a cell assigns which does nothing else; none for any other cell."""
    names = []
    for line in _statements(cell):
        if isinstance(line, ast.Assign) and len(line.targets) == 1:
            target = line.targets[0]
        elif annotated and isinstance(line, ast.AnnAssign):
            target = line.target
        else:
            return ()
        if not isinstance(target, ast.Name):
            return ()
        names.append(target.id)
    return tuple(names)


def _statements(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except (SyntaxError, ValueError):
        return []


def _declaration(line: ast.stmt) -> tuple[str, Literal] | None:
    if not isinstance(line, ast.AnnAssign) or not isinstance(line.target, ast.Name) or line.value is None:
        return None
    try:
        value = ast.literal_eval(line.value)
    except ValueError:
        return None
    if isinstance(value, list | tuple):
        return (line.target.id, tuple(value)) if all(isinstance(one, str) for one in value) else None
    return (line.target.id, value) if value is None or isinstance(value, str | int | bool) else None


def _country_problems(name: str, code: object, study: tuple[str, ...]) -> list[str]:
    if not isinstance(code, str):
        return [f"{name}: {code!r} is not a code in quotes, such as '{_example(study)}'"]
    if code in study:
        return []
    from socdialog import codebook

    world = codebook.vocabulary("iso_countries")
    if code in world:
        return [f"{name}: {code} ({world[code].label}) is not a country of this study; it has {', '.join(study)}"]
    from socdialog.codebook.other_writings import meant

    codes = meant("iso_countries", code)
    if codes and not set(codes) & set(study):
        return [f"{name}: {code!r} means {' or '.join(codes)}, not a country of this study; it has {', '.join(study)}"]
    return [f"{name}: {unknown('country', code, study, codes)}"]


def _span_problems(since: object, until: object) -> list[str]:
    try:
        dates.span(since, until)  # type: ignore[arg-type]  # it refuses what is no date
    except UsageError as problem:
        return [f"{problem.title}; {problem.hint}"]
    return []


def _shortest(value: object) -> int | str | None:
    """Return a date in the one form that a page is built with, however it was given."""
    text = str(value)[:10]
    return None if value is None else int(text) if _YEAR.fullmatch(text) else text


def _edition_problems(value: object) -> list[str]:
    if not isinstance(value, str):
        return [f"edition: {value!r} is not a date in quotes; {dates.RULE}"]
    try:
        if value:
            dates.bounds(value)
    except ValueError as problem:
        return [f"edition: {problem}"]
    return []


def _repeated(codes: Sequence[object]) -> list[object]:
    return sorted({code for code in codes if codes.count(code) > 1}, key=str)


def _example(study: tuple[str, ...]) -> str:
    return study[0] if study else "ABC"


def _hint(study: tuple[str, ...]) -> str:
    return f"countries of this study: {', '.join(study)}" if study else ""

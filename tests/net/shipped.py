"""The shipped study as published: its profiles, and the site that is written of them, without running notebooks."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from socdialog.display.display_block import PARTS_ONLY
from socdialog.display.messages import words
from socdialog.display.svg import remembering
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, Frozen, freeze
from socdialog.profiles import Profile, country_profile, regional_comparison
from socdialog.site.figure_files import files_of_figures
from socdialog.site.page_body import page_body
from socdialog.site.page_shell import SiteInfo, render_page
from socdialog.site.pages import PageInfo, PageResult
from socdialog.site.writing import write_site

ROOT = Path(__file__).parents[2]
COMPARISON = "comparison"
_NOTEBOOKS = {True: "regional_comparison.ipynb", False: "country_profile.ipynb"}
_SHOWN = re.compile(r"^profile\[([^\]]+)\]", re.MULTILINE)


def frozen(folder: Path, data: Path = ROOT / "data") -> Frozen:
    """The data, cleaned and without people, as a build freezes it."""
    return freeze(data, folder)


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """Set a variable of the environment for the block."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def every_profile(data: Frozen) -> Mapping[str, Profile]:
    """Every profile of these data by country, and the comparison."""
    countries = data.tables["countries"].get_column("country").sort()
    with _variable(SNAPSHOT_VARIABLE, str(data.snapshot.folder)):
        return {country: country_profile(country) for country in countries} | {COMPARISON: regional_comparison()}


def path_of(name: str) -> str:
    """Where the page of a profile lies below the site."""
    return f"{COMPARISON}.html" if name == COMPARISON else f"countries/{name}.html"


def write(folder: Path, data: Frozen, profiles: Mapping[str, Profile]) -> None:
    """Write the site of these profiles; each page shows what its notebook shows, in that order.

    As in a build, notebooks display parts, which the site alone makes HTML of, and no chart is drawn twice.
    """
    with _variable(PARTS_ONLY, "1"), remembering({}):
        _write(folder, data, profiles)


def _write(folder: Path, data: Frozen, profiles: Mapping[str, Profile]) -> None:
    notes = data.snapshot.notes
    pages = []
    for name, profile in profiles.items():
        country = None if name == COMPARISON else name
        title = profile.name if country else words("comparison.title")
        info = PageInfo(path_of(name), title, "country" if country else "comparison", country, notes.edition)
        outputs = [profile[keys]._repr_mimebundle_() for keys in shown(name)] + [profile.sources._repr_mimebundle_()]
        made = page_body(_executed(outputs), info.path, country)
        html = render_page(made.html, info, site_title=notes.title)
        figures = dict(files_of_figures(made.notebook, info.path))
        pages.append(PageResult(info, html, json.dumps(made.notebook).encode(), figures=figures))
    write_site(
        folder,
        pages,
        data.tables,
        problems=data.problems,
        site=SiteInfo(notes, notes.edition, data.snapshot.fingerprint or "", version="0"),
    )


def shown(name: str) -> list[tuple[str, ...]]:
    """The sections that the notebook of a page shows, cell by cell."""
    notebook = json.loads((ROOT / "notebooks" / _NOTEBOOKS[name == COMPARISON]).read_text(encoding="utf-8"))
    cells = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    return [tuple(key.strip(" \"'") for key in keys.split(",")) for cell in cells for keys in _SHOWN.findall(cell)]


def _executed(outputs: list[dict[str, Any]]) -> nbformat.NotebookNode:
    cells = [{"cell_type": "code", "outputs": [{"output_type": "display_data", "data": data}]} for data in outputs]
    return nbformat.from_dict({"cells": cells})

"""Every public name is there, and the package costs nothing until one is used."""

from __future__ import annotations

import ast
import inspect
import pydoc
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Literal, get_origin

import jedi
import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter

import socdialog as sd
from socdialog import codebook
from socdialog.intake.check_report import CheckReport
from socdialog.intake.clean import clean
from socdialog.intake.problems import Problem
from socdialog.intake.reading import RawData
from socdialog.loaders.selection import of_countries

MODULES = [
    sd,
    sd.sources,
    sd.sources.ilostat,
    sd.metrics,
    *(getattr(sd.metrics, name) for name in sd.metrics.__all__),
    sd.charts,
    sd.tables,
]
LOADERS = {name.removeprefix("load_") for name in sd.__all__ if name.startswith("load_")}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_public_module_shows_what_a_person_may_use_and_nothing_else(module: ModuleType) -> None:
    assert dir(module) == sorted(set(module.__all__))
    page = pydoc.plain(pydoc.render_doc(module))
    for name in module.__all__:
        thing = getattr(module, name)
        assert not name.startswith("_")
        assert thing.__doc__ or get_origin(thing) is Literal, name
        assert re.search(rf"\b{name}\b", page), f"help() does not list {name}"
        home = thing.__name__ if isinstance(thing, ModuleType) else getattr(thing, "__module__", "socdialog")
        assert home.startswith(("socdialog", "typing")), f"{name} is not ours"


@pytest.fixture(scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of jedi's for this process: in the common one it offers nothing when another process writes to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jedi.settings, "cache_directory", str(tmp_path_factory.mktemp("jedi")))
        yield


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
@pytest.mark.parametrize("use_jedi", [True, False])
def test_tab_offers_what_dir_shows(module: ModuleType, *, use_jedi: bool) -> None:
    completer = IPCompleter(namespace={"it": module}, use_jedi=use_jedi)
    with provisionalcompleter():
        offered = {found.text.removeprefix("it.").removeprefix(".") for found in completer.completions("it.", 3)}
    assert offered == set(module.__all__)


def test_each_table_of_the_data_dictionary_has_a_function_with_the_options_that_it_can_serve(raw: RawData) -> None:
    assert set(codebook.tables()) == LOADERS
    specs = codebook.tables()
    cut = {
        "disputes",
        "evidence",
        *(name for name in of_countries(clean(raw), ("KAZ",)) if specs[name].belongs_to != ("all",)),
    }
    for table in LOADERS:
        options = set(inspect.signature(getattr(sd, f"load_{table}")).parameters)
        assert ("countries" in options) == (table in cut), table
        assert ("since" in options, "until" in options) == (specs[table].dated_by is not None,) * 2, table


def test_type_checkers_know_every_public_name() -> None:
    """They read the imports under ``TYPE_CHECKING``, which do not happen at run time."""
    for module in (sd, sd.metrics):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        (block,) = (node for node in tree.body if isinstance(node, ast.If))
        known = {
            alias.asname or alias.name
            for node in ast.walk(block)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert set(module.__all__) == known - {"ModuleType"}


@pytest.mark.parametrize("name", ["load_evnts", "nothing", "loaders_", "_load"])
def test_an_unknown_name_is_no_attribute(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(sd, name)


def test_a_name_that_is_meant_is_told() -> None:
    with pytest.raises(AttributeError, match="did you mean 'load_events'"):
        _ = sd.load_evnts
    with pytest.raises(AttributeError, match="did you mean 'activity'"):
        _ = sd.metrics.activty
    with pytest.raises(AttributeError, match=r"write metrics\.membership\.density_by"):
        _ = sd.metrics.density_by
    with pytest.raises(AttributeError, match="subjects: activity"):
        _ = sd.metrics.rain


def test_import_loads_nothing_heavy() -> None:
    heavy = "'polars altair pandera papermill yaml'.split()"
    for used, expected in (("", "[]"), (", polars", "['polars']")):
        ended = subprocess.run(
            [sys.executable, "-c", f"import sys, socdialog{used}; print([n for n in {heavy} if n in sys.modules])"],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        assert ended.stdout.strip() == expected


def test_a_check_report_is_a_table_with_scopes_and_nothing_unescaped() -> None:
    shown = CheckReport((Problem("a<b>.csv", 3, "kind", "'<script>' & more", "error", "code"),))._repr_html_()
    assert shown.count('scope="col"') == 4
    assert '<th scope="row">a&lt;b&gt;.csv:3</th>' in shown
    assert "&lt;script&gt;" in shown
    assert "&amp; more" in shown
    assert "<script>" not in shown
    assert "<caption>1 error, 0 warnings</caption>" in shown
    assert CheckReport(())._repr_html_() == "<p>no problems found</p>"

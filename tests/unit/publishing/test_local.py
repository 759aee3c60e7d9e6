"""Whatever a notebook does to its process, the next one finds nothing of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from small_study import ROOT, notebook

from socdialog.publishing.executor import Task
from socdialog.publishing.local import LocalExecutor

#: By name: how to see that somebody was here before, and what leaves a trace.
LEAKS = {
    "a name of the notebook": ("'kept' in globals()", "kept = 1"),
    "a builtin": ("hasattr(builtins, 'leak')", "builtins.leak = 1"),
    "a module": ("'leak' in sys.modules", "sys.modules['leak'] = json"),
    "an attribute of a module": ("hasattr(json, 'leak')", "json.leak = 1"),
    "where modules are found": ("'/leak' in sys.path", "sys.path.insert(0, '/leak')"),
    "the environment": ("'LEAK' in os.environ", "os.environ['LEAK'] = '1'"),
    "a file": ("os.path.exists('leak') or os.path.exists('../leak')", "open('leak', 'w').close()"),
    "the working folder": ("os.path.basename(os.getcwd()) == 'other'", "os.mkdir('other'); os.chdir('other')"),
    "the mask of new files": ("umask() == 0o007", "os.umask(0o007)"),
    "the locale": ("locale.setlocale(locale.LC_TIME) == 'C.UTF-8'", "locale.setlocale(locale.LC_ALL, 'C.UTF-8')"),
    "random numbers": ("drawn() == drawn(7)", "random.seed(7)"),
    "random numbers of polars": ("shuffled() == shuffled(7)", "pl.set_random_seed(7)"),
    "precision of decimals": ("decimal.getcontext().prec == 7", "decimal.getcontext().prec = 7"),
    "filters of warnings": (
        "('error', Leak) in [(one[0], one[2]) for one in warnings.filters]",
        "warnings.simplefilter('error', Leak)",
    ),
    "how polars prints": ("'┌' not in str(pl.DataFrame({'a': [1]}))", "pl.Config.set_tbl_formatting('NOTHING')"),
    "how many columns polars prints": ("pl.Config.state()['POLARS_FMT_MAX_COLS'] == '3'", "pl.Config.set_tbl_cols(3)"),
    "the theme of charts": ("alt.theme.active == 'dark'", "alt.theme.enable('dark')"),
    "the renderer of charts": ("alt.renderers.active == 'json'", "alt.renderers.enable('json')"),
    "options of the renderer": ("alt.renderers.options.get('leak') == 1", "alt.renderers.enable('json', leak=1)"),
    "the transformer of data": ("alt.data_transformers.active == 'csv'", "alt.data_transformers.enable('csv')"),
    "most rows of a chart": (
        "alt.data_transformers.options.get('max_rows') == 7",
        "alt.data_transformers.enable('csv', max_rows=7)",
    ),
    "a format of the shell": (
        "DisplayBlock in get_ipython().display_formatter.formatters['text/html'].type_printers",
        "get_ipython().display_formatter.formatters['text/html'].for_type(DisplayBlock, str)",
    ),
    "a thread": ("'leak' in [one.name for one in threading.enumerate()]", "threading.Thread(**SLEEPER).start()"),
}
CELL = f"""import builtins, decimal, json, locale, os, random, sys, threading, warnings
import altair as alt, polars as pl
Leak, DisplayBlock = ResourceWarning, complex
SLEEPER = dict(name='leak', target=threading.Event().wait, daemon=True)
def umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
def drawn(seed=None):
    if seed is not None:
        random.seed(seed)
    return random.random()
def shuffled(seed=None):
    if seed is not None:
        pl.set_random_seed(seed)
    return pl.Series(range(99)).shuffle().to_list()
found = sorted(name for name, look in { ({name: look for name, (look, _) in LEAKS.items()})!r}.items() if eval(look))
for act in {[act for _, act in LEAKS.values()]!r}:
    exec(act)
json.dumps(found)"""
#: Two notebooks in one process, as it must not be.
SHARED = f"""import json
from socdialog.publishing.notebook_shell import new_shell
for _ in range(2):
    *_, last = new_shell().run({CELL!r})[1]
print(last["data"]["text/plain"])
"""


def test_nothing_leaks_from_one_notebook_to_the_next(tmp_path: Path) -> None:
    executor = LocalExecutor(tmp_path / "run", jobs=1)
    tasks = [Task(name, notebook("country: str = 'KAZ'", CELL).encode(), {}, tmp_path) for name in ("one", "two", "3")]
    try:
        outcomes = list(executor.run(tasks, timeout=60))
    finally:
        executor.close()
    assert [outcome.failure for outcome in outcomes] == [None] * 3
    for outcome in outcomes:
        assert outcome.notebook is not None
        shown = json.loads(outcome.notebook)["cells"][-1]["outputs"][-1]["data"]["text/plain"]
        assert "".join(shown) == "'[]'"


def test_notebooks_of_one_process_are_seen_to_leak_in_each_of_these_ways(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "IPYTHONDIR": str(tmp_path / "ipython")}
    ended = subprocess.run(
        [sys.executable, "-c", SHARED], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(ended.stdout.strip().strip("'")) == sorted(LEAKS)

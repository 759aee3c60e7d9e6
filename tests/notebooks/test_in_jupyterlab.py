"""The notebooks in a real JupyterLab, driven by a browser that reaches no other machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_study import ROOT

from tests.site.browser import needs_browser, started

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [needs_browser, pytest.mark.long]

#: Every cell stays in the page, also where it is out of sight; no news are fetched.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false", "checkForUpdates": False},
}
#: Whether every code cell that has words has run.
DONE = """() => {
  const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')];
  const prompts = cells.map(cell => cell.querySelector('.jp-InputPrompt').textContent.trim());
  return cells.length > 0 && prompts.every(prompt => /^\\[\\d+\\]:?$/.test(prompt));
}"""
#: How many charts have marks: shapes of a drawing, or pixels that differ on a canvas.
CHARTS = """() => {
  const canvas = [...document.querySelectorAll('.jp-OutputArea canvas')].filter(one => {
    const pixels = one.getContext('2d').getImageData(0, 0, one.width, one.height).data;
    return new Set(new Uint32Array(pixels.buffer)).size > 8;
  });
  const drawings = [...document.querySelectorAll('.jp-OutputArea svg')].filter(
    one => one.querySelectorAll('path, rect, circle').length > 2 && one.getBoundingClientRect().width > 100);
  return canvas.length + drawings.length;
}"""
WRONG = (
    '[...document.querySelectorAll(\'[data-mime-type="application/vnd.jupyter.error"], '
    '[data-mime-type="application/vnd.jupyter.stderr"]\')].map(one => one.textContent)'
)


@contextmanager
def jupyterlab(folder: Path, data: Path) -> Iterator[str]:
    """Start JupyterLab in a folder; yield its address."""
    settings, runtime = folder / "settings", folder / "runtime"
    for name, entries in SETTINGS.items():
        (settings / name).parent.mkdir(parents=True, exist_ok=True)
        (settings / name).write_text(json.dumps(entries), encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SOCDIALOG_DATA": str(data),
        "SOCDIALOG_OFFLINE": "1",
        "TMPDIR": str(folder),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
    }
    options = ["--no-browser", "--allow-root", "--ServerApp.token=", "--ip=127.0.0.1", "--port=0"]
    with (folder / "jupyter.log").open("wb") as log:
        command = [sys.executable, "-m", "jupyter", "lab", *options, f"--ServerApp.root_dir={folder}"]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + 120
            while not (found := [*runtime.glob("jpserver-*.json")]) and time.monotonic() < until:
                assert server.poll() is None, (folder / "jupyter.log").read_text()
                time.sleep(0.2)
            yield json.loads(found[0].read_text(encoding="utf-8"))["url"]
        finally:
            server.terminate()
            server.wait(60)


def run_all(page: Page, address: str, notebook: str, folder: Path) -> None:
    """Open a notebook and choose Run, Run All Cells, as a person does."""
    page.goto(f"{address}lab/tree/{notebook}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=120_000)
    # Before the kernel is connected, JupyterLab asks which one to choose.
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=120_000)
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    try:
        page.wait_for_function(DONE, timeout=240_000)
    finally:
        page.screenshot(path=folder / "seen.png")


@pytest.mark.parametrize(
    ("notebook", "charts"), [("tour", 5), ("country_profile", 3), ("regional_comparison", 1)], ids=str
)
def test_run_all_shows_the_charts_and_no_error(shipped: Path, tmp_path: Path, notebook: str, charts: int) -> None:
    file = f"{notebook}.ipynb"
    (tmp_path / file).write_bytes((ROOT / "notebooks" / file).read_bytes())
    refused: list[str] = []
    with jupyterlab(tmp_path, shipped) as address, started() as browser:
        page = browser.new_page()

        def only_this_machine(route: object) -> None:
            url = route.request.url  # type: ignore[attr-defined]
            if url.startswith((address, "data:", "blob:")):
                route.continue_()  # type: ignore[attr-defined]
            else:
                refused.append(url)
                route.abort()  # type: ignore[attr-defined]

        page.route("**/*", only_this_machine)
        run_all(page, address, file, tmp_path)
        page.wait_for_function(f"() => ({CHARTS})() >= {charts}", timeout=60_000)
        assert page.evaluate(WRONG) == []
    assert refused == []

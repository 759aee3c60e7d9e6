"""In a real browser no hostile output runs a script or fetches anything, with and without the policy of the page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from nbformat import from_dict

from socdialog.errors import DataError
from socdialog.site.page_body import page_body
from socdialog.site.page_shell import render_page
from socdialog.site.pages import PageInfo
from tests.hostile_outputs import AWAY, EVERY, MARKUP

CHROMIUM = shutil.which("chromium")
PAGE = PageInfo("countries/KAZ.html", "Kazakhstan", "country", "KAZ", "2026-11")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed: nothing to look with")


class _Asked(BaseHTTPRequestHandler):
    """Remembers what a browser asks for."""

    paths: list[str]

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def away() -> Iterator[tuple[str, list[str]]]:
    """An address that outputs fetch from, and what was asked of it."""
    asked: list[str] = []
    handler = type("Handler", (_Asked,), {"paths": asked})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/x", asked
        server.shutdown()
        thread.join()


def seen(html: str, folder: Path) -> str:
    """What a browser makes of a page."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000", "--dump-dom", path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def inert(address: str) -> str:
    """A page of every hostile output that is not refused."""
    let_in = []
    for output in json.loads(json.dumps(EVERY).replace(AWAY, address)).values():
        cell = {"cell_type": "code", "outputs": [{"output_type": "display_data", "data": output}]}
        try:
            page_body(from_dict({"cells": [cell]}), "countries/KAZ.html", "KAZ")
        except DataError:
            continue
        let_in.append(cell)
    sections = [cell for cell in let_in if any("socdialog" in name for name in cell["outputs"][0]["data"])]
    # Two parts of one key cannot stand on one page.
    cells = [cell for cell in let_in if cell not in sections[1:]]
    assert len(cells) > len(MARKUP), "HTML is never refused, but let in without what is not allowed"
    return render_page(
        page_body(from_dict({"cells": cells}), "countries/KAZ.html", "KAZ").html, PAGE, site_title="A study"
    )


@pytest.mark.parametrize("with_policy", [True, False])
def test_nothing_runs_and_nothing_is_fetched(tmp_path: Path, away: tuple[str, list[str]], *, with_policy: bool) -> None:
    address, asked = away
    html = inert(address)
    assert POLICY.search(html)
    dom = seen(html if with_policy else POLICY.sub("", html), tmp_path)
    assert "sd-main" in dom
    assert "data-pwned" not in dom
    assert asked == []


def test_the_same_outputs_run_and_fetch_where_nothing_keeps_them_from_it(
    tmp_path: Path, away: tuple[str, list[str]]
) -> None:
    """Else the test above would see nothing."""
    address, asked = away
    for name in ("script", "broken picture", "drawing that loads"):
        assert "data-pwned" in seen(f"<!doctype html><main>{MARKUP[name]}</main>", tmp_path), name
    assert "data-pwned" not in seen("<!doctype html><main>x</main>", tmp_path)
    seen(f"<!doctype html>{MARKUP['picture from away'].replace(AWAY, address)}", tmp_path)
    assert asked == ["/x.png"]


def test_the_policy_alone_stops_scripts_and_styles_that_are_not_ours(
    tmp_path: Path, away: tuple[str, list[str]]
) -> None:
    address, asked = away
    page = render_page("<p>x</p>", PAGE, site_title="A study")
    # A policy does not keep a page from being left, and what hides the rest of the page would hide the other kinds.
    apart = ("comment", "title", "refresh")
    everything = "".join(MARKUP[name] for name in MARKUP if not any(word in name for word in apart))
    dom = seen(page.replace("</main>", f"{everything.replace(AWAY, address)}</main>"), tmp_path)
    assert "data-pwned" not in dom
    assert asked == []

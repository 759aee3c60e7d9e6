"""A worker that lies about its notebooks costs its own pages, and brings no markup into the site."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from small_study import SmallStudy

from socdialog.display.notebook_parts import MIME
from socdialog.publishing.building import Options, build
from socdialog.publishing.executor import Outcome, Task
from socdialog.publishing.local import LocalExecutor
from socdialog.publishing.plan import Request
from socdialog.store.study import Study
from tests.hostile_outputs import AWAY, EVERY, JS


def outputs(*data: dict[str, Any]) -> Callable[[dict[str, Any]], object]:
    """Lie with other outputs of the last cell."""

    def lie(notebook: dict[str, Any]) -> object:
        shown = [{"output_type": "display_data", "data": one, "metadata": {}} for one in data]
        notebook["cells"][-1]["outputs"] = shown
        return notebook

    return lie


def source(notebook: dict[str, Any]) -> object:
    notebook["cells"][-1]["source"] = f"# {JS}"
    return notebook


def parameters(notebook: dict[str, Any]) -> object:
    (injected,) = [cell for cell in notebook["cells"] if "injected-parameters" in cell["metadata"].get("tags", ())]
    injected["source"] = ["country = 'TUR'"]
    return notebook


#: What a worker returns for each country; the pages of the first four cannot be made, the others are harmless.
LIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "ARM": source,
    "KGZ": parameters,
    "GEO": lambda _: [],
    "TJK": outputs({MIME: {"sections": "deep"}}),
    "AZE": outputs({"text/html": f"<script>{JS}</script><p onclick={JS}>instead of parts</p>"}),
    "TKM": outputs(*({"text/html": one["text/html"]} for one in EVERY.values() if "text/html" in one)),
}
REFUSED = {
    "ARM": "its cells differ",
    "KGZ": "its parameters differ",
    "GEO": "no executed notebook",
    "TJK": "",
}


class Lying:
    """Runs notebooks as it should, and returns something else."""

    def __init__(self, folder: Path) -> None:
        self._inner = LocalExecutor(folder, jobs=2)

    def run(
        self, tasks: Iterable[Task], *, timeout: float, started: Callable[[str], None] = lambda _: None
    ) -> Iterator[Outcome]:
        for outcome in self._inner.run(tasks, timeout=timeout, started=started):
            lie = LIES.get(outcome.name)
            if lie is None:
                yield outcome
            else:
                yield replace(outcome, notebook=json.dumps(lie(json.loads(outcome.notebook or b""))).encode())

    def close(self) -> None:
        self._inner.close()


class Look(HTMLParser):
    """Everything of a page that a browser would run, or fetch from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "base", "form", "link"}:
            self.found.append(tag)
        for name, value in attrs:
            words = name in {"title", "alt", "aria-label"}
            if name.startswith("on") or (not words and (JS in (value or "") or AWAY in (value or ""))):
                self.found.append(f"{tag} {name}")


def published_outputs(study: SmallStudy, country: str) -> list[str]:
    """Every text of the outputs of a published notebook."""
    cells = json.loads(study.page(f"notebooks/{country}.ipynb"))["cells"]
    data = [output["data"] for cell in cells for output in cell.get("outputs", ())]
    return ["".join(text) for one in data for kind, text in one.items() if kind.startswith("text/")]


def test_a_worker_that_lies_costs_its_own_pages_only(study: SmallStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study.folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(study.package), os.environ.get("PYTHONPATH", "")]))
    honest = build(Study(study.data), study.folder / "honest" / "site", Request())
    assert honest.good
    scripts = Look((study.folder / "honest" / "site" / "countries" / "KAZ.html").read_text(encoding="utf-8")).found
    lied = build(Study(study.data), study.out, Request(), Options(make_executor=Lying))
    assert sorted(lied.failed) == sorted(REFUSED)
    study.assert_whole()
    for country, reason in REFUSED.items():
        assert not (study.out / "countries" / f"{country}.html").exists()
        told = (study.folder / ".socdialog" / "failed" / "site" / f"{country}.txt").read_text(encoding="utf-8")
        assert reason in told
    for country in ("AZE", "TKM"):
        assert Look(study.page(f"countries/{country}.html")).found == scripts
        assert not Look("".join(published_outputs(study, country))).found
    for country in ("KAZ", "TUR", "UZB"):
        assert f"<p>{country}</p>" in study.page(f"countries/{country}.html"), "others are as they should be"

"""The documentation has exactly what a user may use, and its pages open from disk with every link leading somewhere."""

from __future__ import annotations

import inspect
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.pages import RETURNED, ROOT, public_modules, public_names, write_pages

BUILT = ROOT / "docs" / "_build" / "html"
built = pytest.mark.skipif(not BUILT.is_dir(), reason="no documentation here; python -m nox -s docs builds it")


def documented() -> dict[str, set[str]]:
    """The names in the inventory of the built documentation, by kind."""
    inventory = pytest.importorskip("sphinx.util.inventory", reason="Sphinx comes with python -m nox -s docs")
    found = inventory.InventoryFile.loads((BUILT / "objects.inv").read_bytes(), uri="")
    return {kind.removeprefix("py:"): set(names) for kind, names in found.data.items() if kind.startswith("py:")}


def undocumented_and_foreign(found: dict[str, set[str]]) -> tuple[set[str], set[str]]:
    """The public names that are not documented, and the documented ones that are not public."""
    public = public_names()
    homes = {f"{one.__module__}.{one.__qualname__}" for one in public.values() if inspect.isclass(one)}
    names = set().union(*(names for kind, names in found.items() if kind in {"function", "class", "exception", "data"}))
    return set(public) - names, names - set(public) - homes - set(RETURNED) - _other_names_of(RETURNED)


def _other_names_of(classes: tuple[str, ...]) -> set[str]:
    from pkgutil import resolve_name

    found = [resolve_name(name) for name in classes]
    return {f"{one.__module__}.{one.__qualname__}" for one in found}


@built
def test_what_is_public_is_documented_and_nothing_else() -> None:
    found = documented()
    assert undocumented_and_foreign(found) == (set(), set())
    assert found["module"] == set(public_modules())
    found["function"] ^= {"socdialog.load_events", "socdialog.store.walk.walk"}
    assert undocumented_and_foreign(found) == ({"socdialog.load_events"}, {"socdialog.store.walk.walk"})


def test_every_public_name_has_a_place_in_the_pages(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages")
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "pages" / "reference").glob("*.md"))
    lines = set(text.splitlines())
    for name in public_names():
        assert any(
            f".. {kind}:: {name}" in lines for kind in ("autofunction", "autoclass", "autoexception", "autodata")
        )


class Links(HTMLParser):
    """What a page links to or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.found += [(tag, value) for name in ("href", "src") if (value := given.get(name))]


def links(path: Path) -> Links:
    parser = Links()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


@built
def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere() -> None:
    pages = {path: links(path) for path in sorted(BUILT.rglob("*.html")) if "_static" not in path.parts}
    assert len(pages) > 40
    lost: list[str] = []
    for path, page in pages.items():
        for tag, link in page.found:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert tag == "a" or parts.scheme == "data", f"{path}: {link}"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            ids = pages[target].ids if target in pages else {parts.fragment}
            lost += (
                []
                if target.exists() and (not parts.fragment or unquote(parts.fragment) in ids)
                else [f"{path}: {link}"]
            )
    assert lost == []


@built
def test_the_tour_shows_its_charts() -> None:
    text = (BUILT / "generated" / "tour.html").read_text(encoding="utf-8")
    assert text.count("_images/") + text.count("<svg") >= 5
    assert "Traceback" not in text

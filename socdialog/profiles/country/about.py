"""How a page was made: parameters, versions, data, how to cite it, licence, and what must not be concluded."""

from __future__ import annotations

import platform
from collections.abc import Iterator

import socdialog
from socdialog.codebook import cldr
from socdialog.display.parts import Part, sentence, small_print, table
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import sources
from socdialog.schemas import SCHEMA_VERSION

#: Packages whose version can change a page.
_PACKAGES = ("altair", "jinja2", "papermill", "polars", "vl-convert-python")


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show everything needed to build the page again, and to cite it."""
    yield from sources.parts(context)
    yield from built(context, "profile of social dialogue")


def of_comparison(context: ProfileContext) -> Iterator[Part]:
    """Show how the comparison was built, and how to cite it."""
    yield from built(context, "comparison of countries")


def built(context: ProfileContext, kind: str) -> Iterator[Part]:
    """Show how a page of this kind was built, and how to cite it."""
    notes = context.notes
    yield table("making", "How this page was built", ["what", "value"], _made(context))
    yield sentence(f"Cite as: {_citation(context, f'{context.about}: {kind}')}")
    yield sentence(f"Licence of the data: {notes.data_licence} Licence of the code: MIT.")
    for folder, origin in sorted(notes.origins.items()):
        if "do_not_conclude" in origin:
            words = " ".join(str(origin["do_not_conclude"]).split())
            yield small_print(f"What must not be concluded from {folder}: {words}")


def _made(context: ProfileContext) -> list[tuple[str, str]]:
    from importlib.metadata import version

    return [
        ("countries", ", ".join(context.countries)),
        ("years of activity", context.years.strip() or "all"),
        ("edition", cldr.date(context.edition)),
        ("data (SHA-256 of what this page may use)", context.fingerprint),
        ("socdialog", f"{socdialog.__version__}, tables of version {SCHEMA_VERSION}"),
        ("Python", ".".join(platform.python_version_tuple()[:2])),
        *((name, version(name)) for name in _PACKAGES),
        ("names of people", "shown" if context.with_people else "left out; offices and organisations are named"),
    ]


def _citation(context: ProfileContext, title: str) -> str:
    publisher = f"{context.notes.publisher}, " if context.notes.publisher else ""
    made = f"socdialog {socdialog.__version__}, data {context.fingerprint[:12]}"
    return f"{publisher}{title}, in: {context.notes.title}, edition {context.edition}, {made}."

"""How a page was made: parameters, versions, data, how to cite it, licence, and what must not be concluded."""

from __future__ import annotations

import platform
from collections.abc import Mapping

import socdialog
from socdialog import dates
from socdialog.display.parts import Part, Section, note, sentence, table
from socdialog.profiles.context import ProfileContext
from socdialog.schemas import SCHEMA_VERSION

#: Packages whose version can change a page.
_PACKAGES = ("altair", "jinja2", "papermill", "polars", "vl-convert-python")


def section(context: ProfileContext, *, title: str) -> Section:
    """Show everything needed to make the page again, and to cite it."""
    parts: list[Part] = [
        table("making", "How this page was made", ["what", "value"], _made(context)),
        sentence(f"Cite as: {_citation(context, title)}"),
        sentence(f"Licence of the data: {context.notes.data_licence} Licence of the code: MIT."),
    ]
    parts += [note(f"{folder}: {text}") for folder, text in _limits(context.notes.origins)]
    return Section("making", "How this page was made", tuple(parts))


def _made(context: ProfileContext) -> list[tuple[str, str]]:
    from importlib.metadata import version

    return [
        ("countries", ", ".join(context.countries)),
        ("years of activity", context.years),
        ("edition", dates.written(context.edition)),
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


def _limits(origins: Mapping[str, Mapping[str, object]]) -> list[tuple[str, str]]:
    return [
        (f"What must not be concluded from {folder}", " ".join(str(origin["do_not_conclude"]).split()))
        for folder, origin in sorted(origins.items())
        if "do_not_conclude" in origin
    ]

"""How a page was made: parameters, versions, data, how to cite it, licence, and what must not be concluded."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator

import socdialog
from socdialog.codebook import cldr
from socdialog.display.parts import Part, note, sentence, table
from socdialog.profiles.context import ProfileContext
from socdialog.schemas import SCHEMA_VERSION

#: Packages whose version can change a page.
_PACKAGES = ("altair", "jinja2", "papermill", "polars", "vl-convert-python")


def parts(kind: str) -> Callable[[ProfileContext], Iterator[Part]]:
    """Return what shows everything needed to make a page of this kind again, and to cite it."""

    def shown(context: ProfileContext) -> Iterator[Part]:
        notes = context.notes
        yield table("making", "How this page was made", ["what", "value"], _made(context))
        yield sentence(f"Cite as: {_citation(context, f'{context.about}: {kind}')}")
        yield sentence(f"Licence of the data: {notes.data_licence} Licence of the code: MIT.")
        for folder, origin in sorted(notes.origins.items()):
            if "do_not_conclude" in origin:
                words = " ".join(str(origin["do_not_conclude"]).split())
                yield note(f"What must not be concluded from {folder}: {words}")

    return shown


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

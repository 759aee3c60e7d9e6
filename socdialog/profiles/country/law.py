"""The legal frame: each provision with its law and the date it was read for; contradicting rows side by side."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog import codebook
from socdialog.codebook.cldr import joined
from socdialog.display.parts import Part, Span, small_print
from socdialog.profiles.context import ProfileContext, warning
from socdialog.profiles.listing import NOT_STATED, Row, absence, coded, day, linked, rank, text


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the provisions met, aspect by aspect, and the aspects of which none was met."""
    found = context.rows_for("legal_framework")
    if found.height == 0:
        yield context.no_data("provisions of law")
        return
    aspects = codebook.vocabulary("legal_aspects")
    yield context.listing(
        "law",
        "provisions of law, as sources state them",
        found.sort(rank("aspect", aspects), "as_of_last", "provision", "row_id", nulls_last=True),
        {
            "aspect": coded("aspect", "legal_aspects"),
            "provision": text("provision"),
            "law": _law,
            "in force from": day("in_force_from", NOT_STATED),
            "read for": day("as_of", absence("page undated")),
        },
        note="Rows of one aspect may contradict each other: they rest on different dates or sources.",
    )
    met = set(found.get_column("aspect"))
    missing = joined(term.label.lower() for aspect, term in aspects.items() if aspect not in met)
    if missing:
        yield small_print(f"Not found for {context.in_prose}, which does not mean that there is no rule: {missing}.")
    yield warning("legal_as_of")


def _law(row: Row) -> Span:
    article = row["article"] or ""
    article = f"art. {article}" if article[:1].isdigit() else article
    return linked(", ".join(part for part in (row["law"], article) if part), row, NOT_STATED)

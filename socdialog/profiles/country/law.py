"""The legal frame: each provision with its law and the date it was read for; contradicting rows side by side."""

from __future__ import annotations

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Section, Span, Value, note, table
from socdialog.profiles.context import ProfileContext, joined, warning


def section(context: ProfileContext) -> Section:
    """Show the provisions met, aspect by aspect, and the aspects of which none was met."""
    found = context.rows_for("legal_framework", context.countries[0])
    title = "Legal frame"
    if found.height == 0:
        return Section("law", title, (context.no_data("provision of law"),))
    aspects = list(codebook.vocabulary("legal_aspects"))
    ordered = sorted(
        found.iter_rows(named=True),
        key=lambda row: (
            aspects.index(row["aspect"]),
            str(row["as_of_last"] or "9999"),
            row["provision"],
            row["row_id"],
        ),
    )
    cells = [_provision(row) for row in ordered]
    met = {row["aspect"] for row in ordered}
    missing = [wording.label("legal_aspects", aspect).lower() for aspect in aspects if aspect not in met]
    absent = (
        (note(f"Not found for {context.about}, which does not mean that there is no rule: {joined(missing)}."),)
        if missing
        else ()
    )
    return Section(
        "law",
        title,
        (
            table(
                "law",
                f"{context.about}: provisions of law, as sources state them",
                ["aspect", "provision", "law", "in force from", "read for"],
                cells,
                note="Rows of one aspect may contradict each other: they rest on different dates or sources.",
            ),
            *absent,
            warning("legal_as_of"),
        ),
    )


def _provision(row: dict[str, str]) -> tuple[Span, ...]:
    own = (row["row_id"],)
    article = row["article"] or ""
    article = f"art. {article}" if article[:1].isdigit() else article
    law = ", ".join(part for part in (row["law"], article) if part)
    return (
        wording.label("legal_aspects", row["aspect"]),
        Value(row["provision"], own),
        Value(law, own) if law else Value("not stated", absent=True),
        Value(dates.written(row["in_force_from"]), own) if row["in_force_from"] else Value("not stated", absent=True),
        Value(dates.written(row["as_of"]), own) if row["as_of"] else Value("page undated", absent=True),
    )

"""Labour standards: what is in force, what is not known here, how old the evidence is, and totals as reported."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import cldr, wording
from socdialog.display.parts import Part, Sentence, Span, Value, sentence
from socdialog.metrics import standards as metric
from socdialog.profiles.context import ProfileContext, age, warning
from socdialog.profiles.country import ilo_supervision, official_series
from socdialog.profiles.listing import NOT_KNOWN, Row, Show, absence, coded, day, ids, linked, own, rows, text


def counted_groups() -> tuple[str, ...]:
    """Return the groups of conventions that are held completely, and so can be counted."""
    return codebook.section_codes()["counted_groups"]


def _ratified(context: ProfileContext) -> Iterator[Part]:
    """Show the standards ratified."""
    for group in counted_groups():
        yield in_force(context, context.countries[0], group)
    yield from context.listing_or(
        context.no_data("conventions"),
        "standards",
        "fundamental and governance conventions",
        ratifications(context),
        {
            "convention": _convention,
            "group": _group,
            "status": lambda row: Value(row["status_words"], own(row), absent=not row["evidence"]),
            "registered with the ILO": day("ratified_on", NOT_KNOWN),
            "evidence of": _evidence_age(context),
        },
        note="The Protocol of 2014 is listed and not counted. A convention is in force a year after registration.",
    )
    yield from _technical(context)
    yield from _totals(context)
    if context["conventions"].height:
        yield warning("ratifications_partial")


def ratifications(context: ProfileContext) -> pl.DataFrame:
    """Return the ratification of each convention of the counted groups by each country of the page."""
    return context.measured(metric.ratification_matrix, countries=list(context.countries), as_of=context.as_of)


def in_force(context: ProfileContext, country: str, group: str) -> Sentence:
    """Say how many conventions of a group are in force: ``7 of 10, 1 not known here, as of …``."""
    label = wording.label("convention_groups", group).lower()
    found = in_force_of(context, country, group)
    if not found:
        return context.no_data(f"{label} conventions")
    unknown = [span for value in found[1:] for span in (", ", value)]
    as_of = f", as of {cldr.date(context.edition)}."
    return sentence(found[0], f" {label} conventions in force", *unknown, as_of)


def in_force_of(context: ProfileContext, country: str, group: str) -> tuple[Value, ...]:
    """Return how many conventions of a group are in force, and how many are not known here; nothing for none."""
    found = context.measured(metric.conventions_in_force, country=country, group=group, as_of=context.as_of)
    row = found.row(0, named=True)
    if row["value"] is None:
        return ()
    listed = ids(context["conventions"].filter(pl.col("group") == group))
    known = Value(f"{int(row['value'])} of {row['n']}", rows((*row["evidence"], *listed)))
    unknown = Value(f"{row['not_known']} not known here", listed, absent=True)
    return (known, unknown) if row["not_known"] else (known,)


def _convention(row: Row) -> str:
    return f"{row['convention']} {row['title']}"


def _group(row: Row) -> str:
    return wording.label("convention_groups", row["group"]) + (" (protocol)" if row["apart"] else "")


def _evidence_age(context: ProfileContext) -> Show:
    def shown(row: Row) -> Span:
        if row["status_as_of"] is None:
            return absence("no evidence")
        old = age(dates.bounds(row["status_as_of"]).last, today=context.as_of)
        return linked(f"{cldr.date(row['status_as_of'])} ({old} old)", row)

    return shown


def _technical(context: ProfileContext) -> tuple[Part, ...]:
    technical = context["conventions"].filter(~pl.col("group").is_in(counted_groups())).select("convention", "title")
    return context.listing_or(
        context.no_data("technical conventions"),
        "technical",
        "technical conventions of which something was met",
        context.rows_for("ratifications").join(technical, on="convention").sort("convention"),
        {
            "convention": _convention,
            "status as told": lambda row: linked(wording.label("ratification_statuses", row["status"]), row),
            "registered with the ILO": day("ratified_on", NOT_KNOWN),
            "national law": day("law_on"),
            "evidence of": _evidence_age(context),
        },
        note="Not a complete list: technical conventions are held in part only and have no total here.",
    )


def _totals(context: ProfileContext) -> tuple[Part, ...]:
    found = context.rows_for("ratification_counts")
    told = context.publishers(found)
    return context.listing_or(
        context.no_data("reported totals of ratifications"),
        "totals",
        "totals of ratified conventions as reported",
        found.sort("as_of_last", "count", "row_id", nulls_last=True),
        {
            "as of": day("as_of", "source undated"),
            "#total reported": lambda row: linked(f"{row['count']} conventions", row),
            "who says so": coded("source_kind", "source_kinds"),
            "told by": lambda row: told.get(row["row_id"], ""),
            "remark": text("note"),
        },
        also=(warning("ratification_totals_rules"),),
    )


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show what is ratified, what supervisory bodies say, and the score of compliance."""
    yield from _ratified(context)
    yield from ilo_supervision.parts(context)
    yield from official_series.compliance(context)

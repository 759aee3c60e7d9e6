"""Labour standards: what is in force, what is not known here, how old the evidence is, and totals as reported."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Sentence, Span, Value, sentence, table
from socdialog.metrics import standards as metric
from socdialog.profiles.context import ProfileContext, age, ids, rows, warning


def counted_groups() -> list[str]:
    """Return the groups of conventions that are held completely, and so can be counted."""
    return list(codebook.section_indicators()["counted_groups"])


def section(context: ProfileContext) -> Section:
    """Show the standards ratified."""
    parts: list[Part] = [in_force(context, context.countries[0], group) for group in counted_groups()]
    parts.append(_matrix(context))
    parts += _technical(context)
    parts += _totals(context)
    parts.append(warning("ratifications_partial"))
    return Section("standards", "Labour standards ratified", tuple(parts))


def in_force(context: ProfileContext, country: str, group: str) -> Sentence:
    """Say how many conventions of a group are in force: ``7 of 10, 1 not known here, as of …``."""
    label = wording.label("convention_groups", group).lower()
    row = _counted(context, country, group)
    if row["value"] is None:
        return sentence(f"{label.capitalize()} conventions: ", Value("none of them is known here", absent=True), ".")
    unknown = (", ", _not_known(context, row, group)) if row["not_known"] else ()
    as_of = f", as of {dates.written(context.edition)}."
    return sentence(_of_group(context, row, group), f" {label} conventions in force", *unknown, as_of)


def in_force_of(context: ProfileContext, country: str, group: str) -> tuple[Value, ...]:
    """Return how many conventions of a group are in force, and how many are not known here; nothing for none."""
    row = _counted(context, country, group)
    if row["value"] is None:
        return ()
    return (_of_group(context, row, group), *((_not_known(context, row, group),) if row["not_known"] else ()))


def _counted(context: ProfileContext, country: str, group: str) -> Mapping[str, object]:
    found = metric.conventions_in_force(
        context["ratifications"], context["conventions"], country=country, group=group, as_of=context.as_of
    ).frame
    return found.with_columns(in_force=pl.col("value").cast(pl.Int64)).row(0, named=True)


def _of_group(context: ProfileContext, row: Mapping[str, object], group: str) -> Value:
    listed = ids(context["conventions"].filter(pl.col("group") == group))
    found = row["evidence"]
    assert isinstance(found, list)
    return Value(f"{row['in_force']} of {row['n']}", rows((*found, *listed)))


def _not_known(context: ProfileContext, row: Mapping[str, object], group: str) -> Value:
    listed = ids(context["conventions"].filter(pl.col("group") == group))
    return Value(f"{row['not_known']} not known here", listed, absent=True)


def _matrix(context: ProfileContext) -> Part:
    found = metric.ratification_matrix(
        context["ratifications"], context["conventions"], list(context.countries), as_of=context.as_of
    ).frame
    return table(
        "standards",
        f"{context.about}: fundamental and governance conventions",
        ["convention", "group", "status", "registered with the ILO", "evidence of"],
        [_convention(context, row) for row in found.iter_rows(named=True)],
        note="The Protocol of 2014 is listed and not counted. A convention is in force a year after registration.",
    )


def _convention(context: ProfileContext, row: dict[str, str]) -> tuple[Span, ...]:
    own = rows(row["evidence"])
    return (
        f"{row['convention']} {row['title']}",
        wording.label("convention_groups", row["group"]) + (" (protocol)" if row["apart"] else ""),
        Value(row["status_words"], own, absent=not own),
        Value(dates.written(row["ratified_on"]), own) if row["ratified_on"] else Value("not known here", absent=True),
        _evidence_age(context, row["status_as_of"], own),
    )


def _evidence_age(context: ProfileContext, status_as_of: str | None, own: tuple[str, ...]) -> Value:
    if status_as_of is None:
        return Value("no evidence", absent=True)
    old = age(dates.bounds(status_as_of).last, today=context.as_of)
    return Value(f"{dates.written(status_as_of)} ({old} old)", own)


def _technical(context: ProfileContext) -> list[Part]:
    technical = context["conventions"].filter(~pl.col("group").is_in(counted_groups())).select("convention", "title")
    found = (
        context.rows_for("ratifications", context.countries[0])
        .join(technical, on="convention", how="inner")
        .sort("convention")
    )
    if found.height == 0:
        return [context.no_data("technical convention")]
    cells = [
        (
            f"{row['convention']} {row['title']}",
            Value(wording.label("ratification_statuses", row["status"]), (row["row_id"],)),
            Value(dates.written(row["ratified_on"]), (row["row_id"],))
            if row["ratified_on"]
            else Value("not known here", absent=True),
            Value(dates.written(row["law_on"]), (row["row_id"],)) if row["law_on"] else "",
            _evidence_age(context, row["status_as_of"], (row["row_id"],)),
        )
        for row in found.iter_rows(named=True)
    ]
    return [
        table(
            "technical",
            f"{context.about}: technical conventions of which something was met",
            ["convention", "status as told", "registered with the ILO", "national law", "evidence of"],
            cells,
            note="Not a complete list: technical conventions are held in part only and have no total here.",
        )
    ]


def _totals(context: ProfileContext) -> list[Part]:
    found = context.rows_for("ratification_counts", context.countries[0]).sort(
        "as_of_last", "count", "row_id", nulls_last=True
    )
    if found.height == 0:
        return [context.no_data("reported total of ratifications")]
    told = context.publishers(found)
    cells = [
        (
            Value(dates.written(row["as_of"]), (row["row_id"],)) if row["as_of"] else "source undated",
            Value(f"{row['count']} conventions", (row["row_id"],)),
            wording.label("source_kinds", row["source_kind"]),
            told.get(row["row_id"], ""),
            Value(row["note"], (row["row_id"],)) if row["note"] else "",
        )
        for row in found.iter_rows(named=True)
    ]
    return [
        table(
            "totals",
            f"{context.about}: totals of ratified conventions as reported",
            ["as of", "#total reported", "who says so", "told by", "remark"],
            cells,
        ),
        warning("ratification_totals_rules"),
    ]

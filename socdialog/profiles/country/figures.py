"""Reported figures, each with its qualifier and who claims it, and where sources disagree."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.disagreement_words import explanation, rule
from socdialog.display.parts import Part, Section, Span, Value, sentence, table
from socdialog.display.statements import side_by_side
from socdialog.intake.evidence import build_evidence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes as dispute_metric
from socdialog.profiles.context import ProfileContext, plural, rows, warning

#: What two figures have alike that are shown as one, told by several.
_ALIKE = (
    "event_id",
    "country",
    "organisation",
    "indicator",
    "value",
    "value_high",
    "unit",
    "currency",
    "qualifier",
    "period_start",
    "period_end",
    "attributed_to",
    "scope",
)
_OTHER = "other"


def section(context: ProfileContext) -> Section:
    """Show what is claimed about the country and its organisations, outside single disputes."""
    disputes = dispute_metric.disputes_found(context["events"], context["figures"]).frame.get_column("event_id")
    found = context["figures"].filter(~pl.col("event_id").is_in(disputes.implode()))
    own = found.filter((pl.col("country") == context.countries[0]) | pl.col("country").is_null())
    if own.height == 0:
        return Section("figures", "Reported figures", (context.none_found("figure outside disputes"),))
    alike = (
        own.group_by(*_ALIKE)
        .agg(pl.col("row_id").sort(), pl.col("period_start_first").first())
        .sort("indicator", "period_start_first", *_ALIKE, nulls_last=True)
    )
    events = {row["event_id"]: row for row in context["events"].iter_rows(named=True)}
    every = context["figures"]
    return Section(
        "figures",
        "Reported figures",
        (
            warning("claims_not_measurements"),
            table(
                "figures",
                f"{context.about}: figures reported outside single disputes",
                ["what is counted", "#value", "period", "of whom", "claimed by", "told of"],
                [_figure(row, events) for row in alike.iter_rows(named=True)],
                note=(
                    Value(f"{own.height} of {every.height} figures", rows(every.get_column("row_id"))),
                    "; what several reports claim alike stands once. Figures of disputes stand with them.",
                ),
            ),
            *_spread(context),
        ),
    )


def _figure(row: dict[str, str], events: Mapping[str, dict[str, str]]) -> tuple[Span | tuple[Span, ...], ...]:
    told = rows(row["row_id"])
    amount = wording.quantity(
        float(row["value"]),
        row["unit"],
        high=None if row["value_high"] is None else float(row["value_high"]),
        qualifier=row["qualifier"],
        currency=row["currency"],
    )
    period = wording.period(row["period_start"], row["period_end"])
    event = events.get(row["event_id"])
    return (
        Value(_what(row), told),
        Value(amount, told),
        Value(period, told) if period else "not told",
        Value(row["organisation"], told) if row["organisation"] else "",
        Value(row["attributed_to"], told) if row["attributed_to"] else "the source",
        Value(event["label"], told) if event else "",
    )


def _what(row: Mapping[str, str]) -> str:
    """Say what a figure counts: its indicator in words, and its scope where it has one."""
    scope = row["scope"] or ""
    if row["indicator"] == _OTHER:
        return scope[:1].upper() + scope[1:] or "not told"
    words = wording.figure_words(row["indicator"])
    name = words[:1].upper() + words[1:]
    return f"{name}: {scope}" if scope else name


def _spread(context: ProfileContext) -> list[Part]:
    """Show how far the values lie apart that different reports claim of one thing."""
    found = activity_metric.claim_range(context["figures"]).frame
    if found.height == 0:
        return []
    events = dict(context["events"].select("event_id", "label").iter_rows())
    cells = [
        (
            Value(_what(row), rows(row["evidence"])),
            Value(
                wording.quantity(row["low"], row["unit"], high=row["high"], currency=row["currency"]),
                rows(row["evidence"]),
            ),
            Value(events[row["event_id"]], rows(row["evidence"])) if row["event_id"] in events else "",
        )
        for row in found.iter_rows(named=True)
    ]
    return [
        table(
            "spread",
            f"{context.about}: how far claims of different reports on one thing lie apart",
            ["what is counted", "#lowest to highest", "told of"],
            cells,
            note="Qualifiers such as about and more than stand with each claim, not here.",
        )
    ]


def contradictions(context: ProfileContext) -> pl.DataFrame:
    """Return the contradictions that a page shows: those whose values can be compared."""
    comparable = [code for code in codebook.vocabulary("disagreement_statuses") if code != "not_comparable"]
    return context["disagreements"].filter(pl.col("status").is_in(comparable))


def disagreements(context: ProfileContext) -> Section:
    """Show every contradiction, the values side by side, with the rule that is broken."""
    title = "Where sources disagree"
    found = contradictions(context)
    if found.height == 0:
        absent = Value("No contradiction was found among the values collected", absent=True)
        return Section("disagreements", title, (sentence(absent, "; few values are told by more than one source."),))
    order = list(codebook.vocabulary("disagreement_kinds"))
    ordered = sorted(
        found.iter_rows(named=True),
        key=lambda row: (order.index(row["kind"]), explanation(row), row["disagreement_id"]),
    )
    aside = context["disagreements"].filter(
        ~pl.col("disagreement_id").is_in(found.get_column("disagreement_id").implode())
    )
    left: tuple[Span, ...] = ()
    if aside.height:
        left = (
            Value(
                f"{aside.height} further {plural(aside.height, 'pair')}",
                rows(row_id for group in aside.get_column("row_ids") for row_id in group),
            ),
            f" of values {plural(aside.height, 'differs', 'differ')} but cannot be compared; see the page on quality.",
        )
    every = rows(row_id for row in ordered for row_id in row["row_ids"])
    evidence = build_evidence(context.tables, every)
    return Section(
        "disagreements",
        title,
        (
            sentence(
                Value(f"{found.height} {plural(found.height, 'contradiction')}", every),
                f" {plural(found.height, 'was', 'were')} found. Nothing is averaged or left out: the values stand "
                "side by side.",
            ),
            table(
                "disagreements",
                f"{context.about}: contradictions",
                ["kind", "what disagrees", "values", "rule"],
                [_contradiction(context, row, evidence) for row in ordered],
                note=left,
            ),
        ),
    )


def _contradiction(
    context: ProfileContext, row: Mapping[str, str], evidence: pl.DataFrame
) -> tuple[Span | tuple[Span, ...], ...]:
    own = rows(row["row_ids"])
    return (
        wording.label("disagreement_kinds", row["kind"]),
        Value(_series(context, row["indicator"]) + explanation(row), own),
        tuple(Value(words, own) for words in side_by_side(evidence, own, context["citations"])),
        Value(rule(row), own),
    )


def _series(context: ProfileContext, indicator: str | None) -> str:
    """Name the official series that a contradiction is about; nothing for another."""
    found = context["indicators"].filter(pl.col("indicator") == indicator).get_column("label")
    return f"{found[0]}: " if indicator is not None and len(found) else ""

"""Reported figures, each with its qualifier and who claims it, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.codebook.cldr import plural
from socdialog.display.disagreement_words import explanation, rule
from socdialog.display.parts import Part, Span, Value, sentence
from socdialog.display.statements import side_by_side
from socdialog.intake.evidence import build_evidence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes as dispute_metric
from socdialog.profiles.context import ProfileContext, counted, warning
from socdialog.profiles.country.disputed import contradictions, with_status
from socdialog.profiles.listing import Note, Row, Show, absence, coded, ids, linked, rank, text

#: What two figures have alike that are shown as one, told by several.
_ALIKE = (
    *("event_id", "country", "organisation", "indicator", "value", "value_high", "unit", "currency", "qualifier"),
    *("period_start", "period_end", "attributed_to", "scope"),
)
_OTHER = "other"


def _claimed(context: ProfileContext) -> Iterator[Part]:
    """Show what is claimed about the country and its organisations, outside single disputes."""
    context = context.with_undated
    every = context["figures"]
    disputes = context.measured(dispute_metric.disputes_found).get_column("event_id")
    own = every.filter(
        ~pl.col("event_id").is_in(disputes.implode())
        & ((pl.col("country") == context.countries[0]) | pl.col("country").is_null())
    )
    if own.height == 0:
        yield context.none_found("figures outside disputes")
        return
    alike = own.group_by(*_ALIKE).agg(pl.col("row_id").sort(), pl.col("period_start_first").first())
    yield warning("claims_not_measurements")
    yield context.listing(
        "figures",
        "figures reported outside single disputes",
        alike.sort("indicator", "period_start_first", *_ALIKE, nulls_last=True),
        {
            "what is counted": _what,
            "#value": lambda row: _amount(row, row["value"], row["value_high"], row["qualifier"]),
            "period": lambda row: linked(
                wording.figure_period(row["period_start"], row["period_end"]), row, "not told"
            ),
            "of whom": text("organisation"),
            "claimed by": text("attributed_to", "the source"),
            "told of": _event(context),
        },
        note=(
            Value(f"{own.height} of {every.height} figures", ids(every)),
            "; what several reports claim alike stands once. Figures of disputes stand with them.",
        ),
    )
    spread = context.measured(activity_metric.claim_range)
    if spread.height:
        yield context.listing(
            "spread",
            "how far claims of different reports on one thing lie apart",
            spread,
            {
                "what is counted": _what,
                "#lowest to highest": lambda row: _amount(row, row["low"], row["high"]),
                "told of": _event(context),
            },
            note="Qualifiers such as about and more than stand with each claim, not here.",
        )


def _amount(row: Row, low: float, high: float | None, qualifier: str | None = None) -> Span:
    words = wording.quantity(low, row["unit"], high=high, qualifier=qualifier, currency=row["currency"])
    return linked(words, row)


def _what(row: Row) -> Span:
    """Say what a figure counts: its indicator in words, and its scope where it has one."""
    scope = row["scope"] or ""
    other = row["indicator"] == _OTHER
    words = scope if other else wording.figure_words(row["indicator"])
    name = words[:1].upper() + words[1:]
    return linked(f"{name}: {scope}" if scope and not other else name or "not told", row)


def _event(context: ProfileContext) -> Show:
    """Show the event that a figure is told of; nothing where it is none of the page."""
    labels = dict(context["events"].select("event_id", "label").iter_rows())
    return lambda row: linked(labels.get(row["event_id"]), row)


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show every contradiction, the values side by side, with the rule that is broken; revisions stand apart."""
    yield from _claimed(context)
    found, revised = contradictions(context), with_status(context, "revision")
    if found.height == 0:
        absent = absence("No contradiction was found among the values collected")
        yield sentence(absent, "; few values are told by more than one source.")
    else:
        yield sentence(
            counted(found.height, ids(found, "evidence"), "contradiction"),
            f" {plural(found.height, 'was', 'were')} found. Nothing is averaged or left out: the values stand "
            "side by side.",
        )
        aside = with_status(context, "not_comparable", "may_have_grown", "rounding")
        left = (
            counted(aside.height, ids(aside, "evidence"), "further pair"),
            f" of values {plural(aside.height, 'differs', 'differ')} but cannot be compared; see the page on quality.",
        )
        yield _listing(context, "disagreements", "contradictions", found, note=left if aside.height else ())
    if revised.height:
        yield _listing(context, "revisions", "revisions of official series", revised)


def _listing(context: ProfileContext, key: str, what: str, found: pl.DataFrame, *, note: Note = ()) -> Part:
    """Show disagreements one a row: what differs in words, the values as their sources state them, and the rule."""
    words = pl.Series("explanation", [explanation(row) for row in found.iter_rows(named=True)])
    evidence = build_evidence(context.tables, ids(found, "evidence"))
    series = dict(context["indicators"].select("indicator", "label").iter_rows())

    def disagrees(row: Row) -> Span:
        about = f"{series[row['indicator']]}: " if row["indicator"] in series else ""
        return linked(about + row["explanation"], row)

    return context.listing(
        key,
        what,
        found.with_columns(words).sort(
            rank("kind", codebook.vocabulary("disagreement_kinds")), "explanation", "disagreement_id"
        ),
        {
            "kind": coded("kind", "disagreement_kinds"),
            "what disagrees": disagrees,
            "values": lambda row: tuple(
                linked(told, row) for told in side_by_side(evidence, row["evidence"], context["citations"])
            ),
            "rule": lambda row: linked(rule(row), row),
        },
        note=note,
    )

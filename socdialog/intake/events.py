"""The fields of an event from its reports: one named rule a field; what loses stays visible in the reports.

The rules
---------
date order
    Reports of an event are ordered: a printed date before an inferred one, before the date of
    publication, before an unknown one; then the more precise; then the one more independent voices
    give; then the earliest; then by report id. ``start_date``, ``date_basis`` and ``label`` come
    from the first.
end
    ``end_date`` comes from the first report in the date order that gives one not before the start.
stoppage
    The first and last day without work come together, from the first report in the date order that gives one.
most voices
    ``kind``, ``venue_country``, ``place_id``, ``mode``, ``ownership``, ``region``, ``bargaining_unit``, ``lawfulness``
    and, together, an industry and its code are what most independent voices say; ties go to the first in the date
    order.
took place
    ``status``: what says that it took place outweighs an announcement made before; then most voices.
united
    ``countries``, ``topics``, ``outcomes``, ``other_places``, ``demands`` and the case numbers are united over all
    reports, sorted.
voices
    ``n_sources`` counts voices: copies speak with the voice of the text they repeat, second codings
    and further reports with that of their source, and all texts of one publisher with one voice.
"""

from __future__ import annotations

import polars as pl

from socdialog import schemas
from socdialog.independent_sources import source_groups
from socdialog.intake.linking.knowledge import knowledge
from socdialog.intake.linking.linker import Linked

#: From the best to the worst ground of a date.
DATE_ORDER = ("printed", "inferred", "publication", "unknown")
_UNITED = ("countries", "topics", "outcomes", "other_places", "demands", "case_numbers")
#: What most voices say; columns that stand together are taken from one report.
_MOST = (
    *(("kind",), ("venue_country",), ("place_id",), ("mode",)),
    *(("industry", "industry_code", "industry_classification"), ("ownership",), ("region",)),
    *(("bargaining_unit",), ("lawfulness",)),
)
_STOPPAGE = tuple(
    name for date in ("stoppage_start_date", "stoppage_end_date") for name in (date, *schemas.bound_names(date))
)


def build_events(*, reports: pl.DataFrame, sources: pl.DataFrame, linked: Linked) -> pl.DataFrame:
    """Return the table of events, without ``row_id``.

    Parameters
    ----------
    reports
        Clean reports with ``event_id`` and ``place_id``.
    sources
        Clean sources.
    linked
        Relations and superseded ids, as `socdialog.intake.linking.link` found them.
    """
    grouped = reports.join(source_groups(sources), on="source_id", how="left").with_columns(
        pl.col("voice").fill_null("source_id"),
        case_numbers=pl.when(pl.col("case_number").is_not_null()).then(pl.concat_list("case_number")),
    )
    grouped = grouped.sort(_date_order(), nulls_last=True)
    events = grouped.group_by("event_id", maintain_order=True).agg(
        pl.col("label", "start_date", "start_first", "start_last", "date_basis").first(),
        *(_united(name) for name in _UNITED),
        report_ids=pl.col("report_id").sort(),
        n_reports=pl.len().cast(pl.Int64),
        n_sources=pl.col("voice").n_unique().cast(pl.Int64),
    )
    for rule in (_end(grouped), _stoppage(grouped), _status(grouped), *(_most(grouped, *names) for names in _MOST)):
        events = events.join(rule, on="event_id", how="left")
    old = linked.superseded.group_by("event_id").agg(supersedes=pl.col("old_id").sort())
    dtypes = schemas.clean_dtypes("events")
    return (
        events.join(linked.relations, on="event_id", how="left")
        .join(old, on="event_id", how="left")
        .sort("event_id")
        .select(pl.col(name).cast(dtype) for name, dtype in dtypes.items() if name != "row_id")
    )


def _date_order() -> list[pl.Expr]:
    """Return the keys of the date order."""
    order = pl.col("date_basis").replace_strict(
        DATE_ORDER, range(len(DATE_ORDER)), default=len(DATE_ORDER), return_dtype=pl.Int32
    )
    dated = pl.col("start_date").is_not_null()
    support = pl.col("voice").n_unique().over("event_id", "start_date")
    return [
        pl.col("event_id"),
        ~dated,
        order,
        -pl.col("start_date").str.len_chars().cast(pl.Int32),
        pl.when(dated).then(-support.cast(pl.Int32)),
        pl.col("start_first"),
        pl.col("report_id"),
    ]


def _united(name: str) -> pl.Expr:
    """Unite a list over the reports; null where no report has it."""
    all_of = pl.col(name).drop_nulls().explode(empty_as_null=False).unique().sort()
    return pl.when(pl.col(name).is_not_null().any()).then(all_of.implode()).alias(name)


def _most(grouped: pl.DataFrame, *names: str) -> pl.DataFrame:
    """Take what most voices say; ties go to the first in the date order."""
    coded = _reported_first(grouped, *names).with_row_index("order")
    counted = coded.group_by("event_id", *names).agg(pl.col("voice").n_unique(), pl.col("order").min())
    return (
        counted.sort("event_id", "voice", "order", descending=[False, True, False])
        .group_by("event_id", maintain_order=True)
        .agg(pl.col(names).first())
    )


def _reported_first(grouped: pl.DataFrame, *names: str) -> pl.DataFrame:
    """Return the reports that fill any of these columns."""
    return grouped.filter(pl.any_horizontal(pl.col(names).is_not_null()))


def _stoppage(grouped: pl.DataFrame) -> pl.DataFrame:
    return _reported_first(grouped, *_STOPPAGE).group_by("event_id", maintain_order=True).agg(pl.col(_STOPPAGE).first())


def _status(grouped: pl.DataFrame) -> pl.DataFrame:
    happened = pl.col("status").is_in(sorted(knowledge().took_place))
    return _most(grouped.filter(happened | ~happened.any().over("event_id")), "status")


def _end(grouped: pl.DataFrame) -> pl.DataFrame:
    """Take the end of the first report that gives one, not before the start of the event."""
    start = pl.col("start_first").first().over("event_id")
    ends = grouped.with_columns(begin=start).filter(
        pl.col("end_date").is_not_null() & (pl.col("begin").is_null() | (pl.col("end_last") >= pl.col("begin")))
    )
    return ends.group_by("event_id", maintain_order=True).agg(pl.col("end_date", "end_first", "end_last").first())

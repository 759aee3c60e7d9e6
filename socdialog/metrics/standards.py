"""Ratification of ILO standards as of any date: in force, not in force, or no data found.

Unknown is not "not ratified". A statement that a convention is in force is carried forward with the age of its
evidence, because denunciation is rare; a statement that it is not ratified grows stale, because ratification is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import cldr
from socdialog.codebook.attributes import codes_with
from socdialog.codebook.reviewed_files import reviewed, reviewed_as
from socdialog.dates import DateLike
from socdialog.inputs import Columns, Frame, Needed, choice, frame_with, frames_with
from socdialog.inputs import countries as countries_of
from socdialog.inputs import country as country_of
from socdialog.metrics.counting import one_row
from socdialog.results import Result, tidy

_NOT = "Application of the convention in law and practice; ratifications without a source in the collection."
_DEFINITION = (
    "In force twelve months after registration with the ILO, not before the instrument itself, not denounced, as of "
    "the date. The numbers of conventions are the ILO's; there is no official ratification rate, so the count is "
    "given with the number of the group."
)
#: Status as of a date, beyond the codes of the vocabulary: evidence too old, or of another date, to answer.
STALE = "stale"
NOT_KNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Joined:
    """Since when a convention belongs to its group, and the group it belonged to before."""

    since: date
    before: str


@dataclass(frozen=True, slots=True)
class GroupRules:
    """The dated facts about groups of conventions (``convention_groups.yaml``).

    Parameters
    ----------
    joined
        By convention: since when it belongs to its group, and its group before.
    apart
        Instruments that are listed with a group but not counted among its conventions.
    months_to_entry_into_force
        Months from registration to entry into force for the country.
    absence_holds_days
        Days for which a statement of "not ratified" answers.
    """

    joined: Mapping[str, Joined]
    apart: tuple[str, ...]
    months_to_entry_into_force: int
    absence_holds_days: int


@cache
def group_rules() -> GroupRules:
    """Read the dated facts about groups of conventions.

    Notes
    -----
    Step of: `groups_as_of` and `status_as_of`.
    """
    return reviewed_as(GroupRules, reviewed("convention_groups.yaml"))


def groups_as_of(conventions: Frame, *, as_of: DateLike, columns: Columns = None) -> pl.DataFrame:
    """Return the conventions that existed on a day, each with its group on that day.

    Parameters
    ----------
    conventions
        Table of conventions; needs ``convention``, ``group`` and ``adopted``.
    as_of
        The day; of a year or month the last day. The fundamental conventions are 8 before 11 June 2022 and 10 from then
        on.
    columns
        How one's own tables call a column, such as ``{"adopted": "…"}``.

    Returns
    -------
    DataFrame
        `conventions` without those surely adopted later, ``group`` as of the day, and ``apart`` (true for
        a protocol, which is listed but not counted).

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Step of: `conventions_in_force` and `ratification_matrix`.

    Examples
    --------
    >>> sd.metrics.standards.groups_as_of(sd.load_conventions(), as_of=2020)     # doctest: +SKIP
    """
    day = dates.day(as_of, name="as_of")
    conventions = frame_with(conventions, "convention", "group", "adopted_first", columns=columns, table="conventions")
    rules = group_rules()
    earlier = {code: one.before for code, one in rules.joined.items() if day < one.since}
    return conventions.filter(pl.col("adopted_first") <= day).with_columns(
        pl.col("convention").replace_strict(earlier, default=pl.col("group"), return_dtype=pl.String).alias("group"),
        pl.col("convention").is_in(list(rules.apart)).alias("apart"),
    )


def status_as_of(*, as_of: DateLike) -> pl.Expr:
    """Return the status of a ratification on a day, as an expression over ratifications and their conventions.

    Parameters
    ----------
    as_of
        The day; of a year or month the last day.

    Returns
    -------
    polars.Expr
        The status, or null where the dates do not determine it.

    Raises
    ------
    UsageError
        When `as_of` is no date.

    Notes
    -----
    Step of: `conventions_in_force` and `ratification_matrix`.

    With ``r`` the registration (``ratified_first``, ``ratified_last``), ``s`` the day the status is known for
    (``status_first``, ``status_last``) and ``i`` the day on which the instrument itself came into force
    (``in_force_first``, ``in_force_last``; null where it is not known), each with its bounds:

    - before ``r`` surely: ``not_ratified``; surely within twelve months after it, or before ``i``: ``not_in_force``;
      surely later: ``in_force``; where the bounds of ``r`` or ``i`` leave it open, ``unknown``;
    - ``in_force`` without ``r``: ``in_force`` from ``s`` on, ``unknown`` before;
    - ``not_ratified`` and ``law_only``: hold up to ``s`` and for `GroupRules.absence_holds_days` after, then ``stale``;
      before ``s`` both mean that nothing was registered yet;
    - ``denounced``: from ``s`` on; before ``s`` ``unknown``, as the day of denunciation is not in the table, except
      before ``r``;
    - ``unknown`` stays ``unknown``.

    Examples
    --------
    >>> _ = status_as_of(as_of=2026)
    """
    rules = group_rules()
    day = pl.lit(dates.day(as_of, name="as_of"))
    entry = f"{rules.months_to_entry_into_force}mo"
    status = pl.col("status")
    ratified_first, ratified_last = pl.col("ratified_first"), pl.col("ratified_last")
    # The first ratifications of an instrument wait for it: it binds nobody before it is in force itself.
    entry_first = pl.max_horizontal(ratified_first.dt.offset_by(entry), "in_force_first")
    entry_last = pl.max_horizontal(ratified_last.dt.offset_by(entry), "in_force_last")
    seen = pl.col("status_first") <= day
    by_dates = (
        pl.when(day < ratified_first)
        .then(pl.lit("not_ratified"))
        .when(day >= entry_last)
        .then(pl.lit("in_force"))
        .when((day >= ratified_last) & (day < entry_first))
        .then(pl.lit("not_in_force"))
        .otherwise(pl.lit(NOT_KNOWN))
    )
    absent = codes_with("ratification_statuses", "binding", value=False)
    lacking = [code for code in absent if code not in codes_with("ratification_statuses", "registered", value=True)]
    fresh = day <= pl.col("status_last").dt.offset_by(f"{rules.absence_holds_days}d")
    return (
        pl.when(status.is_in(lacking) & ~seen)
        .then(pl.lit("not_ratified"))
        .when(status.is_in(lacking))
        .then(pl.when(fresh).then(status).otherwise(pl.lit(STALE)))
        .when(status == "denounced")
        .then(
            pl.when(seen)
            .then(status)
            .when(day < ratified_first)
            .then(pl.lit("not_ratified"))
            .otherwise(pl.lit(NOT_KNOWN))
        )
        .when(status.is_null() | (status == NOT_KNOWN))
        .then(pl.lit(NOT_KNOWN))
        .when((status == "in_force") & (pl.col("status_last") <= day))
        .then(status)
        .when(ratified_first.is_null())
        .then(pl.when(seen & (status != "in_force")).then(status).otherwise(pl.lit(NOT_KNOWN)))
        .otherwise(by_dates)
    )


def conventions_in_force(
    ratifications: Frame,
    conventions: Frame,
    *,
    country: str,
    group: str,
    as_of: DateLike,
    columns: Columns = None,
) -> Result:
    """Count the conventions of a group that are in force for a country on a day.

    Parameters
    ----------
    ratifications, conventions
        Ratifications with ``country``, ``convention``, ``status``, ``ratified_on`` and ``status_as_of``; conventions
        with ``convention``, ``group`` and ``adopted``.
    country
        Code or name of the country.
    group
        ``fundamental`` or ``governance``; ``technical`` is refused, because the table contains only some of them.
    as_of
        The day; of a year or month the last day.
    columns
        How one's own tables call a column, such as ``{"status": "…"}``.

    Returns
    -------
    Result
        One row: columns ``country``, ``group``, ``as_of``, ``not_known``, ``stale`` (those of the not known whose
        evidence is too old to answer for the day); ``value`` = conventions in force (null where none of them is
        known), ``n`` = conventions of the group on that day (excluding the Protocol of 2014),
        ``known`` = those whose status on that day is known, ``high`` = value + not known; ``evidence`` = the rows of
        the known ones.

    Raises
    ------
    UsageError
        When `group` is unknown, or not held completely.

    Notes
    -----
    Formula: count of conventions with `status_as_of` = ``in_force``.
    Unit: conventions.
    Domain: integers from 0 to ``n``.
    Missing: a convention without a row, of unknown status or with stale evidence is not known; it is never counted as
    not ratified.
    Not measured: application in law and practice; ratifications without a source in the collection.
    Reference: ILO Constitution, art. 19 and 20, and the final provisions of the conventions (twelve months after
    registration); groups: ILO Declarations of 1998, amended 2022, and of 2008.

    Examples
    --------
    >>> tables = sd.load_ratifications(), sd.load_conventions()     # doctest: +SKIP
    >>> asked = {"country": "KAZ", "group": "fundamental", "as_of": 2026}     # doctest: +SKIP
    >>> sd.metrics.standards.conventions_in_force(*tables, **asked)     # doctest: +SKIP
    """
    allowed = [code for code in codebook.vocabulary("convention_groups") if code != "technical"]
    choice(
        group,
        allowed,
        what="complete group of conventions",
        hint="Technical conventions are held in part only, so that they have no total.",
    )
    ratified, listed = _tables(ratifications, conventions, columns)
    country = country_of(country, among=ratified.get_column("country").drop_nulls().unique())
    day = dates.day(as_of, name="as_of")
    rows = _pairs(ratified, listed, [country], as_of=day)
    counted = rows.filter((pl.col("group") == group) & ~pl.col("apart"))
    known = counted.filter(pl.col("value").is_not_null())
    in_force = int(known.get_column("value").sum())
    not_known = counted.height - known.height
    frame = one_row(
        float(in_force) if known.height else None,
        n=counted.height,
        known=known.height,
        shown=known,
        country=country,
        group=group,
        as_of=day,
        not_known=not_known,
        stale=counted.filter(pl.col("status_now") == STALE).height,
    ).with_columns(low=pl.col("value"), high=pl.lit(in_force + not_known if known.height else None, dtype=pl.Float64))
    return Result(f"conventions_in_force_{group}_conventions", tidy(frame, unit="conventions"), _DEFINITION, _NOT)


def ratification_matrix(
    ratifications: Frame,
    conventions: Frame,
    countries: str | Sequence[str],
    *,
    as_of: DateLike,
    columns: Columns = None,
) -> Result:
    """Return the status of each fundamental and governance convention for each country on a day.

    Parameters
    ----------
    ratifications, conventions
        As for `conventions_in_force`.
    countries
        Codes or names of one or several countries, in the order of the rows.
    as_of
        The day; of a year or month the last day.
    columns
        How one's own tables call a column, such as ``{"status": "…"}``.

    Returns
    -------
    Result
        One row per country and convention: ``country``, ``convention``, ``title``, ``group``, ``apart`` (true for the
        Protocol of 2014), ``status`` as of the day, ``status_words``, ``ratified_on``, ``status_as_of`` (date of the
        evidence), ``age_days`` and ``age_years`` of the evidence on the day (null without evidence, 0 where it is
        younger); ``value`` = 1 in force, 0 not, null not known; ``n`` = 1; ``known`` = 1 where known.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: `status_as_of` of each convention of `groups_as_of`; 1 where it binds the country on the day.
    Unit: in force (1 or 0).
    Domain: 0 or 1.
    Missing: as for `conventions_in_force`: null where the status on the day is not known. The age is counted from the
    last day the evidence may be of.
    Not measured: application in law and practice; ratifications without a source in the collection.
    Reference: as for `conventions_in_force`.

    Examples
    --------
    >>> tables = sd.load_ratifications(), sd.load_conventions()     # doctest: +SKIP
    >>> sd.metrics.standards.ratification_matrix(*tables, ["KAZ", "Georgia"], as_of="2022-06")     # doctest: +SKIP
    """
    ratified, listed = _tables(ratifications, conventions, columns)
    countries = countries_of(countries, among=ratified.get_column("country").drop_nulls().unique())
    day = dates.day(as_of, name="as_of")
    rows = _pairs(ratified, listed, countries, as_of=day).filter(pl.col("group") != "technical")
    age = pl.max_horizontal(pl.lit(0, dtype=pl.Int64), (pl.lit(day) - pl.col("status_last")).dt.total_days())
    order = {code: place for place, code in enumerate(countries)}
    frame = (
        rows.with_columns(
            pl.when(pl.col("status_last").is_not_null()).then(age).alias("age_days"),
            pl.struct("status_now", "status", "status_as_of")
            .map_batches(_in_words, return_dtype=pl.String)
            .alias("status_words"),
        )
        .with_columns((pl.col("age_days") / 365.25).round(1).alias("age_years"))
        .sort(
            pl.col("country").replace_strict(order, default=None, return_dtype=pl.Int64),
            pl.col("group"),
            pl.col("apart"),
            pl.col("convention"),
        )
        .with_columns(
            pl.col("status_now").alias("status"),
            pl.lit(1).alias("n"),
            pl.col("value").is_not_null().cast(pl.Int64).alias("known"),
            pl.when(pl.col("row_id").is_not_null())
            .then(pl.concat_list("row_id"))
            .otherwise(pl.lit([], dtype=pl.List(pl.String)))
            .alias("evidence"),
        )
        .select(
            *("country", "convention", "title", "group", "apart", "status", "status_words", "ratified_on"),
            *("status_as_of", "age_days", "age_years", "value", "n", "known", "evidence"),
        )
    )
    return Result("ratification_matrix", tidy(frame, unit="in force (1) or not (0)"), _DEFINITION, _NOT)


def _tables(ratifications: Frame, conventions: Frame, columns: Columns) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables with the columns that a status needs; a convention may lack its day of entry into force."""
    dated = ("ratified_on_first", "ratified_on_last", "status_as_of_first", "status_as_of_last")
    ratified, listed = frames_with(
        columns,
        ratifications=Needed(
            ratifications, ("country", "convention", "status", *dated), ("ratified_on", "status_as_of", "row_id")
        ),
        conventions=Needed(
            conventions,
            ("convention", "group", "adopted_first"),
            ("title", "in_force_on_first", "in_force_on_last"),
        ),
    )
    # One's own table may say when in dates alone.
    days = {name: pl.coalesce(name, pl.col(f"{name}_last").cast(pl.String)) for name in ("ratified_on", "status_as_of")}
    return ratified.with_columns(**days), listed


def _pairs(
    ratifications: pl.DataFrame, conventions: pl.DataFrame, countries: Sequence[str], *, as_of: date
) -> pl.DataFrame:
    """Return every country with every convention of the day, the status known of it, and 1, 0 or null."""
    listed = groups_as_of(conventions, as_of=as_of).select(
        *("convention", "title", "group", "apart"),
        *(pl.col(f"in_force_on_{side}").alias(f"in_force_{side}") for side in ("first", "last")),
    )
    on_record = ratifications.select(
        "country",
        "convention",
        "status",
        "ratified_on",
        "status_as_of",
        "row_id",
        pl.col("ratified_on_first").alias("ratified_first"),
        pl.col("ratified_on_last").alias("ratified_last"),
        pl.col("status_as_of_first").alias("status_first"),
        pl.col("status_as_of_last").alias("status_last"),
    )
    binding = codes_with("ratification_statuses", "binding", value=True)
    open_ended = [NOT_KNOWN, STALE]
    return (
        pl.DataFrame({"country": list(countries)}, schema={"country": pl.String})
        .join(listed, how="cross")
        .join(on_record, on=["country", "convention"], how="left", maintain_order="left")
        .with_columns(status_as_of(as_of=as_of).alias("status_now"))
        .with_columns(
            pl.when(pl.col("status_now").is_in(open_ended))
            .then(None)
            .otherwise(pl.col("status_now").is_in(binding).cast(pl.Float64))
            .alias("value")
        )
    )


def _in_words(cells: pl.Series) -> pl.Series:
    """Say each status in words; a status that has grown stale keeps the date it was true for."""
    labels = {code: term.label for code, term in codebook.vocabulary("ratification_statuses").items()}
    words = []
    for cell in cells.to_list():
        status, on_record = cell["status_now"], cell["status_as_of"]
        if status == STALE:
            words.append(f"No data found after {cldr.date(on_record)} (then: {labels[cell['status']].lower()})")
        else:
            words.append(labels[status] if status != NOT_KNOWN else "No data found")
    return pl.Series(words, dtype=pl.String)


__all__ = [
    "conventions_in_force",
    "group_rules",
    "groups_as_of",
    "ratification_matrix",
    "status_as_of",
]
__dir__ = __all__.copy

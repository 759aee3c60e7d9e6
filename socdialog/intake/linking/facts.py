"""What linking knows of each report: when, where, what kind, who, and which figures; nothing else.

Two frames are made of the tables. ``reports`` has one row a report: codes, and dates as whole days.
``tokens`` has one row for each thing that two reports may share: an organisation, a person, a word
of an unresolved name, a figure. What was written per event by a coder (label, topics, outcomes,
notes) is not here, so that it cannot leak into the links.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from socdialog.codebook.attributes import attributes
from socdialog.intake.date_parts import year_alone_inferred
from socdialog.intake.linking.bodies import officials, organisations, parties, place_words
from socdialog.intake.linking.knowledge import knowledge
from socdialog.intake.linking.locations import locations

#: Days that an event may be said to have lasted; more is no duration.
_LONGEST_DAYS = 36_525
#: Days before and after an event in which others of its kind are counted.
_SEASON = 45
#: An undated text tells of something that happened at most so many days before it was published.
NEWS_DAYS = 31


@dataclass(frozen=True, slots=True)
class Facts:
    """What two reports are compared on.

    Parameters
    ----------
    reports
        One row a report, sorted by `report_id`: ``i`` (its number), ids, codes, ``first`` and
        ``last`` (bounds of its first day, in days since 1970), ``until`` (last day known),
        ``basis`` (`day`, `month`, `year`, `news`, `ended` or `none`), bounds of publication,
        ``season`` (on how many other days near it an event of its kind began), ``moved`` (the day in another year,
        where its year may be a misprint), ``yearless`` (whether its year alone was inferred) and
        ``passing`` (undated, in a text that tells of several events).
    tokens
        One row for each thing a report names: ``i``, ``type``, ``token``, ``shown`` (as reported; null of people and
        of words, which may be theirs), ``months`` (in how many months reports name it: the fewer, the more it says) and
        ``everywhere`` (a body of a side that acts in very many events) and ``round`` (a round number).
    parties
        What parts two reports when none of it is common: ``i``, ``part``, ``body``, ``known`` (whether it is
        resolved), ``latin`` (whether its name is in Latin letters), ``token``, ``months``.
    """

    reports: pl.DataFrame
    tokens: pl.DataFrame
    parties: pl.DataFrame


def gather(
    *,
    reports: pl.DataFrame,
    sources: pl.DataFrame,
    actors: pl.DataFrame,
    people: pl.DataFrame,
    figures: pl.DataFrame,
    places: pl.DataFrame | None = None,
    register: bool = False,
) -> Facts:
    """Collect what linking may use of each report; `register` as in `socdialog.intake.linking.link`."""
    numbered = reports.sort("report_id").with_row_index("i")
    several = pl.col("recodes").is_null().sum().over("source_id") > 1
    undated = pl.all_horizontal(pl.col("start_first", "end_last").is_null())
    # A joint body has seats for others: who names it, and who names them, may name nothing in common.
    joint = [side for side, seats in attributes("sides", "seats").items() if seats]
    bodies = actors.filter(~pl.col("side").is_in(joint)).group_by("report_id").agg(bodies=pl.len().cast(pl.Int32))
    named = people.group_by("report_id").agg(named=pl.len().cast(pl.Int32))
    lasted = (
        figures.filter(pl.col("indicator").is_in(sorted(knowledge().durations)))
        .group_by("report_id")
        .agg(lasted=pl.col("value").max().ceil().clip(0, _LONGEST_DAYS).cast(pl.Int32))
    )
    reported = (
        numbered.with_columns(passing=several & undated)
        .join(_documents(sources, register=register), on="source_id", how="left")
        .with_columns(moved=_in_other_year().to_physical(), case=_case(), yearless=year_alone_inferred())
        .join(locations(reports, places).rename({"place": "at"}), on="report_id", how="left")
        .join(lasted, on="report_id", how="left")
        .join(named, on="report_id", how="left")
        .join(bodies, on="report_id", how="left")
        .sort("i")
        .select(
            "i",
            "report_id",
            "source_id",
            "document",
            "register",
            "copy_of",
            "recodes",
            "kind",
            "status",
            "countries",
            "moved",
            "yearless",
            "passing",
            "case",
            "lasted",
            pl.col("named", "bodies").fill_null(0),
            pl.col("venue_country").alias("venue"),
            "at",
            "holders",
            "placed",
            "parts",
            *(
                pl.col(name).to_physical().alias(short)
                for name, short in (
                    ("start_first", "s0"),
                    ("start_last", "s1"),
                    ("end_first", "e0"),
                    ("end_last", "e1"),
                    ("published_first", "p0"),
                    ("published_last", "p1"),
                )
            ),
        )
    )
    reported = _with_season(_when(reported.rename({"at": "place"})))
    registered = [] if places is None else [places.get_column("name"), places.get_column("variants").explode()]
    of_places = place_words(reports.get_column("place"), *registered)
    tokens = pl.concat([organisations(actors, of_places), officials(people), _figures(figures)]).join(
        reported.select("report_id", "i", "last", "basis"), on="report_id"
    )
    everywhere = (
        actors.filter(pl.col("side").is_in(sorted(knowledge().sides_everywhere)))
        .pipe(organisations, of_places)
        .select("type", "token")
        .unique()
    ).with_columns(everywhere=True)
    round_figures = _figures(figures.filter(_is_round(pl.col("value")))).select("type", "token").unique()
    tokens = (
        _with_months(tokens, ["type", "token"])
        .select("i", "type", "token", "shown", "months")
        .sort("i", "type", "token", "shown")
        .unique(["i", "type", "token"], keep="first", maintain_order=True)
        .join(everywhere, on=["type", "token"], how="left")
        .join(round_figures.with_columns(round=True), on=["type", "token"], how="left")
        .with_columns(pl.col("everywhere", "round").fill_null(value=False))
        .sort("i", "type", "token")
    )
    parting = _with_months(parties(actors, of_places).join(reported, on="report_id"), ["part", "token"])
    return Facts(reported, tokens, parting.select("i", "part", "body", "known", "latin", "token", "months"))


def _documents(sources: pl.DataFrame, *, register: bool) -> pl.DataFrame:
    """Return what is known of each source: the document it is (places in one document are one), and its register."""
    declared = pl.col("register") if "register" in sources.columns else pl.lit(None, dtype=pl.String)
    whole = pl.lit(register) & ~pl.col("kind").is_in(sorted(knowledge().news_kinds))
    return sources.select(
        "source_id",
        "copy_of",
        "published_first",
        "published_last",
        # A place in a page is behind #; what is behind #/ or #! is a page of its own.
        document=pl.col("url").str.replace(r"#[^/!].*$", ""),
        publisher=pl.col("publisher"),
        register=pl.coalesce(declared, pl.when(whole).then("publisher")),
    )


def _with_months(named: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Add in how many months reports name each token: the fewer, the more it says."""
    month = pl.when(pl.col("basis").is_in(["none", "year"])).then(None).otherwise(pl.col("last") // 30)
    months = named.group_by(keys).agg(months=month.drop_nulls().n_unique().clip(lower_bound=1).cast(pl.Int32))
    return named.join(months, on=keys)


def _when(reported: pl.DataFrame) -> pl.DataFrame:
    """Give each report the bounds of its first day, the last day known, and what they rest on."""
    s0, s1, e1, p0, p1 = (pl.col(name) for name in ("s0", "s1", "e1", "p0", "p1"))
    lasted = pl.col("lasted")
    ended = s0.is_null() & e1.is_not_null()
    news = s0.is_null() & e1.is_null() & p1.is_not_null()
    happened = pl.col("status").is_in(sorted(knowledge().took_place))
    # A month or a year told of what took place ends, for it, on the day the text appeared.
    s1 = pl.when(happened & (p1 >= s0)).then(pl.min_horizontal(s1, p1)).otherwise(s1)
    ahead = pl.when(happened).then(0).otherwise(NEWS_DAYS)
    return reported.with_columns(
        first=pl.when(s0.is_not_null())
        .then(s0)
        .when(ended)
        .then(pl.col("e0") - lasted.fill_null(2 * NEWS_DAYS))
        .when(news)
        .then(p0 - NEWS_DAYS),
        last=pl.when(s0.is_not_null())
        .then(s1)
        .when(ended)
        .then(pl.when(lasted.is_null()).then(e1).otherwise(e1 - lasted + 1))
        .when(news)
        .then(p1 + ahead),
        basis=pl.when(s0.is_not_null() & (pl.col("s1") == s0))
        .then(pl.lit("day"))
        .when(pl.col("s1") - s0 < NEWS_DAYS)
        .then(pl.lit("month"))
        .when(s0.is_not_null())
        .then(pl.lit("year"))
        .when(ended)
        .then(pl.lit("ended"))
        .when(news)
        .then(pl.lit("news"))
        .otherwise(pl.lit("none")),
    ).with_columns(
        ends=e1.is_not_null() | lasted.is_not_null(),
        until=pl.max_horizontal(e1, pl.when(s0.is_not_null()).then(s0 + lasted - 1), pl.col("last")),
    )


def _case() -> pl.Expr:
    """Return the number of the case as its publisher gives it: two numbers are two cases."""
    number = pl.struct("publisher", "case_number")
    return pl.when(pl.col("case_number").is_not_null()).then(number)


def _in_other_year() -> pl.Expr:
    """Return the day in the year that its text came out in, where the year may be a misprint.

    A text of what took place that appeared within `NEWS_DAYS` of the same day of another year is more likely
    news than a memory of that very day.
    """
    day, published = pl.col("start_first"), pl.col("published_last")
    held = pl.col("status").is_in(sorted(knowledge().took_place)) & (day == pl.col("start_last"))
    years = published.dt.year() - day.dt.year()
    moves = [day.dt.offset_by(pl.concat_str(years - less, pl.lit("y"))) for less in (0, 1)]
    near = [
        pl.when(held & (move != day) & (published - move).dt.total_days().is_between(0, NEWS_DAYS)).then(move)
        for move in moves
    ]
    return pl.coalesce(near)


def _with_season(reported: pl.DataFrame) -> pl.DataFrame:
    """Add on how many other days of the season the country has an event of this kind: a shared date says less then.

    The season of a year is that year: days at most `NEWS_DAYS` after each other may be of one event, and count once.
    """
    groups = ["venue", "kind"]
    dated = reported.filter(pl.col("basis") == "day").group_by(groups).agg(pl.col("first").unique().sort())
    days: dict[tuple[str | None, str], list[int]] = {(venue, kind): firsts for venue, kind, firsts in dated.iter_rows()}

    def season(venue: str | None, kind: str, basis: str, first: int, last: int) -> int | None:
        known = days.get((venue, kind), [])
        if basis == "year":
            within = known[bisect_left(known, first) : bisect_right(known, last)]
            return sum(later - earlier > NEWS_DAYS for earlier, later in pairwise(within))
        if basis not in {"day", "month"}:
            return None
        wide = bisect_right(known, last + _SEASON) - bisect_left(known, first - _SEASON)
        return wide - (bisect_right(known, last + 1) - bisect_left(known, first - 1))

    counted = [season(*row) for row in reported.select(*groups, "basis", "first", "last").iter_rows()]
    return reported.with_columns(season=pl.Series(counted, dtype=pl.Int32))


def _is_round(value: pl.Expr) -> pl.Expr:
    """Return whether a number has one digit that is not a zero: many things are counted so."""
    size = value.abs().log(10).floor()
    return (value / pl.lit(10.0).pow(size)).round(9).pipe(lambda digit: digit == digit.round(0))


def _figures(figures: pl.DataFrame) -> pl.DataFrame:
    specific = figures.filter(~pl.col("indicator").is_in(sorted(knowledge().unspecific)))
    return specific.select(
        "report_id",
        type=pl.lit("figure"),
        token=pl.concat_str("indicator", "unit", pl.col("currency").fill_null(""), "value", separator="|"),
        shown=pl.concat_str("indicator", "value", separator=" "),
    )

"""What linking knows of each report: when, where, what kind, who, and which figures; nothing else.

Two frames are made of the tables. ``reports`` has one row a report: codes, and dates as whole days.
``tokens`` has one row for each thing that two reports may share: an organisation, a person, a word
of an unresolved name, a figure. What was written per event by a coder (label, topics, outcomes,
notes) is not here, so that it cannot leak into the links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import polars as pl

from socdialog import codebook
from socdialog.codebook.attributes import attributes, with_alike
from socdialog.codebook.reviewed_files import reviewed, reviewed_as
from socdialog.folding import fold
from socdialog.intake.distinct import by_text

#: Days that an event may be said to have lasted; more is no duration.
_LONGEST_DAYS = 36_525
#: An undated text tells of something that happened at most so many days before it was published.
NEWS_DAYS = 31
#: Words shorter than this say little in a name.
_WORD = 4


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The reviewed knowledge of ``codebook/linking.yaml``."""

    kinds_that_go_together: tuple[tuple[str, str], ...]
    kind_that_may_be_any: str
    took_place: frozenset[str]
    durations: frozenset[str]
    unspecific: frozenset[str]
    side_that_parts: str
    side_that_gathers: str
    roles_that_part: frozenset[str]
    seldom_kinds: frozenset[str]
    talks: frozenset[str]
    sides_everywhere: frozenset[str]
    holds_parts: frozenset[str]
    can_be_part: frozenset[str]


@cache
def knowledge() -> Knowledge:
    """Return what the codebook knows for linking."""
    return reviewed_as(Knowledge, reviewed("linking.yaml"))


def related_kinds() -> pl.DataFrame:
    """Return the pairs ``kind``, ``kind_b`` of different kinds that may be one event told differently.

    A kind that the study added goes with the one it is like, and with all that this one goes with.
    """
    either = knowledge().kind_that_may_be_any
    pairs = [
        (own, other)
        for a, b in knowledge().kinds_that_go_together
        for own in with_alike("event_kinds", [a])
        for other in with_alike("event_kinds", [b])
    ]
    kinds = codebook.vocabulary("event_kinds")
    pairs += [(a, b) for kind in kinds for a, b in permutations(with_alike("event_kinds", [kind]), 2)]
    pairs += [(either, kind) for kind in kinds if kind != either]
    both = pairs + [(b, a) for a, b in pairs]
    return pl.DataFrame(both, schema=["kind", "kind_b"], orient="row").unique(maintain_order=True)


def dispute_stages() -> Mapping[str, str]:
    """Return the stage of a dispute that each kind of event is, of those that are one."""
    stages = attributes("event_kinds", "dispute_stage")
    return {code: str(stage) for code, stage in stages.items() if stage is not None}


@dataclass(frozen=True, slots=True)
class Facts:
    """What two reports are compared on.

    Parameters
    ----------
    reports
        One row a report, sorted by `report_id`: ``i`` (its number), ids, codes, ``first`` and
        ``last`` (bounds of its first day, in days since 1970), ``until`` (last day known),
        ``basis`` (`day`, `month`, `year`, `news`, `ended` or `none`) and bounds of publication.
    tokens
        One row for each thing a report names: ``i``, ``type``, ``token``, ``shown`` (as reported; null of people and
        of words, which may be theirs), ``months`` (in how many months reports name it: the fewer, the more it says) and
        ``everywhere`` (a body of a side that acts in very many events).
    parties
        Bodies and words of bodies that part two reports when none is common: ``i``, ``part``
        (`side`, `gathers` or `role`), ``token``.
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
) -> Facts:
    """Collect what linking may use of each report."""
    numbered = reports.sort("report_id").with_row_index("i")
    as_told = pl.concat_str(pl.lit("~"), by_text("place", fold))
    place = pl.coalesce("place_id", as_told) if "place_id" in reports.columns else as_told
    bodies = actors.group_by("report_id").agg(bodies=pl.len().cast(pl.Int32))
    named = people.group_by("report_id").agg(named=pl.len().cast(pl.Int32))
    lasted = (
        figures.filter(pl.col("indicator").is_in(sorted(knowledge().durations)))
        .group_by("report_id")
        .agg(lasted=pl.col("value").max().ceil().clip(0, _LONGEST_DAYS).cast(pl.Int32))
    )
    told = (
        numbered.join(
            sources.select("source_id", "copy_of", "published_first", "published_last"), on="source_id", how="left"
        )
        .join(lasted, on="report_id", how="left")
        .join(named, on="report_id", how="left")
        .join(bodies, on="report_id", how="left")
        .sort("i")
        .select(
            "i",
            "report_id",
            "source_id",
            "copy_of",
            "recodes",
            "kind",
            "status",
            "countries",
            "lasted",
            pl.col("named", "bodies").fill_null(0),
            pl.col("venue_country").alias("venue"),
            place.alias("place"),
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
    told = _when(told)
    tokens = pl.concat([_organisations(actors), _people(people), _figures(figures)], how="vertical").join(
        told.select("report_id", "i", "last", "basis"), on="report_id"
    )
    everywhere = (
        actors.filter(pl.col("side").is_in(sorted(knowledge().sides_everywhere)))
        .pipe(_organisations)
        .select("type", "token")
        .unique()
    ).with_columns(everywhere=True)
    month = pl.when(pl.col("basis").is_in(["none", "year"])).then(None).otherwise(pl.col("last") // 30)
    months = tokens.group_by("type", "token").agg(
        months=month.drop_nulls().n_unique().clip(lower_bound=1).cast(pl.Int32)
    )
    tokens = (
        tokens.select("i", "type", "token", "shown")
        .sort("i", "type", "token", "shown")
        .unique(["i", "type", "token"], keep="first", maintain_order=True)
        .join(months, on=["type", "token"])
        .join(everywhere, on=["type", "token"], how="left")
        .with_columns(pl.col("everywhere").fill_null(value=False))
        .sort("i", "type", "token")
    )
    return Facts(told, tokens, _parties(actors).join(told.select("report_id", "i"), on="report_id").drop("report_id"))


def _when(told: pl.DataFrame) -> pl.DataFrame:
    """Give each report the bounds of its first day, the last day known, and what they rest on."""
    s0, s1, e1, p0, p1 = (pl.col(name) for name in ("s0", "s1", "e1", "p0", "p1"))
    lasted = pl.col("lasted")
    ended = s0.is_null() & e1.is_not_null()
    news = s0.is_null() & e1.is_null() & p1.is_not_null()
    happened = pl.col("status").is_in(sorted(knowledge().took_place))
    # A month or a year told of what took place ends, for it, on the day the text appeared.
    s1 = pl.when(happened & (p1 >= s0)).then(pl.min_horizontal(s1, p1)).otherwise(s1)
    ahead = pl.when(happened).then(0).otherwise(NEWS_DAYS)
    return told.with_columns(
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
    ).with_columns(until=pl.max_horizontal(e1, pl.when(s0.is_not_null()).then(s0 + lasted - 1), pl.col("last")))


def _named(frame: pl.DataFrame, names: list[str], *, resolved: str, kind: str) -> pl.DataFrame:
    """Return the tokens of named bodies or people: the resolved id, else the folded names and their words."""
    known = pl.col(resolved) if resolved in frame.columns else pl.lit(None, dtype=pl.String)
    frame = frame.with_columns(known=known)
    parts = [
        frame.filter(pl.col("known").is_not_null()).select(
            "report_id", type=pl.lit(kind), token=pl.col("known"), shown=pl.col("name")
        )
    ]
    unknown = frame.filter(pl.col("known").is_null())
    for name in names:
        some = unknown.filter(pl.col(name).is_not_null()).with_columns(token=by_text(name, fold))
        parts.append(some.select("report_id", type=pl.lit(kind), token=pl.col("token"), shown=pl.col(name)))
        parts.append(
            some.with_columns(token=pl.col("token").str.split(" "))
            .explode("token")
            .filter(pl.col("token").str.len_chars() >= _WORD)
            .select("report_id", type=pl.lit("word"), token=pl.col("token"), shown=pl.lit(None, dtype=pl.String))
        )
    return pl.concat(parts)


def _organisations(actors: pl.DataFrame) -> pl.DataFrame:
    return _named(actors, ["name", "acronym"], resolved="org_id", kind="organisation")


def _parties(actors: pl.DataFrame) -> pl.DataFrame:
    """Return the bodies that part two reports: of one side by id or word, callers of a gathering by id."""
    side = actors.filter(pl.col("side") == knowledge().side_that_parts)
    named = _organisations(side).filter(pl.col("type").is_in(["organisation", "word"]))
    by_side = named.select("report_id", part=pl.lit("side"), token=pl.col("token"))
    parts = [by_side]
    if "org_id" in actors.columns:
        known = actors.filter(pl.col("org_id").is_not_null())
        for part, who in (
            ("gathers", pl.col("side") == knowledge().side_that_gathers),
            ("role", pl.col("role").is_in(with_alike("roles", sorted(knowledge().roles_that_part)))),
        ):
            parts.append(known.filter(who).select("report_id", part=pl.lit(part), token=pl.col("org_id")))
    return pl.concat(parts).unique().sort("report_id", "part", "token")


def _people(people: pl.DataFrame) -> pl.DataFrame:
    # Reasons are published: they count shared people and never name them.
    return _named(people, ["name"], resolved="person_id", kind="person").with_columns(
        shown=pl.lit(None, dtype=pl.String)
    )


def _figures(figures: pl.DataFrame) -> pl.DataFrame:
    specific = figures.filter(~pl.col("indicator").is_in(sorted(knowledge().unspecific)))
    return specific.select(
        "report_id",
        type=pl.lit("figure"),
        token=pl.concat_str("indicator", "unit", pl.col("currency").fill_null(""), "value", separator="|"),
        shown=pl.concat_str("indicator", "value", separator=" "),
    )

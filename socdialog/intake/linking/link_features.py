"""What speaks for and against each link, feature by feature, as a person can check it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from socdialog.intake.linking.clusters import Pair
from socdialog.intake.linking.facts import Facts

_LINKS = {
    "report_a": pl.String,
    "report_b": pl.String,
    "judgement": pl.String,
    "score": pl.Float64,
    "method": pl.String,
    "features": pl.String,
}
_SHOWN = 4
#: Features kept at hand while links are described.
_REMEMBERED = 65536
#: The feature that says how a report is dated, by the basis of its date.
_DATED = {"none": "no_date", "news": "published_by", "day": "on_day", "ended": "ended_by"}

#: One feature as the table of links keeps it: an object of JSON.
Feature = str


def feature(code: str, **details: object) -> Feature:
    """Return a feature of the vocabulary ``link_features`` with what it keeps.

    Examples
    --------
    >>> feature("same_kind", kind="strike")
    '{"feature": "same_kind", "kind": "strike"}'
    """
    return json.dumps({"feature": code, **details}, ensure_ascii=False, sort_keys=True)


def kept_as(features: Sequence[Feature]) -> str:
    """Return features as the table of links keeps them."""
    return f"[{', '.join(features)}]"


def links_of(
    scored: pl.DataFrame,
    facts: Facts,
    *,
    of: Sequence[int],
    declared: Mapping[Pair, str],
    decided: Mapping[Pair, str],
    refused: Mapping[Pair, str],
    related: pl.DataFrame,
    doubtful: int,
) -> pl.DataFrame:
    """Return the table of links: pairs of one event, decided pairs, and pairs that wait for a person."""
    names = facts.reports.get_column("report_id").to_list()
    rows: dict[Pair, tuple[str, float | None, str, str]] = {}
    group = pl.Series(of)
    kept = scored.with_columns(one=group.gather(scored.get_column("a")) == group.gather(scored.get_column("b"))).filter(
        ~pl.col("never") & (pl.col("one") | (pl.col("score") >= doubtful))
    )
    found = features_of(kept, facts)
    for (a, b, score, one), features in zip(kept.select("a", "b", "score", "one").iter_rows(), found, strict=True):
        against = [feature(refused[a, b])] if (a, b) in refused and not one else []
        rows[a, b] = ("same" if one else "doubtful", float(score), "rule", kept_as([*features, *against]))
    number = {name: i for i, name in enumerate(names)}
    for one, other, judgement, features in related.iter_rows():
        a, b = number[one], number[other]
        known = rows.pop((min(a, b), max(a, b)), None)
        rows[a, b] = (judgement, None if known is None else known[1], "rule", features)
    for both, method in declared.items():
        rows[both] = ("same", None, method, kept_as([feature(method)]))
    for (a, b), kind in decided.items():
        if kind != "same":
            for both in ((a, b), (b, a)):
                rows.pop(both, None)
            if kind != "part_of" and a > b:
                a, b = b, a  # noqa: PLW2901 - only of a part does the order tell something
            rows[a, b] = (kind, None, "decision", kept_as([feature("decided", decision=kind)]))
    reported = [(names[a], names[b], *row) for (a, b), row in rows.items()]
    return pl.DataFrame(reported, schema=_LINKS, orient="row").sort("report_a", "report_b")


class _Date(NamedTuple):
    """How a report is dated: the code of that, and the days it is dated between, counted from 1970."""

    code: str
    first: int | None
    last: int | None


class _Codes(NamedTuple):
    """What a report is coded as."""

    kind: str
    country: str | None
    place: str | None


def features_of(pairs: pl.DataFrame, facts: Facts) -> Iterator[list[Feature]]:
    """Yield for each pair what speaks for and against one event; most pairs have features of other pairs."""
    code = pl.col("basis").replace_strict(_DATED, default="between_days", return_dtype=pl.String)
    last = pl.when(pl.col("basis") == "news").then("p1").when(pl.col("basis") == "ended").then("e1").otherwise("last")
    columns = ("i", code, "first", last.alias("to"), "kind", "venue", "place")
    told = {i: (_Date(*row[:3]), _Codes(*row[3:])) for i, *row in facts.reports.select(columns).iter_rows()}
    shared = _shared(pairs, facts)
    nothing = [feature("nothing_shared")]
    for a, b in pairs.select("a", "b").iter_rows():
        (one_date, one), (other_date, other) = told[a], told[b]
        yield [_dates(one_date, other_date), *_same_codes(one, other), *shared.get((a, b), nothing)]


def _day(days: int | None) -> str | None:
    return None if days is None else (date(1970, 1, 1) + timedelta(days=days)).isoformat()


@lru_cache(maxsize=_REMEMBERED)
def _dates(one: _Date, other: _Date) -> Feature:
    first, second = (
        {"feature": told.code}
        if told.code == "no_date"
        else {"feature": told.code, "first": _day(told.first), "last": _day(told.last)}
        for told in (one, other)
    )
    if first != second:
        return feature("dates", date=first, other=second)
    return feature("undated") if one.code == "no_date" else feature("same_date", date=first)


@lru_cache(maxsize=_REMEMBERED)
def _same_codes(one: _Codes, other: _Codes) -> tuple[Feature, ...]:
    same = one.kind == other.kind
    found = [feature("same_kind", kind=one.kind) if same else feature("kinds", kind=one.kind, other=other.kind)]
    if one.country is not None and one.country == other.country:
        found.append(feature("same_country", country=one.country))
    if one.place is not None and other.place is not None:
        same = one.place == other.place
        found.append(
            feature("same_place", place=one.place) if same else feature("places", place=one.place, other=other.place)
        )
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def _named(kind: str, names: tuple[str, ...], more: int, *, rare: bool) -> Feature:
    return feature(kind, names=names, more=more, rare=rare)


def _shared(pairs: pl.DataFrame, facts: Facts) -> dict[Pair, list[Feature]]:
    """Return what both reports of each pair name: organisations, figures, numbers of people and of words of names."""
    tokens = facts.tokens
    met = (
        pairs.select("a", "b")
        .join(tokens, left_on="a", right_on="i")
        .join(tokens.select("i", "type", "token"), left_on=["b", "type", "token"], right_on=["i", "type", "token"])
        .sort("a", "b", "type", "months", "shown")
        .group_by("a", "b", "type", maintain_order=True)
        .agg(pl.col("shown").drop_nulls().head(_SHOWN), n=pl.len(), few=pl.col("months").min())
    )
    found: dict[Pair, list[Feature]] = {}
    for a, b, kind, shown, n, few in met.iter_rows():
        more = max(n - _SHOWN, 0) if shown else 0
        rare = few == 1 and kind != "figure"
        found.setdefault((a, b), []).append(_named(kind, tuple(shown) or (n,), more, rare=rare))
    return found

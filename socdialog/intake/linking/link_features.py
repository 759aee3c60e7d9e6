"""What speaks for and against each link, feature by feature, as a person can check it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

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
#: The feature that says how a report is dated, by the basis of its date.
_DATED = {"none": "no_date", "news": "published_by", "day": "on_day", "ended": "ended_by"}

Feature = dict[str, object]


def feature(code: str, **details: object) -> Feature:
    """Return a feature of the vocabulary ``link_features`` with what it keeps."""
    return {"feature": code, **details}


def kept_as(features: Sequence[Feature]) -> str:
    """Return features as the table of links keeps them."""
    return json.dumps(features, ensure_ascii=False, sort_keys=True)


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


def features_of(pairs: pl.DataFrame, facts: Facts) -> list[list[Feature]]:
    """Return for each pair what speaks for and against one event."""
    reported = {row["i"]: row for row in facts.reports.iter_rows(named=True)}
    shared = _shared(pairs, facts)
    return [
        [
            _dates(reported[a], reported[b]),
            *_codes(reported[a], reported[b]),
            *shared.get((a, b), [feature("nothing_shared")]),
        ]
        for a, b in pairs.select("a", "b").iter_rows()
    ]


def _day(days: object) -> str | None:
    return (date(1970, 1, 1) + timedelta(days=days)).isoformat() if isinstance(days, int) else None


def _dated(row: Mapping[str, object]) -> Feature:
    last = {"news": "p1", "ended": "e1"}.get(str(row["basis"]), "last")
    code = _DATED.get(str(row["basis"]), "between_days")
    return feature(code) if code == "no_date" else feature(code, first=_day(row["first"]), last=_day(row[last]))


def _dates(a: Mapping[str, object], b: Mapping[str, object]) -> Feature:
    one, other = _dated(a), _dated(b)
    if one != other:
        return feature("dates", date=one, other=other)
    return feature("undated") if one["feature"] == "no_date" else feature("same_date", date=one)


def _codes(a: Mapping[str, object], b: Mapping[str, object]) -> Iterator[Feature]:
    one, other = a["kind"], b["kind"]
    yield feature("same_kind", kind=one) if one == other else feature("kinds", kind=one, other=other)
    if a["venue"] is not None and a["venue"] == b["venue"]:
        yield feature("same_country", country=a["venue"])
    if a["place"] is not None and b["place"] is not None:
        place, second = a["place"], b["place"]
        yield feature("same_place", place=place) if place == second else feature("places", place=place, other=second)


def _shared(pairs: pl.DataFrame, facts: Facts) -> dict[Pair, list[Feature]]:
    """Return what both reports of each pair name: organisations, figures, numbers of people and of words of names."""
    tokens = facts.tokens
    met = (
        pairs.select("a", "b")
        .join(tokens, left_on="a", right_on="i")
        .join(tokens.select("i", "type", "token"), left_on=["b", "type", "token"], right_on=["i", "type", "token"])
        .sort("a", "b", "type", "months", "shown")
        .group_by("a", "b", "type", maintain_order=True)
        .agg("shown", pl.len().alias("n"), few=pl.col("months").min())
    )
    found: dict[Pair, list[Feature]] = {}
    for a, b, kind, shown, n, few in met.iter_rows():
        names = [name for name in shown if name is not None]
        rare = few == 1 and kind != "figure"
        shared = feature(kind, names=names[:_SHOWN] or [n], more=max(n - _SHOWN, 0) if names else 0, rare=rare)
        found.setdefault((a, b), []).append(shared)
    return found

"""Say why: each link in words a person can check, feature by feature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from socdialog import codebook, dates
from socdialog.intake.linking.clusters import Pair
from socdialog.intake.linking.facts import Facts

_LINKS = {
    "report_a": pl.String,
    "report_b": pl.String,
    "judgement": pl.String,
    "score": pl.Float64,
    "method": pl.String,
    "why": pl.String,
}
_SHOWN = 4
_DECLARED = {
    "decision": "a person decided that both tell of one event",
    "recoding": "one report is declared to be a second coding of the same text on the same event",
    "copy": "the text of one is declared to repeat that of the other",
}


def worded(
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
    why = reasons(kept, facts)
    for (a, b, score, one), text in zip(kept.select("a", "b", "score", "one").iter_rows(), why, strict=True):
        but = f"; but {refused[a, b]}" if (a, b) in refused and not one else ""
        rows[a, b] = ("same" if one else "doubtful", float(score), "rule", text + but)
    number = {name: i for i, name in enumerate(names)}
    for one, other, judgement, text in related.iter_rows():
        a, b = number[one], number[other]
        known = rows.pop((min(a, b), max(a, b)), None)
        rows[a, b] = (judgement, None if known is None else known[1], "rule", text)
    for both, method in declared.items():
        rows[both] = ("same", None, method, _DECLARED[method])
    for (a, b), kind in decided.items():
        if kind != "same":
            for both in ((a, b), (b, a)):
                rows.pop(both, None)
            if kind != "part_of" and a > b:
                a, b = b, a  # noqa: PLW2901 - only of a part does the order tell something
            rows[a, b] = (kind, None, "decision", f"a person decided: {kind.replace('_', ' ')}")
    told = [(names[a], names[b], *row) for (a, b), row in rows.items()]
    return pl.DataFrame(told, schema=_LINKS, orient="row").sort("report_a", "report_b")


def reasons(kept: pl.DataFrame, facts: Facts) -> list[str]:
    """Write for each pair what speaks for and against one event."""
    told = {row["i"]: row for row in facts.reports.iter_rows(named=True)}
    shared = _shared(kept, facts)
    return [
        "; ".join(
            part
            for part in (
                _dates(told[a], told[b]),
                _codes(told[a], told[b]),
                shared.get((a, b), "nothing named in both"),
            )
            if part
        )
        for a, b in kept.select("a", "b").iter_rows()
    ]


def _day(days: object) -> str:
    assert isinstance(days, int)
    return dates.written((date(1970, 1, 1) + timedelta(days=days)).isoformat())


def _told(row: Mapping[str, object]) -> str:
    first, last = row["first"], row["last"]
    match row["basis"]:
        case "none":
            return "undated"
        case "news":
            return f"undated, published by {_day(row['p1'])}"
        case "day":
            return _day(first)
        case "ended":
            return f"ended by {_day(row['e1'])}"
        case _:
            return f"between {_day(first)} and {_day(last)}"


def _dates(a: Mapping[str, object], b: Mapping[str, object]) -> str:
    one, other = _told(a), _told(b)
    if one == other == "undated":
        return "both undated"
    return f"same date, {one}" if one == other else f"dates: {one} and {other}"


def _codes(a: Mapping[str, object], b: Mapping[str, object]) -> str:
    kinds = codebook.vocabulary("event_kinds")
    one, other = (kinds[str(row["kind"])].label.lower() for row in (a, b))
    parts = [f"both {one}" if one == other else f"kinds {one} and {other}"]
    if a["venue"] is not None and a["venue"] == b["venue"]:
        parts.append(f"both in {a['venue']}")
    if a["place"] is not None and b["place"] is not None:
        parts.append(
            f"same place {a['place']}" if a["place"] == b["place"] else f"places {a['place']} and {b['place']}"
        )
    return "; ".join(parts)


def _shared(kept: pl.DataFrame, facts: Facts) -> dict[Pair, str]:
    """Write what both reports of each pair name: organisations, people, figures, else words of names."""
    tokens = facts.tokens
    met = (
        kept.select("a", "b")
        .join(tokens, left_on="a", right_on="i")
        .join(tokens.select("i", "type", "token"), left_on=["b", "type", "token"], right_on=["i", "type", "token"])
        .sort("a", "b", "type", "months", "shown")
        .group_by("a", "b", "type", maintain_order=True)
        .agg("shown", pl.len().alias("n"), few=pl.col("months").min())
    )
    told: dict[Pair, str] = {}
    words = {"organisation": "organisations", "person": "officials", "figure": "figures", "word": "words of names"}
    for a, b, kind, shown, n, few in met.iter_rows():
        names = [name for name in shown if name is not None]
        more = f" and {n - _SHOWN} more" if n > _SHOWN else ""
        rare = " (named in one month only)" if few == 1 and kind != "figure" else ""
        what = f"{', '.join(names[:_SHOWN])}{more}" if names else str(n)
        text = f"shared {words[kind]}: {what}{rare}"
        told[a, b] = f"{told[a, b]}; {text}" if (a, b) in told else text
    return told

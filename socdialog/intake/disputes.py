"""Strikes and lockouts with what reports claim of them: one row an action, each number with its bounds and claims.

The rules
---------
which
    Events whose kind stops work, and whose status says that they took place.
whole
    Claims about the whole action go before claims about a part of it (a group, a moment, one of several employers).
    Where there are claims about several parts only, the largest bounds the whole from below.
one number
    A number stands where all claims state it, or where one of them is exact and the others allow it.
bounds
    The bounds are those that all claims allow together. Where there are none, the claims contradict each other: no
    number stands, and the bounds are those of the claim that goes lowest and of the one that goes highest.
days
    A length in working days goes before one in calendar days, and that before one that does not say; they are never
    compared. No length is counted from dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from socdialog import codebook, schemas
from socdialog.codebook.attributes import codes_with
from socdialog.codebook.qualifiers import qualifier

Tables = Mapping[str, pl.DataFrame]
#: What is claimed of an action, and what its figures are shown with.
_CLAIMED = {"workers": "strike_workers", "duration_days": "strike_days", "days_not_worked": "days_not_worked"}
_DAY_KINDS = ("working", "calendar", None)
_STOPPAGE = "stoppage_"


class Claim(NamedTuple):
    """A reported figure: what part of an action it is about, and what it allows."""

    row_id: str
    part: tuple[str | None, str | None]
    day_kind: str | None
    value: float
    is_range: bool
    is_exact: bool
    low: float | None
    high: float | None


class Claimed(NamedTuple):
    """The value and bounds of claims about one quantity; None = not known, or open."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    day_kind: str | None = None


def build_disputes(tables: Tables) -> pl.DataFrame:
    """Return the table ``disputes`` of the data dictionary, sorted by its key.

    Parameters
    ----------
    tables
        The clean tables ``events`` and ``figures``.
    """
    kinds = codes_with("event_kinds", "stoppage")
    happened, over = (codes_with("event_statuses", name) for name in ("happened", "over"))
    chosen = tables["events"].filter(pl.col("kind").is_in(kinds), pl.col("status").is_in(happened))
    own = pl.col(f"{_STOPPAGE}start_date").is_not_null() | pl.col(f"{_STOPPAGE}end_date").is_not_null()
    dates = [name for date in ("start_date", "end_date") for name in (date, *schemas.bound_names(date))]
    frame = chosen.with_columns(
        *(pl.when(own).then(pl.col(_STOPPAGE + name)).otherwise(pl.col(name)).alias(name) for name in dates),
        country=pl.when(pl.col("countries").list.len() == 1).then(pl.col("countries").list.first()),
        completed=pl.col("status").is_in(over),
    ).with_columns(year=_year("start_first", "start_last"))
    figures = tables["figures"].filter(pl.col("event_id").is_in(chosen.get_column("event_id").implode()))
    for name, use in _CLAIMED.items():
        frame = frame.join(_claims(figures.filter(pl.col("shown_with") == use), name), on="event_id", how="left")
    dtypes = schemas.clean_dtypes("disputes")
    key = codebook.tables()["disputes"].key
    return frame.select(pl.col(name).cast(dtype) for name, dtype in dtypes.items()).sort(key)


def _year(first: str, last: str) -> pl.Expr:
    years = pl.col(first).dt.year(), pl.col(last).dt.year()
    return pl.when(years[0] == years[1]).then(years[0])


def _claims(figures: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return per event the value and bounds of the claims of a quantity, and their rows."""
    columns = ("event_id", "row_id", "org_id", "organisation", "scope", "day_kind", "value", "value_high", "qualifier")
    by_event: dict[str, list[Claim]] = defaultdict(list)
    for event, row_id, org, organisation, scope, day_kind, value, high, code in figures.select(columns).iter_rows():
        if value is not None:
            low, top = qualifier(code).bounds(value, high)
            part = (org or organisation, scope)
            exact = low == top and low is not None
            by_event[event].append(Claim(row_id, part, day_kind, value, high is not None, exact, low, top))
    rows = [(event, *combined(claims), sorted(claim.row_id for claim in claims)) for event, claims in by_event.items()]
    numbers: dict[str, pl.DataType] = {f"{name}{bound}": pl.Float64() for bound in ("", "_low", "_high")}
    kind = "day_kind" if name == "duration_days" else f"{name}_day_kind"
    schema = {"event_id": pl.String(), **numbers, kind: pl.String(), f"{name}_claims": pl.List(pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def combined(claims: Sequence[Claim]) -> Claimed:
    """Return the value and bounds of claims about one quantity of one action; see the rules of this module."""
    kind = next(kind for kind in _DAY_KINDS if any(claim.day_kind == kind for claim in claims))
    alike = [claim for claim in claims if claim.day_kind == kind]
    employers = {claim.part[0] for claim in alike} - {None}
    parts = [(claim.part[0] if len(employers) > 1 else None, claim.part[1]) for claim in alike]
    whole = min(map(_reach, parts))
    whole_claims = [claim for claim, part in zip(alike, parts, strict=True) if _reach(part) == whole]
    if len({part for part in parts if _reach(part) == whole}) > 1:
        return Claimed(low=max(_known(claim.low for claim in whole_claims), default=None), day_kind=kind)
    low = max(_known(claim.low for claim in whole_claims), default=None)
    high = min(_known(claim.high for claim in whole_claims), default=None)
    if low is not None and high is not None and low > high:
        # A claim that is open on a side leaves the range open there.
        least, most = [claim.low for claim in whole_claims], [claim.high for claim in whole_claims]
        return Claimed(
            low=None if None in least else min(_known(least)),
            high=None if None in most else max(_known(most)),
            day_kind=kind,
        )
    exact = {claim.value for claim in whole_claims if claim.is_exact}
    stated = exact or {claim.value for claim in whole_claims}
    is_one = len(stated) == 1 and (bool(exact) or not any(claim.is_range for claim in whole_claims))
    return Claimed(stated.pop() if is_one else None, low, high, kind)


def _reach(part: tuple[str | None, str | None]) -> int:
    """Return 0 for the whole of an action, 1 for one of its employers, 2 for a group or a moment."""
    organisation, scope = part
    return 2 if scope is not None else int(organisation is not None)


def _known(bounds: Iterable[float | None]) -> list[float]:
    return [bound for bound in bounds if bound is not None]

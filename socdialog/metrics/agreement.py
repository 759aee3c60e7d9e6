"""Agreement between coders: Cohen's and Fleiss' kappa, Krippendorff's alpha, and second codings field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Literal, TypeAlias, get_args

import polars as pl

from socdialog.errors import UsageError
from socdialog.inputs import (
    Columns,
    Frame,
    Needed,
    choice,
    column_names,
    frames_with,
    listed,
    lists,
)
from socdialog.inputs import (
    at_least as whole_at_least,
)
from socdialog.results import COLUMNS, Result, tidy

__all__ = ["FIELDS", "Level", "coder_agreement", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha"]
__dir__ = __all__.copy

Code: TypeAlias = "str | float"
Level = Literal["nominal", "ordinal", "interval", "ratio"]

#: Fields of a report that both coders fill in.
FIELDS = ("kind", "status", "countries", "venue_country", "place", "mode", "start_date", "topics", "outcomes")
#: Below this number of double codings no coefficient is given: project definition.
AT_LEAST = 30
#: Two codings of the same thing.
_TWO = 2


def cohen_kappa(first: Sequence[Code | None], second: Sequence[Code | None]) -> float | None:
    """Return Cohen's kappa of two coders.

    Parameters
    ----------
    first, second
        The codes of the two coders for the same units, in the same order; None = not coded.

    Returns
    -------
    float or None
        None where no unit has both codes, or chance alone would make them agree always.

    Raises
    ------
    UsageError
        When the two are of different length.

    Notes
    -----
    Formula: ``κ = (p_o − p_e) / (1 − p_e)``, with p_o the share of agreeing units and p_e = ``Σ p_1c × p_2c``.
    Unit: kappa.
    Domain: −1 to 1.
    Missing: units without both codes are left out.
    Not measured: whether the codes are correct; agreement on which units to code.
    Reference: Cohen 1960, Educational and Psychological Measurement 20(1).

    Examples
    --------
    >>> cohen_kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.5
    """
    first, second = listed(first, name="first"), listed(second, name="second")
    if len(first) != len(second):
        raise UsageError(
            f"{len(first)} codes against {len(second)}", hint="Give both coders' codes for the same units."
        )
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    n = len(both)
    one, two = Counter(a for a, _ in both), Counter(b for _, b in both)
    # Whole numbers until the end, so that perfect agreement on one code is found exactly.
    agreed, chance = sum(a == b for a, b in both), sum(one[code] * two[code] for code in one)
    return None if n == 0 or chance == n * n else (agreed / n - chance / n**2) / (1 - chance / n**2)


def fleiss_kappa(units: Sequence[Sequence[Code | None]]) -> float | None:
    """Return Fleiss' kappa of several coders.

    Parameters
    ----------
    units
        For each unit the codes it was given; every unit by the same number of coders, who need not be the same people.

    Returns
    -------
    float or None
        None where no unit has codes, or chance alone would make them agree always.

    Raises
    ------
    UsageError
        When units have different numbers of codes: use `krippendorff_alpha`, which allows for gaps.

    Notes
    -----
    Formula: ``κ = (P̄ − P̄_e) / (1 − P̄_e)``, P_i = ``(Σ_c n_ic² − m) / (m (m − 1))``, P̄_e = ``Σ p_c²``.
    Unit: kappa.
    Domain: −1 to 1.
    Missing: a unit with no code at all is left out.
    Not measured: whether the codes are correct; which of the coders differs.
    Reference: Fleiss 1971, Psychological Bulletin 76(5).

    Examples
    --------
    >>> fleiss_kappa([["a", "a"], ["b", "b"]])
    1.0
    """
    coded = lists(units, name="units")
    counts = [Counter(code for code in unit if code is not None) for unit in coded]
    counts = [count for count in counts if count]
    coders = {count.total() for count in counts}
    if len(coders) > 1:
        raise UsageError(
            "Fleiss' kappa needs the same number of codes for every unit",
            hint="krippendorff_alpha allows for gaps.",
        )
    if not counts or coders == {1}:
        return None
    m, n = coders.pop(), len(counts)
    observed = sum(sum(k * k for k in count.values()) - m for count in counts) / (n * m * (m - 1))
    totals: Counter[Code] = sum(counts, Counter())
    squares = sum(k * k for k in totals.values())
    if squares == (n * m) ** 2:
        return None
    chance = squares / (n * m) ** 2
    return (observed - chance) / (1 - chance)


def krippendorff_alpha(codings: Sequence[Sequence[Code | None]], *, level: Level) -> float | None:
    """Return Krippendorff's alpha of any number of coders, with gaps.

    Parameters
    ----------
    codings
        One sequence per coder, with its code for each unit in the same order; None = not coded.
    level
        Level of measurement: ``nominal`` (text or numbers), ``ordinal``, ``interval`` or ``ratio`` (numbers).

    Returns
    -------
    float or None
        None where no unit has two codes, or all codes are the same (no disagreement is to be expected).

    Raises
    ------
    UsageError
        When the level is unknown, or the coders have different numbers of units.

    Notes
    -----
    Formula: ``α = 1 − D_o / D_e = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck``, over the coincidences o of the codes
    within units, each weighted ``1 / (m_u − 1)``. δ² is 0/1 (nominal), ``(Σ_{c..k} n_g − (n_c + n_k)/2)²`` (ordinal),
    ``(c − k)²`` (interval), ``((c − k)/(c + k))²`` (ratio).
    Unit: alpha.
    Domain: ≤ 1.
    Missing: units with fewer than two codes are left out.
    Not measured: whether the codes are correct; which of the coders differs.
    Reference: Krippendorff, Content Analysis, ch. "Reliability"; own implementation.

    Examples
    --------
    >>> krippendorff_alpha([[1, 2, None], [1, 2, 3]], level="interval")
    1.0
    """
    choice(level, get_args(Level), what="level of measurement")
    coders = lists(codings, name="codings")
    if len({len(coder) for coder in coders}) > 1:
        raise UsageError("the coders have different numbers of units", hint="Write None for a unit a coder left out.")
    units = [[code for code in unit if code is not None] for unit in zip(*coders, strict=True)]
    together: dict[tuple[Code, Code], float] = {}
    for unit in units:
        if len(unit) < _TWO:
            continue
        pairs = Counter(permutations(unit, _TWO))
        for pair, count in pairs.items():
            together[pair] = together.get(pair, 0.0) + count / (len(unit) - 1)
    totals: Counter[Code] = Counter(code for unit in units if len(unit) >= _TWO for code in unit)
    n = totals.total()
    far = _distance(level, totals)
    expected = sum(totals[a] * totals[b] * far(a, b) for a in totals for b in totals)
    if n == 0 or expected == 0:
        return None
    # Added in a fixed order: the last digits of a sum of floats depend on it.
    observed = sum(weight * far(a, b) for (a, b), weight in sorted(together.items(), key=repr))
    return 1 - (n - 1) * observed / expected


def _distance(level: Level, totals: Counter[Code]) -> Callable[[Code, Code], float]:
    if level == "nominal":
        return lambda a, b: float(a != b)
    if level == "interval":
        return lambda a, b: (float(a) - float(b)) ** 2
    if level == "ratio":
        return lambda a, b: 0.0 if a == b else ((float(a) - float(b)) / (float(a) + float(b))) ** 2
    ranked = sorted(totals, key=float)
    place = {code: index for index, code in enumerate(ranked)}

    def ordinal(a: Code, b: Code) -> float:
        low, high = sorted((place[a], place[b]))
        return float(sum(totals[code] for code in ranked[low : high + 1]) - (totals[a] + totals[b]) / 2) ** 2

    return ordinal


def coder_agreement(
    reports: Frame,
    *,
    fields: str | Sequence[str] = FIELDS,
    at_least: int = AT_LEAST,
    columns: Columns = None,
) -> Result:
    """Return the agreement between first and second codings of the same texts, field by field.

    Parameters
    ----------
    reports
        Table of reports; needs ``report_id`` and ``recodes``, by which a second coding names the first one.
    fields
        One or several columns to compare; a list counts as agreeing when both coders gave the same set.
    at_least
        Number of double codings below which no coefficient is given.
    columns
        How one's own tables call a column, such as ``{"recodes": "…"}``.

    Returns
    -------
    Result
        Columns ``field``, ``agreed`` (double codings that agree), ``answer`` (``estimated``, ``not estimable: …``
        with the reason); ``value`` = Cohen's kappa, null where not estimable; ``n`` = double codings, ``known`` =
        those with the field in both; ``evidence`` = both reports.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: `cohen_kappa`, codes as nominal.
    Unit: kappa.
    Domain: −1 to 1.
    Missing: a field left empty by one coder is not a disagreement; ``n − known`` counts it.
    Not measured: whether the codes are correct; agreement on the sources and events to code.
    Reference: Cohen 1960, Educational and Psychological Measurement 20(1); the threshold is a project definition.

    Examples
    --------
    >>> sd.metrics.agreement.coder_agreement(sd.load_reports())     # doctest: +SKIP
    """
    whole_at_least(at_least, 1, name="at_least")
    (reports,) = frames_with(columns, reports=Needed(reports, ("report_id", "recodes"), ("row_id",)))
    fields = column_names(fields, reports.columns, name="fields")
    asked = reports.select(list(dict.fromkeys(["report_id", "recodes", "row_id", *fields])))
    second = asked.filter(pl.col("recodes").is_not_null())
    pairs = second.join(asked, left_on="recodes", right_on="report_id", suffix="_first", how="inner").sort("report_id")
    rows = []
    for field in fields:
        known = pairs.select(
            _as_text(reports, field, f"{field}_first").alias("first"),
            _as_text(reports, field, field).alias("second"),
            "row_id",
            "row_id_first",
        ).drop_nulls(["first", "second"])
        kappa = cohen_kappa(known["first"].to_list(), known["second"].to_list())
        if known.height < at_least:
            kappa, answer = None, f"not estimable: {known.height} of the {at_least} double codings needed"
        else:
            answer = "estimated" if kappa is not None else "not estimable: only one code was used"
        rows.append(
            {
                "field": field,
                "agreed": int((known["first"] == known["second"]).sum()),
                "answer": answer,
                "value": kappa,
                "n": pairs.height,
                "known": known.height,
                "evidence": sorted({*known["row_id"], *known["row_id_first"]} - {None}),
            }
        )
    about = {"field": pl.String(), "agreed": pl.Int64(), "answer": pl.String()}
    schema = about | {name: COLUMNS[name] for name in ("value", "n", "known", "evidence")}
    return Result(
        "coder_agreement_kappa",
        tidy(pl.DataFrame(rows, schema=schema), unit="kappa"),
        f"Cohen's kappa of first and second codings, from {at_least} double codings on. Cohen 1960.",
        "Whether the codes are right; agreement on which texts and events to code at all.",
    )


def _as_text(reports: pl.DataFrame, field: str, column: str) -> pl.Expr:
    """Return a field as one code: a list as its sorted set, an empty one as not coded."""
    if isinstance(reports.schema[field], pl.List):
        listed = pl.col(column).list.drop_nulls()
        return pl.when(listed.list.len() > 0).then(listed.list.unique().list.sort().list.join(";"))
    return pl.col(column).cast(pl.String)

"""Where reports say that it happened: which place holds which, and which are known to lie apart."""

from __future__ import annotations

import re

import polars as pl

from socdialog.folding import fold
from socdialog.intake.distinct import by_text
from socdialog.intake.names.forms import is_only_a_country
from socdialog.intake.names.transliteration import phonetic_key

_PARTS = re.compile(r"[,;/()]")


def parts_of(text: str) -> str:
    """Return the sounds of the parts of a printed place, such as a town and its province, without countries."""
    parts = [part for part in _PARTS.split(text) if fold(part) and not is_only_a_country(part)]
    return "|".join(sorted({phonetic_key(fold(part)) for part in parts}))


def locations(reports: pl.DataFrame, places: pl.DataFrame | None) -> pl.DataFrame:
    """Return where each report is: ``report_id``, ``place``, ``holders``, ``placed`` and ``parts``.

    Parameters
    ----------
    reports
        Reports, with ``place_id`` where places were resolved.
    places
        The registry of places, with ``within`` where it says what holds a place.

    Returns
    -------
    polars.DataFrame
        ``place`` is the id, else ``~`` and the folded text; ``holders`` the ids of all places that hold it;
        ``placed`` whether the registry says what holds it, or what it holds; ``parts`` the printed parts.
    """
    as_reported = pl.concat_str(pl.lit("~"), by_text("place", fold))
    place = pl.coalesce("place_id", as_reported) if "place_id" in reports.columns else as_reported
    placed_reports = reports.select("report_id", place=place, parts=by_text("place", parts_of).str.split("|"))
    return placed_reports.join(_holders(places), on="place", how="left").with_columns(
        pl.col("placed").fill_null(value=False)
    )


def _holders(places: pl.DataFrame | None) -> pl.DataFrame:
    """Return for each registered place all that hold it, near and far."""
    above: dict[str, str | None] = {}
    if places is not None and "within" in places.columns:
        above = dict(places.select("place_id", "within").iter_rows())
    holders: dict[str, list[str]] = {}
    for place in above:
        chain: list[str] = []
        upper = above[place]
        while upper is not None and upper not in chain:
            chain.append(upper)
            upper = above.get(upper)
        holders[place] = sorted(chain)
    holding = {place for chain in holders.values() for place in chain}
    return pl.DataFrame(
        {
            "place": list(holders),
            "holders": list(holders.values()),
            "placed": [bool(chain) or place in holding for place, chain in holders.items()],
        },
        schema={"place": pl.String, "holders": pl.List(pl.String), "placed": pl.Boolean},
    )


def one_place() -> pl.Expr:
    """Return whether the places of two reports, ``place`` and ``place_b``, are one."""
    return (pl.col("place") == pl.col("place_b")) | (pl.col("parts") == pl.col("parts_b"))


def one_holds() -> pl.Expr:
    """Return whether one of the two places holds the other, by the registry or as printed."""
    shared = pl.col("parts").list.set_intersection("parts_b").list.len()
    printed = shared == pl.min_horizontal(pl.col("parts").list.len(), pl.col("parts_b").list.len())
    registered = pl.col("holders").list.contains(pl.col("place_b")) | pl.col("holders_b").list.contains(pl.col("place"))
    return registered.fill_null(value=False) | (printed & (shared > 0))


def known_apart() -> pl.Expr:
    """Return whether it is known of both places what holds them, by the registry or as printed."""
    printed = (pl.col("parts").list.len() > 1) & (pl.col("parts_b").list.len() > 1)
    return (pl.col("placed") & pl.col("placed_b")) | printed

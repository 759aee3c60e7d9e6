"""Tables held against each other: what one states and another rules out, or does not know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from socdialog.codebook.attributes import attribute
from socdialog.folding import fold
from socdialog.intake.confirmations import comments_on_application
from socdialog.intake.disagreements.findings import Finding
from socdialog.intake.disagreements.rules import across_tables as known
from socdialog.intake.disagreements.statements import amount
from socdialog.intake.official_snapshots import annual
from socdialog.schemas.repeated_texts import as_text

Row = dict[str, Any]
Tables = Mapping[str, pl.DataFrame]
_THOUSAND = {"thousand_persons": 1000.0, "persons": 1.0}


def across_tables(tables: Tables) -> Iterator[Finding]:
    """Find what the rows of two tables cannot both say."""
    yield from comments_without_ratification(tables)
    yield from publishers(tables["sources"])
    yield from members_above_employees(tables)
    yield from undated_wages(tables["minimum_wages"])


def comments_without_ratification(tables: Tables) -> Iterator[Finding]:
    """Find supervisory comments on conventions that are not known to be in force.

    Comments on application are made where a convention is in force; complaints about freedom of association are
    examined without ratification. A comment newer than what is known of the ratification is evidence of its own.
    """
    status = {(row["country"], row["convention"]): row for row in tables["ratifications"].iter_rows(named=True)}
    commented: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in comments_on_application(tables["supervision"]).sort("row_id").iter_rows(named=True):
        commented[row["country"], row["convention"]].append(row)
    for (country, convention), comments in sorted(commented.items()):
        found = status.get((country, convention))
        if found is not None and attribute("ratification_statuses", found["status"], "binding") is True:
            continue
        newest = max(comment["year"] for comment in comments)
        later = found is None or found["status_as_of_last"] is None or found["status_as_of_last"].year < newest
        yield Finding(
            "comment_without_ratification",
            tuple(str(one["row_id"]) for one in (*comments, *([found] if found else []))),
            {
                "convention": convention,
                "year": str(newest),
                "as_of": None if found is None else found["status_as_of"],
                "also": ["unknown" if found is None else "other_status", *(["evidence"] if later else [])],
            },
            indicator=convention,
            country=country,
        )


def publishers(sources: pl.DataFrame) -> Iterator[Finding]:
    """Find one publisher under two names: the texts of one site name it in one way, or in more words.

    What stands in brackets behind a name says whose text the publisher repeats, and belongs to no name.
    """
    sites: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in sources.sort("row_id").iter_rows(named=True):
        host = urlsplit(row["url"] or "").netloc.lower().removeprefix("www.")
        name = re.sub(r"\s*\(.*\)$", "", row["publisher"] or "")
        if host and name:
            sites[host].setdefault(name, row)
    for host, named in sorted(sites.items()):
        for (one, first), (other, last) in combinations(sorted(named.items()), 2):
            short, long = sorted((fold(one).replace(" ", ""), fold(other).replace(" ", "")), key=len)
            if len(short) >= known().publisher_letters and long.startswith(short):
                yield Finding(
                    "publisher_names", (first["row_id"], last["row_id"]), {"names": [one, other], "host": host}
                )


def members_above_employees(tables: Tables) -> Iterator[Finding]:
    """Find organisations that count more members than their country has employees in that year, or the one before."""
    wanted = tables["indicators"].filter(pl.col("shown_with") == "employees").get_column("indicator").to_list()
    of_employees = pl.col("indicator").is_in(wanted) & pl.col("value").is_not_null()
    series = as_text(annual(tables["country_years"].filter(of_employees)))
    employees: dict[str, list[Row]] = defaultdict(list)
    for row in series.sort("country", "year", "row_id").iter_rows(named=True):
        if row["unit"] in _THOUSAND:
            employees[row["country"]].append(row)
    country_of = dict(tables["organisations"].select("org_id", "country").iter_rows())
    names = dict(tables["organisations"].select("org_id", "name").iter_rows())
    above: dict[str, list[tuple[Row, Row, float]]] = defaultdict(list)
    for row in tables["memberships"].sort("row_id").iter_rows(named=True):
        if attribute("populations", row["population"], "persons") is not True:
            continue
        year = None if row["as_of_last"] is None else row["as_of_last"].year
        before = [
            one for one in employees.get(country_of.get(row["org_id"]) or "", ()) if year is None or one["year"] <= year
        ]
        base = before[-1]["value"] * _THOUSAND[before[-1]["unit"]] if before else float("inf")
        if row["value"] > base:
            above[row["org_id"]].append((row, before[-1], base))
    for org_id, found in sorted(above.items()):
        row, official, base = max(found, key=lambda one: one[0]["value"] - one[2])
        yield Finding(
            "members_above_employees",
            tuple(dict.fromkeys(str(one["row_id"]) for claim, series, _ in found for one in (claim, series))),
            {"body": names[org_id], "members": row["value"], "employees": base, "year": str(official["year"])},
            indicator="union_members",
            country=country_of[org_id],
            difference=row["value"] - base,
        )


def undated_wages(minimum_wages: pl.DataFrame) -> Iterator[Finding]:
    """Find minimum wages without a first day beside dated ones of the same group: only one of them is in force."""
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in minimum_wages.sort("row_id").iter_rows(named=True):
        groups[row["country"], row["currency"], row["per"], row["scope"]].append(row)
    for rows in groups.values():
        dated = sorted((row for row in rows if row["from"]), key=lambda row: (row["from_first"], row["row_id"]))
        values = {row["value"] for row in dated}
        undated = [row for row in rows if not row["from"] and row["value"] not in values]
        if dated and undated:
            newest = dated[-1]
            yield Finding(
                "undated_wage",
                tuple(str(row["row_id"]) for row in (*undated, newest)),
                {
                    "amounts": [amount(row["value"], currency=row["currency"]) for row in undated],
                    "newest": amount(newest["value"], currency=newest["currency"]),
                    "since": newest["from"],
                },
                indicator="minimum_wage",
                country=newest["country"],
            )

"""What each source gave: from every clean row to the texts and series it rests on.

``citations`` lists every source of any table once: the coded texts as they are, any other address
under an id made from it, a series under its publisher. ``evidence`` says for each row and source
what that source gave, in words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

import polars as pl

from socdialog import dates
from socdialog.codebook import wording
from socdialog.intake.addresses import SCHEMES, host, split

Row = dict[str, object]
Tables = Mapping[str, pl.DataFrame]
_SCHEMA = {
    "row_id": pl.String,
    "source_id": pl.String,
    "table": pl.String,
    "says": pl.String,
    "raw_file": pl.String,
    "raw_line": pl.Int64,
}


def build_citations(tables: Tables) -> pl.DataFrame:
    """Return every source that a row of any table rests on, once."""
    sources = tables["sources"]
    coded = sources.select(
        "source_id",
        "url",
        "publisher",
        "title",
        "published",
        "published_first",
        "published_last",
        "language",
        "kind",
        "copy_of",
    )
    known = set(sources.get_column("url"))
    addresses = sorted({url for table in _ADDRESSED for url in _addresses(tables[table])} - known)
    named = sorted({text for table in _ADDRESSED for text in _names(tables[table])})
    series = _publishers(tables["indicators"])
    publishers = sorted(
        set(tables["country_years"].get_column("source")) | set(tables["not_published"].get_column("source"))
    )
    derived: list[tuple[str, str | None, str]] = [
        *((address_id(url), url, host(url)) for url in addresses),
        *((address_id(text), None, text) for text in named),
        *((series_id(name), series.get(name), name) for name in publishers),
    ]
    columns = {"source_id": pl.String, "url": pl.String, "publisher": pl.String}
    extra = pl.DataFrame(derived, schema=columns, orient="row")
    return pl.concat([coded, extra.unique("source_id", keep="first", maintain_order=True)], how="diagonal")


def build_evidence(tables: Tables) -> pl.DataFrame:
    """Return what each source gave for each row of each clean table."""
    ids = dict(tables["sources"].select("url", "source_id").iter_rows())
    rows = list(_told_in_reports(tables))
    for table, says in _ADDRESSED.items():
        frame = tables[table]
        extra = _extra(table, tables)
        rows.extend(
            (row["row_id"], ids.get(address) or address_id(address), table, said, row["raw_file"], row["raw_line"])
            for row in frame.iter_rows(named=True)
            for said in [says(row, extra)]
            for address in _cell_sources(row)
        )
    frame = pl.concat([pl.DataFrame(rows, orient="row", schema=_SCHEMA), *_official(tables)])
    return frame.unique(["row_id", "source_id"], keep="first", maintain_order=True)


def address_id(address: str) -> str:
    """Return the id of a source that has no row of its own, made from its address or name."""
    return "at-" + hashlib.sha256(address.encode()).hexdigest()[:10]


def series_id(publisher: str) -> str:
    """Return the id of the publisher of an official series."""
    return "series-" + "-".join("".join(c if c.isalnum() else " " for c in publisher.lower()).split())


def _cell_sources(row: Row) -> list[str]:
    cells = [row.get("source"), row.get("second_source")]
    return [part for cell in cells if isinstance(cell, str) for part in split(cell)]


def _all_sources(frame: pl.DataFrame) -> Iterator[str]:
    for row in frame.select(c for c in ("source", "second_source") if c in frame.columns).iter_rows(named=True):
        yield from _cell_sources(row)


def _addresses(frame: pl.DataFrame) -> Iterator[str]:
    return (text for text in _all_sources(frame) if text.startswith(SCHEMES))


def _names(frame: pl.DataFrame) -> Iterator[str]:
    return (text for text in _all_sources(frame) if not text.startswith(SCHEMES))


def _publishers(indicators: pl.DataFrame) -> dict[str, str]:
    """Return the address of each publisher of series; a row of that publisher alone goes first."""
    found: dict[str, str] = {}
    for alone in (True, False):
        for row in indicators.iter_rows(named=True):
            names = row["source"] or []
            if names and (len(names) == 1) is alone:
                found.setdefault(names[0], row["url"])
    return found


def _date(text: object) -> str:
    return dates.written(text) if isinstance(text, str) else "date not given"


def _told_in_reports(tables: Tables) -> Iterator[tuple[object, ...]]:
    """Rows of reports, and what hangs on them: events, organisations, officials, figures."""
    for row in tables["sources"].iter_rows(named=True):
        yield _entry(row, "sources", row, str(row["title"] or row["url"]))
    reports = {row["report_id"]: row for row in tables["reports"].iter_rows(named=True)}
    for row in reports.values():
        yield _entry(row, "reports", row, _event_says(row))
    for event in tables["events"].iter_rows(named=True):
        for report_id in event["report_ids"]:
            report = reports[report_id]
            yield (
                event["row_id"],
                report["source_id"],
                "events",
                _event_says(report),
                report["raw_file"],
                report["raw_line"],
            )
    for table, says in (("actors", _actor_says), ("people", _person_says), ("figures", _figure_says)):
        for row in tables[table].iter_rows(named=True):
            yield _entry(row, table, reports[row["report_id"]], says(row))


def _entry(row: Row, table: str, report: Row, says: str) -> tuple[object, ...]:
    return (row["row_id"], report["source_id"], table, says, row["raw_file"], row["raw_line"])


def _event_says(report: Row) -> str:
    return f"{report['label']} ({_date(report['start_date'])})"


def _actor_says(row: Row) -> str:
    acronym = f" ({row['acronym']})" if row["acronym"] else ""
    return f"{row['name']}{acronym}: {wording.label('roles', str(row['role'])).lower()}"


def _person_says(row: Row) -> str:
    return ", ".join(str(part) for part in (row["name"], row["title"], row["organisation"]) if part)


def _figure_says(row: Row) -> str:
    value = wording.quantity(
        float(str(row["value"])),
        _text(row["unit"]),
        high=None if row["value_high"] is None else float(str(row["value_high"])),
        qualifier=_text(row["qualifier"]),
        currency=_text(row["currency"]),
    )
    told = [f"{str(row['indicator']).replace('_', ' ')}: {value}"]
    told += [str(row[name]) for name in ("organisation", "scope") if row[name]]
    when = wording.period(_text(row["period_start"]), _text(row["period_end"]))
    told += [when] if when else []
    told += [f"according to {row['claimed_by']}"] if row["claimed_by"] else []
    return "; ".join(told)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _extra(table: str, tables: Tables) -> dict[str, str]:
    """Names that the words of some tables need beside their own row."""
    if table in {"memberships", "affiliations", "organisation_names"}:
        return dict(tables["organisations"].select("org_id", "name").iter_rows())
    return {}


def _official(tables: Tables) -> Iterator[pl.DataFrame]:
    """Rows of official series, in whole columns: there may be millions."""
    labels = tables["indicators"].select("indicator", "label")
    label = pl.coalesce("label", "indicator")
    release = pl.col("vintage")
    values = tables["country_years"].join(labels, on="indicator", how="left", maintain_order="left")
    worded = _quantities(values)
    values = values.join(worded, on=["value", "unit"], how="left", maintain_order="left", nulls_equal=True)
    kind = pl.format(" ({})", "classification").fill_null("")
    yield _of_publishers(
        values, "country_years", pl.format("{}{}, {}: {}; release {}", label, kind, "year", "worded", release)
    )
    absent = tables["not_published"].join(labels, on="indicator", how="left", maintain_order="left")
    note = pl.format(" ({})", "note").fill_null("")
    yield _of_publishers(absent, "not_published", pl.format("{}: not published; release {}{}", label, release, note))


def _quantities(values: pl.DataFrame) -> pl.DataFrame:
    """Return each value with its unit once, in words; the words are made here and not cell by cell."""
    pairs = values.select("value", "unit").unique(maintain_order=True)
    words = ["no value" if value is None else wording.quantity(value, unit) for value, unit in pairs.iter_rows()]
    return pairs.with_columns(pl.Series("worded", words, dtype=pl.String))


def _of_publishers(rows: pl.DataFrame, table: str, says: pl.Expr) -> pl.DataFrame:
    names = rows.get_column("source").unique().sort()
    ids = pl.Series([series_id(name) for name in names], dtype=pl.String)
    source = pl.col("source").replace_strict(names, ids, return_dtype=pl.String)
    return rows.select(
        "row_id", source.alias("source_id"), pl.lit(table).alias("table"), says.alias("says"), "raw_file", "raw_line"
    )


def _institution_says(row: Row, _: dict[str, str]) -> str:
    when = wording.period(_text(row["date"]), _text(row["period_end"]))
    return f"{row['name']}{f' ({when})' if when else ''}"


def _membership_says(row: Row, names: dict[str, str]) -> str:
    value = wording.quantity(float(str(row["value"])), None, qualifier=_text(row["qualifier"]))
    what = wording.label("populations", str(row["population"])).lower()
    return f"{names.get(str(row['org_id']), row['org_id'])}: {value} {what} ({_date(row['as_of'])})"


def _affiliation_says(row: Row, names: dict[str, str]) -> str:
    one, other = (names.get(str(row[name]), str(row[name])) for name in ("org_id", "affiliate_of"))
    since = f", since {_date(row['since'])}" if row["since"] else ""
    return f"{one} in {other}: {wording.label('affiliation_statuses', str(row['status'])).lower()}{since}"


def _ratification_says(row: Row, _: dict[str, str]) -> str:
    status = wording.label("ratification_statuses", str(row["status"])).lower()
    dated = f", registered {_date(row['ratified_on'])}" if row["ratified_on"] else ""
    law = f", national law {_date(row['law_on'])}" if row["law_on"] else ""
    return f"{row['convention']}: {status} as of {_date(row['status_as_of'])}{dated}{law}"


def _count_says(row: Row, _: dict[str, str]) -> str:
    return f"{row['count']} conventions ratified ({_date(row['as_of'])})"


def _supervision_says(row: Row, _: dict[str, str]) -> str:
    about = f" on {row['convention']}" if row["convention"] else ""
    return f"{wording.label('supervisory_bodies', str(row['body']))}{about}, {row['year']}: {row['summary']}"


def _wage_says(row: Row, _: dict[str, str]) -> str:
    amount = wording.number(float(str(row["value"])))
    start = f"from {_date(row['from'])}" if row["from"] else "start not stated"
    return f"{amount} {row['currency']} per {row['per']}, {row['scope']}, {start}"


def _provision_says(row: Row, _: dict[str, str]) -> str:
    law = ", ".join(str(part) for part in (row["law"], row["article"] and f"art. {row['article']}") if part)
    read = f"as of {_date(row['as_of'])}" if row["as_of"] else "page undated"
    return f"{row['provision']} ({f'{law}; ' if law else ''}{read})"


#: Tables whose rows name their sources themselves, with how such a row reads in words.
_ADDRESSED: dict[str, Callable[[Row, dict[str, str]], str]] = {
    "countries": lambda row, _: f"ILO member since {_date(row['ilo_member_since'])}",
    "organisations": lambda row, _: str(row["name"]),
    "organisation_names": lambda row, names: f"{row['name']} ({names.get(str(row['org_id']), row['org_id'])})",
    "affiliations": _affiliation_says,
    "memberships": _membership_says,
    "person_names": lambda row, _: str(row["name"]),
    "institutions": _institution_says,
    "conventions": lambda row, _: str(row["title"]),
    "ratifications": _ratification_says,
    "ratification_counts": _count_says,
    "legal_framework": _provision_says,
    "supervision": _supervision_says,
    "minimum_wages": _wage_says,
}

"""What a page says to be absent, against what the study holds; and what the study holds, against what a page shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import polars as pl

from socdialog import codebook
from socdialog.codebook.attributes import codes_with
from socdialog.display.parts import Sentence, Value, leaves
from socdialog.loaders.selection import for_pages
from socdialog.profiles import Profile

Tables = Mapping[str, pl.DataFrame]
#: The rows that would make a sentence wrong.
Held = Callable[[Tables, str], pl.DataFrame]
_BEGINS = re.compile(r"(?:No|Not|Nothing) |.*: none is")
_DISPUTES = ("strike", "lockout", "strike_notice", "slowdown", "sit_in", "hunger_strike", "protest")
_SERIES = ("country_years", "not_published")


def _rows(table: str, wanted: pl.Expr | None = None) -> Held:
    """The rows of the country in a table that bears countries."""

    def held(tables: Tables, country: str) -> pl.DataFrame:
        own = tables[table].filter(pl.col("country") == country)
        return own if wanted is None else own.filter(wanted)

    return held


def _all(table: str, wanted: pl.Expr | None = None) -> Held:
    """The rows that go with the country, in a table that bears none."""
    return lambda tables, _: tables[table] if wanted is None else tables[table].filter(wanted)


def _events(wanted: pl.Expr | None = None) -> Held:
    """The events about the country within the years, which `tables` are cut to."""

    def held(tables: Tables, country: str) -> pl.DataFrame:
        own = tables["counted"].filter(pl.col("countries").list.contains(country))
        return own if wanted is None else own.filter(wanted)

    return held


def _series(*sections: str, label: str | None = None) -> Held:
    """What is known of the series bound to some sections, or to none, which may be any."""

    def held(tables: Tables, country: str) -> pl.DataFrame:
        about = pl.col("section").is_in(sections) | pl.col("section").is_null()
        codes = tables["indicators"].filter(about if label is None else pl.col("label").str.to_lowercase() == label)
        wanted = (pl.col("country") == country) & pl.col("indicator").is_in(codes["indicator"].implode())
        return pl.concat([tables[name].filter(wanted).select("row_id") for name in _SERIES])

    return held


def _in_group(*, technical: bool) -> Held:
    def held(tables: Tables, country: str) -> pl.DataFrame:
        group = tables["conventions"].filter((pl.col("group") == "technical") == technical)
        wanted = (pl.col("country") == country) & pl.col("convention").is_in(group["convention"].implode())
        return tables["ratifications"].filter(wanted)

    return held


def _coded_events(tables: Tables, country: str) -> pl.DataFrame:
    """Events in which somebody takes part: all but those who are only the target of it."""
    actors = tables["actors"].filter(pl.col("role") != "target")
    return _events(pl.col("event_id").is_in(actors["event_id"].implode()))(tables, country)


def _provisions(group: str) -> Held:
    return _rows("legal_framework", pl.col("aspect").is_in(codes_with("legal_aspects", "group", group)))


def _peaks(side: str) -> Held:
    return _rows("organisations", (pl.col("level") == "peak") & (pl.col("side") == side))


def _bodies(side: str) -> Held:
    """The organisations of a side that are no single workplace or employer."""
    return _rows("organisations", (pl.col("level") != "enterprise") & (pl.col("side") == side))


def _used(use: str) -> Held:
    """What is known of the series that a study shows as one quantity, and of those bound to no section."""

    def held(tables: Tables, country: str) -> pl.DataFrame:
        meant = (pl.col("shown_with") == use) | pl.col("section").is_null()
        codes = tables["indicators"].filter(meant)["indicator"].implode()
        wanted = (pl.col("country") == country) & pl.col("indicator").is_in(codes)
        return pl.concat([tables[name].filter(wanted).select("row_id") for name in _SERIES])

    return held


#: What each sentence says to be absent; of a sentence that is not here nobody knows whether it is true.
ABSENT: Mapping[str, Held] = {
    r"the date of joining the ILO": _rows("countries", pl.col("ilo_member_since").is_not_null()),
    r"trade union confederations": _peaks("workers"),
    r"employers’ confederations": _peaks("employers"),
    r"trade union and employers’ confederations": _rows(
        "organisations", (pl.col("level") == "peak") & pl.col("side").is_in(("workers", "employers"))
    ),
    r"trade unions": _bodies("workers"),
    r"employers’ organisations": _bodies("employers"),
    r"trade union density": _used("union_density"),
    r"employer density": _used("employer_density"),
    r"the legal framework": _rows("legal_framework"),
    r"provisions on organising": _provisions("organising"),
    r"provisions on bargaining": _provisions("bargaining"),
    r"provisions on disputes and strikes": _provisions("dispute_law"),
    r"tripartite bodies": _rows("institutions", pl.col("kind").is_in(("body", "law"))),
    r"general agreements": _rows(
        "institutions", (pl.col("kind") == "agreement") & pl.col("place_id").is_null() & pl.col("status").is_null()
    ),
    r"official strike statistics": _series("disputes"),
    r"the number of employees": lambda tables, country: tables["country_years"].filter(
        (pl.col("country") == country)
        & pl.col("indicator").is_in(
            tables["indicators"].filter(pl.col("shown_with") == "employees")["indicator"].implode()
        )
    ),
    r"collective bargaining coverage": _series("dialogue"),
    r"compliance with labour rights \(SDG indicator 8\.8\.2\)": _used("labour_rights"),
    r"official statistics on working conditions": _series("wages", "law", "events"),
    r"fundamental and governance conventions": _in_group(technical=False),
    r"conventions": _rows("ratifications"),
    r"technical conventions": _in_group(technical=True),
    r"reported totals of ratifications": _rows("ratification_counts"),
    r"ILO supervisory comments": _rows("supervision"),
    r"minimum wages": _rows("minimum_wages"),
    r"events": _events(),
    r"strikes, strike notices or protests": _events(pl.col("kind").is_in(_DISPUTES)),
    r"events with a coded kind of event": _events(),
    r"events with a coded topic": _events(pl.col("topics").list.len() > 0),
    r"events with a coded side that takes part|events with coded participants": _coded_events,
    r"figures outside disputes": lambda tables, country: (
        tables["figures"]
        .filter((pl.col("country") == country) | pl.col("country").is_null())
        .join(tables["listed"].filter(~pl.col("kind").is_in(_DISPUTES)), on="event_id", how="semi")
    ),
    r"meetings of a tripartite body": lambda tables, country: (
        tables["actors"]
        .filter((pl.col("side") == "tripartite") & (pl.col("country") == country))
        .join(tables["listed"].filter(pl.col("status") == "held"), on="event_id", how="semi")
    ),
    r"events with two registered organisations": lambda tables, _: (
        tables["actors"]
        .filter((pl.col("role") != "target") & pl.col("org_id").is_not_null())
        .join(tables["listed"], on="event_id", how="semi")
        .group_by("event_id")
        .agg(pl.col("org_id").n_unique())
        .filter(pl.col("org_id") > 1)
    ),
    r"disagreements": lambda tables, _: tables["disagreements"].filter(pl.col("status").is_in(("open", "settled"))),
    r"year of publication": _all("sources", pl.col("published").is_not_null()),
}
_SAID = (
    re.compile(r"No data found on (?P<what>.+)\."),
    re.compile(
        r"No (?P<what>.+?)(?: since \d{4})? found(?: in the .+ sources?|: the collection holds no sources) on .+\."
    ),
    re.compile(r"No (?P<what>contradiction) .+"),
    re.compile(r"Texts by (?P<what>.+): none is known\."),
)
_LABELLED = re.compile(r"official series \((.+)\)")


def held_by(tables: Tables, country: str, since: int | None) -> Tables:
    """The tables that a page about a country may use, with its events: those counted, and those listed."""
    own = for_pages(tables, (country,))
    events = own["events"]
    dated = events.drop_nulls("start_date")
    counted = events if since is None else dated.filter(pl.col("start_last") >= date(since, 1, 1))
    return {
        **own,
        "counted": counted,
        "listed": pl.concat([counted, events.filter(pl.col("start_date").is_null())]).unique(),
    }


def said_absent(profile: Profile) -> Iterator[str]:
    """The sentences of a page that say that something is absent."""
    for part in (part for section in profile.sections for part in leaves(section.parts)):
        absent = isinstance(part, Sentence) and any(isinstance(one, Value) and one.absent for one in part.spans)
        if isinstance(part, Sentence) and absent and _BEGINS.match(part.text):
            yield part.text


def wrong_absences(profile: Profile, tables: Tables, country: str) -> Iterator[str]:
    """What a page says to be absent though the study holds it, and what nobody can check."""
    for text in said_absent(profile):
        what = next((found["what"] for said in _SAID if (found := said.fullmatch(text))), None)
        labelled = _LABELLED.fullmatch(what or "")
        rule = next((held for pattern, held in ABSENT.items() if re.fullmatch(pattern, what or "")), None)
        if labelled:
            rule = _series(label=labelled[1].lower())
        if rule is None:
            yield f"nobody checks: {text}"
        elif (found := rule(tables, country)).height:
            yield f"{text} The study holds {found.height}."


def not_shown(profile: Profile, tables: Tables) -> Iterator[str]:
    """The tables, and the official series, of which a study holds rows for a page and the page shows none."""
    shown = {row for value in profile.values() for row in value.evidence}
    for name, frame in tables.items():
        spec = codebook.tables().get(name)
        if (
            spec is None
            or spec.personal
            or not spec.on_pages
            or not spec.states
            or spec.belongs_to in {(), ("all",), ("report_id",)}
        ):
            continue  # names, lists of codes, and what is shown with its event
        if name == "not_published":
            frame = frame.filter(pl.col("classification").is_null())  # noqa: PLW2901 - a part of a series that is there
        parts = frame.partition_by("indicator", as_dict=True) if name in _SERIES else {("",): frame}
        for (code,), rows in sorted(parts.items()):
            if rows.height and shown.isdisjoint(rows["row_id"]):
                yield f"{name} {code}".strip()

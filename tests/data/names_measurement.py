"""Leave-one-out over the registry's names: each is dropped and resolved from what is left.

``measure_organisations(tables)`` and ``measure_people(tables)`` return one row a name with what came out,
``summary(rows, *by)`` counts, and ``measure()`` tells all of it as text (run this file to read it). What counts
as "has an equivalent left" is decided here, by other means than the rules under test (plain ASCII, consonants).
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from pathlib import Path

import polars as pl
from anyascii import anyascii
from rapidfuzz import fuzz

from socdialog import codebook
from socdialog.intake.names import resolve_actors, resolve_people
from socdialog.intake.notes import STUDY_FILE, read_notes
from socdialog.intake.typed import typed

RAW = Path(__file__).parents[2] / "data" / "raw"
_SMALL = {"of", "the", "and", "for", "in", "to", "republic"}
_COUNTRY_STEMS = {
    "ARM": ("armen",), "AZE": ("azer",), "GEO": ("georgia", "georgisch"), "KAZ": ("kazakh", "kazak", "rk"),
    "KGZ": ("kyrgyz", "kirgiz", "kr"), "TJK": ("tajik", "tadzhik"), "TKM": ("turkmen",),
    "TUR": ("turkey", "turkish", "turkiye"), "UZB": ("uzbek", "ozbek"),
}  # fmt: skip


def table(name: str) -> pl.DataFrame:
    """Return a shipped table with its types; names are read in the languages of the shipped study."""
    notes = read_notes({STUDY_FILE: RAW / STUDY_FILE}, RAW).notes
    notes.use(countries=pl.read_csv(RAW / "registry" / "countries.csv").get_column("country"))
    spec = codebook.tables()[name]
    assert spec.file is not None
    raw = pl.read_csv(RAW / spec.file, infer_schema=False)
    return typed(name, raw.with_columns(raw_file=pl.lit(spec.file), raw_line=pl.int_range(2, pl.len() + 2)))


def tables(*names: str) -> dict[str, pl.DataFrame]:
    """Return the shipped tables `names`."""
    return {name: table(name) for name in names}


def script(text: str) -> str:
    """Return the script of most letters of `text`."""
    counts = {
        "cyrillic": len(re.findall(r"[\u0400-\u04ff]", text)),
        "armenian": len(re.findall(r"[\u0530-\u058f]", text)),
        "georgian": len(re.findall(r"[\u10a0-\u10ff\u1c90-\u1cbf]", text)),
        "arabic": len(re.findall(r"[\u0600-\u06ff]", text)),
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > len(re.findall(r"[A-Za-z]", text)) else "latin"


def _words(text: str) -> list[str]:
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`’ʻʼ‘.]", "", anyascii(text).lower())).split()


def _bag(text: str, country: str | None) -> tuple[str, ...]:
    kept = [
        word
        for word in _words(text)
        if word not in _SMALL and not word.startswith(_COUNTRY_STEMS.get(country or "", ("\0",)))
    ]
    return tuple(sorted(word.rstrip("s").replace("labor", "labour").replace("center", "centre") for word in kept))


def _consonants(text: str) -> str:
    return re.sub(r"[aeiouy\s]", "", " ".join(sorted(_words(text))))


def equivalent(one: str, other: str, country: str | None) -> bool:
    """Return whether `one` is `other` in another case, order, spelling or script, or its acronym.

    Not the other way round: a full name of which only the acronym is left counts among the others, because
    initials fit many names ("Federation of Teachers' Unions", "Federation of Trade Unions").
    """
    if "".join(_words(one)) == "".join(_words(other)) or _bag(one, country) == _bag(other, country) != ():
        return True
    if _abbreviates(one, other):
        return True
    return (
        script(one) != script(other)
        and len(_consonants(one)) > 2
        and (fuzz.ratio(_consonants(one), _consonants(other)) >= 85)
    )


def _abbreviates(short: str, long: str) -> bool:
    if len(short) < 3 or not short.isupper() or script(short) != script(long):
        return False
    every = _words(long)
    return any(
        anyascii(short).lower() == "".join(word[0] for word in words)
        for words in (every, [word for word in every if word not in _SMALL - {"republic"}])
    )


def measure_organisations(known: dict[str, pl.DataFrame], *, with_side: bool = True, one_in: int = 1) -> pl.DataFrame:
    """Drop each form (or `one_in` some) of each organisation, resolve it with its country and side: one row a form."""
    organisations, names = known["organisations"], known["organisation_names"]
    about = {row["org_id"]: row for row in organisations.iter_rows(named=True)}
    forms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for org_id, name, kind in names.select("org_id", "name", "kind").sort("org_id", "name").iter_rows():
        forms[org_id].append((name, kind))
    out = []
    place = itertools.count()
    for org_id, named in forms.items():
        country, side = about[org_id]["country"], about[org_id]["side"]
        for name, kind in (one for one in named if next(place) % one_in == 0):
            here = pl.col("org_id") == org_id
            fewer = organisations.with_columns(
                *(pl.when(here & (pl.col(column) == name)).then(None).otherwise(pl.col(column)).alias(column)
                  for column in ("name", "native_name")),
                pl.when(here).then(
                    pl.col("acronym").str.split(";").list.eval(pl.element().filter(pl.element() != name)).list.join(";")
                )
                .otherwise(pl.col("acronym")).alias("acronym"),
            )  # fmt: skip
            row = pl.DataFrame(
                [("r", name, None, country, side if with_side else None, "participant")],
                schema=dict.fromkeys(("report_id", "name", "acronym", "country", "side", "role"), pl.String),
                orient="row",
            )
            answer = resolve_actors(
                row, organisations=fewer, organisation_names=names.filter(~(here & (pl.col("name") == name)))
            ).row(0, named=True)
            left = [other for other, other_kind in named if other != name and other_kind != "damaged"]
            out.append(
                {
                    "name": name, "kind": kind, "script": script(name), "means": org_id, "found": answer["org_id"],
                    "method": answer["method"], "suggestion": answer["suggestion"] or [],
                    "equivalent": any(equivalent(name, other, country) for other in left), "left": bool(left),
                }
            )  # fmt: skip
    return pl.DataFrame(out)


def measure_people(known: dict[str, pl.DataFrame], *, one_in: int = 1) -> pl.DataFrame:
    """Drop each printed form, or `one_in` some, of each official, resolve it with its offices: one row a form."""
    names, persons, organisations = known["person_names"], known["persons"], known["organisations"]
    printed = dict(organisations.select("org_id", "name").iter_rows())
    others = {name: known[name] for name in ("person_distinct", "organisations", "organisation_names")}
    forms: dict[str, set[str]] = defaultdict(set)
    for person_id, name in [
        *names.select("person_id", "name").iter_rows(),
        *persons.select("person_id", "name").iter_rows(),
    ]:
        forms[person_id].add(name)
    rows = (
        names.select("person_id", "name", "role", "organisation", "country", "script")
        .unique()
        .sort(pl.all(), nulls_last=True)
    )
    actors = pl.DataFrame(
        schema=dict.fromkeys(("report_id", "name", "acronym", "country", "side", "role", "org_id"), pl.String)
    )
    out = []
    for (person_id, name), group in list(rows.group_by("person_id", "name", maintain_order=True))[::one_in]:
        here = (pl.col("person_id") == person_id) & (pl.col("name") == name)
        asked = group.select(
            report_id=pl.format("r{}", pl.int_range(pl.len())), name="name", title="role",
            organisation=pl.col("organisation").replace(printed), gender=pl.lit(None, dtype=pl.String),
        )  # fmt: skip
        reports = group.select(
            report_id=pl.format("r{}", pl.int_range(pl.len())),
            countries=pl.when(pl.col("country").is_not_null())
            .then(pl.concat_list("country"))
            .otherwise(pl.lit([], dtype=pl.List(pl.String))),
            venue_country=pl.lit(None, dtype=pl.String),
        )
        answers = resolve_people(
            asked, reports=reports, actors=actors,
            persons=persons.with_columns(name=pl.when(here).then(pl.lit("")).otherwise("name")),
            person_names=names.filter(~here), **others,
        )  # fmt: skip
        left = forms[person_id] - {name}
        for answer, kind in zip(answers.iter_rows(named=True), group.get_column("script"), strict=True):
            out.append(
                {
                    "name": name, "kind": "person", "script": kind, "means": person_id, "found": answer["person_id"],
                    "method": answer["method"], "suggestion": answer["suggestion"] or [], "title": answer["title"],
                    "organisation": answer["organisation"],
                    "equivalent": any(equivalent_person(name, other) for other in left), "left": bool(left),
                }
            )  # fmt: skip
    return pl.DataFrame(out)


def equivalent_person(one: str, other: str) -> bool:
    """Return whether two printed names of a person have one surname and one given name, in some romanisation."""
    first, second = ([word for word in _words(text) if len(word) > 1] for text in (one, other))
    short, long = sorted((first, second), key=len)
    if len(short) < 2:
        return False
    return all(any(_heard(word) == _heard(match) for match in long) for word in short)


def _heard(word: str) -> str:
    for spelt, sound in (
        ("dzh", "j"),
        ("kh", "h"),
        ("gh", "g"),
        ("zh", "j"),
        ("x", "ks"),
        ("w", "v"),
        ("iy", "y"),
        ("ij", "y"),
        ("y", "i"),
    ):
        word = word.replace(spelt, sound)
    return re.sub(r"i(?=[aeou])", "", re.sub(r"(.)\1", r"\1", word))


def summary(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Count names, resolved, precision, coverage where an equivalent is left, suggestions of the others."""
    right = pl.col("found") == pl.col("means")
    others = pl.col("left") & ~pl.col("equivalent") & pl.col("found").is_null()
    first_three = pl.col("suggestion").list.contains(pl.col("means"))
    return (
        rows.with_columns(all=pl.lit("all"))
        .group_by(*(by or ("all",)))
        .agg(
            n=pl.len(),
            resolved=pl.col("found").is_not_null().sum(),
            wrong=(~right).fill_null(value=False).sum(),
            precision=right.sum() / pl.col("found").is_not_null().sum(),
            n_equivalent=(pl.col("equivalent")).sum(),
            coverage=(right & pl.col("equivalent")).sum() / pl.col("equivalent").sum(),
            n_others=others.sum(),
            in_first_three=(others & first_three).sum() / others.sum(),
        )
        .sort(*(by or ("all",)))
    )


def measure() -> str:
    """Return the measurement of the shipped registry as text: overall, per kind and per script, with n."""
    known = tables("organisations", "organisation_names", "persons", "person_names", "person_distinct")
    measured = {
        "organisations, with country and side": measure_organisations(known),
        "organisations, with country only": measure_organisations(known, with_side=False),
        "officials, with office and organisation": measure_people(known),
    }
    with pl.Config(tbl_rows=50, tbl_cols=20, tbl_width_chars=160):
        return "\n".join(
            f"{title}\n{summary(rows)}\n{summary(rows, 'kind')}\n{summary(rows, 'script')}"
            for title, rows in measured.items()
        )


if __name__ == "__main__":
    print(measure())  # noqa: T201 - the purpose of running this file

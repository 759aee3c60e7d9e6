"""Small studies of many kinds, made as folders of raw tables: each has only what its kind needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from socdialog import codebook

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

#: What a row has in a column unless it says otherwise.
_USUAL: Mapping[str, Row] = {
    "sources": {"language": "en", "kind": "news"},
    "reports": {"kind": "strike", "status": "held", "date_basis": "printed", "coder": "c1"},
    "actors": {"role": "organiser", "side": "workers"},
    "figures": {"figure": 1, "qualifier": "exact", "unit": "persons"},
    "indicators_reported": {"kind": "count", "unit": "persons"},
    "organisations": {"side": "workers", "level": "peak", "source": "https://register.example/bodies"},
    "countries": {"source": "https://register.example/countries"},
    "indicators": {
        "unit": "count",
        "direction": "neutral",
        "caveat": "Counts lawful strikes only.",
        "source": "Statistical office",
        "url": "https://statistics.example/strikes",
    },
    "country_years": {"unit": "count", "source": "Statistical office", "vintage": "2024-01"},
    "not_published": {"source": "Statistical office", "vintage": "2024-01", "note": "looked for"},
}
#: ISO codes of the countries that the shapes use, with their own names.
_COUNTRIES = {
    "CHN": ("CN", 156, "China", "中国"),
    "EGY": ("EG", 818, "Egypt", "مصر"),
    "FRA": ("FR", 250, "France", "France"),
    "GEO": ("GE", 268, "Georgia", "საქართველო"),
    "GHA": ("GH", 288, "Ghana", "Ghana"),
    "ISR": ("IL", 376, "Israel", "ישראל"),
    "PER": ("PE", 604, "Peru", "Perú"),
    "TGO": ("TG", 768, "Togo", "Togo"),
    "USA": ("US", 840, "United States", "United States"),
}
_WORKERS = {"indicator": "people_out", "definition": "Workers who stopped work.", "shown_with": "strike_workers"}


def write(folder: Path, tables: Tables, study: str) -> Path:
    """Write the raw tables of a study, those that are not given with their header only; return its data folder."""
    for name, spec in codebook.tables().items():
        if spec.file is None or (spec.optional and name not in tables):
            continue
        rows = [{**_USUAL.get(name, {}), **row} for row in tables.get(name, ())]
        path = folder / "data" / "raw" / spec.file
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = [column.name for column in spec.columns.values() if not column.optional or _has(rows, column.name)]
        path.write_text(
            _csv(columns, sorted(rows, key=lambda row: [_sorted(row.get(key)) for key in spec.key])), "utf-8"
        )
    (folder / "data" / "raw" / "study.yaml").write_text(study, "utf-8")
    return folder / "data"


def _has(rows: Iterable[Row], column: str) -> bool:
    return any(row.get(column) is not None for row in rows)


def _sorted(cell: object) -> tuple[bool, object]:
    return (cell is None, "" if cell is None else cell)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([["" if row.get(name) is None else row[name] for name in columns] for row in rows])
    return text.getvalue()


def countries(*codes: str) -> list[Row]:
    """The rows of countries, by their codes."""
    names = ("iso2", "m49", "name", "own_name")
    return [{"country": code, **dict(zip(names, _COUNTRIES[code], strict=True))} for code in codes]


def texts(country: str, *dates: str | None, publisher: str = "Daily", **more: object) -> dict[str, list[Row]]:
    """One text, and in it one strike, for each date; None is an undated strike."""
    made: dict[str, list[Row]] = {"sources": [], "reports": []}
    for number, day in enumerate(dates, 1):
        name = f"{country.lower()}-{number}"
        address = f"https://{country.lower()}.example/{number}"
        made["sources"].append({"source_id": name, "url": address, "publisher": publisher, "title": f"Text {number}"})
        basis = {"date_basis": "unknown"} if day is None else {}
        report = {"report_id": f"{name}#1", "source_id": name, "label": f"Strike number {number}", "countries": country}
        made["reports"].append(report | {"venue_country": country, "start_date": day} | basis | more)
    return made


def joined(*parts: Tables) -> dict[str, list[Row]]:
    """Put tables together."""
    whole: dict[str, list[Row]] = {}
    for part in parts:
        for name, rows in part.items():
            whole.setdefault(name, []).extend(rows)
    return whole


def one_country() -> Tables:
    """One country with three dated strikes and an undated one."""
    found = texts("GHA", "2012-03", "2015-06-01", "2019", None)
    figures = [
        {"report_id": "gha-1#1", "country": "GHA", "indicator": "people_out", "value": 300},
        {"report_id": "gha-2#1", "country": "GHA", "indicator": "people_out", "value": 1200},
    ]
    return joined(
        {"countries": countries("GHA"), "indicators_reported": [_WORKERS], "figures": figures},
        {"organisations": [{"org_id": "gha-tuc", "name": "Trades Union Congress", "acronym": "TUC", "country": "GHA"}]},
        {"actors": [{"report_id": "gha-2#1", "name": "Trades Union Congress", "acronym": "TUC", "country": "GHA"}]},
        found,
    )


def country_without_texts() -> Tables:
    """Two countries, one of which no text tells of."""
    return joined({"countries": countries("GHA", "TGO")}, texts("GHA", "2012-03", "2015-06-01"))


def own_series() -> Tables:
    """A country without any text, whose statistical office publishes series under codes of its own."""
    catalogue = [
        {"indicator": "HUELGAS", "label": "Strikes", "definition": "Strikes.", "section_order": 1},
        {"indicator": "HORAS", "label": "Hours lost", "definition": "Hours.", "section_order": 2},
        {"indicator": "AFILIADOS", "label": "Members registered", "definition": "Members."},
    ]
    catalogue = [row | ({"section": "disputes"} if "section_order" in row else {}) for row in catalogue]
    years = [
        {"country": "PER", "indicator": code, "year": year, "value": year - 1900 + shift}
        for shift, code in enumerate(("AFILIADOS", "HORAS", "HUELGAS"))
        for year in range(1990, 2019)
    ]
    return {"countries": countries("PER"), "indicators": catalogue, "country_years": years}


def own_series_unbound() -> Tables:
    """The same with a catalogue that says nothing of sections."""
    made = own_series()
    bare = [{k: v for k, v in row.items() if not k.startswith("section")} for row in made["indicators"]]
    return {**made, "indicators": bare}


def before_2010() -> Tables:
    """Strikes from the Middle Ages to 2009, one of them without a date."""
    found = texts("FRA", "1372", "1848-02", "1899-11-30", "1984-05-01", "2009", None)
    return joined({"countries": countries("FRA")}, found)


def thirty_countries() -> Tables:
    """Thirty countries with a text each."""
    return joined(*(listed(code) for code in sorted(codebook.vocabulary("iso_countries"))[:30]))


def listed(code: str, **more: object) -> Tables:
    """Any country of the world, by its label, with one text; `more` is said of what it reports."""
    country = codebook.vocabulary("iso_countries")[code]
    row = {"country": code, "name": country.label, "own_name": country.label}
    row |= {name: country.more[name] for name in ("iso2", "m49")}
    return joined({"countries": [row]}, texts(code, "2015-03", **more))


def register() -> Tables:
    """A register of one source a row: one publisher, one employer and one number of workers each."""
    found = texts(
        "USA", *(f"{year}-0{month}-15" for year in (2012, 2013) for month in range(1, 6)), publisher="Register"
    )
    ids = [str(row["report_id"]) for row in found["reports"]]
    actors = [
        {"report_id": one, "name": f"Works {at}", "country": "USA", "side": "employers", "role": "target"}
        for at, one in enumerate(ids)
    ]
    figures = [
        {"report_id": one, "country": "USA", "organisation": f"Works {at}", "indicator": "people_out", "value": 40 + at}
        for at, one in enumerate(ids)
    ]
    more = {"indicators_reported": [_WORKERS], "actors": actors, "figures": figures}
    return joined({"countries": countries("USA")}, more, found)


def four_scripts() -> Tables:
    """Names in Arabic, Chinese, Georgian and Hebrew script."""
    bodies = {
        "CHN": ("All-China Federation of Trade Unions", "中华全国总工会", "zh"),
        "EGY": ("Egyptian Trade Union Federation", "الاتحاد العام لنقابات عمال مصر", "ar"),
        "GEO": ("Georgian Trade Union Confederation", "საქართველოს პროფესიული კავშირების გაერთიანება", "ka"),
        "ISR": ("General Federation of Labour", "הסתדרות העובדים הכללית", "he"),
    }
    made: dict[str, list[Row]] = {"countries": countries(*bodies)}
    for code, (name, native, language) in bodies.items():
        org = f"{code.lower()}-federation"
        found = texts(code, "2014-05", "2018-02-03", publisher=native)
        found["sources"] = [{**row, "language": language, "title": native} for row in found["sources"]]
        bodies_of = [{"org_id": org, "name": name, "native_name": native, "country": code}]
        forms = [{"org_id": org, "name": native, "kind": "native", "source": "https://register.example/bodies"}]
        acts = [{"report_id": row["report_id"], "name": native, "country": code} for row in found["reports"]]
        made = joined(made, found, {"organisations": bodies_of, "organisation_names": forms, "actors": acts})
    return made


#: What every study says of itself.
_STUDY = """\
title: Strikes
region: {region}
publisher: Makers of small studies
collection: {collection}
coders:
  c1:
    label: First coder
    definition: Coded every report.
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of study: its tables, and what it says of itself."""

    tables: Callable[[], Tables]
    region: str
    first_year: int | None = None
    collection: str = "selection"

    @property
    def study(self) -> str:
        """The text of ``study.yaml``."""
        begins = "" if self.first_year is None else f"first_year: {self.first_year}\n"
        return _STUDY.format(region=self.region, collection=self.collection) + begins


SHAPES: Mapping[str, Shape] = {
    "one_country": Shape(one_country, "Ghana", 2010),
    "country_without_texts": Shape(country_without_texts, "West Africa", 2010),
    "own_series": Shape(own_series, "Peru"),
    "own_series_unbound": Shape(own_series_unbound, "Peru"),
    "before_2010": Shape(before_2010, "France"),
    "thirty_countries": Shape(thirty_countries, "Thirty countries", 2010),
    "register": Shape(register, "United States", 2012, "register"),
    "four_scripts": Shape(four_scripts, "Four countries", 2010),
}


def make(shape: str, folder: Path) -> Path:
    """Write the study of a shape below `folder`; return its data folder."""
    return write(folder, SHAPES[shape].tables(), SHAPES[shape].study)

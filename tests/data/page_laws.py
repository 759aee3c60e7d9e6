"""Laws over the finished parts of a page: no sentence may say what a row of the same page refutes.

A law looks at what a page states in sentences, cards and captions, at the rows that its values are based on, and at the
clean tables. A clash that the data hold is no fault of a page that names it among its disagreements.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from socdialog.codebook.attributes import attribute
from socdialog.display.parts import Cards, Disagreement, Figure, Leaf, Section, Sentence, Table, Value, leaves, spans
from socdialog.folding import fold

Row = Mapping[str, Any]
#: Keys of the tables that list disagreements.
_NAMED = {"disagreements", "revisions"}
#: What an absence says there is none of, and the kinds of rows that would refute it: a table, and codes of a column.
_ABSENT = {
    "minimum wages": ("minimum_wages", None, ()),
    "conventions": ("ratifications", None, ()),
    "general agreements": ("institutions", "kind", ("agreement",)),
    "dated general agreements": ("institutions", "kind", ("agreement",)),
    "institutions of social dialogue": ("institutions", None, ()),
    "comments of supervisory bodies": ("supervision", None, ()),
    "reported totals of ratifications": ("ratification_counts", None, ()),
    "strikes": ("events", "kind", ("strike",)),
    "disagreements": ("disagreements", None, ()),
    "contradictions": ("disagreements", None, ()),
    "organisations": ("organisations", None, ()),
    "affiliations": ("affiliations", None, ()),
    "claimed memberships": ("memberships", None, ()),
    "legal provisions": ("legal_framework", None, ()),
}
_ABSENCE = re.compile(r"^No (?:data found on )?(.+?)(?: for .*| (?:were|was) found.*)?\.?$")
_TRIPARTITE = re.compile(r"\btripartite\b", re.IGNORECASE)
_LAST = re.compile(r"\b(last|latest|most recent)\b")
_COUNT = re.compile(r"^(\d+) of (\d+)\b")
#: A stoppage may be called under way so many years after it began.
_YEARS_UNDER_WAY = 2
_THOUSAND = {"thousand_persons": 1000.0, "persons": 1.0}


@dataclass(frozen=True)
class Page:
    """A finished page: its parts, and the clean rows by their id."""

    country: str
    parts: tuple[Leaf, ...]
    rows: Mapping[str, Row]
    edition: date

    @classmethod
    def of(
        cls, country: str, sections: Iterable[Section], tables: Mapping[str, pl.DataFrame], *, edition: date
    ) -> Page:
        """Return a page with the rows of `tables`, each told its table."""
        parts = tuple(leaf for section in sections for leaf in leaves(section.parts))
        rows = {
            row["row_id"]: row | {"table": name}
            for name, frame in tables.items()
            for row in frame.iter_rows(named=True)
        }
        return cls(country, parts, rows, edition)

    @property
    def employees(self) -> set[str]:
        """The indicators that count employees."""
        rows = (row for row in self.rows.values() if row["table"] == "indicators")
        return {row["indicator"] for row in rows if row["shown_with"] == "employees"}

    @property
    def named(self) -> set[str]:
        """The rows that the page names among its disagreements."""
        listing = (
            part
            for part in self.parts
            if isinstance(part, Disagreement) or (isinstance(part, Table) and part.key in _NAMED)
        )
        return {row_id for part in listing for row_id in _based_on(spans(part))}

    def shown(self, table: str) -> list[Row]:
        """The rows of a table that any value of the page is based on."""
        ids = {row_id for part in self.parts for row_id in _based_on(spans(part))}
        return [self.rows[row_id] for row_id in sorted(ids) if self.rows.get(row_id, {}).get("table") == table]

    @property
    def statements(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """What the page states outside its tables: the words, and the values among them."""
        for part in self.parts:
            if isinstance(part, Sentence):
                yield part.text, _values(part.spans)
            elif isinstance(part, Figure):
                yield part.alt, _values(part.caption)
            elif isinstance(part, Cards):
                yield from ((f"{card.label}: {card.value.text}. {card.detail}", (card.value,)) for card in part.cards)

    def rows_of(self, values: Iterable[Value], table: str) -> list[Row]:
        """The rows of a table that values are based on."""
        return [
            row for row_id in sorted(_based_on(values)) if (row := self.rows.get(row_id, {})) and row["table"] == table
        ]


def _values(given: Iterable[object]) -> tuple[Value, ...]:
    return tuple(span for span in given if isinstance(span, Value))


def _based_on(given: Iterable[object]) -> set[str]:
    return {row_id for span in given if isinstance(span, Value) for row_id in span.evidence}


def absent_and_shown(page: Page) -> Iterator[str]:
    """Nothing is said to be absent of which the page shows a row."""
    for text, values in page.statements:
        for said in [value.text for value in values if value.absent] or [text]:
            found = _ABSENCE.match(said)
            table, column, codes = _ABSENT.get(found[1].lower() if found else "", ("", None, ()))
            refuting = [row for row in page.shown(table) if column is None or row[column] in codes] if table else []
            if table == "disagreements" and page.named:
                refuting = [{"row_id": "a disagreement"}]
            if refuting:
                yield f"{text} / {refuting[0]['row_id']}"


def later_meeting(page: Page) -> Iterator[str]:
    """A meeting called the last of a tripartite body is not older than a tripartite event that is listed."""
    for text, values in page.statements:
        if not (_TRIPARTITE.search(text) and _LAST.search(text)):
            continue
        met = page.rows_of(values, "events")
        last = max((row["start_last"] for row in met if row["start_last"]), default=None)
        for row in page.shown("events"):
            later = last is not None and row["start_last"] is not None and row["start_last"] > last
            held = attribute("event_statuses", row["status"], "happened") is True
            if later and held and " tripartite " in f" {fold(row['label'])} " and not page.named & _reports(row):
                yield f"{text} / {row['label']}"


def _reports(event: Row) -> set[str]:
    """Return the ids of an event and of the rows of its reports."""
    return {event["row_id"], *(f"reports:{report}" for report in event["report_ids"])}


def cover_of_a_part(page: Page) -> Iterator[str]:
    """No statement on the country is based on an agreement of one place, or on one that was not concluded."""
    for text, values in page.statements:
        for row in page.rows_of(values, "institutions"):
            if attribute("institution_kinds", row["kind"], "covers_months") is not True or row["name"] in text:
                continue
            concluded = row["status"] is None or attribute("event_statuses", row["status"], "happened") is True
            if row["place_id"] is not None or not concluded:
                yield f"{text} / {row['name']}"


def signed_and_undated(page: Page) -> Iterator[str]:
    """An agreement without a date of signature is dated by no event of the page, unless the page says so."""
    events = [row for row in page.shown("events") if row["kind"] == "agreement" and row["start_date"]]
    for row in page.shown("institutions"):
        if row["kind"] != "agreement" or row["date"] is not None:
            continue
        for event in events:
            if f" {fold(row['name'])} " in f" {fold(event['label'])} " and row["row_id"] not in page.named:
                yield f"{row['name']} has no date / {event['label']}, {event['start_date']}"


def wage_in_force(page: Page) -> Iterator[str]:
    """A minimum wage that a statement calls the present one is the latest that the page shows."""
    for text, values in page.statements:
        stated = page.rows_of(values, "minimum_wages")
        if len(stated) != 1 or not re.search(r"\b(is|in force|current|since)\b", text):
            continue
        row = stated[0]
        for other in page.shown("minimum_wages"):
            group = all(row[name] == other[name] for name in ("country", "currency", "per", "scope"))
            begun = other["from_first"] is not None and other["from_first"] <= page.edition
            later = begun and (row["from_first"] is None or other["from_first"] > row["from_first"])
            if group and later and not {row["row_id"], other["row_id"]} & page.named:
                yield f"{text} / {other['value']} from {other['from']}"


def members_above_employees(page: Page) -> Iterator[str]:
    """An organisation with more members than the country ever had employees is named as a disagreement."""
    employees = [
        row["value"] * _THOUSAND[row["unit"]]
        for row in page.rows.values()
        if row["table"] == "country_years" and row["value"] is not None and row["unit"] in _THOUSAND
        if row["country"] == page.country and row["indicator"] in page.employees
    ]
    for row in page.shown("memberships"):
        persons = attribute("populations", row["population"], "persons") is True
        if persons and row["value"] > max(employees, default=math.inf) and row["row_id"] not in page.named:
            yield f"{row['value']} members / {max(employees)} employees"


def conventions_counted(page: Page) -> Iterator[str]:
    """As many conventions as a statement counts in force are in force by the rows that it is based on."""
    for text, values in page.statements:
        if "in force" not in text:
            continue
        for value in values:
            counted, rows = _COUNT.match(value.text), page.rows_of([value], "ratifications")
            if counted and rows and int(counted[1]) != sum(row["status"] == "in_force" for row in rows):
                yield f"{text} / {sum(row['status'] == 'in_force' for row in rows)} rows"


def status_and_comment(page: Page) -> Iterator[str]:
    """A status is as of no earlier year than a supervisory comment on that convention that the page shows."""
    comments = [
        row
        for row in page.shown("supervision")
        if row["convention"] and row["year"] and attribute("supervisory_bodies", row["body"], "of_ratified") is True
    ]
    for row in page.shown("ratifications"):
        for comment in comments:
            same = (row["country"], row["convention"]) == (comment["country"], comment["convention"])
            older = row["status_as_of_last"] is None or row["status_as_of_last"].year < comment["year"]
            if same and older and row["status"] == "in_force":
                yield f"{row['convention']} as of {row['status_as_of']} / comment of {comment['year']}"


def not_over(page: Page) -> Iterator[str]:
    """An action called under way began within two years of the edition, unless the page says so."""
    for row in page.shown("events"):
        begun = row["start_first"]
        old = begun is not None and page.edition.year - begun.year > _YEARS_UNDER_WAY
        if old and row["status"] == "ongoing" and row["end_date"] is None and not page.named & _reports(row):
            yield f"{row['label']} is called under way / begun {row['start_date']}"


LAWS: tuple[Callable[[Page], Iterator[str]], ...] = (
    absent_and_shown,
    later_meeting,
    cover_of_a_part,
    signed_and_undated,
    wage_in_force,
    members_above_employees,
    conventions_counted,
    status_and_comment,
    not_over,
)

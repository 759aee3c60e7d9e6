"""Organisations of workers and employers: names in all scripts, affiliations, claimed members, reported events."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.codebook.attributes import attribute, codes_with
from socdialog.display.addresses import organisation_anchor, organisations_page
from socdialog.display.messages import say, words
from socdialog.display.parts import Folded, Leaf, Part, Span, Spans, Value, sentence
from socdialog.display.prose import articled
from socdialog.folding import folded
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.disputed import disputed
from socdialog.profiles.country.organisation_names import Names, acronym, full_name
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import DASH, NONE_FOUND, Columns, Row, coded, day, linked, listed, own, rank, text

#: Rows of an open table, and international bodies that a cell names.
OPEN, _NAMED = 5, 3


class Organisations:
    """The organisations of a side in a country, with what tables of them show.

    Parameters
    ----------
    context
        The page.
    side
        Code of the side: workers or employers.
    """

    def __init__(self, context: ProfileContext, side: str) -> None:
        self._context = context
        self._country = context.countries[0]
        self._side = side
        codes = codebook.section_codes()
        own_bodies = context.rows_for("organisations").filter(pl.col("side") == side)
        self._events = _events_by_body(context)
        counts = {org_id: len(evidence) for org_id, evidence in self._events.items()}
        every = own_bodies.filter(pl.col("level").is_in(codes["levels"])).with_columns(
            events=pl.col("org_id").replace_strict(counts, default=0, return_dtype=pl.Int64)
        )
        by_events = every.sort("events", folded("name"), "row_id", descending=[True, False, False])
        is_peak = pl.col("level").is_in(codes["peaks"])
        self.confederations = by_events.filter(is_peak)
        self.further = by_events.filter(~is_peak).sort(rank("level", codes["levels"]), maintain_order=True)
        names = every.select("org_id", body="name")
        self.affiliations = context["affiliations"].join(names, on="org_id")
        self.memberships = context["memberships"].join(names, on="org_id")
        self._disputed = disputed(context)
        self._bodies = {row["org_id"]: row for row in context.tables["organisations"].iter_rows(named=True)}
        self._names = Names(context)

    @property
    def page(self) -> str:
        """The page below the site that lists the organisations of the country."""
        return organisations_page(self._country)

    @property
    def empty(self) -> bool:
        """Whether the sources name no organisation of the side."""
        return self.confederations.is_empty() and self.further.is_empty()

    def table(self) -> Iterator[Part]:
        """Show the confederations with most reported events in a table; the others are folded."""
        if self.confederations.height:
            caption = words(f"actors.confederations_{self._side}", country=self._context.in_prose)
            columns, note = self._of_confederations(), words("actors.note")
            yield listed(f"{self._side}-confederations", caption, self.confederations.head(OPEN), columns, note=note)
            yield from self._folded("confederations", self.confederations[OPEN:], columns)
        yield from self._folded("further", self.further, self._of_further())

    def named(self) -> Iterator[Part]:
        """Name the confederations, where they are few, in a sentence; all that is known of them is folded."""
        n = self.confederations.height
        if 0 < n <= _NAMED:
            names = (linked(full_name(row), row) for row in self.confederations.iter_rows(named=True))
            yield sentence(*say(f"actors.named_{self._side}", n=n, names=articled(list(names))))
        yield from self._folded("confederations", self.confederations, self._of_confederations(), first=True)
        yield from self._folded("further", self.further, self._of_further())

    def details(self) -> Iterator[Folded]:
        """Show, folded, every affiliation and every claimed membership."""
        by_name = self.affiliations.sort(folded("body"), "org_id", "since_first", "affiliate_of", nulls_last=True)
        latest_first = self.memberships.sort(
            folded("body"),
            *("org_id", "population", "as_of_last", "value", "row_id"),
            descending=[False, False, False, True, True, False],
        )
        shown = (
            *self._leaves("affiliations", by_name, self._of_affiliations()),
            *self._leaves("memberships", latest_first, self._of_memberships()),
        )
        if shown:
            yield Folded(f"{self._side}-details", words("actors.details"), shown, self.page)

    def _leaves(self, what: str, found: pl.DataFrame, columns: Columns) -> tuple[Leaf, ...]:
        """Return the table of all that is known of a kind, and of a long one where the rest is; nothing for none."""
        if found.is_empty():
            return ()
        caption = words(f"actors.{what}", country=self._context.in_prose)
        return folded_list(f"{self._side}-{what}", "", caption, found, columns, elsewhere=self.page).parts

    def _of_affiliations(self) -> Columns:
        return {
            words("actors.organisation"): text("body"),
            words("actors.affiliated_to"): lambda row: self._called(row["affiliate_of"]),
            words("actors.status"): coded("status", "affiliation_statuses"),
            words("actors.since_heading"): day("since", DASH),
            words("actors.until_heading"): day("until", DASH),
            words("actors.as_of_heading"): day("as_of", words("actors.undated")),
        }

    def _of_memberships(self) -> Columns:
        return {
            words("actors.organisation"): text("body"),
            words("actors.counted"): coded("population", "populations"),
            words("actors.claimed"): lambda row: linked(_members(row), row),
            words("actors.claimed_as_of"): day("as_of", words("actors.undated")),
        }

    def _folded(self, what: str, found: pl.DataFrame, columns: Columns, *, first: bool = False) -> Iterator[Folded]:
        """Show organisations folded: the `first` of their kind, or those after others."""
        if found.height:
            name = f"{what}_{self._side}"
            caption = words(f"actors.{name}", country=self._context.in_prose)
            summary = words(f"actors.{'all' if first else 'fold'}_{name}", n=found.height)
            yield folded_list(f"{self._side}-{what}-more", summary, caption, found, columns, elsewhere=self.page)

    def _of_confederations(self) -> Columns:
        return {
            words("actors.organisation"): self._names.of,
            words("actors.founded"): day("founded", DASH),
            words("actors.international"): self._international,
            words("actors.members"): self._claimed,
            words("actors.events"): self._reported,
        }

    def _of_further(self) -> Columns:
        return {
            words("actors.organisation"): self._names.of,
            words("actors.level"): coded("level", "org_levels"),
            words("actors.affiliated_to"): self._parents,
            words("actors.members"): self._claimed,
            words("actors.events"): self._reported,
        }

    def _called(self, org_id: str) -> str:
        row = self._bodies.get(org_id)
        return org_id if row is None else str(row["name"])

    def _short(self, org_id: str) -> str:
        row = self._bodies.get(org_id)
        return org_id if row is None else acronym(row) or str(row["name"])

    def _affiliations_of(self, org_id: str) -> Iterator[tuple[Row, Row]]:
        """Yield the affiliations of a body that are known to stand or whose status is not stated, the latest first."""
        own_rows = self.affiliations.filter(pl.col("org_id") == org_id)
        ordered = own_rows.sort(
            "as_of_last", "since_last", "affiliate_of", descending=[True, True, False], nulls_last=True
        )
        for row in ordered.iter_rows(named=True):
            standing = attribute("affiliation_statuses", row["status"], "standing")
            if row["until"] is None and standing is not False and row["affiliate_of"] in self._bodies:
                yield row, self._bodies[row["affiliate_of"]]

    def _international(self, row: Row) -> Span | Spans:
        """Name the international bodies that an organisation belongs to, and count the regional ones."""
        found = [pair for pair in self._affiliations_of(row["org_id"]) if pair[1]["country"] is None]
        world = [pair for pair in found if pair[1]["level"] == "international"]
        regional = [pair[0] for pair in found if pair[1]["level"] != "international"]
        named, more = world[:_NAMED], [pair[0] for pair in world[_NAMED:]]
        shown: list[Span] = [Value(self._affiliation(one, body), own(one)) for one, body in named]
        for key, rest in (("more_bodies", more), ("regional", regional)):
            if rest:
                evidence = tuple(sorted(one["row_id"] for one in rest))
                shown.append(Value(words(f"actors.{key}", n=len(rest)), evidence))
        return tuple(shown) or DASH

    def _affiliation(self, row: Row, body: Row) -> str:
        if row["since"]:
            details = words("actors.since", date=cldr.date(row["since"]))
        elif row["as_of"]:
            details = words("actors.as_of", date=cldr.date(row["as_of"]))
        elif attribute("affiliation_statuses", row["status"], "standing") is None:
            details = words("actors.no_status")
        else:
            return self._short(body["org_id"])
        return words("actors.affiliation", body=self._short(body["org_id"]), details=details)

    def _parents(self, row: Row) -> Span | Spans:
        found = [Value(self._short(body["org_id"]), own(one)) for one, body in self._affiliations_of(row["org_id"])]
        return tuple(found[:_NAMED]) or DASH

    def _claimed(self, row: Row) -> Span:
        claim = latest_claim(self.memberships, row["org_id"])
        if claim is None:
            return DASH
        as_of = cldr.date(claim["as_of"]) if claim["as_of"] else words("actors.undated")
        shown = words("actors.claim", members=_members(claim), as_of=as_of)
        return Value(shown, own(claim), disputed=self._disputed.get(claim["row_id"], ""))

    def _reported(self, row: Row) -> Span:
        events = self._events.get(row["org_id"], ())
        if not events:
            return NONE_FOUND
        return Value(cldr.number(len(events)), events, to=f"{self.page}#{organisation_anchor(row['org_id'])}")


def latest_claim(memberships: pl.DataFrame, org_id: str) -> Row | None:
    """Return the claim of the total membership of an organisation with the latest date; None without any."""
    total = codes_with("populations", "total", value=True)
    found = memberships.filter((pl.col("org_id") == org_id) & pl.col("population").is_in(total))
    ordered = found.sort(
        "as_of_last", rank("population", total), "row_id", descending=[True, False, False], nulls_last=True
    )
    return ordered.row(0, named=True) if ordered.height else None


def _members(row: Row) -> str:
    return wording.quantity(row["value"], None, qualifier=row["qualifier"])


def _events_by_body(context: ProfileContext) -> dict[str, tuple[str, ...]]:
    """Return the rows of the events in which each organisation is named, whatever its role."""
    found = context.with_undated
    named = found["actors"].drop_nulls("org_id").select("org_id", "event_id").unique()
    joined = named.join(found["events"].select("event_id", "row_id"), on="event_id").group_by("org_id").agg("row_id")
    return {org_id: tuple(sorted(rows)) for org_id, rows in joined.iter_rows()}

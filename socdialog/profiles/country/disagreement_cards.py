"""The entry of a disagreement: the values next to each other, who states each, and the check that found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from socdialog import dates
from socdialog.codebook import cldr, wording
from socdialog.display.disagreement_words import beside_values
from socdialog.display.messages import words
from socdialog.display.parts import Claim, Disagreement, Value
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.display.statements import Statement
from socdialog.intake.evidence import build_evidence
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.claimants import Claimants
from socdialog.profiles.country.disputed import asked, disagreement_key
from socdialog.profiles.listing import Row, ids

#: The dates of reports that checks compare, by check; other checks on reports compare their first day.
_DATED = {"last_day": "end_date"}
#: How many publishers an entry names with a value.
_NAMED = 2


class _Stated(NamedTuple):
    """What one row states: in words, on a scale where it has a place, and who states it."""

    row_id: str
    text: str
    at: tuple[float, ...] | None
    who: tuple[str, ...]


def cards(context: ProfileContext, found: pl.DataFrame) -> Iterator[Disagreement]:
    """Yield the entries of disagreements."""
    evidence = build_evidence(context.tables, ids(found, "evidence"))
    by_row: dict[str, list[Row]] = {}
    for statement in evidence.iter_rows(named=True):
        by_row.setdefault(statement["row_id"], []).append(statement)
    claimants = Claimants.of(context)
    cited = {row["source_id"]: row for row in context.tables["citations"].iter_rows(named=True)}
    for row in found.iter_rows(named=True):
        own = {row_id: by_row[row_id] for row_id in row["evidence"] if row_id in by_row}
        yield Disagreement(
            disagreement_key(row),
            asked(context, row),
            tuple(_claims(row, _stated(context, row, own, cited, claimants))),
            _check(row),
            words("disagreements.status", status=wording.label("disagreement_statuses", row["status"]).lower()),
        )


def _check(row: Row) -> str:
    """Write what the check found besides the values, and the check."""
    found = beside_values(row)
    rule = in_sentence(wording.label("disagreement_checks", row["check"]))
    return words("disagreements.found_by_check" if found else "disagreements.check", finding=found, rule=rule)


def _claims(row: Row, stated: Sequence[_Stated]) -> Iterator[Claim]:
    """Yield each value once, in the order of the scale, with everyone who states it."""
    scaled = row["kind"] != "arithmetic" and len({one.at for one in stated}) > 1
    together: dict[str, list[_Stated]] = {}
    for one in stated:
        together.setdefault(one.text, []).append(one)
    ordered = sorted(together.items(), key=lambda item: (item[1][0].at or (), item[0]) if scaled else ((), ""))
    before = ""
    for text, same in ordered:
        evidence, who = tuple(sorted(one.row_id for one in same)), _everyone(same)
        # Values of one source follow each other: it is named once.
        yield Claim(Value(text, evidence), "" if who == before else who, same[0].at if scaled else None)
        before = who


def _everyone(same: Iterable[_Stated]) -> str:
    """Name who states a value; of many the first, and how many others."""
    every = list(dict.fromkeys(name for one in same for name in one.who))
    named = "; ".join(every[:_NAMED])
    others = len(every) - _NAMED
    return words("disagreements.and_others", n=others, named=named) if others > 0 else named


def _stated(
    context: ProfileContext, row: Row, own: Mapping[str, Sequence[Row]], cited: Mapping[str, Row], claimants: Claimants
) -> list[_Stated]:
    """Return what each row states, with as much of what it counts as tells it from the others."""
    firsts = {row_id: Statement.of(rows[0]) for row_id, rows in own.items()}
    several = len({one.subject for one in firsts.values()}) > 1
    shared = set.intersection(*(set(one.scope) for one in firsts.values())) if firsts else set()
    if row["event_id"] is not None:
        shared |= _organisations(context, row)
    found = []
    for row_id, rows in own.items():
        one = firsts[row_id]
        scope = [_group(one, part) for part in one.scope if part not in shared]
        if row["kind"] == "date" and one.period:
            scope.append(wording.figure_period(one.period, one.period_end))
        text, at = _dated(context, row, row_id) or _valued(one, scope, several=several)
        found.append(_Stated(row_id, text, at, tuple(_who(one, cited[each["source_id"]], claimants) for each in rows)))
    units = {(one.unit, one.currency) for one in firsts.values()}
    comparable = row["kind"] == "date" or (len(units) == 1 and not several)
    return found if comparable else [one._replace(at=None) for one in found]


def _organisations(context: ProfileContext, row: Row) -> set[str]:
    """Name the organisations of figures of one event, which the event says already, in whatever spelling."""
    figures = context.tables["figures"].filter(pl.col("row_id").is_in(row["evidence"]))
    return set(figures.get_column("organisation").drop_nulls())


def _dated(context: ProfileContext, row: Row, row_id: str) -> tuple[str, tuple[float, ...]] | None:
    """Return the date that a report gives; nothing for what is not a date of a report."""
    if row["kind"] != "date" or not row_id.startswith("reports:"):
        return None
    column = _DATED.get(row["check"], "start_date")
    given = context.tables["reports"].filter(pl.col("row_id") == row_id).get_column(column).drop_nulls()
    if not len(given):
        return None
    bounds = dates.bounds(given[0])
    return cldr.date(given[0]), tuple(sorted({float(bounds.first.toordinal()), float(bounds.last.toordinal())}))


def _valued(one: Statement, scope: Sequence[str], *, several: bool) -> tuple[str, tuple[float, ...] | None]:
    """Return an amount with what tells it from the others, and its place; another statement in its words."""
    if one.value is None:
        return one.words, None
    amount = wording.quantity(one.value, one.unit, high=one.value_high, qualifier=one.qualifier, currency=one.currency)
    if scope:
        amount = words("disagreements.narrowed", amount=amount, scope=", ".join(scope))
    if several and one.subject:
        what = wording.figure_words(one.subject) if one.table == "figures" else one.subject
        amount = words("disagreements.named", what=what[:1].upper() + what[1:], amount=amount)
    return amount, (one.value,) if one.value_high is None else (one.value, one.value_high)


def _group(one: Statement, part: str) -> str:
    """Return a part of the scope in words: of a series the group that its publisher codes."""
    return in_sentence(wording.label("classifications", part)) if one.release is not None else part


def _who(one: Statement, source: Row, claimants: Claimants) -> str:
    """Name the publisher and the date of a source, and whose claim it reports."""
    when = cldr.date(source["published"]) if source["published"] else words("disagreements.undated")
    when = when if one.release is None else release(one.release)
    publisher = words("disagreements.who", publisher=source["publisher"], date=when)
    claimant = one.claimed_by
    if not claimant or claimants.is_publisher(claimant, source["publisher"]):
        return publisher
    return words("disagreements.according_to", publisher=publisher, claimant=claimants.written_as(claimant))

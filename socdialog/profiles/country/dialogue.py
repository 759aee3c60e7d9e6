"""Social dialogue and collective bargaining: tripartite bodies, general agreements, programmes, bargaining coverage."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.codebook.articles import law_with_article
from socdialog.display.addresses import sources_page
from socdialog.display.messages import counted, say, words
from socdialog.display.parts import Folded, Heading, Part, Sentence, Spans, Value, lead, sentence
from socdialog.display.prose import articled, listing, on_date
from socdialog.folding import folded
from socdialog.metrics import institutions as metric
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import agreements, bargaining_coverage
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import NOT_STATED, Columns, Row, day, linked, listed, text

#: The most bodies that a sentence names, and that an open table lists.
_NAMED, _OPEN = 3, 10


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the bodies of social dialogue, general agreements with their gaps, programmes and bargaining coverage."""
    institutions = context.rows_for("institutions")
    yield Heading("tripartite-bodies", words("dialogue.tripartite_bodies"))
    yield from _bodies(context, institutions)
    yield from agreements.parts(context, institutions)
    yield from bargaining_coverage.parts(context)
    yield from _programmes(context, institutions)


def _of_kind(institutions: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return the institutions of a kind that sections ask for."""
    return institutions.filter(pl.col("kind").is_in(codebook.section_codes()[kind]))


def _bodies(context: ProfileContext, institutions: pl.DataFrame) -> Iterator[Part]:
    """Name the bodies, when one was last recorded to meet, and since when and by which law they exist."""
    bodies = _of_kind(institutions, "bodies").sort(folded("name"), "row_id")
    meeting = _last_meeting(context, institutions, of_one=bodies.height == 1)
    if 0 < bodies.height <= _NAMED:
        names = articled([linked(row["name"], row) for row in bodies.iter_rows(named=True)])
        yield lead(*say("dialogue.bodies", n=bodies.height, names=names), *meeting)
    elif bodies.height:
        yield lead(*say("dialogue.bodies_many", n=bodies.height), *meeting)
    else:
        yield from _without_bodies(context, institutions, meeting)
    if bodies.height == 1:
        yield from _details(bodies.row(0, named=True))
    if institutions.height and not meeting:
        yield context.none_found(words("dialogue.meetings_subject"))
    known = bodies.get_column("date").count() or bodies.get_column("legal_basis").count()
    if bodies.height > 1 and (known or bodies.height > _NAMED):
        yield _table_of_bodies(context, bodies)


def _without_bodies(context: ProfileContext, institutions: pl.DataFrame, meeting: Spans) -> Iterator[Sentence]:
    """Say what other tables hold on a body that the table of institutions does not list."""
    laws = _of_kind(institutions, "laws")
    if laws.height:
        yield lead(*say("dialogue.bodies_in_law", laws=_named_or_counted(laws)), *meeting)
    elif meeting:
        yield lead(*meeting[1:])
    else:
        yield context.no_data(words("dialogue.bodies_subject"))


def _named_or_counted(laws: pl.DataFrame) -> Spans:
    """Name laws with their years, which lead to the list of them; of many, say how many there are."""
    to = "#laws-list"
    if laws.height > _NAMED:
        return (counted("dialogue.laws", laws.height, to=to),)
    return listing([Value(_law(row), (row["row_id"],), to=to) for row in laws.sort(folded("name")).rows(named=True)])


def _law(row: Row) -> str:
    law = law_with_article(row["name"])
    return words("dialogue.law_of", law=law, year=row["date"][:4]) if row["date"] else law


def _details(body: Row) -> Iterator[Sentence]:
    """Say since when and by which law the only body exists, where its source says so."""
    if body["date"]:
        yield sentence(*say("dialogue.established_on", when=linked(on_date(body["date"]), body)))
    if body["legal_basis"]:
        yield sentence(*say("dialogue.legal_basis_is", basis=linked(body["legal_basis"], body)))


def _table_of_bodies(context: ProfileContext, bodies: pl.DataFrame) -> Part:
    columns: Columns = {
        words("dialogue.body"): text("name"),
        words("dialogue.established"): day("date", NOT_STATED),
        words("dialogue.legal_basis"): text("legal_basis", NOT_STATED),
    }
    caption = words("dialogue.bodies_caption", country=context.in_prose)
    if bodies.height <= _OPEN:
        return listed("bodies", caption, bodies, columns)
    summary = words("dialogue.bodies_list", n=bodies.height)
    return folded_list("bodies", summary, caption, bodies, columns, elsewhere=sources_page(context.countries[0]))


def _last_meeting(context: ProfileContext, institutions: pl.DataFrame, *, of_one: bool) -> Spans:
    """Say when a tripartite body of the country is last recorded to have met; nothing where none is."""
    every = context.with_undated.measured(
        metric.days_since_last_recorded_meeting, institutions=institutions, as_of=context.as_of
    )
    found = every.filter((pl.col("country") == context.countries[0]) & (pl.col("n") > 0))
    if found.height == 0:
        return ()
    row = found.row(0, named=True)
    meetings = counted("dialogue.meetings", row["n"], tuple(row["evidence"]))
    if row["last_recorded_meeting"] is None:
        return (" ", *say("dialogue.undated_meetings", n=row["n"], meetings=meetings))
    last = context.with_undated["events"].row(by_predicate=pl.col("event_id") == row["last_event_id"], named=True)
    when = Value(on_date(row["last_recorded_meeting"]), (last["row_id"],), to=context.event_entry(last["event_id"]))
    key = "last_meeting_of_one" if of_one else "last_meeting"
    return (" ", *say(f"dialogue.{key}", when=when))


def _programmes(context: ProfileContext, institutions: pl.DataFrame) -> Iterator[Folded]:
    programmes = _of_kind(institutions, "programmes")
    if programmes.height:
        yield folded_list(
            "programmes",
            words("dialogue.programmes", n=programmes.height),
            words("dialogue.programmes_caption", country=context.in_prose),
            agreements.latest_first(programmes),
            {
                words("dialogue.programme"): text("name"),
                words("dialogue.period"): lambda row: linked(
                    wording.period(row["date"], row["period_end"]), row, NOT_STATED
                ),
            },
            elsewhere=sources_page(context.countries[0]),
        )

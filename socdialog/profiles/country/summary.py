"""At a glance: the few things a reader asks first, each computed from the sections below."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.codebook import cldr, wording
from socdialog.codebook.cldr import plural
from socdialog.display.parts import Part, Sentence, Value, sentence
from socdialog.profiles.context import ProfileContext, among, count, counted
from socdialog.profiles.country.disputed import contradictions
from socdialog.profiles.country.official_series import indicators_in, newest, none_in
from socdialog.profiles.country.reported_events import THREE_SIDES, all_three_sides
from socdialog.profiles.country.standards import counted_groups, in_force_of
from socdialog.profiles.listing import absence, ids

#: Sections of which the first official series that says anything is told.
_SECTIONS = ("actors", "dialogue", "disputes")


def parts(context: ProfileContext) -> Iterator[Part]:
    """Say in a few sentences what the page holds."""
    yield _member(context)
    yield from _activity(context)
    for group in counted_groups():
        found = in_force_of(context, context.countries[0], group)
        if found is not None:
            yield sentence(found, f" {wording.label('convention_groups', group).lower()} conventions in force.")
    for section in _SECTIONS:
        yield from _official(context, section)
    yield _conflicts(context)
    yield from context.collection_caution()


def _member(context: ProfileContext) -> Sentence:
    row = context.rows_for("countries").row(0, named=True)
    if row["ilo_member_since"] is None:
        return context.no_data("the date of joining the ILO")
    whose = context.in_prose
    own = "" if row["own_name"] in (None, row["name"]) else f" ({row['own_name']})"
    return sentence(
        f"{whose[:1].upper()}{whose[1:]}{own} has been a member of the International Labour Organization since ",
        Value(cldr.date(row["ilo_member_since"]), (row["row_id"],)),
        ".",
    )


def _activity(context: ProfileContext) -> Iterator[Part]:
    events, texts = context["events"], context.with_undated["sources"]
    if events.height == 0:
        yield from context.none_within("events", context.tables["events"])
        return
    undated = context.and_undated
    yield sentence(
        count(events, "event"),
        context.years,
        *undated,
        f" {plural(events.height + len(undated), 'is', 'are')} told in ",
        count(texts, "text"),
        " by ",
        counted(texts.get_column("publisher").n_unique(), ids(texts), "publisher"),
        ".",
    )
    together, coded = all_three_sides(context)
    if coded.height:
        yield among(together, coded.height, ids(coded), ("event", "events", " with coded participants"), THREE_SIDES)


def _official(context: ProfileContext, section: str) -> Iterator[Sentence]:
    """Say the newest official value of the first series of a section that says anything."""
    found = [newest(context, context.countries[0], indicator) for indicator in indicators_in(context, section)]
    told = [one for one in found if one.year] or [one for one in found if one.value.evidence]
    if told:
        where = f" in {told[0].year} ({told[0].release})." if told[0].year else f" by {told[0].release}."
        yield sentence(f"{told[0].label}: ", told[0].value, where)
    elif found:
        label = found[0].label
        yield none_in(context, f"official series ({label[:1].lower()}{label[1:]})")


def _conflicts(context: ProfileContext) -> Sentence:
    found = contradictions(context)
    if found.height == 0:
        return sentence(absence("No contradiction between sources was found"), "; few values are told twice.")
    return sentence(
        "Sources or figures contradict each other in ",
        counted(found.height, ids(found, "evidence"), "place"),
        ", shown side by side below.",
    )

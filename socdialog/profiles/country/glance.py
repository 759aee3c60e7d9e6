"""At a glance: the few things a reader asks first, each computed from the sections below."""

from __future__ import annotations

from socdialog import codebook, dates
from socdialog.display.parts import Part, Section, Sentence, Value, sentence
from socdialog.metrics import activity as activity_metric
from socdialog.profiles.context import ProfileContext, count, ids, joined, plural, rows, warning
from socdialog.profiles.country.figures import contradictions
from socdialog.profiles.country.official_section import newest
from socdialog.profiles.country.participation_section import coded_events
from socdialog.profiles.country.standards_section import counted_groups, in_force


def section(context: ProfileContext) -> Section:
    """Say in a few sentences what the page holds."""
    parts: list[Part] = [_member(context), *_activity(context)]
    parts += [in_force(context, context.countries[0], group) for group in counted_groups()]
    parts += [_official(context, theme) for theme in ("density", "coverage", "strikes")]
    parts += [_conflicts(context), warning("convenience_collection")]
    return Section("glance", "At a glance", tuple(parts))


def _member(context: ProfileContext) -> Sentence:
    row = context.rows_for("countries", context.countries[0]).row(0, named=True)
    if row["ilo_member_since"] is None:
        return context.no_data("date of joining the ILO")
    own = "" if row["own_name"] in (None, row["name"]) else f" ({row['own_name']})"
    return sentence(
        f"{context.about}{own} has been a member of the International Labour Organization since ",
        Value(dates.written(row["ilo_member_since"]), (row["row_id"],)),
        ".",
    )


def _activity(context: ProfileContext) -> list[Sentence]:
    events = context["events"]
    if events.height == 0:
        return [context.none_found(f"event {context.years}")]
    publishers = context["sources"].get_column("publisher").n_unique()
    found = sentence(
        count(events, "event"),
        f" {context.years} {plural(events.height, 'is', 'are')} told in ",
        count(context["sources"], "text"),
        " by ",
        Value(f"{publishers} {plural(publishers, 'publisher')}", ids(context["sources"])),
        ".",
    )
    row = activity_metric.tripartite_share(events, context["actors"], organisations=context["organisations"]).frame.row(
        0, named=True
    )
    coded = coded_events(context)
    if coded.height == 0:
        return [found]
    together = len(row["evidence"])
    return [
        found,
        sentence(
            "Workers, employers' organisations and government are all seen in ",
            Value(str(together), tuple(row["evidence"])) if together else Value("none", absent=True),
            " of the ",
            count(coded, "event"),
            " with coded participants.",
        ),
    ]


def _official(context: ProfileContext, theme: str) -> Sentence:
    """Say the newest official value of the first series of a theme that says anything."""
    absent: Sentence | None = None
    for indicator in codebook.section_indicators()[theme]:
        found = newest(context, context.countries[0], indicator)
        if found.year:
            return sentence(f"{found.label}: ", found.value, f" in {found.year} ({found.release}).")
        if found.value.evidence and absent is None:
            absent = sentence(f"{found.label}: ", found.value, f" by {found.release}.")
    return absent or context.no_data(f"official series ({joined([_THEMES[theme]])})")


_THEMES = {"density": "trade union density", "coverage": "bargaining coverage", "strikes": "strikes"}


def _conflicts(context: ProfileContext) -> Sentence:
    found = contradictions(context)
    if found.height == 0:
        return sentence(
            Value("No contradiction between sources was found", absent=True), "; few values are told twice."
        )
    evidence = rows(row_id for group in found.get_column("row_ids") for row_id in group)
    return sentence(
        "Sources or figures contradict each other in ",
        Value(f"{found.height} {plural(found.height, 'place')}", evidence),
        ", shown side by side below.",
    )

"""The beginning of a country's page: what labour relations are like, eight key figures, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from socdialog import dates
from socdialog.codebook import cldr
from socdialog.display import key_figure_words
from socdialog.display.messages import counted, say, words
from socdialog.display.parts import Card, Cards, Figure, Part, Sentence, Spans, Value, sentence
from socdialog.metrics import activity as metric
from socdialog.metrics.key_figures import key_figures
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import agreements, context_statements
from socdialog.profiles.country.disputed import contradictions, disputed
from socdialog.profiles.country.official_lines import used_as
from socdialog.profiles.country.reported_events import coded_events
from socdialog.profiles.country.series_figure import series_figure
from socdialog.profiles.listing import ids
from socdialog.results import KeyFigure

#: Where the page shows what a key figure is from.
_PLACES = {
    "union_density": "union-density",
    "bargaining_coverage": "bargaining-coverage",
    "strikes": "official-strikes",
    "conventions": "conventions",
    "labour_rights": "sdg-882",
    "agreement": "general-agreements",
    "minimum_wage": "minimum-wage",
    "members": "trade-unions",
}
#: The series of which the first with so many years has a small chart: its use, its section, its figure on the page.
_SERIES = (
    ("union_density", "actors", "density"),
    ("bargaining_coverage", "dialogue", "coverage"),
    ("labour_rights", "standards", "sdg-882"),
)
_YEARS = 3
#: Publishers that a card names.
_NAMED = 2


def parts(context: ProfileContext) -> Iterator[Part]:
    """Say what labour relations are like, show the key figures, and say how sure they are."""
    chosen = context_statements.statements(context)
    figures = key_figures(context.tables, country=context.countries[0], as_of=context.as_of)
    cards = _cards(context, figures)
    text: tuple[Part, ...] = tuple(context_statements.paragraph(context, chosen))
    yield from (*text, cards) if chosen.height >= context_statements.ENOUGH else (cards, *text)
    yield from _charts(context)
    yield from _how_sure(context, figures)


def _cards(context: ProfileContext, figures: Iterable[KeyFigure]) -> Cards:
    return Cards("key-figures", tuple(_card(context, figure) for figure in figures))


def _card(context: ProfileContext, figure: KeyFigure) -> Card:
    entries = disputed(context)
    shown = Value(
        key_figure_words.value(figure),
        figure.evidence,
        absent=key_figure_words.is_absent(figure),
        disputed=next((entries[row] for row in figure.evidence if row in entries), ""),
    )
    detail = key_figure_words.detail(figure, as_of=context.as_of)
    return Card(key_figure_words.label(figure), shown, detail, _source(context, figure), _PLACES[figure.key])


def _source(context: ProfileContext, figure: KeyFigure) -> str:
    """Name who publishes a key figure: of an official value the publisher, of others whose texts state it."""
    if figure.publisher or not figure.evidence:
        return figure.publisher
    if figure.key == "conventions":
        return words("key_figures.texts")
    names = context.publishers_of(figure.evidence)
    more = [words("key_figures.more", n=len(names) - _NAMED)] if len(names) > _NAMED else []
    return cldr.listing([*names[:_NAMED], *more])


def _charts(context: ProfileContext) -> Iterator[Figure]:
    """Show two small charts that lead to the full ones: a series with enough years, and general agreements."""
    for use, section, key in _SERIES:
        what = words("standards.compliance_short") if use == "labour_rights" else ""
        found = series_figure(context, used_as(context, use, section), key=key, what=what)
        series = [part for part in found if _has_years(part)]
        if series:
            yield from _small(series, key)
            break
    yield from _small(agreements.parts(context, context.rows_for("institutions")), "agreements")


def _has_years(part: object) -> bool:
    return isinstance(part, Figure) and part.table is not None and len(part.table.rows) >= _YEARS


def _small(found: Iterable[Part], key: str) -> Iterator[Figure]:
    """Return the chart of this key among parts as a small one, whose values are at the full one."""
    for part in found:
        if isinstance(part, Figure) and part.key == key:
            yield replace(part, key=f"{key}-small", table=None, full=key)


def _how_sure(context: ProfileContext, figures: Iterable[KeyFigure]) -> Iterator[Sentence]:
    """Say how old the figures are, on how many sources the events are based, and how many disagreements there are."""
    clauses = [clause for clause in (_ages(context, figures), *_events(context), _disagreements(context)) if clause]
    if clauses:
        spans = [span for clause in clauses for span in (" ", *clause)]
        yield sentence(*spans[1:], kind="how_sure")


def _ages(context: ProfileContext, figures: Iterable[KeyFigure]) -> Spans:
    ages = {
        one.key: context.as_of.year - dates.bounds(one.date).last.year
        for one in figures
        if one.key in {"union_density", "bargaining_coverage"} and one.date and not key_figure_words.is_absent(one)
    }
    if len(ages) > 1 and len(set(ages.values())) == 1:
        return say("summary.ages_same", n=ages["union_density"])
    if len(ages) > 1:
        return say("summary.ages_both", density=str(ages["union_density"]), coverage=str(ages["bargaining_coverage"]))
    return next((say(f"summary.ages_{key}", n=age) for key, age in ages.items()), ())


def _events(context: ProfileContext) -> Iterator[Spans]:
    """Say how many events are based on one independent source, and how many are self-reported."""
    events = context.with_undated["events"]
    if events.is_empty():
        return
    every = counted("summary.events", events.height, ids(events), to=context.all_events())
    alone = context.with_undated.measured(metric.single_source_share).row(0, named=True)
    single = _some(alone["evidence"], context.events_list("set", "single_source"))
    yield say("summary.single", n=len(alone["evidence"]), events=every, single=single)
    coded = coded_events(context.with_undated)
    if coded.height:
        own = context.with_undated.measured(metric.self_reported_share).row(0, named=True)
        reported = _some(own["evidence"], context.events_list("set", "self_reported"))
        yield say("summary.self_reported", n=coded.height, reported=reported)


def _some(evidence: Iterable[str], to: str) -> Value:
    """Show how many rows there are as a link to their list; none in words."""
    found = tuple(evidence)
    return Value(cldr.number(len(found)), found, to=to) if found else Value(words("summary.none"), absent=True)


def _disagreements(context: ProfileContext) -> Spans:
    found = contradictions(context)
    if found.is_empty():
        return ()
    number = counted("summary.found", found.height, ids(found, "evidence"), to="#disagreements")
    return say("summary.disagreements", found=number)

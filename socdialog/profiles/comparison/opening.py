"""What the comparison begins with: where the key figures are published, and where conventions are in force."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.codebook import cldr, wording
from socdialog.display.messages import say, words
from socdialog.display.parts import Part, Spans, Value, lead
from socdialog.metrics import standards as metric
from socdialog.profiles.comparison.conventions import counted_groups
from socdialog.profiles.comparison.countries import named
from socdialog.profiles.comparison.latest_values import Latest, indicators, latest
from socdialog.profiles.context import ProfileContext


def parts(context: ProfileContext) -> Iterator[Part]:
    """Say in two or three sentences what the countries have in common, and where there are no data."""
    shown: dict[str, frozenset[str]] = {}
    for section in ("actors", "dialogue"):
        for indicator in indicators(context, section)[:1]:
            label = context.called("indicators", indicator, "label")
            there = (one for one in context.countries if isinstance(latest(context, one, indicator), Latest))
            shown[label] = frozenset(there)
    said: list[Spans] = []
    for countries in dict.fromkeys(shown.values()):
        labels = [label for label, of in shown.items() if of == countries]
        joined = cldr.joined([labels[0], *(label[:1].lower() + label[1:] for label in labels[1:])])
        if countries:
            of = named(context, countries)
            said.append(say("comparison.published_where", n=len(labels), labels=joined, countries=of))
        else:
            said.append(say("comparison.published_nowhere", n=len(labels), labels=joined))
    if any(shown.values()):
        said += [say("comparison.no_ranking"), say("comparison.alphabetical")]
    said += _conventions(context)
    if said:
        yield lead(*(span for place, spans in enumerate(said) for span in ((" ", *spans) if place else spans)))


def _conventions(context: ProfileContext) -> list[Spans]:
    """Say in which countries every convention of the first group is in force."""
    group = counted_groups()[0]
    rows = {
        country: context.measured(metric.conventions_in_force, country=country, group=group, as_of=context.as_of)
        for country in context.countries
    }
    known = {country: row.row(0, named=True) for country, row in rows.items() if row["value"][0] is not None}
    if not known:
        return []
    n = next(iter(known.values()))["n"]
    every = [country for country, row in known.items() if row["value"] == n]
    label = wording.label("convention_groups", group).lower()
    others = len(context.countries) - len(every)
    said: list[Spans] = []
    if every:
        conventions = Value(words("comparison.all_conventions", n=n, group=label), to="#standards")
        said.append(say("comparison.all_in_force", n=n, conventions=conventions, countries=named(context, every)))
    if others:
        key = "comparison.others_not" if every else "comparison.none_has_all"
        said.append(say(key, n=others, group=label))
    return said

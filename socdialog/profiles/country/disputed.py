"""Which values of a page are disputed, and where the page shows the disagreement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.disagreement_questions import amounts, question
from socdialog.display.parts import Sentence, Value, sentence
from socdialog.display.prose import in_sentence
from socdialog.folding import fold
from socdialog.intake.disagreements.rules import rules
from socdialog.intake.disagreements.statements import scope_key
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.listing import Row, rank

#: How many disagreements a page shows: the first open, the others folded.
OPEN, FOLDED = 5, 50
#: The statuses of values that contradict each other; of others, values cannot be compared or a series was revised.
_CONTRADICTS = ("open", "settled")
#: Kinds of disagreement that are not about a value.
_NO_VALUE = ("tables", "name")
#: What a disagreement is about, in the order in which a page shows them.
NATIONAL_FIGURE, NATIONAL, OTHER = range(3)
#: The indicator of a figure that only its scope names.
_OTHER = "other"
#: The longest line next to a figure, in words, without its heading.
_LONGEST = 28


def disagreement_key(row: Row) -> str:
    """Return the id of a disagreement on the page, for links to it."""
    return f"disagreement-{row['disagreement_id']}"


def contradictions(context: ProfileContext) -> pl.DataFrame:
    """Return the values that contradict each other, in the order of a page.

    National figures are first, then what else concerns the country as a whole; disagreements between sources are
    before figures that do not add up. The column ``level`` says which of these it is.
    """
    found = with_status(context, *_CONTRADICTS)
    levels = [_level(context, row) for row in found.iter_rows(named=True)]
    return found.with_columns(pl.Series("level", levels, dtype=pl.Int64)).sort(
        "level", rank("kind", codebook.vocabulary("disagreement_kinds")), "disagreement_id"
    )


def listed(context: ProfileContext) -> pl.DataFrame:
    """Return the disagreements that have an entry on the page; of very many the first."""
    return contradictions(context).head(OPEN + FOLDED)


def with_status(context: ProfileContext, *statuses: str) -> pl.DataFrame:
    """Return the disagreements of these statuses, with the rows that they are based on as evidence."""
    found = context.with_undated["disagreements"]
    return found.filter(pl.col("status").is_in(statuses)).rename({"row_ids": "evidence"})


def disputed(context: ProfileContext) -> Mapping[str, str]:
    """Return the id of the entry on the page that shows a disagreement about a row, by the id of the row.

    Of a report only its dates are disputed. A figure of another indicator than the disputed one is what it was
    checked against, and is not disputed itself; where tables do not match, no value is.
    """
    entries: dict[str, str] = {}
    of_what = _indicators(context)
    for row in listed(context).filter(~pl.col("kind").is_in(_NO_VALUE)).iter_rows(named=True):
        for row_id in row["evidence"]:
            only_checked = row["indicator"] is not None and of_what.get(row_id, row["indicator"]) != row["indicator"]
            if not only_checked and (row["kind"] == "date" or not row_id.startswith("reports:")):
                entries.setdefault(row_id, disagreement_key(row))
    return entries


def sources_differ(context: ProfileContext, row_ids: Iterable[str]) -> Iterator[Sentence]:
    """Say where sources contradict each other about some rows, each disagreement in a line next to its figure."""
    wanted = frozenset(row_ids)
    for row in listed(context).iter_rows(named=True):
        if row["kind"] == "between_sources" and wanted.intersection(row["evidence"]):
            yield _line(context, row)


def asked(context: ProfileContext, row: Row) -> str:
    """Return what a disagreement is about, as a question that names the event, organisation or convention."""
    figures = context.tables["figures"].filter(pl.col("row_id").is_in(row["evidence"])).sort("row_id")
    return question(
        row, what=_what(context, row, figures), subject=_subject(context, row, figures), period=_period(figures)
    )


def _line(context: ProfileContext, row: Row) -> Sentence:
    to = Value(asked(context, row), to=f"#{disagreement_key(row)}")
    said = amounts(row)
    if not said or len(f"{to.text} {said}".split()) > _LONGEST:
        return sentence(to, kind="differ")
    said = said[:1].upper() + said[1:]
    return sentence(to, " ", Value(said, tuple(row["evidence"])), ".", kind="differ")


def _what(context: ProfileContext, row: Row, figures: pl.DataFrame) -> str:
    """Name what is disputed: an official series by its label, a figure in words, another quantity by its scope."""
    scopes = figures.get_column("scope").drop_nulls()
    if row["indicator"] == _OTHER and len(scopes):
        return str(scopes[0]).replace(": ", ", ")
    series = context["indicators"].filter(pl.col("indicator") == (row["indicator"] or "")).get_column("label")
    return in_sentence(str(series[0])) if len(series) else wording.figure_words(row["indicator"] or "")


def _subject(context: ProfileContext, row: Row, figures: pl.DataFrame) -> str:
    """Name the event, organisation or convention that a disagreement is about; empty where it is the country."""
    if row["level"] == NATIONAL_FIGURE and figures.get_column("organisation").null_count() == figures.height:
        return ""
    if row["event_id"] is not None:
        return context.called("events", row["event_id"], "label")
    conventions = context["conventions"].filter(pl.col("convention") == (row["indicator"] or "")).get_column("title")
    named = [*conventions, *figures.get_column("organisation").drop_nulls()]
    return str(named[0]) if named else ""


def _period(figures: pl.DataFrame) -> str:
    """Write the period that all figures are for; empty where none is stated, or several are."""
    stated = figures.select("period_start", "period_end").unique()
    return wording.figure_period(*stated.row(0)) if stated.height == 1 else ""


def _indicators(context: ProfileContext) -> dict[str, str]:
    """Return the indicator of each row that has one."""
    frames = (context.tables[name].select("row_id", "indicator") for name in ("figures", "country_years"))
    return dict(pl.concat(frames).iter_rows())


def _level(context: ProfileContext, row: Row) -> int:
    """Return whether a disagreement is about a national figure, the country as a whole, or an event or organisation."""
    national = {row_id.partition(":")[0] for row_id in row["evidence"] if _is_national(context, row_id)}
    if any("value" in codebook.tables()[name].states for name in national):
        return NATIONAL_FIGURE
    return NATIONAL if national else OTHER


def _is_national(context: ProfileContext, row_id: str) -> bool:
    """Return whether a row is about the country as a whole, or about the members of a national confederation."""
    name = row_id.partition(":")[0]
    if name not in {"figures", "memberships"}:
        return codebook.tables()[name].basis in {"official", "law"} or name == "countries"
    own = context.tables[name].filter(pl.col("row_id") == row_id).row(0, named=True)
    if name == "figures" and own["organisation"] is None:
        return is_country_wide(context, own)
    of_members = name == "memberships" or own["indicator"] in rules().populations
    level = own["org_id"] and context.called("organisations", own["org_id"], "level")
    return of_members and level in codebook.section_codes()["peaks"]


def is_country_wide(context: ProfileContext, figure: Row) -> bool:
    """Return whether a figure without an organisation is about its country as a whole, and not about its event."""
    if figure["indicator"] in rules().fixed:
        return True
    scope, country = figure["scope"] or "", fold(context.name(figure["country"])) if figure["country"] else ""
    names = {country, *rules().country_wide}.intersection(map(fold, re.split("[,;:]", scope))) - {""}
    return bool(names) and scope_key(scope, country=country, rules=rules()) == ()

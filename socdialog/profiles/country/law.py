"""Legal framework: of each aspect the latest provision that may be in force; earlier ones and drafts are folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr
from socdialog.codebook.attributes import attributes, codes_with
from socdialog.display.addresses import sources_page
from socdialog.display.messages import say, words
from socdialog.display.parts import Folded, Heading, Part, Sentence, Span, Value, lead, sentence, small_print
from socdialog.display.prose import listing
from socdialog.folding import folded
from socdialog.profiles.context import ProfileContext, warning
from socdialog.profiles.country.law_citations import articles_by_law, cited_in, in_sentence
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import NOT_STATED, Columns, Row, coded, day, ids, linked, listed, rank, text

_ASPECTS, _STATUSES = "legal_aspects", "law_statuses"
#: The groups of aspects that the lead sentence is about, and how many laws it names.
_LED, _NAMED = ("organising", "bargaining"), 2


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the latest provision of each aspect in three groups, and the rest folded."""
    found = _latest_first(context.rows_for("legal_framework"))
    if found.height:
        current = found.filter(_current("status"))
        latest = current.unique("aspect", keep="first", maintain_order=True)
        yield _lead(current, latest)
        for group in dict.fromkeys(_groups().values()):
            yield from _group(context, group, latest, found)
        yield warning("legal_as_of")
        yield _every(context, found, others=found.height - latest.height)
        yield from _without_data(found)
    else:
        yield context.no_data(words("law.subject"))
    yield from _laws(context)


def _groups() -> dict[str, str]:
    """Return the group of each aspect, in the reviewed order."""
    return {aspect: str(group) for aspect, group in attributes(_ASPECTS, "group").items()}


def _current(column: str) -> pl.Expr:
    """Whether a row is law, as far as the data say: neither a draft nor repealed."""
    return ~pl.col(column).is_in(_not_current()).fill_null(value=False)


def _not_current() -> list[str]:
    """Return the statuses of what is not law, or not known to be."""
    return codes_with(_STATUSES, "current", value=False)


def _latest_first(found: pl.DataFrame) -> pl.DataFrame:
    """Return provisions by aspect: current law first, and of it what was verified for the latest date."""
    return found.sort(
        rank("aspect", _groups()),
        ~_current("status"),
        *("as_of_last", "in_force_from_last", "law", "article", "provision", "row_id"),
        descending=[False, False, True, True, False, False, False, False],
        nulls_last=True,
    )


def _lead(found: pl.DataFrame, latest: pl.DataFrame) -> Sentence:
    """Name the laws that provisions on organising and bargaining are cited from, and the years of the law shown."""
    if found.height == 0:
        return lead(*say("law.lead_none"))
    led = found.filter(pl.col("aspect").is_in([aspect for aspect, group in _groups().items() if group in _LED]))
    cited = (
        led.with_columns(pl.col("law").str.split("; "))
        .explode("law")
        .drop_nulls("law")
        .group_by("law")
        .agg(
            pl.col("aspect").n_unique().alias("aspects"),
            pl.len().alias("provisions"),
            pl.col("as_of_last").max(),
            pl.col("row_id").sort(),
        )
        .sort("aspects", "provisions", "as_of_last", "law", descending=[True, True, True, False], nulls_last=True)
        .head(_NAMED)
        .sort(folded("law"), "law")
    )
    if cited.height == 0:
        every = str(len(_groups()))
        return lead(*say("law.lead_aspects", n=latest.height, all=Value(every, ids(latest))))
    articles = articles_by_law(led.select("law", "article").iter_rows())
    laws = listing(
        [
            Value(in_sentence(law, articles.get(law, ())), tuple(evidence))
            for law, evidence in cited.select("law", "row_id").iter_rows()
        ]
    )
    first, last = latest.select(pl.col("as_of_last").min(), pl.col("as_of_last").max().alias("last")).row(0)
    if first is None:
        return lead(*say("law.lead", laws=laws))
    years = cldr.date_range(str(first.year), str(last.year))
    return lead(*say("law.lead_dated", laws=laws, years=years))


def _group(context: ProfileContext, group: str, latest: pl.DataFrame, found: pl.DataFrame) -> Iterator[Part]:
    """List the current provisions of a group, and name its aspects that only earlier law or drafts are found on."""
    key = group.replace("_", "-")
    yield Heading(key, words(f"law.{group}"))
    of_group = pl.col("aspect").is_in([aspect for aspect, own in _groups().items() if own == group])
    shown, every = latest.filter(of_group), found.filter(of_group)
    if shown.height:
        caption = words(f"law.{group}_caption", country=context.in_prose)
        yield listed(f"{key}-provisions", caption, shown, _columns())
    elif every.height == 0:
        yield context.no_data(words(f"law.{group}_none"))
    rest = every.filter(~pl.col("aspect").is_in(shown["aspect"].implode()))
    if rest.height:
        aspects = _subjects(dict.fromkeys(rest.get_column("aspect")))
        of_status = ((status, rest.filter(pl.col("status") == status)) for status in _not_current())
        others = listing(
            [Value(words(f"law.only_{status}", n=rows.height), ids(rows)) for status, rows in of_status if rows.height]
        )
        yield small_print(*say("law.not_current", aspects=aspects, others=others))


def _subjects(aspects: Iterable[str]) -> str:
    """Name aspects within a sentence."""
    named = attributes(_ASPECTS, "subject")
    return cldr.joined(str(named[aspect]) for aspect in aspects)


def _columns() -> Columns:
    return {
        words("law.aspect"): coded("aspect", _ASPECTS),
        words("law.provision"): text("provision"),
        words("law.law"): _law,
        words("law.as_of"): day("as_of", Value(words("law.undated"), absent=True)),
    }


def _law(row: Row) -> Span:
    """Name the law with its articles."""
    return linked(cited_in(row["law"], row["article"]), row, NOT_STATED)


def _status(column: str, found: pl.DataFrame) -> Columns:
    """Show which provisions are drafts or no longer in force, where the data say so of any."""
    return {words("law.status"): coded(column, _STATUSES, NOT_STATED)} if found[column].count() else {}


def _every(context: ProfileContext, found: pl.DataFrame, *, others: int) -> Folded:
    """List every provision of each aspect, current law first, and since when each is in force."""
    return folded_list(
        "provisions",
        words("law.every", n=others),
        words("law.every_caption", country=context.in_prose),
        found,
        {**_columns(), words("law.in_force_from"): day("in_force_from", NOT_STATED), **_status("status", found)},
        elsewhere=sources_page(context.countries[0]),
    )


def _without_data(found: pl.DataFrame) -> Iterator[Folded]:
    known = set(found.get_column("aspect"))
    absent = [aspect for aspect in _groups() if aspect not in known]
    if absent:
        summary = words("law.absent", n=len(absent), all=str(len(_groups())))
        yield Folded("aspects-without-data", summary, (sentence(*say("law.absent_list", aspects=_subjects(absent))),))


def _laws(context: ProfileContext) -> Iterator[Folded]:
    """List the laws on social dialogue that sources name as a whole."""
    institutions = context.rows_for("institutions")
    laws = institutions.filter(pl.col("kind").is_in(codebook.section_codes()["laws"]))
    if laws.height:
        yield folded_list(
            "laws",
            words("law.laws", n=laws.height),
            words("law.laws_caption", country=context.in_prose),
            laws.sort(
                *(~_current("law_status"), "date_last", folded("name"), "row_id"),
                descending=[False, True, False, False],
                nulls_last=True,
            ),
            {
                words("law.law_name"): text("name"),
                words("law.adopted"): day("date", NOT_STATED),
                **_status("law_status", laws),
            },
            elsewhere=sources_page(context.countries[0]),
        )

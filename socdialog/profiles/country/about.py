"""About the page: its sources, how it is cited, what can be downloaded, and how it was built."""

from __future__ import annotations

import platform
from collections.abc import Iterator

import polars as pl

import socdialog
from socdialog.codebook import cldr, wording
from socdialog.display.addresses import profile_page, sources_page
from socdialog.display.citation import Citation
from socdialog.display.messages import counted, say, words
from socdialog.display.parts import Folded, Heading, Part, Sentence, Table, Value, lead, sentence, table
from socdialog.metrics import activity as metric
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.listing import ids, listed
from socdialog.schemas import SCHEMA_VERSION

#: Packages whose version can change a page.
_PACKAGES = ("altair", "jinja2", "papermill", "polars", "vl-convert-python")
#: Types of publisher that are listed; the vocabulary has few more.
_TYPES = 10
#: Digits of the fingerprint that a citation names.
_SHORT = 12


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the sources of the page, its citation, the downloads, and how it was built."""
    yield Heading("sources", words("about.sources"))
    yield from _sources(context.with_undated)
    yield from _made(context, words("about.profile_title", country=context.about))


def of_comparison(context: ProfileContext) -> Iterator[Part]:
    """Show how the comparison is cited, what can be downloaded, and how it was built."""
    yield from _made(context, words("about.comparison_title", country=context.about))


def _sources(context: ProfileContext) -> Iterator[Part]:
    """Say how many sources there are, in English and of the largest publisher, and list them by type."""
    country, sources = context.countries[0], context["sources"]
    if sources.height == 0:
        yield lead(*say("about.no_sources"))
        return
    yield _lead(context, sources)
    found = context.measured(metric.source_mix, field="kind")
    if found.height:
        known = int(found.get_column("known")[0])
        note = words("about.by_type_note", n=sources.height, known=cldr.number(known))
        yield listed(
            "sources-by-type",
            words("about.by_type", country=context.in_prose),
            found.head(_TYPES),
            {
                words("about.type"): lambda row: wording.label("source_kinds", row["kind"]),
                words("about.n_sources"): lambda row: Value(
                    cldr.number(row["value"]), to=f"{sources_page(country)}#mix"
                ),
            },
            note=note if known < sources.height else "",
        )
    link = Value(words("about.all_sources"), to=sources_page(country))
    yield sentence(*say("about.all_sources_of", link=link))


def _lead(context: ProfileContext, sources: pl.DataFrame) -> Sentence:
    """Say how many sources there are, how many in English, and how much the largest publisher supplies."""
    publishers = context.measured(metric.publishers)
    largest = publishers.row(0, named=True)
    english = sources.filter(pl.col("language") == cldr.LANGUAGE.partition("_")[0])
    shown = counted("about.source", sources.height, ids(sources), to=sources_page(context.countries[0]))
    if publishers.height == 1:
        return lead(*say("about.lead_one", sources=shown, publisher=largest["publisher"]))
    several = publishers.filter(pl.col("value") == largest["value"]).height > 1
    return lead(
        *say(
            "about.lead_equal" if several else "about.lead",
            sources=shown,
            english=cldr.number(english.height) if english.height else words("about.none"),
            publisher=largest["publisher"],
            reports=cldr.number(largest["value"]),
            every=words("about.report", n=largest["n"]),
        )
    )


def _made(context: ProfileContext, title: str) -> Iterator[Part]:
    """Show how a page is cited, what can be downloaded, and how it was built."""
    yield Heading("cite", words("about.cite"))
    cited = _citation(context, title)
    yield sentence(cited.apa())
    yield Folded("bibtex", words("about.bibtex"), (sentence(cited.bibtex()),))
    yield Heading("download", words("about.download"))
    link = Value(words("about.data_page"), to="data.html")
    yield sentence(*say("about.download_of", link=link, licence=context.notes.data_licence.rstrip(".")))
    yield Heading("built", words("about.built"))
    edition = cldr.date(context.edition)
    yield sentence(*say("about.built_by", version=socdialog.__version__, edition=edition))
    yield Folded("parameters", words("about.parameters"), (_parameters(context),))


def _parameters(context: ProfileContext) -> Table:
    from importlib.metadata import version

    software = words("about.software", version=socdialog.__version__, schema=str(SCHEMA_VERSION))
    rows = [
        (words("about.countries"), ", ".join(context.countries)),
        (words("about.years"), context.years.strip() or words("about.all_years")),
        (words("about.edition_name"), cldr.date(context.edition)),
        (words("about.data"), context.fingerprint),
        ("socdialog", software),
        ("Python", ".".join(platform.python_version_tuple()[:2])),
        *((name, version(name)) for name in _PACKAGES),
        (words("about.people"), words(f"about.people_{'shown' if context.with_people else 'hidden'}")),
    ]
    return table("making", words("about.parameters_caption"), [words("about.parameter"), words("about.value")], rows)


def _citation(context: ProfileContext, title: str) -> Citation:
    notes = context.notes
    country = context.countries[0] if len(context.countries) == 1 else None
    address = f"{notes.site_address.rstrip('/')}/{profile_page(country)}" if notes.site_address else ""
    return Citation(
        title,
        notes.title,
        notes.publisher,
        context.edition[:4],
        words("about.edition", edition=cldr.date(context.edition)),
        words("about.fingerprint", fingerprint=context.fingerprint[:_SHORT]),
        address,
    )

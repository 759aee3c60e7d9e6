"""What the supervisory bodies of the ILO say: the latest comments, and all of them by convention."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.addresses import sources_page
from socdialog.display.convention_names import in_sentence, number, short_name
from socdialog.display.messages import say, words
from socdialog.display.parts import Heading, Part, Sentence, Value, lead
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import DASH, Cell, Columns, Row, linked, listed, own, rank, text

#: How many comments are shown openly.
_LATEST = 5


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the latest comments, cases and missions, and folded all of them by convention and year."""
    yield Heading("supervision", words("standards.supervision"))
    found = context.rows_for("supervision").with_columns(rank("body", codebook.vocabulary("supervisory_bodies")))
    if found.height == 0:
        yield context.no_data(words("standards.comments"))
        return
    latest = found.sort("year", "body", "convention", "row_id", descending=[True, False, False, False], nulls_last=True)
    country = context.in_prose
    note = words("standards.supervision_note")
    yield _lead(latest.row(0, named=True))
    caption = words("standards.latest_caption", country=country)
    yield listed("supervision-latest", caption, latest.head(_LATEST), _columns(context, titled=False), note=note)
    if found.height > _LATEST:
        yield folded_list(
            "supervision-all",
            words("standards.every", n=found.height),
            words("standards.every_caption", country=country),
            latest.sort("convention", "year", descending=[False, True], nulls_last=True, maintain_order=True),
            _columns(context, titled=True),
            elsewhere=sources_page(context.countries[0]),
        )


def _lead(row: Row) -> Sentence:
    """Say what the latest comment is about."""
    summary, year = Value(row["summary"].removesuffix("."), own(row)), str(row["year"])
    if row["convention"] is None:
        return lead(*say("standards.lead_other", year=year, body=_body(row), summary=summary))
    return lead(
        *say("standards.lead_convention", year=year, convention=in_sentence(row["convention"]), summary=summary)
    )


def _columns(context: ProfileContext, *, titled: bool) -> Columns:
    """Return what is shown of a comment; conventions with their titles where there is room for them."""
    titles = dict(context["conventions"].select("convention", "title").iter_rows())

    def convention(row: Row) -> Cell:
        code = row["convention"]
        if code is None:
            return DASH
        return short_name(code, titles.get(code, "")) if titled else number(code)

    return {
        words("standards.convention"): convention,
        words("standards.year"): lambda row: linked(str(row["year"]), row),
        words("standards.body"): _body,
        words("standards.summary"): text("summary"),
    }


def _body(row: Row) -> str:
    body = wording.label("supervisory_bodies", row["body"])
    return words("standards.case", body=body, case=row["case"]) if row["case"] else body

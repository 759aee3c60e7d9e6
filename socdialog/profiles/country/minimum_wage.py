"""The minimum wage: the latest amount in force on the day of the edition, its changes, and all amounts found."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import cldr, wording
from socdialog.display.addresses import sources_page
from socdialog.display.messages import say, words
from socdialog.display.parts import Figure, Folded, Heading, Part, Sentence, Value, lead
from socdialog.display.prose import listing
from socdialog.metrics import minimum_wages as metric
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.disputed import disputed, sources_differ
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import NOT_STATED, Cell, Columns, Row, ids, linked, listed, own, text

_KEY = "minimum-wage"
#: The fewest changes that make a line.
_LINE = 2


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the minimum wage in force, the chart of its changes, and folded all amounts found."""
    yield Heading(_KEY, words("wages.minimum_wage"))
    found = context.rows_for("minimum_wages")
    if found.height == 0:
        yield context.no_data(words("wages.subject"))
        return
    current = metric.in_force_on(found, country=context.countries[0], as_of=context.as_of)
    yield _lead(current) if current.height else lead(Value(words("wages.none_dated"), absent=True))
    steps = _steps(context, found, current)
    yield from sources_differ(context, ids(steps, "evidence"))
    drawn = steps.height >= _LINE
    if drawn:
        yield _figure(context, steps, current)
    if not drawn or set(ids(found)) > set(ids(steps, "evidence")):
        yield _rates(context, found)


def _lead(current: pl.DataFrame) -> Sentence:
    """Say the latest amount, since when it is the same, and whether it is gross or net."""
    amounts = listing([Value(amount(row), own(row)) for row in current.iter_rows(named=True)])
    since = min(current.get_column("since"))
    return lead(*say("wages.lead", amounts=amounts, date=cldr.date(since)))


def amount(row: Row) -> str:
    """Write an amount with its period of pay, and whether it is gross or net where the source says so."""
    written = wording.quantity(row["value"], _unit(row["per"]), currency=row["currency"])
    return words("wages.amount_counted", amount=written, counted=row["counted"]) if row.get("counted") else written


def _unit(per: str) -> str:
    """Return the unit of pay for a period: of the codebook, where amounts are written with it."""
    return f"currency_per_{per}"


def _steps(context: ProfileContext, found: pl.DataFrame, current: pl.DataFrame) -> pl.DataFrame:
    """Return the changes up to the edition of the amounts in force: in their currency and period, gross or net."""
    steps = metric.general_steps(found).filter(pl.col("from_first") <= context.as_of)
    return steps.join(current, on=["currency", "per", "counted"], how="semi")


def _figure(context: ProfileContext, steps: pl.DataFrame, current: pl.DataFrame) -> Figure:
    """Draw the changes, gross and net as lines of their own."""
    from socdialog.display.step_chart import steps as step_chart

    latest = current.row(0, named=True)
    ordered = steps.sort("from_first", "value", "counted")
    first = ordered.filter(pl.col("counted") == latest["counted"]).row(0, named=True)
    chart = step_chart(
        steps.select(pl.col("from_first").alias("start"), "value", pl.col("counted").alias("line")),
        title=words("wages.title", country=context.in_prose, amount=amount(latest), date=cldr.date(latest["since"])),
        subtitle=words(
            "wages.subtitle",
            unit=words(
                "wages.unit", currency=latest["currency"], per=wording.label("wage_periods", latest["per"]).lower()
            ),
            first=ordered["from"][0][:4],
            last=ordered["from"][-1][:4],
        ),
    )
    caption = say(
        "wages.caption",
        country=context.in_prose,
        first=Value(amount(first), own(first)),
        first_date=cldr.date(first["from"]),
        last=Value(amount(latest), own(latest)),
        last_date=cldr.date(latest["since"]),
    )
    table = listed(
        "minimum-wage-steps",
        words("wages.steps_caption", country=context.in_prose),
        ordered.reverse(),
        _columns(context),
        note=words("wages.note"),
    )
    return Figure(_KEY, chart.to_dict(validate=False), caption, table)


def _rates(context: ProfileContext, found: pl.DataFrame) -> Folded:
    ordered = found.sort(
        "from_first", "value", "scope", "row_id", descending=[True, True, False, False], nulls_last=True
    )
    return folded_list(
        "minimum-wages",
        words("wages.rates", n=found.height),
        words("wages.rates_caption", country=context.in_prose),
        ordered,
        _columns(context),
        elsewhere=sources_page(context.countries[0]),
        note=words("wages.note"),
    )


def _columns(context: ProfileContext) -> Columns:
    entries = disputed(context)

    def shown(row: Row) -> Cell:
        marked = next((entries[row_id] for row_id in own(row) if row_id in entries), "")
        return Value(amount({**row, "counted": ""}), own(row), disputed=marked)

    def begin(row: Row) -> Cell:
        if row["from"] is None:
            return NOT_STATED
        later = row["from_first"] > context.as_of
        day = cldr.date(row["from"])
        return linked(words("wages.later", date=day) if later else day, row)

    return {words("wages.from"): begin, words("wages.amount_head"): shown, words("wages.scope"): text("scope")}

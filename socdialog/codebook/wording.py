"""Write codes, quantities and periods in words, by the labels of the codebook; `cldr` writes numbers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from socdialog import codebook
from socdialog.codebook import cldr
from socdialog.codebook.reviewed_files import reviewed

#: Parts of codes that are acronyms.
_ACRONYMS = frozenset({"ilo", "osh"})
_PERCENT = "%"
#: Families of units of what is counted one by one.
_COUNTS = frozenset({"persons", "count"})


def label(vocabulary: str, code: str | None) -> str:
    """Return the label of a code; an empty text for none."""
    if code is None:
        return ""
    term = codebook.known_terms(vocabulary).get(code)
    return code if term is None else term.label


def figure_words(code: str) -> str:
    """Return what a reported figure counts, without its unit, which is written with the value.

    Its code has a reviewed label, or else is read as words.

    Examples
    --------
    >>> figure_words("participants_countries"), figure_words("ilo_projects"), figure_words("bus_drivers_pct")
    ('countries taking part', 'ILO projects', 'bus drivers')
    """
    label = figure_labels().get(code)
    if label is not None:
        return label
    plain = code.removesuffix("_pct").removesuffix("_years")
    return " ".join(word.upper() if word in _ACRONYMS else word for word in plain.split("_"))


@cache
def figure_labels() -> Mapping[str, str]:
    """Return the reviewed labels of reported figures, by the code of their indicator."""
    return reviewed("names", "figures.yaml")


def quantity(
    value: float,
    unit: str | None,
    *,
    high: float | None = None,
    qualifier: str | None = None,
    currency: str | None = None,
) -> str:
    """Return a value with its unit and the qualifier of its source.

    Parameters
    ----------
    value, high
        The value, or the two ends of a range.
    unit, qualifier, currency
        Codes of the codebook.

    Examples
    --------
    >>> quantity(500, "persons", qualifier="more_than"), quantity(46.9, "percent"), quantity(3, "days", high=5)
    ('more than 500', '46.9%', '3–5 days')
    >>> quantity(85000, "currency_per_month", currency="KZT"), quantity(1991, "year")
    ('KZT 85,000 a month', '1991')
    """
    phrase = ""
    term = None if unit is None else codebook.known_terms("units").get(unit)
    if qualifier is not None and high is None and qualifier in codebook.vocabulary("qualifiers"):
        said = codebook.vocabulary("qualifiers")[qualifier].more
        counts = term is not None and term.more.get("family") in _COUNTS
        phrase = str((said.get("of_counts") if counts else None) or said.get("phrase", ""))
    short = (unit or "").replace("_", " ") if term is None else str(term.more.get("short", ""))
    if term is not None and high is None and cldr.plural_category(value) == "one":
        short = str(term.more.get("one", short))
    if short == _PERCENT:
        amount, short = cldr.percent(value, high), ""
    elif term is not None and term.more.get("family") == "year":
        amount = f"{value:g}" if high is None else cldr.date_range(f"{value:g}", f"{high:g}")
    else:
        amount = cldr.number(value) if high is None else cldr.number_range(value, high)
    return " ".join(part for part in (phrase, currency, amount, short) if part)


def period(start: str | None, end: str | None) -> str:
    """Return a period in words; an empty text for none.

    Examples
    --------
    >>> period("2024-05-01", "2024-05-03"), period(None, "2024"), period("2024", None)
    ('1–3 May 2024', 'until 2024', '2024')
    """
    if start is None:
        return "" if end is None else f"until {cldr.date(end)}"
    return cldr.date_range(start, start if end is None else end)


def figure_period(start: str | None, end: str | None) -> str:
    """Return the period of a figure; a moment has both ends, and a start without an end is an open period.

    Examples
    --------
    >>> figure_period("2024-01-01", None), figure_period("2024-01-01", "2024-01-01"), figure_period(None, "2024")
    ('since 1 January 2024', '1 January 2024', 'until 2024')
    """
    return f"since {cldr.date(start)}" if start is not None and end is None else period(start, end)

"""How values read in words: one place for numbers, units, qualifiers and dates, used by evidence and pages alike."""

from __future__ import annotations

from collections.abc import Iterable

from socdialog import codebook, dates

#: Parts of codes that are acronyms.
_ACRONYMS = frozenset({"ilo", "osh"})
#: Narrow no-break space between thousands: read alike in every language of the region.
_THOUSANDS = " "


def number(value: float, *, decimals: int | None = None) -> str:
    """Write a number as readers see it: ``1 353 558``, ``12.5``.

    Parameters
    ----------
    value
        The number.
    decimals
        Digits after the point; None keeps what the value has.

    Examples
    --------
    >>> number(12.50), number(1.0)
    ('12.5', '1')
    """
    text = f"{value:,.10f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.removeprefix("-")
    return text.replace(",", _THOUSANDS).replace("-", "−")


def label(vocabulary: str, code: str | None) -> str:
    """Return the label of a code; an empty text for none."""
    if code is None:
        return ""
    term = codebook.known_terms(vocabulary).get(code)
    return code if term is None else term.label


def listing(words: Iterable[str]) -> str:
    """Join words as a sentence does, each once: ``a``, ``a and b``, ``a, b and c``.

    Examples
    --------
    >>> listing(["a", "b", "a", "c"])
    'a, b and c'
    """
    return joined(dict.fromkeys(words))


def joined(words: Iterable[str]) -> str:
    """Join words as a sentence does, as often as each stands there; an empty text for none."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def figure_words(code: str) -> str:
    """Write the code of a reported figure as words, without the unit, which stands with the value.

    Examples
    --------
    >>> figure_words("labour_conflicts_resolved_pct"), figure_words("ilo_conventions")
    ('labour conflicts resolved', 'ILO conventions')
    """
    plain = code.removesuffix("_pct").removesuffix("_years")
    return " ".join(word.upper() if word in _ACRONYMS else word for word in plain.split("_"))


def quantity(
    value: float,
    unit: str | None,
    *,
    high: float | None = None,
    qualifier: str | None = None,
    currency: str | None = None,
) -> str:
    """Write a value with its unit and how the source qualifies it: ``more than 500 persons``.

    Parameters
    ----------
    value, high
        The value, or the two ends of a range.
    unit, qualifier, currency
        Codes of the codebook.
    """
    amount = number(value) if high is None else f"{number(value)} to {number(high)}"
    phrase = ""
    if qualifier is not None and high is None and qualifier in codebook.vocabulary("qualifiers"):
        phrase = str(codebook.vocabulary("qualifiers")[qualifier].more.get("phrase", ""))
    term = None if unit is None else codebook.known_terms("units").get(unit)
    short = (unit or "").replace("_", " ") if term is None else str(term.more.get("short", ""))
    if term is not None and value == 1 and high is None:
        short = str(term.more.get("one", short))
    if term is not None and term.more.get("family") == "year":
        amount = amount.replace(_THOUSANDS, "")
    tail = " ".join(part for part in (currency, short) if part)
    return f"{phrase} {amount} {tail}".strip()


def period(start: str | None, end: str | None) -> str:
    """Write a period, what both ends have alike once; an empty text for none.

    Examples
    --------
    >>> period("2024-05-01", "2024-05-03"), period("2024-04-28", "2024-05-03"), period("2023-12", "2024-01")
    ('1 to 3 May 2024', '28 April to 3 May 2024', 'December 2023 to January 2024')
    """
    if start is None and end is None:
        return ""
    if start is None:
        return f"until {dates.written(str(end))}"
    if end is None or end == start:
        return dates.written(start)
    first, last = dates.written(start).split(" "), dates.written(end).split(" ")
    alike = 0
    # Of two precisions nothing is left out: May to 3 May 2024 could mean the first of May.
    while len(first) == len(last) and first[len(first) - 1 - alike] == last[len(last) - 1 - alike]:
        alike += 1
    return f"{' '.join(first[: len(first) - alike])} to {' '.join(last)}"


def figure_period(start: str | None, end: str | None) -> str:
    """Write the period of a figure: a moment has both ends, and a start without an end is an open period.

    Examples
    --------
    >>> figure_period("2024-01-01", None), figure_period("2024-01-01", "2024-01-01"), figure_period(None, "2024")
    ('since 1 January 2024', '1 January 2024', 'until 2024')
    """
    return f"since {dates.written(start)}" if start is not None and end is None else period(start, end)

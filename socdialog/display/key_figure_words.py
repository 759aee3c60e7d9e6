"""Key figures of a country in words: the value, what belongs to it, and which absence it is."""

from __future__ import annotations

from datetime import date

from socdialog import codebook, dates
from socdialog.codebook import cldr, wording
from socdialog.codebook.attributes import attribute, codes_with
from socdialog.display.messages import words
from socdialog.display.official_words import format_official
from socdialog.display.release_words import release
from socdialog.results import KeyFigure

#: From so many years on, a value has its age.
_OLD = 6
#: Parts of what belongs to a value are set apart by this.
_BETWEEN = " · "
#: Which end of a scale is best, by the direction of its indicator.
_ENDS = {"lower_better": "low_best", "higher_better": "high_best"}
#: The key figures with a share, score or count of one year, which may be old.
_OFFICIAL = ("union_density", "bargaining_coverage", "strikes", "labour_rights")


def label(figure: KeyFigure) -> str:
    """Return what a key figure measures."""
    if figure.key == "conventions":
        return words("key_figures.label_conventions", group=wording.label("convention_groups", figure.group))
    return words(f"key_figures.label_{figure.key}")


def is_absent(figure: KeyFigure) -> bool:
    """Whether there is no value."""
    return figure.availability != "published"


def value(figure: KeyFigure) -> str:
    """Return the value in words with its unit, or which absence it is."""
    if is_absent(figure):
        return words(f"key_figures.{figure.availability}")
    match figure.key:
        case "conventions":
            return words("key_figures.in_force", number=_count(figure.value), all=_count(figure.total))
        case "agreement":
            return _period(figure)
        case "minimum_wage":
            return _wage(figure)
        case "members":
            return wording.quantity(figure.value or 0, None, qualifier=figure.qualifier)
        case _:
            return _official(figure)


def detail(figure: KeyFigure, *, as_of: date) -> str:
    """Return year, status and age of a value; of an absence the release that was checked."""
    return _BETWEEN.join(part for part in _details(figure, as_of) if part)


def short(figure: KeyFigure, *, as_of: date) -> tuple[str, str]:
    """Return a key figure for a table of many: the value without its scale, and its year or what is missing."""
    if is_absent(figure):
        return "", ""
    if figure.key in _OFFICIAL:
        text = format_official(figure.value or 0, figure.unit if _is_percent(figure.unit) else None)
        return text, figure.date or ""
    if figure.key == "conventions":
        text = words("standards.of", part=_count(figure.value), whole=_count(figure.total))
        return text, _BETWEEN.join(_not_known(figure))
    return value(figure), detail(figure, as_of=as_of)


def _details(figure: KeyFigure, as_of: date) -> tuple[str, ...]:
    if is_absent(figure):
        return (release(figure.release) if figure.release else "",)
    match figure.key:
        case "conventions":
            return (cldr.date(figure.date or ""), words("key_figures.legal"), *_not_known(figure))
        case "agreement":
            signed = figure.date and words("key_figures.signed", date=cldr.date(figure.date))
            return (signed or words("key_figures.unsigned"), _end(figure, as_of))
        case "minimum_wage":
            since = words("key_figures.since", date=cldr.date(figure.start or ""))
            return (since, words("key_figures.legal"))
        case "members":
            day = cldr.date(figure.date) if figure.date else words("key_figures.undated")
            return (figure.body, day, words("key_figures.claimed"), _age(figure, as_of))
        case _:
            status = words("key_figures.modelled" if figure.modelled else "key_figures.official")
            ranking = words("key_figures.not_ranking") if figure.key == "labour_rights" else ""
            return (figure.date or "", status, _age(figure, as_of), ranking)


def _not_known(figure: KeyFigure) -> tuple[str, ...]:
    """Say of how many nothing is known, and of how many only what was true earlier."""
    counts = {"missing": figure.missing, "outdated": figure.outdated}
    return tuple(words(f"key_figures.{name}", n=n) for name, n in counts.items() if n)


def _count(number: float | None) -> str:
    return cldr.number(number or 0)


def _age(figure: KeyFigure, as_of: date) -> str:
    """Write how old a value is, where it is old."""
    years = as_of.year - dates.bounds(figure.date).last.year if figure.date else 0
    return words("key_figures.age", n=years) if years >= _OLD else ""


def _end(figure: KeyFigure, as_of: date) -> str:
    if figure.end is None:
        return words("key_figures.no_end")
    return "" if dates.bounds(figure.end).last >= as_of else words("key_figures.ended", date=cldr.date(figure.end))


def _period(figure: KeyFigure) -> str:
    """Write the years of an agreement; the name of one without years."""
    first = figure.start
    last = str(dates.bounds(figure.end).last.year) if figure.end else None
    if first and last:
        return cldr.date_range(first, last)
    if last:
        return words("key_figures.until", date=last)
    return words("key_figures.since", date=first) if first else figure.body


def _wage(figure: KeyFigure) -> str:
    unit = next(iter(codes_with("units", "per", figure.unit)), None)
    wage = wording.quantity(figure.value or 0, unit, currency=figure.currency)
    return words("key_figures.wage_counted", wage=wage, counted=figure.counted) if figure.counted else wage


def _official(figure: KeyFigure) -> str:
    number = figure.value or 0
    ends = _ENDS.get(figure.direction)
    if ends and attribute("units", figure.unit, "family") == "score":
        low, high = (str(attribute("units", figure.unit, end)) for end in ("min", "max"))
        return words(f"key_figures.{ends}", value=format_official(number), low=low, high=high)
    shown = format_official(number, figure.unit)
    return words("series.of_whom", value=shown, whom=figure.whom) if figure.whom else shown


def _is_percent(unit: str | None) -> bool:
    term = codebook.vocabulary("units").get(unit or "")
    return term is not None and term.more.get("family") == "percent"

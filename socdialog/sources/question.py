"""A question about a data set: judged before it is asked, and its answer afterwards.

The service widens in silence: an unknown code gives a header only, an unknown column or a blank gives everything. So
nothing is asked that the contents and dictionaries do not know, and nothing is kept that was not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from socdialog.advice import unknown
from socdialog.errors import UsageError
from socdialog.sources.source_error import SourceError

By = Literal["indicator", "ref_area"]
BEST = ("yes", "all", "no")
#: Columns that codes can be chosen of, with the parameter of each.
FILTERS = ("sex", "classif1", "classif2")
_FREQUENCIES = ("A", "Q", "M")
#: Years have four digits.
_FIRST, _LAST = 1000, 9999


@dataclass(frozen=True)
class Question:
    """A question about one data set.

    Parameters
    ----------
    data_set, by
        Its id, and whether it is one of an indicator or of an area.
    areas
        Codes of areas; none = all.
    since, until
        Years.
    best_source
        ``yes``: one source for each period, the one that the ILO prefers. ``all``: every source. ``no``: the others.
    codes
        Chosen codes of ``sex``, ``classif1`` and ``classif2``.
    """

    data_set: str
    by: By = "indicator"
    areas: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    best_source: str = "yes"
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, str]:
        """What is asked beyond the data set itself; nothing, where it is asked for as a whole."""
        found = {"ref_area": "+".join(sorted(self.areas))} if self.areas else {}
        found |= {
            name: str(year) for name, year in (("timefrom", self.since), ("timeto", self.until)) if year is not None
        }
        found |= {} if self.best_source == "yes" else {"best_source": self.best_source}
        return found | {name: "+".join(sorted(codes)) for name, codes in self.codes.items()}

    @property
    def frequency(self) -> str:
        """The frequency that the end of the id names; empty = none."""
        last = self.data_set.rsplit("_", 1)[-1]
        return last if last in _FREQUENCIES else ""

    @property
    def indicator(self) -> str:
        """The id without its frequency, as rows and other endpoints name it."""
        return self.data_set.rsplit("_", 1)[0] if self.frequency else self.data_set

    def promised(self) -> tuple[str, ...]:
        """Return the classifications that the id of an indicator names: topic, variable, classifications, unit."""
        if self.by == "ref_area":
            return ()
        named = [part for part in self.indicator.split("_")[2:-1] if part != "NOC"]
        others = [part for part in named if part != "SEX"]
        return (*(("sex",) if "SEX" in named else ()), *FILTERS[1 : 1 + len(others)])


def check_question(
    question: Question, contents: pl.DataFrame, dictionary: Callable[[str], Iterable[str]]
) -> Mapping[str, Any]:
    """Return the row of the contents about a question that may be asked.

    Parameters
    ----------
    question
        What is to be asked.
    contents
        The table of contents.
    dictionary
        Gives the codes of a variable.

    Raises
    ------
    UsageError
        With a line for everything that the service does not know, and what was meant.
    """
    wrong = list(_faults(question, contents, dictionary))
    if wrong:
        raise UsageError(f"{question.data_set} cannot be asked for so", details=wrong, hint="nothing was asked")
    return contents.filter(pl.col("id") == question.data_set).row(0, named=True)


def _faults(question: Question, contents: pl.DataFrame, dictionary: Callable[[str], Iterable[str]]) -> Iterator[str]:
    ids = contents["id"].to_list()
    if question.data_set not in ids:
        yield unknown("data set of ILOSTAT", question.data_set, ids, _with_frequency(question.data_set, ids))
        return
    if question.best_source not in BEST:
        yield unknown("choice of sources", question.best_source, BEST)
    yield from year_problems(question.since, question.until)
    if question.by == "ref_area" and question.areas:
        yield "a data set of one area takes no areas"
    given = {"ref_area": question.areas, **question.codes}
    columns = ("ref_area", *question.promised()) if question.by == "indicator" else ("ref_area", *FILTERS)
    for name, codes in given.items():
        if name not in columns:
            yield unknown(f"column of {question.data_set}", name, columns)
        elif codes:
            known = list(dictionary(name))
            yield from (unknown(f"code of {name}", code, known) for code in codes if code not in known)


def year_problems(since: object, until: object) -> list[str]:
    """Return what is wrong with the years asked for."""
    given = {"since": since, "until": until}
    wrong = [
        f"{name}: {year!r} is not a year; write a number such as 2018"
        for name, year in given.items()
        if year is not None and (isinstance(year, bool) or not isinstance(year, int) or not _FIRST <= year <= _LAST)
    ]
    if wrong or since is None or until is None or since <= until:  # type: ignore[operator]  # both are whole numbers
        return wrong
    return [f"since: {since} is later than until, {until}"]


def _with_frequency(data_set: str, ids: Sequence[str]) -> list[str]:
    return [one for one in ids if one.rsplit("_", 1)[0] == data_set]


def check_answer(question: Question, frame: pl.DataFrame, entry: Mapping[str, Any]) -> None:
    """Refuse an answer that has other rows than those asked for, or lacks what the contents promise.

    Parameters
    ----------
    question
        What was asked.
    frame
        The answer as a series table.
    entry
        The row of the contents about the data set.

    Raises
    ------
    SourceError
        With the cause and the first wrong value.
    """
    if question.by == "indicator":
        _only(frame, "indicator", {question.indicator, str(entry.get("indicator") or question.indicator)}, "other_rows")
    areas = set(question.areas) if question.by == "indicator" else {question.indicator}
    if areas:
        _only(frame, "area", areas, "filter_ignored")
    for name, codes in question.codes.items():
        _only(frame, name, set(codes), "filter_ignored")
    if question.frequency:
        _only(frame, "freq", {question.frequency}, "other_rows")
    low, high = question.since or 0, question.until or 9999
    if frame.height and not frame["year"].is_between(low, high).all():
        year = frame.filter(~pl.col("year").is_between(low, high))["year"][0]
        raise SourceError("filter_ignored", f"the answer has the year {year}, which was not asked for")
    for name in question.promised():
        if frame.height and frame[name].null_count():
            raise SourceError("missing_column", f"{name} is missing or empty, which the id of the data set names")
    _count(question, frame, entry)


def _only(frame: pl.DataFrame, column: str, asked: set[str], cause: str) -> None:
    others = sorted(set(frame[column].drop_nulls().unique()) - asked)
    if others or (frame.height and frame[column].null_count()):
        first = f"{others[0]!r}" if others else "an empty cell"
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise SourceError(cause, f"the answer has {first}{more} in {column}, which was not asked for")


def _count(question: Question, frame: pl.DataFrame, entry: Mapping[str, Any]) -> None:
    """Compare the number of rows with that of the contents, where the whole data set was asked for."""
    counts = {"": "n.records", "all": "n.records.all"}
    choice = question.parameters.get("best_source", "")
    promised = entry.get(counts.get(choice, ""))
    if set(question.parameters) - {"best_source"} or promised is None:
        return
    if frame.height != (rows := int(float(promised))):
        message = f"the answer has {frame.height:,} rows, the contents promise {rows:,}"
        raise SourceError("row_count", message, hint="the service may be updating; ask later", again=True)

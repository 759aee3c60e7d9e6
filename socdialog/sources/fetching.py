"""Fetch data sets: contents first, what has not changed is not asked for again, each data set is kept or untouched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import polars as pl
import yaml

from socdialog.codebook.reviewed_files import reviewed
from socdialog.errors import UsageError
from socdialog.sources.client import DATA, Client, Service, address_of
from socdialog.sources.descriptions import (
    LANGUAGES,
    ask_contents,
    ask_dictionary,
    keep_description,
    kept_description,
    state_of,
)
from socdialog.sources.lock import ALIASES, ILOSTAT, ROOT, Lock, data_set_folder, moment, read_lock
from socdialog.sources.question import Question, check_answer, check_question
from socdialog.sources.reader import read_series
from socdialog.sources.snapshots import Kept, covering, keep
from socdialog.sources.source_error import SourceError
from socdialog.store.locks import locked
from socdialog.store.study import Study

#: Names the address of the data service, should it move.
ADDRESS_VARIABLE = "SOCDIALOG_ILOSTAT"
PUBLISHER = "ILOSTAT"
#: Seconds to wait for another process that writes into the study.
_WAIT = 600.0

Outcome = Literal["new", "same", "current", "newer", "failed"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one data set.

    Parameters
    ----------
    data_set
        Its id.
    outcome
        ``new``: a state was kept. ``same``: asked for, and its content had not changed. ``current``: not asked for,
        as it had not changed. ``newer``: there is a newer state, which was not fetched. ``failed``: nothing of it
        was written.
    vintage, rows
        Of the state that answers.
    absent
        Areas that were asked for and have no row: checked and absent.
    message, cause
        Why it failed.
    """

    data_set: str
    outcome: Outcome
    vintage: str = ""
    rows: int = 0
    absent: tuple[str, ...] = ()
    message: str = ""
    cause: str = ""

    def __str__(self) -> str:
        message = {
            "new": f"release {self.vintage}, {self.rows:,} rows",
            "same": f"asked for; the content is still that of release {self.vintage}",
            "current": f"release {self.vintage} is there and has not changed",
            "newer": f"changed on {self.vintage}; not fetched",
            "failed": f"failed, nothing was written: {self.message}",
        }[self.outcome]
        absent = f"; no value for {', '.join(self.absent)} (checked and absent)" if self.absent else ""
        return f"{self.data_set}: {message}{absent}"


def data_service() -> Service:
    """Return the data service, at the address that the environment names, if any."""
    address = os.environ.get(ADDRESS_VARIABLE)
    return DATA if not address else replace(DATA, address=address.rstrip("/"))


@dataclass
class Asking:
    """One run of questions to ILOSTAT about a study.

    Parameters
    ----------
    study, client, lang
        Where states are kept, the client that asks, and the language of names.
    """

    study: Study
    client: Client
    lang: str = "en"
    _contents: dict[str, pl.DataFrame] = field(default_factory=dict)
    _dictionaries: dict[str, pl.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise UsageError(f"{self.lang!r} is not a language of ILOSTAT", hint=f"languages: {', '.join(LANGUAGES)}")

    def contents(self, by: Literal["indicator", "ref_area"] = "indicator") -> pl.DataFrame:
        """Return the contents as they are now, asked for once."""
        if by not in self._contents:
            self._contents[by] = ask_contents(self.client, by=by, lang=self.lang)
        return self._contents[by]

    def dictionary(self, var: str) -> pl.DataFrame:
        """Return a dictionary: as it was kept, where nothing changed in the contents since, or asked for."""
        if var not in self._dictionaries:
            kept = kept_description(self.study.raw, "dictionaries", f"{var}.{self.lang}")
            is_current = kept is not None and kept[1] == state_of(self.contents())
            found = kept[0] if kept is not None and is_current else ask_dictionary(self.client, var, lang=self.lang)
            self._dictionaries[var] = found
        return self._dictionaries[var]

    def keep_descriptions(self) -> None:
        """Keep the contents and dictionaries that were asked for, so that they can be read without a network."""
        raw = self.study.raw
        with locked(self.study.lock, wait=_WAIT):
            for by, frame in self._contents.items():
                keep_description(raw, "contents", f"{by}.{self.lang}", frame, state=state_of(frame))
            for var, frame in self._dictionaries.items():
                state = state_of(self.contents())
                keep_description(raw, "dictionaries", f"{var}.{self.lang}", frame, state=state)

    def fetch(self, questions: Sequence[Question], *, only_compare: bool = False) -> Iterator[Fetched]:
        """Ask all questions, one after the other, and yield what became of each.

        Raises
        ------
        UsageError
            When one of them cannot be asked; then none is.
        SourceError
            When the contents cannot be had.
        """
        entries = self._checked(questions)
        failed = False
        for question, entry in zip(questions, entries, strict=True):
            try:
                found = self._compared(question, entry) if only_compare else self._fetched(question, entry)
            except (SourceError, OSError) as problem:
                cause = problem.cause if isinstance(problem, SourceError) else "disk"
                found = Fetched(question.data_set, "failed", message=str(problem), cause=cause)
            failed |= found.outcome == "failed"
            yield found
        if not failed and not only_compare:
            self.keep_descriptions()

    def _checked(self, questions: Sequence[Question]) -> list[Mapping[str, Any]]:
        entries: list[Mapping[str, Any]] = []
        wrong: list[UsageError] = []
        for question in questions:
            try:
                contents = self.contents(question.by)
                entries.append(check_question(question, contents, lambda var: self.dictionary(var)[var]))
            except UsageError as problem:
                wrong.append(problem)
        if wrong:
            details = [line for problem in wrong for line in (problem.details or (problem.title,))]
            raise UsageError("the service cannot be asked so", details=details, hint="nothing was asked")
        return entries

    def _compared(self, question: Question, entry: Mapping[str, Any]) -> Fetched:
        """Say whether the study has any state of the release that the contents print."""
        when = moment(entry["last.update"])
        lock = self._lock(question)
        for state in lock.snapshots if lock is not None else ():
            if when in {moment(state.last_update), moment(state.confirmed or state.last_update)}:
                return Fetched(question.data_set, "current", state.vintage, state.rows)
        return Fetched(question.data_set, "newer", when.date().isoformat())

    def _lock(self, question: Question) -> Lock | None:
        return read_lock(data_set_folder(self.study.raw, question.data_set))

    def _fetched(self, question: Question, entry: Mapping[str, Any]) -> Fetched:
        state = covering(self._lock(question), question.parameters, entry["last.update"])
        if state is not None:
            return Fetched(question.data_set, "current", state.vintage, state.rows)
        endpoint, parameters, file = _request(question)

        def accept(body: bytes) -> tuple[bytes, pl.DataFrame]:
            frame = read_series(body)
            check_answer(question, frame, entry)
            return body, frame

        content, frame = self.client.ask(endpoint, parameters, accept, file=file)
        with locked(self.study.lock, wait=_WAIT):
            kept = keep(
                self.study.raw,
                self._lock(question),
                content,
                frame,
                {
                    "data_set": question.data_set,
                    "publisher": ILOSTAT,
                    "publisher_label": PUBLISHER,
                    "file": "csv.gz" if file else "parquet" if content.startswith(b"PAR1") else "csv",
                    "last_update": str(entry["last.update"]),
                    "address": self.client.service.address + address_of(endpoint, parameters, file=file),
                    "parameters": question.parameters,
                    "retrieved": date.today().isoformat(),  # noqa: DTZ011 - the day here
                    "label": _label(entry),
                },
            )
        return _outcome(question, kept, frame)


def _outcome(question: Question, kept: Kept, frame: pl.DataFrame) -> Fetched:
    absent = tuple(sorted(set(question.areas) - set(frame["area"].unique())))
    outcome: Outcome = "new" if kept.is_new else "same"
    return Fetched(question.data_set, outcome, kept.state.vintage, kept.state.rows, absent)


def _request(question: Question) -> tuple[str, dict[str, str], str]:
    """Return endpoint, parameters and file of a question: a file of the whole data set, where nothing is chosen."""
    if not question.parameters:
        return f"/files/{question.by}/", {}, f"{question.data_set}.csv.gz"
    parameters = {"id": question.data_set, **question.parameters, "type": "code", "format": ".parquet"}
    return f"/data/{question.by}/", parameters, ""


def _label(entry: Mapping[str, Any]) -> str:
    named = (entry.get(name) for name in ("indicator.label", "label", "ref_area.label"))
    return next((str(text) for text in named if text), "")


def replaced_ids(raw: Path) -> dict[str, str]:
    """Return the ids that the ILO retired, each with the one that replaced it: those of the package and of a study.

    Raises
    ------
    UsageError
        When the file of the study is not a list of IDs.
    """
    found: dict[str, str] = dict(reviewed("ilostat.yaml")["aliases"])
    path = raw / ROOT / ILOSTAT / ALIASES
    if path.is_file():
        try:
            own = yaml.load(path.read_bytes()[:200_000], Loader=yaml.BaseLoader)  # noqa: S506 - texts only
        except yaml.YAMLError:
            own = None
        if not isinstance(own, dict) or not all(isinstance(one, str) for one in (*own, *own.values())):
            raise UsageError(f"{ALIASES} is not a list of IDs", hint="write lines such as OLD_ID_A: NEW_ID_A")
        found |= own
    return found


def questions_of(
    ids: Iterable[str],
    make: Callable[[str], Question],
    *,
    aliases: Mapping[str, str],
) -> list[Question]:
    """Return a question for each id, once; a retired id becomes the one that replaced it."""
    return [make(one) for one in dict.fromkeys(aliases.get(given, given) for given in ids)]

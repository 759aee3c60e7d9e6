"""Every state of a data set that was fetched, as served, each with its evidence in ``origin.lock.yaml``.

``data/raw/indicators/<publisher>/<DATA SET>/<vintage>.<csv.gz|csv|parquet>``. A folder of a data set is exchanged as a
whole: a reader finds the files and their lock as they were before, or with the new state. No file is ever replaced.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from socdialog import dates
from socdialog.errors import UsageError
from socdialog.sources.lock import LOCK, Lock, State, data_set_folder, moment
from socdialog.sources.reader import COLUMNS
from socdialog.store.files import exchange, sibling
from socdialog.store.fingerprint import sha256_bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A state that was kept, or that was there already."""

    state: State
    path: Path
    is_new: bool


def content_hash(frame: pl.DataFrame) -> str:
    """Return the SHA-256 of the rows of a series table, whatever their order and packing."""
    columns = [name for name in COLUMNS if name != "line"]
    return sha256_bytes(frame.select(columns).sort(columns, nulls_last=True).write_csv().encode())


def covering(lock: Lock | None, parameters: Mapping[str, str], last_update: str) -> State | None:
    """Return the state that already answers a question about the data set as last changed then, if there is one.

    A state of the whole data set answers every question with the same choice of sources.
    """
    when = moment(last_update)
    for state in reversed(lock.snapshots if lock is not None else []):
        is_current = when in {moment(state.last_update), moment(state.confirmed or state.last_update)}
        whole = {"best_source": parameters["best_source"]} if "best_source" in parameters else {}
        if is_current and state.parameters in (dict(parameters), whole):
            return state
    return None


def keep(raw: Path, lock: Lock | None, content: bytes, frame: pl.DataFrame, new: Mapping[str, Any]) -> Kept:
    """Keep a state of a data set, unless its content is that of the last state for the same question.

    Parameters
    ----------
    raw
        The folder of the raw tables.
    lock
        The states there are.
    content, frame
        The file as served, and its rows.
    new
        ``data_set``, ``publisher``, and of `State` what is known beforehand; ``file`` is the ending.

    Raises
    ------
    UsageError
        When a later state of the same day is there already.
    """
    facts = dict(new)
    data_set, publisher, ending = facts.pop("data_set"), facts.pop("publisher"), facts.pop("file")
    folder = data_set_folder(raw, data_set, publisher=publisher)
    before = lock.snapshots if lock is not None else []
    hashed = content_hash(frame)
    same = [one for one in before if one.parameters == facts.get("parameters", {})]
    label = str(facts.pop("publisher_label", publisher))
    if same and same[-1].content_sha256 == hashed:
        state = same[-1].model_copy(update={"confirmed": facts["last_update"]})
        if state.last_update != facts["last_update"] and same[-1].confirmed != facts["last_update"]:
            after = [state if one is same[-1] else one for one in before]
            _exchange(folder, Lock(data_set=data_set, publisher=label, snapshots=after), {})
        return Kept(state, folder / state.file, is_new=False)
    vintage = facts.pop("vintage", None) or _vintage(before, facts["last_update"])
    state = State(
        **facts,
        vintage=vintage,
        file=_file(vintage, facts.get("parameters", {}), {one.file for one in before}, ending),
        rows=frame.height,
        sha256=sha256_bytes(content),
        content_sha256=hashed,
    )
    after = sorted([*before, state], key=lambda one: (one.vintage, one.file))
    _exchange(folder, Lock(data_set=data_set, publisher=label, snapshots=after), {state.file: content})
    return Kept(state, folder / state.file, is_new=True)


def _vintage(before: list[State], last_update: str) -> str:
    """Return the day of a last change, or its moment where another state of that day is there."""
    when = moment(last_update)
    day = when.date().isoformat()
    others = [moment(one.last_update) for one in before if one.vintage[:10] == day]
    if when in others or not others:
        return next((one.vintage for one in before if moment(one.last_update) == when), day)
    if when < max(others):
        raise UsageError(f"a later state of {day} is there already", hint="an earlier one cannot be placed before it")
    return when.isoformat(timespec="seconds")


def _file(vintage: str, parameters: Mapping[str, str], taken: set[str], ending: str) -> str:
    """Return the name of a file that no other state has; one question of several has a mark of its parameters."""
    stem = vintage.replace(":", "-")
    if parameters:
        stem += "." + sha256_bytes(repr(sorted(parameters.items())).encode())[:8]
    names = (f"{stem}{f'.{number}' if number else ''}.{ending}" for number in range(len(taken) + 1))
    return next(name for name in names if name not in taken)


def _exchange(folder: Path, lock: Lock, files: Mapping[str, bytes]) -> None:
    """Put a folder with further files and its new lock in the place of the old one, in one step."""
    staged = sibling(folder, "new")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    try:
        for old in sorted(folder.iterdir()) if folder.is_dir() else ():
            if old.name != LOCK:
                _link(old, staged / old.name)
        entries = lock.model_dump(exclude_none=True)
        text = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=120, default_style=None)
        for name, content in {**files, LOCK: text.encode()}.items():
            with (staged / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        replaced = exchange(staged, folder)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    if replaced is not None:
        shutil.rmtree(replaced, ignore_errors=True)


def _link(old: Path, new: Path) -> None:
    """Give a file a second name, or copy it where the file system has no such names."""
    if old.is_dir():
        shutil.copytree(old, new)
        return
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def checked_vintage(text: str) -> str:
    """Return a vintage that a person gave, once it is a date of reduced precision, with or without a time.

    Raises
    ------
    UsageError
        When it is none.
    """
    with contextlib.suppress(ValueError):
        day, mark, _ = text.partition("T")
        dates.bounds(day)
        if not mark or datetime.fromisoformat(text).isoformat() == text:
            return text
    raise UsageError(
        f"{text!r} is not a release", hint="write the date of the last update, such as 2026-02-26 or 2026-02"
    )

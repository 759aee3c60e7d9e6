"""The contents and dictionaries of ILOSTAT: asked for, or as they were when they were kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from socdialog.errors import UsageError
from socdialog.folding import fold
from socdialog.sources.bodies import is_parquet, unpacked
from socdialog.sources.client import Client
from socdialog.sources.lock import ILOSTAT, ROOT, moment
from socdialog.sources.question import By
from socdialog.sources.source_error import SourceError
from socdialog.store.files import write_atomic

LANGUAGES = ("en", "fr", "es")
#: Columns that the contents must have.
_NEEDED = ("id", "last.update")
_STATE = "socdialog.state"


def ask_contents(client: Client, *, by: By, lang: str) -> pl.DataFrame:
    """Return the contents by indicator or by area, as the service gives them now."""

    def accept(body: bytes) -> pl.DataFrame:
        frame = _table(body)
        lacking = [name for name in _NEEDED if name not in frame.columns]
        if lacking or frame.is_empty():
            reason = f"the column {lacking[0]!r} is missing" if lacking else "they are empty"
            raise SourceError("contents", f"the contents cannot be used: {reason}")
        for text in frame["last.update"].drop_nulls().unique():
            moment(text)
        return frame.sort("id")

    return client.ask(f"/metadata/toc/{by}/", {"lang": lang, "format": ".parquet"}, accept)


def ask_dictionary(client: Client, var: str, *, lang: str) -> pl.DataFrame:
    """Return the codes and labels of a variable, as the service gives them now; a blank code has no entry."""

    def accept(body: bytes) -> pl.DataFrame:
        frame = _table(body)
        if var not in frame.columns or f"{var}.label" not in frame.columns:
            raise SourceError("dictionary", f"the dictionary of {var!r} has no columns {var} and {var}.label")
        return frame.select(var, f"{var}.label").drop_nulls(var).filter(pl.col(var) != "").sort(var)

    return client.ask("/metadata/dic/", {"var": var, "lang": lang, "format": ".parquet"}, accept)


def _table(body: bytes) -> pl.DataFrame:
    content = unpacked(body)
    try:
        source = io.BytesIO(content)
        frame = pl.read_parquet(source) if is_parquet(content) else pl.read_csv(source, infer_schema=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as problem:
        raise SourceError("damaged", f"the answer cannot be read: {problem}", again=True) from None
    return frame.with_columns(pl.col(name).cast(pl.String) for name in ("id", "last.update") if name in frame.columns)


def state_of(contents: pl.DataFrame) -> str:
    """Return the last change of any data set, which dates the dictionaries too."""
    return max(
        (moment(text) for text in contents["last.update"].drop_nulls()), default=moment("0001-01-01")
    ).isoformat()


def _path(raw: Path, kind: str, name: str) -> Path:
    return raw / ROOT / ILOSTAT / kind / f"{name}.parquet"


def keep_description(raw: Path, kind: str, name: str, frame: pl.DataFrame, *, state: str) -> None:
    """Keep the contents or a dictionary with its state, where anything in it changed."""
    path = _path(raw, kind, name)
    kept = kept_description(raw, kind, name)
    if kept is not None and kept[0].equals(frame) and kept[1] == state:
        return
    buffer = io.BytesIO()
    frame.write_parquet(buffer, metadata={_STATE: state, "socdialog.retrieved": date.today().isoformat()})  # noqa: DTZ011
    write_atomic(path, buffer.getvalue())


def kept_description(raw: Path, kind: str, name: str) -> tuple[pl.DataFrame, str] | None:
    """Return what was kept of the contents or a dictionary, and its state; None where nothing was."""
    path = _path(raw, kind, name)
    if not path.is_file():
        return None
    content = path.read_bytes()
    try:
        state = pl.read_parquet_metadata(io.BytesIO(content)).get(_STATE, "")
        return pl.read_parquet(io.BytesIO(content)), state
    except pl.exceptions.PolarsError:
        return None


def searched(contents: pl.DataFrame, search: str) -> pl.DataFrame:
    """Return the data sets whose id, name or subject has all words; ``a|b`` means either.

    Case and diacritics are ignored.

    Raises
    ------
    UsageError
        When the search has no word.
    """
    wanted = [[fold(one) for one in word.split("|")] for word in search.split()]
    if not wanted or not all(one for word in wanted for one in word):
        raise UsageError(f"{search!r} has no word to search for", hint="write words such as 'union density|coverage'")
    texts = contents.select(pl.concat_str(pl.col(list(_texts(contents))).fill_null(""), separator=" ")).to_series()
    folded = [fold(text) for text in texts]
    return contents.filter(pl.Series([all(any(one in text for one in word) for word in wanted) for text in folded]))


def _texts(contents: pl.DataFrame) -> Iterator[str]:
    yield from (name for name, dtype in contents.schema.items() if dtype == pl.String and name != "last.update")

"""The shipped data, read once, and copies of it to break."""

from __future__ import annotations

import dataclasses
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import settings

from socdialog.codebook import terms
from socdialog.intake.reading import RawData, read_raw

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

    from socdialog.loaders.fresh import Frozen
    from socdialog.profiles import Profile

# An example may take long on a busy machine: how long is no finding.
settings.register_profile("project", settings(), deadline=None)
settings.load_profile("project")

Break = Callable[..., RawData]


def _only_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse a connection to another machine: no test may need a network, or reach one by mistake."""
    address = arguments[1] if event == "socket.connect" else None
    if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
        raise RuntimeError(f"a test connects to {address[0]}")


sys.addaudithook(_only_this_machine)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Let tests that share what is dear to make run in one process."""
    if config.getoption("dist") != "loadgroup":
        return None
    from tests.together import TogetherScheduling

    # Tests run in the order in which they stand, not those files first that have most tests, which are short ones.
    config.option.loadscopereorder = False
    return TogetherScheduling(config, log)


@pytest.fixture(autouse=True)
def _study_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test makes the study at hand is forgotten after it."""
    for name in ("_at_hand", "_studies_read", "_languages"):
        monkeypatch.setattr(terms, name, getattr(terms, name))


@pytest.fixture(scope="session")
def raw_folder() -> Path:
    """The folder ``data/raw`` of the repository."""
    return Path(__file__).parents[1] / "data" / "raw"


@pytest.fixture(scope="session")
def raw(raw_folder: Path) -> RawData:
    """The shipped data as read; do not change it."""
    return read_raw(raw_folder)


@pytest.fixture
def clean_copy(raw_folder: Path, tmp_path: Path) -> Path:
    """A copy of ``data/raw`` that a test may break."""
    return Path(shutil.copytree(raw_folder, tmp_path / "data" / "raw"))


@pytest.fixture(scope="session")
def line_of(raw: RawData) -> Callable[..., int]:
    """Find the first line of a shipped table whose cells are as given (None = empty, ... = filled)."""

    def find(table: str, **cells: object) -> int:
        frame = raw.tables[table]
        for column, value in cells.items():
            cell = pl.col(column)
            frame = frame.filter(
                cell.is_not_null() if value is ... else cell.is_null() if value is None else cell == value
            )
        return int(frame.get_column("raw_line")[0])

    return find


@pytest.fixture(scope="session")
def broken(raw: RawData) -> Break:
    """Return the shipped data with some cells of one line changed, in memory."""

    def change(table: str, line: int, cells: Mapping[str, str | None], *, of: RawData | None = None) -> RawData:
        base = raw if of is None else of
        frame = base.tables[table]
        # A column that files may lack is there from the first row on that fills it.
        frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in cells if name not in frame.columns)
        frame = frame.with_columns(
            pl.when(pl.col("raw_line") == line)
            .then(pl.lit(value, dtype=pl.String))
            .otherwise(pl.col(column))
            .alias(column)
            for column, value in cells.items()
        )
        return dataclasses.replace(base, tables={**base.tables, table: frame})

    return change


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory: pytest.TempPathFactory) -> Frozen:
    """The shipped data, cleaned and without people, as a build freezes it."""
    from tests.net import shipped

    return shipped.frozen(tmp_path_factory.mktemp("frozen") / "snapshot")


@pytest.fixture(scope="session")
def profiles(shipped_data: Frozen) -> Mapping[str, Profile]:
    """Every profile of the shipped data by country, and the comparison as ``comparison``; do not change them."""
    from tests.net import shipped

    return shipped.every_profile(shipped_data)


@pytest.fixture(scope="session")
def shipped_site(
    shipped_data: Frozen, profiles: Mapping[str, Profile], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The site of the shipped data."""
    from tests.net import shipped

    folder = tmp_path_factory.mktemp("shipped") / "site"
    shipped.write(folder, shipped_data, profiles)
    return folder

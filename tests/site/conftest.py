"""The profiles of every country of the study and the comparison, made once from one frozen copy of the data."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pytest

from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, freeze
from socdialog.profiles import Profile, country_profile, regional_comparison

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The shipped data, cleaned and without people, as a build freezes it."""
    folder = tmp_path_factory.mktemp("frozen") / "snapshot"
    freeze(ROOT / "data", folder)
    before = os.environ.get(SNAPSHOT_VARIABLE)
    os.environ[SNAPSHOT_VARIABLE] = str(folder)
    yield folder
    if before is None:
        del os.environ[SNAPSHOT_VARIABLE]
    else:
        os.environ[SNAPSHOT_VARIABLE] = before


@pytest.fixture(scope="session")
def profiles(snapshot: Path) -> Mapping[str, Profile]:
    """Every profile by country, and the comparison as ``comparison``."""
    countries = pl.read_parquet(snapshot / "countries.parquet").get_column("country").sort()
    return {country: country_profile(country) for country in countries} | {"comparison": regional_comparison()}

"""Gives the tests of disagreements the clean tables of a small study, made from the few cells that a test is about."""

from __future__ import annotations

import pytest

from tests.small_claims import Study, small_claims


@pytest.fixture(scope="session")
def study() -> Study:
    return small_claims

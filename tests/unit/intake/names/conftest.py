"""Names are read in the languages of a study."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from socdialog.codebook.terms import use

LANGUAGES = ("az", "de", "en", "hy", "ka", "kk", "ky", "ru", "tg", "tk", "tr", "uz")


@pytest.fixture(autouse=True)
def _languages() -> Iterator[None]:
    use(terms={}, coders={}, countries={}, languages=LANGUAGES)
    yield
    use(terms={}, coders={}, countries={})

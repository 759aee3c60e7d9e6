"""Names are read in the languages of a study."""

from __future__ import annotations

import pytest

from socdialog.codebook.terms import use

LANGUAGES = ("az", "de", "en", "hy", "ka", "kk", "ky", "ru", "tg", "tk", "tr", "uz")


@pytest.fixture(autouse=True)
def _languages(_study_at_hand: None) -> None:
    use(terms={}, coders={}, countries={}, languages=LANGUAGES)

"""Masking only the texts that may hold a name gives what masking every cell gives, to the byte."""

from __future__ import annotations

import time
from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socdialog import codebook
from socdialog.intake.clean import clean
from socdialog.intake.reading import RawData
from socdialog.store import privacy
from socdialog.store.privacy import name_mask, without_people

NAMES = st.lists(
    st.sampled_from(
        ["Ayşe Demirtaş", "A. O'Brien", "Askar Ok'zhan-Bey", "Ли", "Muradil Dzhumadilde uulu", "İsa İş", "Name Named"]
    ),
    min_size=1,
    max_size=4,
)
WORDS = [
    "Ayşe",
    "Demirtaş",
    "DEMIRTAŞ",
    "O’Brien",
    "O'Brien",
    "A.",
    "Ok`zhan-Bey",
    "Askar",
    "Ли",
    "ли",
    "Лидер",
    "uulu",
]
MORE = ["İsa", "Muradil", "Dzhumadilde", "İŞ", "İş", "[name]", "Named", " ", "\u00a0", ", ", "’s", "\n", "-", "5"]
PIECES = st.sampled_from([*WORDS, *MORE])
TEXTS = st.lists(st.one_of(st.none(), st.lists(PIECES, max_size=7).map("".join)), max_size=6)


def every_cell(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The plain way: every pattern over every cell of free text."""
    mask = name_mask(tables)
    personal = {name for name, spec in codebook.tables().items() if spec.personal}
    plain = {}
    for name, frame in tables.items():
        if name not in personal:
            kept = privacy._unlinked(name, frame, personal=personal, people=privacy._ids(tables))
            free = privacy._free(name, kept)
            plain[name] = kept.with_columns(
                mask.column(column, listed=isinstance(kept.schema[column], pl.List)) for column in free
            )
    return plain


@pytest.fixture(scope="module")
def shipped(raw: RawData) -> dict[str, pl.DataFrame]:
    return clean(raw)


def test_the_shipped_tables_are_masked_alike_and_soon(shipped: dict[str, pl.DataFrame]) -> None:
    begun = time.process_time()
    fast = without_people(shipped)
    taken = time.process_time() - begun
    plain = every_cell(shipped)
    assert fast.keys() == plain.keys()
    for name, frame in plain.items():
        assert fast[name].schema == frame.schema
        assert fast[name].equals(frame), name
    changed = [name for name, frame in fast.items() if not frame.equals(shipped[name])]
    assert {"evidence", "links"} <= set(changed), "the comparison means something"
    assert taken < 3, f"{taken:.1f} seconds of work"


@settings(max_examples=150, deadline=None)
@given(names=NAMES, texts=TEXTS, lists=st.lists(st.one_of(st.none(), TEXTS), max_size=3))
def test_any_texts_are_masked_alike(
    names: list[str], texts: list[str | None], lists: list[list[str | None] | None]
) -> None:
    tables = {
        "person_names": pl.DataFrame({"name": names}),
        "figures": pl.DataFrame({"scope": texts}, schema={"scope": pl.String}),
        "conflicts": pl.DataFrame({"values": lists}, schema={"values": pl.List(pl.String)}),
    }
    fast, plain = without_people(tables), every_cell(tables)
    assert fast["figures"].equals(plain["figures"])
    assert fast["conflicts"].equals(plain["conflicts"])
    mask = name_mask(tables)
    for text in texts:
        if text is not None and mask.text(text) != text:
            assert any(clue in text for clue in mask.clues), "a text without a clue holds no name"

"""Tables show frames of any library whole, and refuse what is none."""

from __future__ import annotations

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError

FRAME = pl.DataFrame({"country": ["KAZ", None], "topics": [["wages", "hours"], None], "value": [1.5, None]})


def test_frames_of_any_library_show_the_same() -> None:
    wanted = sd.tables.frame(FRAME, caption="Topics & wages").html()
    assert "wages; hours" in wanted
    assert "Topics &amp; wages" in wanted
    for frame in (FRAME.lazy(), FRAME.to_pandas(), FRAME.to_arrow()):
        assert sd.tables.frame(frame, caption="Topics & wages").html() == wanted


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(UsageError, match="data: str is not a table"):
        sd.tables.frame("events", caption="x")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="caption: '' is not a text"):
        sd.tables.frame(FRAME, caption="")
    with pytest.raises(UsageError, match="DataFrame is not a result"):
        sd.tables.result(FRAME)  # type: ignore[arg-type]

"""The status of a provision is what its own row says: a bill is never law, and nothing is repealed without a word."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.reading import RawData

_BILL = r"(?i)\b(bill|draft law|proposal|before Parliament)\b"
_GONE = (
    r"(?i)replaced|repealed|deleted|lowered|reduced|earlier|predecessor|before (the )?20\d\d|pre-20\d\d|Before 20\d\d"
)


def without_reason(rows: pl.DataFrame) -> list[str]:
    """Return the provisions whose row does not say why it has its status, or why a bill has none."""
    own = pl.concat_str("provision", "law", "note", separator=" ", ignore_nulls=True)
    drafted = pl.concat_str("law", pl.col("provision").str.slice(0, 30), ignore_nulls=True).str.contains(_BILL)
    wrong = rows.filter(
        (pl.col("status").is_in(["draft"]) & ~own.str.contains(_BILL))
        | (pl.col("status").is_in(["repealed"]) & ~own.str.contains(_GONE))
        | (pl.col("status").is_in(["adopted"]) & ~own.str.contains("not seen|same reform"))
        | (pl.col("status").is_in(["in_force"]) & ~own.str.contains("entered into force|current wording"))
        | (drafted & pl.col("status").is_null())
    )
    return wrong.get_column("provision").to_list()


def test_every_status_is_what_the_row_says(raw: RawData) -> None:
    rows = raw.tables["legal_framework"]
    assert rows["status"].count() > 0
    assert without_reason(rows) == []


@pytest.mark.parametrize(
    ("law", "status", "note"),
    [
        ("Bill on strikes", None, None),
        ("Code", "repealed", "no reason"),
        ("Code", "draft", None),
        ("Code", "adopted", "signed"),
        ("Code", "in_force", None),
    ],
)
def test_a_status_without_a_reason_is_found(law: str, status: str | None, note: str | None) -> None:
    row = {"provision": "A rule.", "law": law, "status": status, "note": note}
    assert without_reason(pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))) == ["A rule."]

"""No printed form of a person's name leaves without being asked for; bodies, places and citations keep theirs."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.store.privacy import name_mask, without_people

TABLES = {
    "person_names": pl.DataFrame({"name": ["Ayşe Demirtaş", "A. Demirtaş", "Askar O'Brien", "Heydar Quliyev"]}),
    "persons": pl.DataFrame({"person_id": ["p-demirtas"], "name": ["Ayşe Demirtaş"]}),
    "people": pl.DataFrame({"name": ["Ли", "Sahib Nurlan"]}),
    "actors": pl.DataFrame({"name": ["Heydar Quliyev Foundation", "Nurlan-Sultan Works"]}),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ballot: Ayşe Demirtaş", "ballot: [name]"),
        ("AYŞE DEMIRTAŞ spoke", "[name] spoke"),
        ("A. Demirtaş and B. Demirtaş", "[name] and [name]"),
        ("President Demirtaş’s address", "President [name]’s address"),
        ("Askar O’Brien", "[name]"),
        ("Ayşe  Demirtaş", "[name]"),
        ("Ли, deputy", "[name], deputy"),
        ("Лидер", "Лидер"),
        ("Demirtaşlar", "Demirtaşlar"),
        ("the Quliyev Foundation", "the Quliyev Foundation"),
        ("H. Quliyev", "[name]"),
        ("Nurlan", "Nurlan"),
        ("", ""),
    ],
)
def test_names_are_masked_as_whole_words(text: str, expected: str) -> None:
    mask = name_mask(TABLES)
    assert mask.text(text) == expected
    assert pl.DataFrame({"a": [text]}).select(mask.column("a")).item() == expected
    assert pl.DataFrame({"a": [[text]]}).select(mask.column("a", listed=True)).item().to_list() == [expected]


def test_without_registered_people_nothing_changes() -> None:
    assert name_mask({}).text("Ayşe Demirtaş") == "Ayşe Demirtaş"


def test_personal_tables_go_and_free_text_is_masked() -> None:
    tables = {
        **TABLES,
        "figures": pl.DataFrame(
            {
                "row_id": ["figures:demirtas-2020#1|1"],
                "report_id": ["demirtas-2020#1"],
                "attributed_to": ["Ayşe Demirtaş"],
                "scope": [None],
            },
            schema_overrides={"scope": pl.String},
        ),
        "sources": pl.DataFrame(
            {
                "row_id": ["sources:a"],
                "url": ["https://example.org/Ayşe Demirtaş"],
                "title": ["Ayşe Demirtaş speaks"],
                "note": ["by Ayşe Demirtaş"],
            }
        ),
        "evidence": pl.DataFrame(
            {
                "row_id": ["people:r#1|Ayşe Demirtaş", "figures:r#1|1"],
                "table": ["people", "figures"],
                "says": ["names Ayşe Demirtaş", "Demirtaş: 5"],
            }
        ),
        "conflicts": pl.DataFrame(
            {
                "row_ids": [["people:r#1|Ли", "figures:r#1|1"], ["people:r#1|Ли", "person_names:x"]],
                "values": [["5", "Ли: 6"], ["Ли", "Lee"]],
            }
        ),
        "name_decisions": pl.DataFrame({"name": ["Ayşe D.", "TÜRK-İŞ"], "means": ["p-demirtas", "tur-turkis"]}),
    }
    kept = without_people(tables)
    assert set(kept) == {"actors", "figures", "sources", "evidence", "conflicts", "name_decisions"}
    assert kept["figures"].row(0) == ("figures:demirtas-2020#1|1", "demirtas-2020#1", "[name]", None)
    assert kept["sources"].row(0) == (
        "sources:a",
        "https://example.org/Ayşe Demirtaş",
        "Ayşe Demirtaş speaks",
        "by [name]",
    )
    assert kept["evidence"].rows() == [("figures:r#1|1", "figures", "[name]: 5")]
    assert kept["conflicts"].height == 1, "what is only about people goes with them"
    assert kept["conflicts"].row(0) == (["figures:r#1|1"], ["5", "[name]: 6"])
    assert kept["name_decisions"].get_column("name").to_list() == ["TÜRK-İŞ"]
    assert "Ayşe" in tables["figures"].item(0, "attributed_to"), "the tables given stay as they were"

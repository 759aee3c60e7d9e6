"""A map is typed and checked: each mistake with its line and what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from socdialog.errors import UsageError
from socdialog.importing.map_file import read_map, shipped_maps

RIGHT = """\
source:
  source_id: reg
  url: https://a.org/register
  publisher: Labour Office
  language: en
  kind: government
id: [Case]
corrections: {blanks: true}
tables:
  reports:
    kind: strike
    status: held
    label: {text: "Strike at {Firm}"}
    countries: USA
    start_date: {column: Begin}
    date_basis: printed
    coder: machine
  figures:
    - indicator: workers_on_strike
      value: {column: Workers}
      unit: persons
      qualifier: exact
"""


@pytest.fixture
def refused(tmp_path: Path):
    """Read a map in which one text was replaced, and return what is said of it."""

    def read(old: str, new: str) -> list[str]:
        assert old in RIGHT
        path = tmp_path / "map.yaml"
        path.write_text(RIGHT.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(UsageError) as wrong:
            read_map(path)
        return list(wrong.value.details)

    return read


def test_a_right_map_is_read_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(RIGHT, encoding="utf-8")
    found = read_map(tmp_path / "map.yaml")
    assert found.line_of("figures", 1, "value") == 20
    assert found.line_of("reports", 1, "label") == 13
    assert [(table, number) for table, number, _ in found.content.entries] == [("reports", 1), ("figures", 1)]
    assert found.content.read.encoding == "utf-8"


NO_COLUMN = "'colunm' is not a known entry of the map; did you mean 'column'?"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: strike", "kind: strke", "11: reports: kind: 'strke' is not a known code; did you mean 'strike'?"),
        ("countries: USA", "countries: US", "14: reports: countries: 'US' is not a known code; did you mean 'USA'?"),
        ("    status:", "    sttus:", "12: reports: 'sttus' is not a known column; did you mean 'status'?"),
        ("  figures:", "  figurs:", "18: tables: 'figurs' is not a known table; did you mean 'figures'?"),
        ("{blanks", "{blank", "8: 'blank' is not a known entry of the map; did you mean 'blanks'?"),
        ("{blanks: true}", "{blanks: perhaps}", "8: corrections.blanks: write true or false"),
        ("{column: Begin}", "{colunm: Begin}", f"15: {NO_COLUMN}"),
        ("{column: Begin}", "{column: Begin, text: x}", "15: reports: start_date: write one of column:, text:"),
        ("{column: Begin}", "{}", "15: reports: start_date: write one of column:, text: and slug:"),
        ("    status: held", "    report_id: x", "12: reports: report_id comes from the map's id; delete it"),
        ("language: en", "language: english", "5: source: language: 'english' is not a known code; did you mean 'en'?"),
        ("  publisher: Labour Office\n", "", "1: source: publisher is missing"),
        ("id: [Case]", "id: []", "7: id: write a list of columns"),
        ("id: [Case]", "id: Case", "7: id: write a list of columns"),
        ("id: [Case]", "other: 1", "1: id is missing"),
        ("  reports:\n", "  sources:\n", "10: tables: sources is written as 'source:'"),
        ("kind: strike", "kind: {column: K, codes: {A: strik}}", "11: reports: kind: 'strik' is not a known code"),
        ("    status: held", "    kind: strike", "12: kind: the entry is repeated; delete one"),
        ("id: [Case]", "id: &a [Case]", "7: anchors (&) and aliases (*) are not read"),
    ],
)
def test_each_mistake_has_its_line_and_what_was_meant(refused, old: str, new: str, said: str) -> None:
    details = refused(old, new)
    assert any(line.startswith(f"map.yaml:{said}") for line in details), details


def test_all_mistakes_are_told_at_once(refused) -> None:
    assert len(refused("    kind: strike\n    status: held", "    kind: strke\n    sttus: held")) == 2


def test_the_shipped_maps_are_right_and_found_by_name() -> None:
    assert set(shipped_maps()) == {"fmcs_work_stoppages"}
    for name in shipped_maps():
        assert read_map(Path(name)).content.tables


def test_a_map_that_is_not_there_names_the_shipped_ones() -> None:
    with pytest.raises(UsageError, match="fmcs_work_stoppages"):
        read_map(Path("no_such_map.yaml"))

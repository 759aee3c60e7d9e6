"""The net tells a changed value or source from a changed word, on a small page and small tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import altair as alt
import polars as pl
import pytest

from socdialog.display.parts import Column, Figure, Section, Table, Value, sentence, table
from socdialog.profiles.profile import Profile, make_profile
from tests.net import downloads, frozen, published
from tests.net.frozen import Net
from tests.net.meaning import dates, facts
from tests.net.pages import records
from tests.small_evidence import evidence

SOURCES = ("kasipodaq", "ilostat", "itar")


ROWS = (
    ("figures:a|1", "kasipodaq", "labour conflicts: 84; 2023"),
    ("figures:b|1", "itar", "labour conflicts: 68; 2024"),
    ("events:ev-1", "kasipodaq", "Strike (3 May 2024)"),
    ("events:ev-2", "kasipodaq", "Strike (5 May 2024)"),
    ("events:ev-2", "itar", "Strike (5 May 2024)"),
    ("country_years:KAZ|D|2017", "ilostat", "Trade union density, 2017: 46.9%; release 2026-02"),
)


def citations(names: tuple[str, ...] = SOURCES) -> pl.DataFrame:
    empty = dict.fromkeys(("title", "published", "language", "copy_of"), pl.String)
    rows = [(f"at-{name}", f"https://{name}.example/a", name, None, None, None, None) for name in names]
    return pl.DataFrame(
        rows, schema={"source_id": pl.String, "url": pl.String, "publisher": pl.String, **empty}, orient="row"
    )


def made(*parts: object, rows: tuple[tuple[str, str, str], ...] = ROWS, key: str = "figures") -> Profile:
    # A heading is enough: the net reads the words of a statement, whatever part they come from.
    told = evidence(
        *(
            {"row_id": row, "source_id": f"at-{source}", "table": "events", "subject": says}
            for row, source, says in rows
        )
    )
    section = Section(key, "Reported figures", tuple(parts))  # type: ignore[arg-type]
    return make_profile("Kazakhstan", (section,), evidence=told, citations=citations())


DENSITY = Value("46.9%", ("country_years:KAZ|D|2017",))
SAID = sentence("Trade union density: ", DENSITY, " in 2017.")
EARLIER = Value("84", ("figures:a|1",))
LATER = Value("68", ("figures:b|1",))
CONFLICTS = table("disagreements", "Labour conflicts", ["year", "#number"], [("2023", EARLIER), ("2024", LATER)])
STRIKES = table("kinds", "Events", ["kind", "#events"], [("Strike", Value("2", ("events:ev-1", "events:ev-2")))])
PAGE = (SAID, CONFLICTS, STRIKES)


def net(profile: Profile) -> Net:
    found = Net()
    found.pages["KAZ"] = records(profile, found.ledger)
    return found


def found(profile: Profile) -> list[str]:
    return frozen.differences(net(made(*PAGE)), net(profile))


def chart(*values: float) -> Figure:
    frame = pl.DataFrame({"n": values})
    points = table("c-t", "Points", ["#n"], [(Value("2", ("events:ev-1",)),)])
    drawn = alt.Chart(frame, title=alt.Title("n", subtitle="n")).mark_bar().encode(x="n:Q")
    return Figure("c", drawn.to_dict(), ("n",), points)


def test_the_same_page_is_the_same() -> None:
    assert found(made(*PAGE)) == []


LOST: dict[str, Callable[[], Profile]] = {
    "a value": lambda: made(
        sentence("Trade union density: ", Value("46.8%", DENSITY.evidence), " in 2017."), *PAGE[1:]
    ),
    "its unit": lambda: made(
        sentence("Trade union density: ", Value("46.9", DENSITY.evidence), " in 2017."), *PAGE[1:]
    ),
    "its sign": lambda: made(sentence("Density: ", Value("−46.9%", DENSITY.evidence), " in 2017."), *PAGE[1:]),
    "its qualifier": lambda: made(
        sentence("Density: ", Value("about 46.9%", DENSITY.evidence), " in 2017."), *PAGE[1:]
    ),
    "its year": lambda: made(sentence("Trade union density: ", DENSITY, " in 2016."), *PAGE[1:]),
    "its evidence": lambda: made(sentence("Density: ", Value("46.9%", ("figures:a|1",)), " in 2017."), *PAGE[1:]),
    "that it is absent": lambda: made(
        sentence("Density: ", Value("46.9%", DENSITY.evidence, absent=True), " in 2017."), *PAGE[1:]
    ),
    "a source of a row": lambda: made(*PAGE, rows=ROWS[:4] + ROWS[5:]),
    "what a source gave": lambda: made(
        *PAGE, rows=(("figures:a|1", "kasipodaq", "labour conflicts: 85; 2023"), *ROWS[1:])
    ),
    "whose a source is": lambda: made(*PAGE, rows=(("figures:a|1", "itar", "labour conflicts: 84; 2023"), *ROWS[1:])),
    "a row of a set": lambda: made(SAID, CONFLICTS, swapped(STRIKES, 0, 1, Value("2", ("events:ev-2",)))),
    "a table": lambda: made(SAID, STRIKES),
    "a sentence": lambda: made(CONFLICTS, STRIKES),
    "a row": lambda: made(SAID, dataclasses.replace(CONFLICTS, rows=CONFLICTS.rows[:1]), STRIKES),
    "one of two that are alike": lambda: made(SAID, CONFLICTS),
    "whose values are whose": lambda: made(SAID, swapped(swapped(CONFLICTS, 0, 1, LATER), 1, 1, EARLIER), STRIKES),
    "what a row is about": lambda: made(SAID, CONFLICTS, swapped(STRIKES, 0, 0, "Meeting")),
}


def swapped(shown: Table, row: int, column: int, cell: object) -> Table:
    rows = [list(cells) for cells in shown.rows]
    rows[row][column] = cell  # type: ignore[call-overload]
    return dataclasses.replace(shown, rows=tuple(tuple(cells) for cells in rows))


@pytest.mark.parametrize("what", LOST)
def test_a_loss_is_found_and_named(what: str) -> None:
    lines = found(LOST[what]())
    assert any(line.startswith(("  - ", "  + ")) for line in lines), what


def test_swapped_evidence_is_found_where_values_are_words_alike() -> None:
    one, other = Value("in force", ("figures:a|1",)), Value("in force", ("figures:b|1",))
    before = table("t", "Status", ["year", "status"], [("2023", one), ("2024", other)])
    after = table("t", "Status", ["year", "status"], [("2023", other), ("2024", one)])
    assert frozen.differences(net(made(before)), net(made(after)))


def test_values_of_two_countries_do_not_change_places() -> None:
    def page(first: Value, second: Value) -> Profile:
        return made(table("t", "n", ["kind", "Kazakhstan", "Georgia"], [("Strike", first, second)], separate=True))

    assert frozen.differences(net(page(EARLIER, LATER)), net(page(LATER, EARLIER)))


def test_a_point_of_a_chart_is_a_value() -> None:
    assert frozen.differences(net(made(chart(1.0, 2.5))), net(made(chart(1.0, 2.6))))
    assert not frozen.differences(net(made(chart(1.0, 2.5))), net(made(chart(2.5, 1.0))))


KEPT: dict[str, Callable[[], Profile]] = {
    "a sentence": lambda: made(sentence("In 2017, ", DENSITY, " of employees were members."), *PAGE[1:]),
    "the words of a value": lambda: made(
        SAID, CONFLICTS, swapped(STRIKES, 0, 1, Value("Two events", ("events:ev-2", "events:ev-1")))
    ),
    "per cent": lambda: made(sentence("Density: ", Value("46.90 per cent", DENSITY.evidence), " in 2017."), *PAGE[1:]),
    "headings and keys": lambda: made(
        SAID,
        dataclasses.replace(CONFLICTS, key="x", caption="Disputes", columns=(Column("Jahr"), Column("Zahl"))),
        STRIKES,
    ),
    "the order": lambda: made(STRIKES, dataclasses.replace(CONFLICTS, rows=CONFLICTS.rows[::-1]), SAID),
    "the section": lambda: made(*PAGE, key="claims"),
    "the words of a source": lambda: made(
        *PAGE, rows=(("figures:a|1", "kasipodaq", "84 disagreements over labour (2023)"), *ROWS[1:])
    ),
    "the names of tables": lambda: made(
        SAID,
        swapped(CONFLICTS, 0, 1, Value("84", ("reported_figures:a|1",))),
        STRIKES,
        rows=(("reported_figures:a|1", "kasipodaq", "labour conflicts: 84; 2023"), *ROWS[1:]),
    ),
}


@pytest.mark.parametrize("what", KEPT)
def test_rewording_and_moving_are_no_loss(what: str) -> None:
    assert found(KEPT[what]()) == []


def test_a_relabelled_code_is_the_same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = net(made(*PAGE))
    monkeypatch.setattr("tests.net.pages.labels", lambda: {"Work stoppage": "strike"})
    after = net(made(SAID, CONFLICTS, swapped(STRIKES, 0, 0, "Work stoppage")))
    assert frozen.differences(before, after) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 353 558 members", ["1353558"]),
        ("1,353,558 members", ["1353558"]),
        ("1\u202f353\u202f558 members", ["1353558"]),
        ("3, 13, 16", ["13", "16", "3"]),
        ("5.0 and 0.50", ["0.5", "5"]),
        ("2009–2012", ["2009", "2012"]),
        ("2009-2012", ["2009", "2012"]),
        ("from −3 to -2", ["-2", "-3"]),
        ("17 December 2025", ["2025-12-17"]),
        ("2025-12-17", ["2025-12-17"]),
        ("December 2025", ["2025-12"]),
        ("28 April to 3 May 2024", ["--04-28", "2024-05-03"]),
        ("more than 250", [">250"]),
        ("fewer than 6,000", ["<6000"]),
        ("at least 3 of at most 4", ["≤4", "≥3"]),
        ("46.9 %", ["46.9%"]),
        ("46.9 per cent", ["46.9%"]),
        ("C087", ["87"]),
        ("Convention No. 87", ["87"]),
        ("four agreements, no one signed", ["4"]),
        ("KZT 85,000 a month", ["85000", "money KZT"]),
        ("85 000 KZT per month", ["85000", "money KZT"]),
        ("TÜRK-İŞ", []),
    ],
)
def test_a_fact_has_one_spelling(text: str, expected: list[str]) -> None:
    assert facts(text) == sorted(expected)


def test_years_are_dates_and_counts_are_not() -> None:
    assert dates("84 disagreements in 2023, as of 1 January 2024") == ["2023", "2024-01-01"]


HTML = made(*PAGE)._repr_mimebundle_()["text/html"]


def test_a_published_page_says_what_its_profile_holds() -> None:
    assert list(published.differences(made(*PAGE), HTML)) == []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("46.9%", "46.8%"),
        ("<td>84", "<td>48"),
        ("href=#s2>[2]</a>", "href=#s1>[1]</a>"),
        (" href=#s2>[2]</a>", ">[2]</a>"),
        ("https://itar.example/a", "https://other.example/a"),
        ("Labour conflicts: 84", "Labour conflicts: some"),
        ("<th>2024", "<th>2025"),
    ],
)
def test_a_page_that_says_another_thing_is_found(here: str, there: str) -> None:
    assert here in HTML
    assert list(published.differences(made(*PAGE), HTML.replace(here, there, 1)))


def test_classes_and_ids_of_a_page_may_change() -> None:
    changed = HTML.replace("sd-", "page-").replace("#s", "#source-").replace("id=s", "id=source-")
    changed = changed.replace("#e", "#set-").replace("id=e", "id=set-").replace("[", "(").replace("]", ")")
    assert changed != HTML
    assert list(published.differences(made(*PAGE), changed)) == []


TABLE = pl.DataFrame(
    {
        "row_id": ["disagreements:x", "disagreements:y"],
        "country": ["KAZ", "TUR"],
        "source_id": ["at-1", "at-2"],
        "explanation": ["48 is not 49", "12% of 30"],
        "spread": [1.5, 2.5],
        "verdict": ["agree", "rounding"],
    }
)
CITED = {"at-1": "https://a.example", "at-2": "https://b.example", "at-9": "https://a.example"}


def table_net(folder: Path, frame: pl.DataFrame) -> Net:
    path = folder / "disagreements.csv"
    frame.write_csv(path)
    return Net(downloads={"disagreements": downloads.content(path, CITED)})


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (TABLE.drop("spread"), False),
        (TABLE.drop("country"), False),
        (TABLE.head(1), False),
        (TABLE.with_columns(spread=pl.col("spread").reverse()), False),
        (TABLE.with_columns(country=pl.lit("KAZ")), False),
        (TABLE.with_columns(verdict=pl.lit("agree")), False),
        (TABLE.with_columns(source_id=pl.lit("at-1")), False),
        (TABLE.with_columns(explanation=pl.col("explanation").str.replace("49", "50")), False),
        (TABLE.rename({"spread": "gap"}), True),
        (TABLE.select(reversed(TABLE.columns)), True),
        (TABLE.reverse(), True),
        (TABLE.with_columns(explanation=pl.col("explanation").str.replace("is not", "differs from")), True),
        (TABLE.with_columns(row_id=pl.col("row_id").str.replace("disagreements", "disagreements")), True),
        (TABLE.with_columns(source_id=pl.col("source_id").str.replace("at-1", "at-9")), True),
    ],
)
def test_a_download_keeps_its_columns_and_values(tmp_path: Path, changed: pl.DataFrame, same: bool) -> None:
    before, after = table_net(tmp_path, TABLE), table_net(tmp_path, changed)
    assert (frozen.differences(before, after) == []) is same


def test_a_renamed_raw_column_is_lost_only_where_its_values_are(tmp_path: Path) -> None:
    before = table_net(tmp_path, TABLE)
    assert frozen.differences(before, table_net(tmp_path, TABLE.rename({"country": "state"}))) == []


def test_a_lost_download_is_named(tmp_path: Path) -> None:
    lines = frozen.differences(table_net(tmp_path, TABLE), Net())
    assert lines == ["download disagreements: 1 lost, 0 gained", "  - the whole table, 2 rows"]


def test_a_net_is_read_as_it_was_written(tmp_path: Path) -> None:
    before = net(made(*PAGE))
    before.downloads = table_net(tmp_path, TABLE).downloads
    before.site["index"] = frozen.site_rows("<table><tbody><tr><th>Kazakhstan<td>118<td>70</table>")
    frozen.write(before, tmp_path / "net")
    after = frozen.read(tmp_path / "net")
    assert frozen.differences(before, after) == []
    assert frozen.differences(after, before) == []
    assert list(before.site["index"]) == ["118; 70; kazakhstan"]
    seal = frozen.seal(tmp_path / "net")
    frozen.write(after, tmp_path / "net")
    assert frozen.seal(tmp_path / "net") == seal


def test_a_difference_is_told_in_words() -> None:
    lines = found(made(SAID, swapped(CONFLICTS, 0, 1, Value("85", ("figures:a|1",))), STRIKES))
    assert lines[0] == "page KAZ: 1 lost, 1 gained"
    assert lines[1].startswith("  - '84' beside '2023', from a|1 in https://kasipodaq.example/a (set ")
    assert lines[2].startswith("  + '85' beside '2023', from a|1 in https://kasipodaq.example/a (set ")

"""The shipped data has no error, and every warning is one that a person looked at and found true."""

from __future__ import annotations

from datetime import date

from socdialog.codebook.wording import figure_labels
from socdialog.intake.checks import check

TODAY = date(2026, 11, 29)

#: Place and finding of each warning, each read against its row and found true.
TRUE_WARNINGS = {
    # The hunger strike was told on 20 and 18 January 2017; its end, 21 January, came from other texts (see note).
    ("data/raw/activity/reports.csv", "end_date", "'2017-01-21'", "ends_after_publication"): 2,
    # An online course announced to run until 2 July 2021, told on 29 June.
    ("data/raw/activity/reports.csv", "end_date", "'2021-07-02'", "ends_after_publication"): 1,
    # A working visit from 3 to 5 July 2023, told on 4 July.
    ("data/raw/activity/reports.csv", "end_date", "'2023-07-05'", "ends_after_publication"): 1,
    # Days not worked in Türkiye in 1995: 4,838,241, against 242,589 and 274,322 in the years beside it.
    ("data/raw/indicators/country_years.csv", "value", "4838241", "series_jump"): 1,
}


def test_the_shipped_data_has_no_error(raw):
    assert [str(problem) for problem in check(raw, today=TODAY) if problem.level == "error"] == []


def test_every_warning_was_looked_at(raw):
    found: dict[tuple[str, str, str, str], int] = {}
    for problem in check(raw, today=TODAY):
        if problem.level == "warning":
            key = (problem.file, problem.column, problem.message.split(" ")[0], problem.rule)
            found[key] = found.get(key, 0) + 1
    assert found == TRUE_WARNINGS


def test_every_indicator_of_reported_figures_has_a_label(raw):
    used = raw.tables["indicators_reported"].get_column("indicator").to_list()
    assert len(used) > 50
    assert sorted(used) == sorted(figure_labels())


def test_every_table_was_read_whole(raw, raw_folder):
    assert raw.problems == ()
    for frame in raw.tables.values():
        path = raw_folder.parent / frame.get_column("raw_file")[0]
        assert frame.height == path.read_bytes().count(b"\n") - 1


def test_each_country_has_statements_that_a_summary_can_begin_with(raw):
    rows = raw.tables["context"].drop_nulls("statement")
    for country in raw.tables["countries"].get_column("country"):
        own = rows.filter(rows["country"] == country)
        assert own.get_column("order").to_list() == [str(place + 1) for place in range(own.height)], country
        assert {"unions", "rights"} <= set(own.get_column("aspect")), country

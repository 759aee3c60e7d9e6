"""A report of problems as lines, as a frame, and as a table."""

from __future__ import annotations

from socdialog.intake.check_report import CheckReport
from socdialog.intake.problems import Problem

ERROR = Problem("data/raw/a.csv", 17, "start_date", "'<b>' is not a date", "error", "bad_date")
WARNING = Problem("data/raw/b.xlsx", 0, "", "it is not read", "warning", "unexpected_file")


def test_lines_name_file_line_and_column_and_close_with_a_count():
    assert str(CheckReport((ERROR, WARNING))).split("\n") == [
        "data/raw/a.csv:17: start_date: '<b>' is not a date",
        "data/raw/b.xlsx: warning: it is not read",
        "1 error, 1 warning",
    ]


def test_nothing_found_is_said():
    assert str(CheckReport(())) == "no problems found"
    assert CheckReport(())._repr_html_() == "<p>no problems found</p>"
    assert CheckReport(()).frame().height == 0


def test_errors_and_warnings_are_told_apart():
    report = CheckReport((ERROR, WARNING))
    assert report.errors == (ERROR,)
    assert report.warnings == (WARNING,)
    assert report.frame().rows() == [
        ("data/raw/a.csv", 17, "start_date", "'<b>' is not a date", "error", "bad_date"),
        ("data/raw/b.xlsx", 0, "", "it is not read", "warning", "unexpected_file"),
    ]


def test_the_table_has_scoped_headers_and_escapes_what_the_data_says():
    html = CheckReport((ERROR,))._repr_html_()
    assert html.count('<th scope="col">') == 4
    assert '<th scope="row">data/raw/a.csv:17</th>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html

"""A page that has too much is told of, with its section: words, bytes, charts of a subject, boxes, rows and columns."""

from __future__ import annotations

import pytest

from socdialog.site.page_caps import over_caps

FIGURE, BOX = "<figure class=sd-figure>chart</figure>", "<p class=sd-box>Note.</p>"


def page(body: str, *, section: str = "actors") -> str:
    return f"<header>menu</header><main><h1>Peru</h1><section id={section}><h2>Section</h2>{body}</section></main>"


def table(rows: int, columns: int) -> str:
    """A table as pages have it: ends of rows, cells and heads are left out, and a row begins with its heading."""
    head = "<th scope=col>h" * columns
    row = "<tr><th scope=row>a" + "<td>b" * (columns - 1)
    return f"<table><caption>c</caption><thead><tr>{head}<tbody>{row * rows}</table>"


@pytest.mark.parametrize(
    "body",
    [
        "word " * 5_990,
        "<script>" + "word " * 9_000 + "</script><svg><text>" + "word " * 9_000 + "</text></svg>",
        f"<details><summary>one</summary>{'word ' * 9_000}{table(60, 9)}{FIGURE * 3}{BOX * 3}</details>",
        f"{FIGURE}<h3>One</h3>{FIGURE}<h3>Two</h3>{FIGURE}",
        '<figure class="sd-figure sd-small">a</figure>' * 2,
        table(10, 6) * 3,
        BOX,
    ],
)
def test_a_page_within_its_caps_has_nothing_to_tell(body: str) -> None:
    assert over_caps(page(body)) == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("word " * 6_001, "6,003 words, at most 6,000"),
        (f"<details><summary>{'word ' * 6_001}</summary></details>", "6,003 words, at most 6,000"),
        ("<h3>One</h3>" + FIGURE * 2, "section actors: 2 charts for one subject, at most 1"),
        (BOX * 2, "section actors: 2 boxes, at most 1"),
        (table(11, 2), "section actors: 11 rows in a table, at most 10"),
        (table(2, 7), "section actors: 7 columns in a table, at most 6"),
    ],
)
def test_what_is_too_much_is_named_with_its_section(body: str, said: str) -> None:
    assert list(map(str, over_caps(page(body)))) == [said]


def test_all_bytes_count() -> None:
    (excess,) = over_caps(page(f"<script>{'x' * 300_000}</script>"))
    assert (excess.what, excess.most) == ("bytes", 300_000)
    assert excess.found > 300_000


@pytest.mark.parametrize("section", ["law", "standards"])
def test_lists_of_a_fixed_set_are_as_long_as_it_is(section: str) -> None:
    assert over_caps(page(table(19, 4), section=section)) == ()


def test_boxes_are_counted_by_section() -> None:
    assert over_caps(page(BOX) + page(BOX, section="law")) == ()

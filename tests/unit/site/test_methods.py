"""The page of the methods: every metric says all of itself, and a gap is found."""

from __future__ import annotations

import inspect
import re
from types import ModuleType

import pytest
from markupsafe import escape

from socdialog import metrics
from socdialog.intake.disagreements.comparison import comparison
from socdialog.site.methods import PARTS, gaps, read_subject, subjects
from socdialog.site.methods_page import mark, render_methods
from socdialog.site.page_shell import Link, page_faults
from socdialog.site.specifications import read_specification, specifications

LARGEST = 350_000
NOTES = {
    "Formula": "``1 + 1``.",
    "Unit": "ones.",
    "Domain": "2.",
    "Missing": "null.",
    "Not measured": "anything <else>.",
    "Reference": "Project definition.",
}
EXAMPLE = """# Sums

Of two.

## One and one

Source: worked by hand.

given

| a (int) | b |
| --- | --- |
| 1 | <b> |
|  | 2 |

when `sums.add(a, b)`

then

| value |
| --- |
| 2 |
|  |
"""


@pytest.fixture(scope="module")
def page() -> str:
    return render_methods(edition="2026-11", site_title="A study", neighbours=[Link("comparison.html", "Comparison")])


def module(notes: dict[str, str], *, summary: str = "Add one and one.") -> ModuleType:
    """Make a subject of one metric with these notes."""

    def add(a: int, b: int, *, twice: bool = False) -> int:
        return a + b + twice

    told = "\n".join(f"{label}: {text}" for label, text in notes.items())
    add.__doc__ = f"{summary}\n\nReturns\n-------\nint\n    The sum.\n\nNotes\n-----\n{told}\n"
    made = ModuleType("sums", "Sums of *two* things.")
    made.__dict__.update(add=add, __all__=["add", "LIMIT"], LIMIT=3)
    return made


def found_gaps(notes: dict[str, str], *, example: str = EXAMPLE, summary: str = "Add.") -> tuple[str, ...]:
    told = [read_specification(example, file="sums")]
    return gaps([read_subject("sums", module(notes, summary=summary), told=told)], told=told)


def test_every_metric_says_all_of_itself() -> None:
    assert gaps(subjects(), told=specifications()) == ()


def test_every_public_metric_has_its_section(page: str) -> None:
    listed = {(one.subject, one.name) for subject in subjects() for one in (*subject.methods, *subject.steps)}
    for name in metrics.__all__:
        for public in getattr(metrics, name).__all__:
            if inspect.isfunction(inspect.unwrap(getattr(getattr(metrics, name), public))):
                home = getattr(metrics, name).__dict__[public].__module__.rpartition(".")[2]
                assert (home if home in metrics.__all__ else name, public) in listed
    for subject in subjects():
        for one in subject.methods:
            _, _, rest = page.partition(f'<h3 id="{one.subject}-{one.name}">')
            section = re.split(r"<h3|</section>", rest)[0]
            for words in ("Formula", "Where data are missing", "Does not measure", "Reference", "worked example"):
                assert words in section, f"{one.subject}.{one.name}: {words}"


def test_the_page_is_sound_and_small(page: str) -> None:
    assert page_faults(page) == ()
    assert len(page.encode()) < LARGEST
    assert not re.search(r'(href|src)="(https?:)?//', page)
    assert 'aria-current="page">Methods</a>' in page


def test_the_page_shows_every_worked_example_with_its_source(page: str) -> None:
    for specification in specifications():
        for case in specification.cases:
            assert page.count(str(mark(case.title, subject="", places={}))) > 0, case.title
    assert page.count("Source:") >= sum(len(one.cases) for one in specifications())
    assert "12.211429" in page, "an expected value of the tables"


def test_the_page_shows_the_table_that_makes_verdicts(page: str) -> None:
    section = page.partition('<section class="sd-section" id="comparison">')[2].partition("</section>")[0]
    for row in comparison().verdicts:
        assert escape(row.because) in section
    assert "Unit and currency: different" in section
    assert "Nothing else differs" in section


def test_a_whole_metric_has_no_gap() -> None:
    assert found_gaps(NOTES) == ()


@pytest.mark.parametrize("label", PARTS)
def test_a_part_left_out_is_found(label: str) -> None:
    assert found_gaps({name: text for name, text in NOTES.items() if name != label}) == (f"sums.add: no '{label}:'",)


@pytest.mark.parametrize(
    ("notes", "changed", "says"),
    [
        (NOTES, ("sums.add(", "sums.take("), "sums.add: no worked example"),
        (NOTES, ("sums.add(", "sums.take("), "sums: 'One and one' calls no public metric"),
        (NOTES, ("Source:", "Says:"), "sums: 'One and one' names no source"),
    ],
)
def test_a_metric_and_an_example_that_miss_each_other_are_found(
    notes: dict[str, str], changed: tuple[str, str], says: str
) -> None:
    assert says in found_gaps(notes, example=EXAMPLE.replace(*changed))


def test_a_metric_without_a_word_is_found() -> None:
    assert found_gaps(NOTES, summary="") == ("sums.add: no words on what it is",)


def test_a_step_on_the_way_needs_no_formula() -> None:
    told = [read_specification(EXAMPLE.replace("sums.add(", "sums.other("), file="sums")]
    subject = read_subject("sums", module({"Step of": "`other`."}), told=[])
    assert subject.methods == ()
    assert [step.step_of for step in subject.steps] == ["`other`."]
    assert gaps([subject], told=[]) == ()
    assert gaps([subject], told=told) == ("sums: 'One and one' calls no public metric",)


def test_what_is_read_is_what_is_written() -> None:
    told = read_specification(EXAMPLE, file="sums")
    (case,) = told.cases
    assert (told.title, told.text, case.title, case.calls) == ("Sums", "Of two.", "One and one", ("sums", "add"))
    assert case.given[0].columns == (("a", "int"), ("b", None))
    assert case.given[0].rows == (("1", "<b>"), (None, "2"))
    (method,) = read_subject("sums", module(NOTES), told=[told]).methods
    assert (method.measures, method.returns, method.arguments) == ("Add one and one.", "The sum.", "a, b, *, twice")
    assert method.cases == (case,)


def test_words_are_escaped_and_names_become_links() -> None:
    places = {("sums", "add"): "sums-add", ("other", "take"): "other-take"}
    html = str(mark("a < b, ``x < y``, `add`, `take`, `none`, *so*", subject="sums", places=places))
    assert html == (
        'a &lt; b, <code>x &lt; y</code>, <a href="#sums-add"><code>add</code></a>, '
        '<a href="#other-take"><code>take</code></a>, <code>none</code>, <em>so</em>'
    )

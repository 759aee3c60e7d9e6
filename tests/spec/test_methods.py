"""The reference of the metrics: every metric says all of itself, and a gap is found."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from docs.methods import PARTS, gaps, read_subject, subjects
from docs.specifications import read_specification, specifications
from socdialog import metrics

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


def module(notes: dict[str, str], *, summary: str = "Add one and one.") -> ModuleType:
    """Make a subject of one metric with these notes."""

    def add(a: int, b: int, *, twice: bool = False) -> int:
        return a + b + twice

    specified = "\n".join(f"{label}: {text}" for label, text in notes.items())
    add.__doc__ = f"{summary}\n\nReturns\n-------\nint\n    The sum.\n\nNotes\n-----\n{specified}\n"
    made = ModuleType("sums", "Sums of *two* things.")
    made.__dict__.update(add=add, __all__=["add", "LIMIT"], LIMIT=3)
    return made


def found_gaps(notes: dict[str, str], *, example: str = EXAMPLE, summary: str = "Add.") -> tuple[str, ...]:
    specified = [read_specification(example, file="sums")]
    return gaps([read_subject("sums", module(notes, summary=summary), specified=specified)], specified=specified)


def test_every_metric_says_all_of_itself() -> None:
    assert gaps(subjects(), specified=specifications()) == ()


def test_every_public_metric_is_listed() -> None:
    listed = {(one.subject, one.name) for subject in subjects() for one in (*subject.methods, *subject.steps)}
    for name in metrics.__all__:
        for public in getattr(metrics, name).__all__:
            if inspect.isfunction(inspect.unwrap(getattr(getattr(metrics, name), public))):
                home = getattr(metrics, name).__dict__[public].__module__.rpartition(".")[2]
                assert (home if home in metrics.__all__ else name, public) in listed


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
    specified = [read_specification(EXAMPLE.replace("sums.add(", "sums.other("), file="sums")]
    subject = read_subject("sums", module({"Step of": "`other`."}), specified=[])
    assert subject.methods == ()
    assert [step.step_of for step in subject.steps] == ["`other`."]
    assert gaps([subject], specified=[]) == ()
    assert gaps([subject], specified=specified) == ("sums: 'One and one' calls no public metric",)


def test_what_is_read_is_what_is_written() -> None:
    specified = read_specification(EXAMPLE, file="sums")
    (case,) = specified.cases
    assert (specified.title, specified.text, case.title, case.calls) == (
        "Sums",
        "Of two.",
        "One and one",
        ("sums", "add"),
    )
    assert case.given[0].columns == (("a", "int"), ("b", None))
    assert case.given[0].rows == (("1", "<b>"), (None, "2"))
    (method,) = read_subject("sums", module(NOTES), specified=[specified]).methods
    assert (method.measures, method.returns, method.arguments) == ("Add one and one.", "The sum.", "a, b, *, twice")
    assert method.cases == (case,)

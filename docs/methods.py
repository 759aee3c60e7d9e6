"""What each metric says of itself: read from its docstring, with the worked examples that call it.

The notes of a metric's docstring are labelled lines (``Formula: …``), one for each of `PARTS`. A public function that
is no metric but a step on the way to one says so with the single line ``Step of: …``. What is lacking is a gap, and
`gaps` lists it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from docs.specifications import Case, Specification, specifications
from socdialog import metrics

#: The labels in the notes of a metric, in the order of the page, and what stands there for them.
PARTS: Mapping[str, str] = {
    "Formula": "Formula",
    "Unit": "Unit",
    "Domain": "Domain",
    "Missing": "Missing data",
    "Not measured": "Limitations",
    "Reference": "Reference",
}
_STEP = "Step of"
_LABEL = re.compile(rf"^({'|'.join((*PARTS, _STEP))}): ", flags=re.MULTILINE)
_SECTION = re.compile(r"^([A-Z]\w+)\n-{3,}$", flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Method:
    """One public function of a subject.

    Parameters
    ----------
    subject, name
        Where it is found: ``metrics.<subject>.<name>``.
    arguments
        Its arguments, as they are called.
    measures
        What it measures.
    returns
        What comes out, as its docstring says.
    parts
        What its notes say, by label of `PARTS`.
    step_of
        For a step on the way to a metric: of which; empty for a metric.
    cases
        The worked examples that call it.
    """

    subject: str
    name: str
    arguments: str
    measures: str
    returns: str
    parts: Mapping[str, str]
    step_of: str = ""
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One module of metrics: its name, title, what it says of itself, and its functions."""

    name: str
    title: str
    text: tuple[str, ...]
    methods: tuple[Method, ...]
    steps: tuple[Method, ...] = field(default=())


def subjects() -> tuple[Subject, ...]:
    """Return every subject of the metrics with its methods and their worked examples."""
    specified = specifications()
    return tuple(read_subject(name, getattr(metrics, name), specified=specified) for name in metrics.__all__)


def read_subject(name: str, module: ModuleType, *, specified: Sequence[Specification]) -> Subject:
    """Read the public functions of one module.

    Parameters
    ----------
    name
        Of the subject.
    module
        Its module; public is what ``__all__`` names. What another subject defines is described there.
    specified
        The specifications; their cases go to the methods they call, their introductions to the subject.
    """
    title, *paragraphs = re.split(r"\n\s*\n", inspect.getdoc(module) or "")
    mine = [one for one in specified if any(case.calls[0] == name for case in one.cases)]
    found = [
        _method(name, public, function, [case for one in mine for case in one.cases if case.calls == (name, public)])
        for public in sorted(module.__all__)
        if inspect.isfunction(function := inspect.unwrap(getattr(module, public)))
        and function.__module__.removeprefix(f"{metrics.__name__}.") not in {*metrics.__all__} - {name}
    ]
    return Subject(
        name,
        _joined(title),
        tuple(_joined(text) for text in (*paragraphs, *(one.text for one in mine))),
        tuple(one for one in found if not one.step_of),
        tuple(one for one in found if one.step_of),
    )


def gaps(found: Iterable[Subject], *, specified: Sequence[Specification] = ()) -> tuple[str, ...]:
    """Return what the metrics do not state, and the examples that belong to none of them; empty when complete."""
    lacking: list[str] = []
    public: set[tuple[str, str]] = set()
    for subject in found:
        for one in (*subject.methods, *subject.steps):
            public.add((one.subject, one.name))
            if not one.measures:
                lacking.append(f"{one.subject}.{one.name}: no words on what it is")
        for one in subject.methods:
            lacking += [f"{one.subject}.{one.name}: no '{label}:'" for label in PARTS if not one.parts.get(label)]
            lacking += [] if one.cases else [f"{one.subject}.{one.name}: no worked example"]
    cases = [case for one in specified for case in one.cases]
    lacking += [f"{case.file}: '{case.title}' calls no public metric" for case in cases if case.calls not in public]
    lacking += [f"{case.file}: '{case.title}' names no source" for case in cases if "Source:" not in case.text]
    return tuple(lacking)


def _method(subject: str, name: str, function: object, cases: Sequence[Case]) -> Method:
    assert inspect.isfunction(function)
    sections = _sections(inspect.getdoc(function) or "")
    notes = _labelled(sections.get("Notes", ""))
    measures, _, _ = sections[""].partition("\n\n")
    return Method(
        subject,
        name,
        _arguments(inspect.signature(function)),
        _joined(measures),
        _returned(sections.get("Returns", "")),
        {label: text for label, text in notes.items() if label != _STEP},
        notes.get(_STEP, ""),
        tuple(cases),
    )


def _sections(doc: str) -> dict[str, str]:
    """Take a docstring apart at its underlined headings; what stands before the first has the name ''."""
    first, *rest = _SECTION.split(doc)
    return {"": first.strip(), **{rest[at]: rest[at + 1].strip() for at in range(0, len(rest), 2)}}


def _labelled(notes: str) -> dict[str, str]:
    _, *rest = _LABEL.split(notes)
    return {rest[at]: _joined(rest[at + 1].partition("\n\n")[0]) for at in range(0, len(rest), 2)}


def _returned(text: str) -> str:
    """Return what is said of a result, without its type on the first line."""
    return _joined(text.partition("\n")[2])


def _arguments(signature: inspect.Signature) -> str:
    """Return the names of the arguments; those by name only behind a star."""
    parameters = signature.parameters.values()
    free = [one.name for one in parameters if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    named = [one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY]
    return ", ".join([*free, *(["*", *named] if named else [])])


def _joined(text: str) -> str:
    return " ".join(text.split())

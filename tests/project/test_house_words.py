"""Texts outside the pages use the terms of the field: messages, help, labels, definitions and documents."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "socdialog"
#: Rooms whose texts are read on finished pages, by tests of their own.
PAGES = {"display", "profiles", "site"}
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/raw/README.md")]
#: Words with the term to use instead. Only phrases that have no usual meaning in these texts are listed.
TERMS = {
    r"\b(told|tells?|tellings?)\b": "report, state, list",
    r"\bmend(s|ed|ing)?\b": "fix, correct",
    r"\banew\b": "again",
    r"\balike\b": "the same, identical",
    r"\bbeside\b": "next to, with",
    r"\bside by side\b": "together",
    r"\bnobody|somebody\b": "no one; a person",
    r"\bnot known here\b": "no data found",
    r"\bas found\b": "as reported",
    r"\bwas met\b|\bnothing was met\b": "no data found",
    r"\bvoices?\b": "independent source, self-reported",
    r"\bstands? for\b": "means, represents",
    r"\bstands? (twice|there|already|in|behind|alone)\b": "is repeated, is listed",
    r"\brests? on\b": "is based on",
    r"\blies? (apart|in|among|beside|within)\b": "differ, is in",
    r"\bspeaks? (for|of|against)\b": "represents, is about",
    r"\bwaits? for a person\b": "needs review",
    r"\bhangs? on\b": "is anchored to",
    r"\bcomes? to\b": "equals",
    r"\bwhole or not at all\b": "all or nothing",
    r"\bsays who\b|\bwho says\b": "source",
    r"\bwrong use\b": "usage error",
    r"\bdoes not keep its own rules\b": "fails its schema",
    r"\bnot fit to be\b": "failed the publication checks",
    r"\b[a-z]+\(s\)": "a plural that agrees with its number",
    r"(?<!there )\bis no (?!longer|data|value|more|official)[a-z]+\b": "is not a",
    r"\bis badly joined\b": "has an invalid separator",
    r"\bnothing is written over\b": "no file is overwritten",
    r"\bleads? (to who|nowhere)\b": "link, broken link",
    r"\bcalled after\b": "named after",
    r"\boutlets?\b": "publisher",
}
#: Texts in which a word has its usual meaning.
USUAL = {
    "Number of shops or other outlets.": "shops",
    "Outlets": "shops",
}
#: Names and commands within a document.
_CODE = re.compile(r"`[^`]*`")
_REFUSED = {re.compile(pattern, re.IGNORECASE): term for pattern, term in TERMS.items()}


def refused(text: str) -> Iterator[str]:
    """Yield each word of a text that has a term of its own, with that term."""
    if text in USUAL:
        return
    for pattern, term in _REFUSED.items():
        if found := pattern.search(text):
            yield f"{found[0]!r}: {term}"


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module with more than one word, docstrings left out; a value is written as braces."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in inside | docstrings:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if len(text.split()) > 1:
            yield node.lineno, text


def entries(content: object) -> Iterator[str]:
    """Yield the texts that readers see of a reviewed file: labels, definitions, descriptions."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name in {"label", "definition", "doc", "row", "title", "known_problems"} and isinstance(value, str):
                yield value
            yield from entries(value)


def modules() -> list[Path]:
    """The modules outside the pages."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] not in PAGES]


def test_messages_use_the_terms_of_the_field() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text[:80]!r}: {word}"
        for path in modules()
        for line, text in messages(path)
        for word in refused(text)
    ]
    assert not wrong, "\n".join(wrong)


def test_labels_and_definitions_use_the_terms_of_the_field() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {text[:80]!r}: {word}"
        for path in sorted((PACKAGE / "codebook").rglob("*.yaml"))
        for text in entries(yaml.safe_load(path.read_text(encoding="utf-8")))
        for word in refused(text)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", [*DOCUMENTS, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name)
def test_documents_use_the_terms_of_the_field(path: Path) -> None:
    wrong = [
        f"{number}: {word}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for word in refused(_CODE.sub("", line))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    ["told by two sources", "mend the line", "1 error(s)", "is no id", "the value stands for all", "nobody registered"],
)
def test_a_refused_word_is_found(text: str) -> None:
    assert list(refused(text))


def test_messages_are_found_and_docstrings_are_not(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text('"""A docstring that tells."""\nname = "code"\nprint(f"{name} is told twice", "two words")\n')
    assert [text for _, text in messages(path)] == ["{} is told twice", "two words"]

"""A small, strict reading of YAML: plain data with the line of every entry, and no surprises.

Of YAML 1.2 only what notes need: mappings, lists and texts. Anchors, aliases, tags and further documents are
refused, so that no file is more than it seems; only ``true`` and ``false`` are no texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

#: Lists and mappings within each other; no file of notes needs more.
DEEPEST = 8
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
#: Numbers of the core schema of YAML 1.2.
_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.nan"
)

Key = str | int
Place = tuple[Key, ...]


class Number(str):
    """A number that stands without quotes; kept as it is written."""

    __slots__ = ()


class YamlError(Exception):
    """What makes a file unreadable: the line, and what is wrong there."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


@dataclass(frozen=True)
class Document:
    """The content of a file.

    Parameters
    ----------
    content
        Mappings, lists, texts, `Number`, true, false, and None for what is empty.
    lines
        The line of each entry, by the keys and places that lead to it.
    repeated
        The line of each key that a mapping has already, by where it stands.
    """

    content: object
    lines: dict[Place, int] = field(default_factory=dict)
    repeated: list[tuple[int, str]] = field(default_factory=list)


def parse(text: str) -> Document:
    """Return the content of a YAML text.

    Raises
    ------
    YamlError
        When it is no YAML, or uses what is refused here.
    """
    found = Document(None)
    try:
        events = _events(text)
        first = next(events, None)
        content = None if first is None else _node(first, events, (), found)
        next(events, None)  # what comes after the content is refused there
    except yaml.reader.ReaderError as problem:
        line = text.count("\n", 0, problem.position) + 1
        code = problem.character if isinstance(problem.character, int) else ord(str(problem.character)[:1] or "\0")
        raise YamlError(line, f"the character U+{code:04X} is not allowed in YAML; delete it") from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise YamlError(mark.line + 1 if mark else 1, _syntax(problem, mark)) from None
    return Document(content, found.lines, found.repeated)


def _syntax(problem: yaml.MarkedYAMLError, mark: yaml.Mark | None) -> str:
    fault = " ".join(str(problem.problem or problem.context or "it cannot be read").split())
    if "'\\t'" in fault:
        return "a tab is used for indentation; indent with spaces"
    place = f" at place {mark.column + 1}" if mark else ""
    return f"is not YAML: {fault}{place}; put a text that holds ': ', '#' or a quotation mark in quotes"


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the nodes of the only document, after refusing what is more than plain data."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = _line(event)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise YamlError(line, "a second document begins ('---'); keep one")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise YamlError(line, "anchors (&) and aliases (*) are not read; write the text itself, in quotes")
        if isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent) and event.tag is not None:
            raise YamlError(line, f"tags (!) are not read; delete {event.tag!r}, or put the text in quotes")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise YamlError(line, f"lists and entries are nested more than {DEEPEST} levels deep; this file needs two")
        if isinstance(event, yaml.CollectionStartEvent | yaml.CollectionEndEvent | yaml.ScalarEvent):
            yield event


def _node(event: yaml.Event, events: Iterator[yaml.Event], place: Place, found: Document) -> object:
    """Return what an event begins, and note the line of all that is in it."""
    found.lines.setdefault(place, _line(event))
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return list(_items(events, place, found))
    entries: dict[str, object] = {}
    for event_of_key in events:
        if isinstance(event_of_key, yaml.MappingEndEvent):
            break
        line = _line(event_of_key)
        if not isinstance(event_of_key, yaml.ScalarEvent):
            raise YamlError(line, "a name of an entry must be a word, not a list or a group of entries")
        name = event_of_key.value
        if name in entries:
            found.repeated.append((line, name))
        else:
            found.lines[*place, name] = line
        value = _node(next(events), events, (*place, name), found)
        entries.setdefault(name, value)
    return entries


def _items(events: Iterator[yaml.Event], place: Place, found: Document) -> Iterator[object]:
    for number, event in enumerate(events):
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield _node(event, events, (*place, number), found)


def _scalar(event: yaml.ScalarEvent) -> object:
    text = str(event.value)
    if event.style is not None:  # quoted, or a block of lines
        return text
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    return Number(text) if _NUMBER.fullmatch(text) else text

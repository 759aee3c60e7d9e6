"""The catalogue of messages: places are filled, plural forms follow the number, and code and catalogue agree."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from pathlib import Path

import pytest

import socdialog
from socdialog.display import messages
from socdialog.display.messages import catalogue, counted, places, say, words
from socdialog.display.parts import Value

COMPUTED = re.compile(r'f"([a-z_]+\.[a-z_0-9]*{[^"]*)"')
FORMAT = string.Formatter()
PACKAGE = Path(socdialog.__file__).parent
SAID = re.compile(r"""\b(?:say|words|counted)\(\s*(f?)"([a-z_0-9]+\.[^"]*)\"""")


def _pattern(key: str) -> re.Pattern[str]:
    """What a key with computed parts may be."""
    return re.compile("".join(re.escape(text) + (".*" if name else "") for text, name, *_ in FORMAT.parse(key)) + "$")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "a.event": {"one": "{n:Words} event is", "other": "{n:Words} events are"},
        "a.plain": "{what} in {year}.",
        "numbers.1": "one",
        "numbers.7": "seven",
    }
    monkeypatch.setattr(messages, "catalogue", lambda: known)


@pytest.mark.usefixtures("small")
def test_words_and_values_keep_their_places() -> None:
    value = Value("46.9%", ("events:1",))
    assert say("a.plain", what=value, year="2017") == (value, " in 2017.")
    assert words("a.plain", what="x", year="2017") == "x in 2017."


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("n", "said"), [(1, "One event is"), (7, "Seven events are"), (12, "12 events are")])
def test_the_form_follows_the_number_and_small_ones_are_words(n: int, said: str) -> None:
    assert words("a.event", n=n) == said


@pytest.mark.usefixtures("small")
def test_a_missing_message_place_or_number_is_an_error() -> None:
    for key, given in (("a.none", {}), ("a.plain", {"what": "x"}), ("a.event", {})):
        with pytest.raises(KeyError):
            words(key, **given)  # type: ignore[arg-type]


def test_a_count_leads_to_its_rows() -> None:
    assert counted("count.event", 2, ("events:1",), to="a.html") == Value("2 events", ("events:1",), to="a.html")


def test_forms_of_a_message_have_the_same_places_and_the_categories_of_the_language() -> None:
    from babel import Locale

    categories = set(Locale(messages.LANGUAGE).plural_form.tags) | {"other"}
    for key, found in catalogue().items():
        if isinstance(found, str):
            assert "n" not in places(found), key
            continue
        assert set(found) == categories, key
        every = [places(text) - {"n"} for text in found.values()]
        assert all(one == every[0] for one in every), key


def asked_for(code: str) -> set[str]:
    """The keys that code asks for by their whole name."""
    return {key for made, key in SAID.findall(code) if not made}


def unused(keys: Iterable[str], code: str, codes: Iterable[str]) -> list[str]:
    """The keys that code never asks for.

    A key may also be a name in a table of code, in quotation marks; or computed. Where the whole name after the file
    is computed, it is one of the names in quotation marks, parts of names, or `codes` of the codebook.
    """
    exact = asked_for(code) | set(re.findall(r'"([a-z_0-9]+\.[a-z_0-9]+)"', code))
    names = {*re.findall(r'"([a-z_0-9]+)"', code), *codes}
    parts = [_pattern(name) for name in set(re.findall(r'f"([a-z_0-9]+_{[^"]*)"', code))]
    computed = set(COMPUTED.findall(code))
    whole = {key.partition(".")[0] for key in computed if re.fullmatch(r"[a-z_]+\.{[^}]*}", key)}
    patterns = [_pattern(key) for key in computed if not re.fullmatch(r"[a-z_]+\.{[^}]*}", key)]

    def is_computed(key: str) -> bool:
        file, _, name = key.partition(".")
        named = name.isdigit() or name in names or any(part.match(name) for part in parts)
        return (file in whole and named) or any(pattern.match(key) for pattern in patterns)

    return [key for key in keys if key not in exact and not is_computed(key)]


def test_code_says_no_message_that_the_catalogue_lacks_and_the_catalogue_none_that_code_never_says() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    code += "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.j2")))
    codebook = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "codebook").rglob("*.yaml")))
    assert sorted(asked_for(code) - set(catalogue())) == []
    assert unused(catalogue(), code, re.findall(r"[a-z_0-9]+", codebook)) == []


def test_a_message_that_is_never_said_is_found() -> None:
    code = """say("a.plain"); words("b.one", n=2); TABLE = {"x": "c.quoted"}
    words(f"d.{key}") for key in ("known", f"part_{end}"); words(f"e.as_{kind}")"""
    keys = ["a.plain", "b.one", "c.quoted", "d.known", "d.part_first", "d.coded", "e.as_law"]
    assert unused(keys, code, ["coded"]) == []
    lost = ["a.other", "b.two", "c.known", "d.lost", "e.law"]
    assert unused([*keys, *lost], code, ["coded"]) == lost
    assert asked_for(code) == {"a.plain", "b.one"}

"""Characters that nobody sees are told; what joins letters and emoji, and what directs a text, belongs to it."""

from __future__ import annotations

import pytest

from socdialog.intake.hidden import hidden_message

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        f"Families {FAMILY} on strike",
        "A heart \u2764\ufe0f for nurses",
        "Nurse \U0001f469\U0001f3fd\u200d\u2695\ufe0f",
        "1\ufe0f\u20e3 demand",
        f"A flag {SCOTLAND}",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "Warning \u26a0\ufe0f!",
        "اتحاد\u200f (UGTT)\u200e",
        "\u2067הסתדרות\u2069 (Histadrut)",
        "می\u200cخواهم",
    ],
)
def test_what_belongs_to_a_text_is_no_error(text: str) -> None:
    assert hidden_message(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trade\u200bUnion", "200B"),
        ("a\u200db", "200D"),
        ("a\ufe0fb", "FE0F"),
        ("a\U000e0067", "E0067"),
        ("Union\u200e", "200E"),  # no script needs it here
        ("Union\u202eabc", "202E"),
        ("اتحاد\u202e", "202E"),  # an override deceives in every script
        ("soft\u00adhyphen", "00AD"),
        ("a\u00a0b", "00A0"),
        ("\ufeffTitle", "FEFF"),
        ("caf\ufffd", "FFFD"),
    ],
)
def test_a_hidden_character_is_named(text: str, code: str) -> None:
    assert f"U+{code} (" in (hidden_message(text) or "")


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c", "\u2068"])
def test_marks_of_direction_belong_to_what_is_quoted(mark: str) -> None:
    assert hidden_message(f"{mark}Union{mark}", quoted=True) is None
    assert hidden_message(f"{mark}Union{mark}") is not None
    assert hidden_message("Union\u202eabc", quoted=True) is not None

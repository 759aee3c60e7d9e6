"""Habits of programs are told, and what people write is left alone."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog.intake.checks import CheckContext
from socdialog.intake.checks.habits import name_without_letter, restored, word_for_nothing, wrongly_decoded

TEXTS = [
    "Türk-İş",
    "DİSK’in “Kıdem” – çağrısı",
    "Федерация профсоюзов",
    "Қазақстан Кәсіподақтар",
    "საქართველოს პროფკავშირები",
    "Հայաստանի արհմիություններ",
    "ÖGB: Ärger über Löhne",
    "São Tomé e Príncipe",
    "اتحاد الشغل",
    "中华全国总工会",
    "“GENÇ” Пётр Её Її İŞ’in TÜ’nün",
    "Łódź, Žilina, Győr",
    "«Ёлка» только что",
    "AMANHÃ”",
]


def context(table: str, **row: str | None) -> CheckContext:
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String)).with_columns(raw_line=pl.lit(2, dtype=pl.Int64))
    return CheckContext({table: frame}, {table: frame}, {}, {}, date(2026, 11, 23))


@pytest.mark.parametrize("text", [text for text in TEXTS if text != "AMANHÃ”"])
def test_a_text_read_in_another_encoding_is_restored(text: str) -> None:
    assert restored(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Türk-İş Çelik", "cp1252"),
        ("Türk-İş Çelik", "cp1254"),
        ("Jahrgänge: ódź, Győr", "cp1252"),
        ("Österreich: Ärger", "cp1252"),
        ("Федерация профсоюзов", "cp1251"),
        ("Қазақстан", "cp1251"),
        ("Федерация", "cp866"),
        ("K’in – “x", "cp1252"),
    ],
)
def test_so_is_one_read_in_a_code_page_of_windows(text: str, page: str) -> None:
    assert restored(text.encode().decode(page)) == text


def test_one_letter_that_may_be_the_end_of_a_quotation_is_left_alone() -> None:
    assert restored("Ô".encode().decode("cp1252")) is None


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_is_right_is_left_alone(text: str) -> None:
    assert restored(text) is None


# The sign of a millionth counts as a letter too, and behind a letter is what a letter of Windows looks like.
@given(st.text(st.characters(codec="latin-1", categories=["Lu", "Ll"], exclude_characters="µ")))
def test_words_of_latin_letters_are_left_alone(text: str) -> None:
    assert restored(text) is None


def test_a_text_decoded_twice_is_restored() -> None:
    assert restored("T\u00c3\u0192\u00c2\u00bcrk") == "Türk"


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("TÃ¼rk-Ä°ÅŸ", "was decoded incorrectly; write 'Türk-İş'"),
        ("РўСѓСЂС†РёСЏ", "write 'Турция'"),
        ("DİSK Ã‡elik", "write 'DİSK Çelik'"),
        ("T?rk-?? Confederation", "has a question mark within a word, 'T?r'"),
    ],
)
def test_letters_decoded_wrongly_are_told_with_the_right_ones(cell: str, says: str) -> None:
    (found,) = wrongly_decoded(context("organisations", org_id="a", name=cell))
    assert (found.table, found.line, found.column) == ("organisations", 2, "name")
    assert says in found.message


@pytest.mark.parametrize("cell", ["What now? Strike!", "Strike?", "see https://a.org/x?y=z", "Türk-İş", None])
def test_questions_and_addresses_are_no_lost_letters(cell: str | None) -> None:
    assert list(wrongly_decoded(context("organisations", org_id="a", name="X", note=cell))) == []


@pytest.mark.parametrize("word", ["NULL", "NA", "None", "#REF!", "nan", "N/A"])
def test_a_word_for_nothing_is_told_in_texts(word: str) -> None:
    (found,) = word_for_nothing(context("sources", source_id="a", title=word, note=None))
    assert (found.column, found.message.partition(";")[0].split()[0]) == ("title", repr(word))


def test_a_required_text_cannot_be_left_empty() -> None:
    (found,) = word_for_nothing(context("sources", source_id="a", publisher="NULL"))
    assert found.message == "'NULL' is a placeholder for an empty cell; write the value, or delete the line"


def test_what_says_something_is_no_word_for_nothing() -> None:
    assert list(word_for_nothing(context("countries", country="NAM", iso2="NA", name="Namibia"))) == []
    assert list(word_for_nothing(context("name_decisions", name="CTU", means="none"))) == []
    assert list(word_for_nothing(context("sources", source_id="a", title="None of them came"))) == []
    assert len(list(word_for_nothing(context("countries", country="NAM", iso2="NA", name="NA")))) == 1


@pytest.mark.parametrize(
    ("name", "told"), [("123", 1), ("-?-", 1), ("«»", 1), ("1199SEIU", 0), ("工会", 0), ("NULL", 0)]
)
def test_a_name_holds_a_letter(name: str, told: int) -> None:
    assert len(list(name_without_letter(context("actors", report_id="a#1", name=name, acronym="7")))) == told

"""Folding: what one printing of a name has and another lacks goes; nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from socdialog.intake.names.folding import fold

LETTERS = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z")), max_size=40)


@pytest.mark.parametrize(
    "printings",
    [
        ("TÜRK-İŞ", "Türk-İş", "Türk-Iş", "TURK-IS", "türk–ış", "TÜRK‑İŞ"),
        ("Oʻzbekiston", "Oʼzbekiston", "O’zbekiston", "O‘zbekiston", "O`zbekiston", "O'zbekiston", "OZBEKISTON"),
        ("Məmmədov", "MƏMMƏDOV", "Memmedov"),
        ("«Хак-Иш»", "“ХАК-ИШ”", "хак иш"),
        ("Қазақстан", "ҚАЗАҚСТАН", "Казакстан"),
        ("Ғ Қ Ң Ү Ұ Ө Һ", "Г К Н У У О Х"),
        ("Ҷумҳурии Тоҷикистон", "Чумхурии Точикистон"),
        ("Профсоюз ещё", "профсоюз еще"),
        ("A.Ş.", "A.Ş", "AŞ"),
        ("L.L.C-FZ", "LLC FZ"),
        ("Straße & Söhne", "STRASSE and SOHNE"),
        ("Ajaýyp bina", "AJAYYP BINA"),
    ],
)
def test_printings_of_one_name_fold_to_one_form(printings):
    assert len({fold(printed) for printed in printings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Koç", "Koçak"), ("Aliyev", "Aliyeva"), ("ФПК", "FPK"), ("Arslan", "Aslan"), ("FTUK", "FTUU")],
)
def test_different_names_stay_different(one, other):
    assert fold(one) != fold(other)


def test_dotted_capital_i_is_one_letter():
    # "İ".lower() is two code points: a plain lower() would leave a mark behind.
    assert len("İ".lower()) == 2
    assert fold("İ") == fold("I") == fold("ı") == fold("i") == "i"


def test_similarity_after_folding_as_measured():
    # 28.6 raw and 100 folded: the published reason for folding before any comparison.
    assert fuzz.ratio("TÜRK-İŞ", "Türk-Iş") == pytest.approx(28.6, abs=0.05)
    assert fuzz.ratio(fold("TÜRK-İŞ"), fold("Türk-Iş")) == 100


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("Тajikistan", "Tajikistan"), ("Nаtional", "National"), ("Cоюз", "Союз"), ("Kазахстан", "Казахстан")],
)
def test_a_look_alike_letter_of_the_other_alphabet_is_a_slip(printed, meant):
    assert printed != meant
    assert fold(printed) == fold(meant)


def test_a_name_in_two_scripts_keeps_both():
    assert fold("ФПК FPK") == "фпк fpk"


@given(LETTERS)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_case_does_not_matter(text):
    assert fold(text.casefold()) == fold(text)


@given(st.text(max_size=30))
def test_only_words_and_single_blanks_are_left(text):
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert not set(folded) & set("'’‘ʼʻ`-–—«»“”\"().,")

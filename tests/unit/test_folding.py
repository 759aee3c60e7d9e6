"""Folding: what one printing of a name has and another lacks goes; nothing else does."""

import time

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from socdialog.folding import alphabetical, fold, folded

LETTERS = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z")), max_size=40)


@pytest.mark.parametrize(
    "printings",
    [
        ("TÜRK-İŞ", "Türk-İş", "Türk-Iş", "TURK-IS", "türk–ış", "TÜRK‑İŞ"),
        ("Oʻzbekiston", "Oʼzbekiston", "O’zbekiston", "O‘zbekiston", "O`zbekiston", "O'zbekiston", "OZBEKISTON"),
        ("Məmmədov", "MƏMMƏDOV", "Memmedov"),
        # Schwa has three codes: U+0259 and U+01DD look Latin, U+04D9 is Cyrillic.
        ("Az\u0259rbaycan", "Az\u04d9rbaycan", "Az\u01ddrbaycan", "AZ\u04d8RBAYCAN", "AZ\u018eRBAYCAN", "Azerbaycan"),
        ("К\u04d9сіподақтар", "К\u0259сіподақтар", "К\u01ddсіподақтар", "Касиподактар"),
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
    ("letters", "plain"),
    [
        # Kazakh, Kyrgyz, Tajik and Uyghur letters lose the stroke or tail that the Russian alphabet does not have.
        ("ҚқҒғҢңҮүҰұӨөҺһ", "ккггннууууоохх"),
        ("ҲҳҶҷҸҹӘәІі", "ххччччааии"),
        ("ЙйЁё", "иие" + "е"),
        # Turkish, Azerbaijani and Turkmen ones become the letters of a plain keyboard.
        ("IıİiŞşĞğÇçÖöÜü", "iiiissggccoouu"),
        ("ƏəÄäŇňÝýŽž", "eeaannyyzz"),
        # Of the west of Europe, in names of publishers and federations.
        ("ØøŁłĐđÑñ", "oolldd" + "nn"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
    ],
)
def test_letters_of_the_region_become_plain_ones(letters, plain):
    assert "".join(fold(letter) for letter in letters) == plain


@pytest.mark.parametrize("sign", list("'’‘ʼʻʹ`´′‛＇ˈꞌ"))
def test_an_apostrophe_joins(sign):
    assert fold(f"O{sign}zbekiston") == "ozbekiston"


@pytest.mark.parametrize("sign", list("-‐‑‒–—―−_/.,:;()«»“”„!"))
def test_other_signs_part(sign):
    assert fold(f"Türk{sign}Metal") == "turk metal"


def test_dots_between_letters_go_and_between_digits_part():
    assert fold("T.C. Bakanlığı") == "tc bakanligi"
    assert fold("1.5") == "1 5"


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
    [
        ("Тajikistan", "Tajikistan"),
        ("Nаtional", "National"),
        ("Cоюз", "Союз"),
        ("Kазахстан", "Казахстан"),
        ("ΤÜRK-İŞ", "TÜRK-İŞ"),  # a Greek tau
        ("Кαзахмыс", "Казахмыс"),  # a Greek alpha
        ("Αѕtana", "Astana"),  # a Greek alpha and a Cyrillic dze
    ],
)
def test_a_look_alike_letter_of_the_other_alphabet_is_a_slip(printed, meant):
    assert printed != meant
    assert fold(printed) == fold(meant)


def test_a_name_in_two_scripts_keeps_both():
    assert fold("ΓΣΕΕ GSEE") == "γσεε gsee"
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


def test_a_word_of_any_length_is_folded_in_time() -> None:
    begun = time.process_time()
    assert len(fold("x" * 100_000)) == 100_000
    assert time.process_time() - begun < 5


#: By name as a reader looks it up: ü as u, İ as i, a small letter as a capital; one name twice, by code.
IN_ORDER = {
    "IST": "İstanbul",
    "KAZ": "Kazakhstan",
    "A": "the same",
    "B": "The Same",
    "TUR": "Türkiye",
    "TKM": "turkmenistan",
}


@given(st.permutations(list(IN_ORDER)))
def test_names_are_listed_as_a_reader_looks_them_up(codes):
    assert alphabetical(codes, IN_ORDER.__getitem__) == list(IN_ORDER)


@given(st.permutations(list(IN_ORDER)))
def test_a_frame_is_sorted_like_a_list(codes):
    frame = pl.DataFrame({"code": codes, "name": [IN_ORDER[code] for code in codes]})
    assert frame.sort(folded("name"), "code")["code"].to_list() == list(IN_ORDER)


def test_a_frame_without_rows_is_sorted_too():
    assert pl.DataFrame(schema={"name": pl.String}).sort(folded("name")).height == 0

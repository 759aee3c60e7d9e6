"""Laws with their articles: those of a row that names several laws, ranges, and the few that a sentence names."""

from __future__ import annotations

import pytest

from socdialog.profiles.country.law_citations import articles_by_law, citations, cited_in, in_sentence


@pytest.mark.parametrize(
    ("law", "article", "said"),
    [
        ("Labour Code", "29; 36", "Labour Code (art. 29; 36)"),
        (
            "Constitution 1995; Labour Code 1999",
            "36; 270-286",
            "Constitution 1995 (art. 36); Labour Code 1999 (art. 270–286)",
        ),
        ("Constitution; Law on Unions", "Const. 23; LTU 3, 13", "Constitution (art. 23); Law on Unions (art. 3, 13)"),
        ("Law No. 163; Code of Offences", "CAO 82-1", "Law No. 163; Code of Offences (CAO 82-1)"),
        ("Code of Offences", "82-1", "Code of Offences (art. 82-1)"),
        ("Labour Code", "XV-XVII", "Labour Code (XV-XVII)"),
        ("Act", None, "Act"),
        (None, "12", "art. 12"),
        (None, None, ""),
    ],
)
def test_each_law_of_a_row_has_its_own_articles(law: str | None, article: str | None, said: str) -> None:
    assert cited_in(law, article) == said


def test_articles_that_may_be_of_any_law_of_a_row_are_of_none() -> None:
    assert citations("Labour Code; Order", "51(2)") == [("Labour Code", ""), ("Order", "")]
    assert citations(None, "12") == []


def test_articles_are_counted_once_by_law_and_only_numbered_ones() -> None:
    rows = [("Act", "41(1); provisional 6"), ("Act", "41"), ("Act", "41(1)"), ("Code", "XV")]
    assert articles_by_law(rows) == {"Act": ["41(1)", "41"], "Code": []}


def test_a_sentence_names_four_articles_of_the_first_provisions_and_counts_the_others() -> None:
    assert (
        in_sentence("Act", ["30", "4", "100", "4(2)", "9(1)", "1", "2"]) == "the Act (art. 4, 9(1), 30, 100 and 2 more)"
    )
    assert in_sentence("Act", ["5", "4", "3", "2", "1"]) == "the Act (art. 1, 2, 3, 4 and 5)"
    assert in_sentence("Labour Code No. 414-V", ["20"]) == "the Labour Code No. 414-V (art. 20)"
    assert in_sentence("Law No. 6356 on Unions", []) == "Law No. 6356 on Unions"

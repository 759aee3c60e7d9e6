"""Every vocabulary is whole: the columns that need one have it, and each term says what it means."""

from __future__ import annotations

import pytest
import yaml

from socdialog import codebook
from socdialog.codebook import reviewed_files, vocabularies, vocabulary


def test_every_column_of_codes_has_its_vocabulary():
    named = {
        column.of
        for table in codebook.tables().values()
        for column in (*table.columns.values(), *table.adds.values())
        if column.type in {"code", "codes"}
    }
    assert named <= set(vocabularies())


@pytest.mark.parametrize("name", vocabularies())
def test_every_term_has_a_text_code_a_label_and_a_definition_of_one_line(name):
    terms = vocabulary(name)
    assert terms
    for code, term in terms.items():
        assert isinstance(code, str)
        assert code == code.strip() != ""
        assert term.label == term.label.strip() != ""
        assert term.definition.endswith(".")
        assert "\n" not in term.definition


def test_the_countries_are_those_of_iso_3166_1():
    countries = vocabulary("iso_countries")
    assert len(countries) == 249  # officially assigned codes, ISO 3166-1:2020
    assert len({term.more["iso2"] for term in countries.values()}) == 249
    assert len({term.more["m49"] for term in countries.values()}) == 249
    assert (countries["TUR"].label, countries["TUR"].more["iso2"], countries["TUR"].more["m49"]) == (
        "Türkiye",
        "TR",
        792,
    )


def test_words_that_yaml_reads_as_truth_stay_words():
    assert {"yes", "no", "partly"} == set(vocabulary("independence"))
    assert vocabulary("languages")["no"].label == "Norwegian"


def test_attributes_that_rules_read_are_there():
    assert {term.more["family"] for term in vocabulary("event_kinds").values()} == {
        "dispute", "dialogue", "organisation", "other",
    }  # fmt: skip
    assert [code for code, term in vocabulary("sides").items() if term.more["tripartite"]] == [
        "workers",
        "employers",
        "government",
    ]
    assert vocabulary("roles")["target"].more["takes_part"] is False
    assert {term.more["bounds"] for term in vocabulary("qualifiers").values()} == {"exact", "low", "high", "both"}
    assert vocabulary("qualifiers")["about"].more["tolerance"] == 0.05
    assert all("family" in term.more for term in vocabulary("units").values())


def test_vocabularies_are_read_by_the_quick_reader_where_it_is_built_and_once():
    # A timed assertion here failed on a busy machine; what makes loading quick is asserted instead.
    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert reviewed_files._Loader is quick
    assert vocabulary("iso_countries") is vocabulary("iso_countries")

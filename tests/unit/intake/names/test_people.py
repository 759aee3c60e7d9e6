"""Which official a name means: given name, surname, and the office or the organisation must agree."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry_cases import REGISTRY, actors, decided

from socdialog.intake.names import resolve_people

TEXT = pl.String
PERSONS = pl.DataFrame(
    [
        ("p-union", "Sahib Məmmədov"), ("p-league", "Sahib Məmmədov"), ("p-natig", "Natig Mamedov"),
        ("p-atabay", "Kemal Atabay"), ("p-atabay-2", "Kamil Atabay"), ("p-koc", "Ali Koç"), ("p-kocak", "Ali Koçak"),
        ("p-jumadilde", "Muradil Jumadilde uulu"), ("p-babayev", "Sahil Babayev"), ("p-babayeva", "Sahila Babayeva"),
        ("p-envoy", "Hanna Berg"),
    ],
    schema={"person_id": TEXT, "name": TEXT}, orient="row",
)  # fmt: skip
PERSON_NAMES = pl.DataFrame(
    [
        ("p-union", "Sahib Məmmədov", "sədr", "aze-conf", "AZE"),
        ("p-union", "Məmmədov", "sədr", "aze-conf", "AZE"),
        ("p-league", "Sahib Məmmədov", "chairman", "aze-league", "AZE"),
        ("p-natig", "Natig Mamedov", "Deputy Minister", "aze-mol", "AZE"),
        ("p-atabay", "Kemal Atabay", "General President", "tur-conf", "TUR"),
        ("p-atabay-2", "Kamil Atabay", "Branch President", "tur-metal", "TUR"),
        ("p-koc", "Ali Koç", "President", "tur-conf", "TUR"),
        ("p-kocak", "Ali Koçak", "President", "tur-metal", "TUR"),
        ("p-jumadilde", "Muradil Jumadilde uulu", "төрага", "kgz-fed", "KGZ"),
        ("p-babayev", "Sahil Babayev", "Minister of Labour", "aze-mol", "AZE"),
        ("p-babayeva", "Sahila Babayeva", "chairwoman", "Weavers' Circle", "AZE"),
        ("p-envoy", "Hanna Berg", "Senior Specialist", "int-labour", None),
    ],
    schema=dict.fromkeys(("person_id", "name", "role", "organisation", "country"), TEXT), orient="row",
)  # fmt: skip
DISTINCT = pl.DataFrame(
    [("p-league", "p-union", "identical name"), ("p-koc", "p-kocak", "near surname")],
    schema=dict.fromkeys(("person_a", "person_b", "reason"), TEXT), orient="row",
)  # fmt: skip
KNOWN = {"persons": PERSONS, "person_names": PERSON_NAMES, "person_distinct": DISTINCT, **REGISTRY}
PEOPLE = dict.fromkeys(("report_id", "name", "title", "organisation", "gender"), TEXT)
REPORTS = pl.DataFrame(
    [(country.lower(), [country], country) for country in ("AZE", "TUR", "KGZ", "KAZ", "DEU")],
    schema={"report_id": TEXT, "countries": pl.List(TEXT), "venue_country": TEXT}, orient="row",
)  # fmt: skip


def resolve(*rows, around=(), decisions=None):
    people = pl.DataFrame([(*row, None) for row in rows], schema=PEOPLE, orient="row")
    return resolve_people(people, reports=REPORTS, actors=actors(*around), **KNOWN, name_decisions=decisions)


def resolved(name, title, organisation, report="aze", around=()):
    row = resolve((report, name, title, organisation), around=around).row(0, named=True)
    return row["person_id"], row["method"]


@pytest.mark.parametrize(
    ("report", "name", "title", "organisation", "means", "method"),
    [
        ("tur", "Kemal Atabay", "President", "Türkiye Emek Sendikaları Konfederasyonu", "p-atabay", "exact"),
        ("tur", "KEMAL ATABAY", "Chairman", "TEM-IS", "p-atabay", "folded"),
        ("tur", "Atabay Kemal", None, "TEM-İŞ", "p-atabay", "folded"),
        ("tur", "Кемаль Атабай", "председатель", None, "p-atabay", "transliterated"),
        ("tur", "Mr. Kemal Atabay", "leader", None, "p-atabay", "folded"),
        ("tur", "Ali Koc", "head", "TEM-İŞ", "p-koc", "folded"),
        ("kgz", "Мурадил Джумадилде", "председатель", "ФПК", "p-jumadilde", "transliterated"),
        ("kgz", "Muradil Dzhumadilde uulu", "Chairman", "Federation of Trade Unions", "p-jumadilde", "transliterated"),
        ("aze", "Натиг Мамедов", "заместитель министра", None, "p-natig", "transliterated"),
        ("aze", "Натиг Мамедов", "министр", "Government of Azerbaijan", "p-natig", "transliterated"),
        (
            "aze",
            "Natiq Məmmədov",
            "nazir müavini",
            "Ministry of Labor and Social Protection",
            "p-natig",
            "transliterated",
        ),
        ("aze", "Sahil Babayev", "Minister", "Government of Azerbaijan", "p-babayev", "exact"),
        ("aze", "Sahila Babayeva", "chair", "Weavers’ circle", "p-babayeva", "exact"),
        ("deu", "Hanna Berg", "Specialist", "World Labour Office", "p-envoy", "exact"),
    ],
)
def test_names_that_agree_with_office_or_organisation(report, name, title, organisation, means, method):  # noqa: PLR0917
    assert resolved(name, title, organisation, report) == (means, method)


@pytest.mark.parametrize(
    ("report", "name", "title", "organisation"),
    [
        ("tur", "Kemal Atabay", None, None),  # nothing but the name
        ("tur", "Kemal Atabay", "poet", None),  # another office
        ("deu", "Kemal Atabay", "President", None),  # another country
        ("tur", "Kemal Atabay", "President", "Turkish Metal Union"),  # another body: a namesake
        ("tur", "Kamal Atabaev", "President", "TEM-İŞ"),  # another surname
        ("tur", "Ayşe Atabay", "President", "TEM-İŞ"),  # another given name
        ("tur", "Atabay", "President", None),  # a bare surname without organisation
        ("tur", "K. Atabay", "President", None),  # an initial without organisation
        ("tur", "Atabay", None, "TEM-İŞ"),  # a bare surname without office
        ("tur", "Ali Koç", "President", "Turkish Metal Union"),  # Koçak's union
        ("aze", "Sahil Babayeva", "Minister", "Government of Azerbaijan"),  # the surname of a woman
        ("aze", "Natig Mamedov", "sədr", "AHİK"),  # a registered bare surname does not cover another given name
        ("aze", "Sahib Məmmədov", "sədr", None),  # two men of one name
        ("aze", "Sahib Mammadov", "Chairman", "Confederation"),  # an organisation that says nothing
    ],
)
def test_what_does_not_agree_stays_unresolved(report, name, title, organisation):
    assert resolved(name, title, organisation, report) == (None, None)


def test_two_men_of_one_name_are_told_apart_by_their_organisation_alone():
    assert resolved("Sahib Məmmədov", "Chairman", "Azerbaijan Trade Unions Confederation")[0] == "p-union"
    assert resolved("Sahib Mammadov", "Chairman", "AHIK")[0] == "p-union"
    assert resolved("Sahib Məmmədov", "Chairman", "Free Work League")[0] == "p-league"
    row = resolve(("aze", "Sahib Məmmədov", "Chairman", None)).row(0, named=True)
    assert set(row["suggestion"]) == {"p-union", "p-league"}


def test_a_bare_surname_or_initial_needs_office_and_organisation():
    assert resolved("Atabay", "President", "TEM-İŞ", "tur") == ("p-atabay", "transliterated")
    assert resolved("K. Atabay", "General President", "TEM-İŞ", "tur") == ("p-atabay", "transliterated")
    assert resolved("S. Atabay", "General President", "TEM-İŞ", "tur")[0] is None


def test_the_organisations_of_the_report_stand_in_for_one_not_told():
    around = [("tur", "TEM-İŞ", "TUR", "workers")]
    assert resolved("Kemal Atabay", None, None, "tur", around)[0] == "p-atabay"
    assert resolved("Atabay", None, None, "tur", around)[0] is None


def test_a_country_in_the_place_of_the_organisation_tells_where():
    assert resolved("Мурадил Джумадилде", "Chairman", "Kirgisistan", "deu")[0] == "p-jumadilde"
    assert resolved("Мурадил Джумадилде", "Chairman", "Usbekistan", "deu")[0] is None


def test_a_decision_wins():
    decisions = decided(("Sahib Məmmədov", "AZE", None, "p-league"), ("Kemal Atabay", None, "tur", "none"))
    out = resolve(
        ("aze", "Sahib Məmmədov", "sədr", "AHİK"), ("tur", "Kemal Atabay", "President", "TEM-İŞ"), decisions=decisions
    )
    assert out.get_column("person_id").to_list() == ["p-league", None]
    assert out.get_column("method").to_list() == ["decided", "decided"]


def test_similarity_only_suggests():
    row = resolve(("tur", "Kemal Atobay", "President", "TEM-İŞ")).row(0, named=True)
    assert row["person_id"] is None
    assert row["suggestion"][0] == "p-atabay"


ROW = st.tuples(
    st.sampled_from(["aze", "tur", "kgz"]),
    st.sampled_from([*PERSON_NAMES.get_column("name").to_list(), "K. Atabay", "Kemal Koç", "Nobody Known"]),
    st.sampled_from([None, "Chairman", "President", "Minister"]),
    st.sampled_from([None, "AHİK", "TEM-İŞ", "Free Work League", "ФПК"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert sorted(resolve(*rows).rows(), key=repr) == sorted(resolve(*shuffled).rows(), key=repr)

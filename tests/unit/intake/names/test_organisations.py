"""Whom the names of organisations mean: each rule, and each way it could go wrong."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registry_cases import ORGANISATION_NAMES, ORGANISATIONS, REGISTRY, actors, decided

from socdialog.intake.names import resolve_actors, resolve_figures


def resolved(name, country, side=None, acronym=None):
    row = resolve_actors(actors(("r", name, country, side, acronym)), **REGISTRY).row(0, named=True)
    return row["org_id"], row["method"]


@pytest.mark.parametrize(
    ("name", "country", "means", "method"),
    [
        ("Federation of Trade Unions of Kyrgyzstan", "KGZ", "kgz-fed", "exact"),
        ("AHİK", "AZE", "aze-conf", "exact"),
        ("AHIK", "AZE", "aze-conf", "folded"),
        ("Trade Unions Federation of Kyrgyzstan", "KGZ", "kgz-fed", "folded"),
        ("FEDERATION OF TRADE UNIONS OF THE KYRGYZ REPUBLIC", "KGZ", "kgz-fed", "folded"),
        ("Kyrgyzstan’s Trade Union Federation", "KGZ", "kgz-fed", "folded"),
        ("Federation of Trade Unions", "KGZ", "kgz-fed", "folded"),
        ("Government", "KAZ", "kaz-gov", "folded"),
        ("Altyn Kum", "KAZ", "kaz-company", "folded"),
        ("ТОО «Алтын Кум»", "KAZ", "kaz-company", "folded"),
        ("AltynKum", "KAZ", "kaz-company", "folded"),
        ("Ministry of Labor & Social Protection", "AZE", "aze-mol", "folded"),
        ("TEM-IS", "TUR", "tur-conf", "folded"),
        ("Tem İş Konfederasyonu", "TUR", "tur-conf", "folded"),
        ("Özkağıt-İş", "TUR", "tur-paper", "folded"),
        ("Confederation of Trade Unions of Armenia (CTUA)", "ARM", "arm-conf", "folded"),
        ("Алтын-Кум", "KAZ", "kaz-company", "folded"),
        ("Мунайшы", "KAZ", None, None),
        ("Тем-Иш", "TUR", "tur-conf", "transliterated"),
        ("Kyrgyzstan kesiptik birlikter federatsiyasy", "KGZ", "kgz-fed", "transliterated"),
        ("FPK", "KGZ", "kgz-fed", "transliterated"),
        ("FTUK", "KAZ", "kaz-fed", "acronym+country"),
        ("FTUK", "KGZ", "kgz-fed", "acronym+country"),
        ("CTUA", "AZE", "aze-conf", "acronym+country"),
        ("CTUA", "ARM", "arm-conf", "acronym+country"),
        ("ATUC", "AZE", "aze-conf", "acronym+country"),
        ("Fédération des syndicats du Kazakhstan", "KAZ", "kaz-fed", "translated"),
        ("Confédération des syndicats d'Arménie", "ARM", "arm-conf", "translated"),
        ("Föderation der Gewerkschaften Kirgisistans", "KGZ", "kgz-fed", "translated"),
        ("Федератсияи иттифоқҳои касабаи Қазоқистон", "KAZ", "kaz-fed", "translated"),
        ("Fédération des syndicats libres du Kazakhstan", "KAZ", None, None),  # a word more
        ("Confédération des syndicats du Kazakhstan", "KAZ", None, None),  # another kind
        ("Fédération des syndicats d'Arménie", "KAZ", None, None),  # another country
        ("Gewerkschaft Metall", "TUR", None, None),  # a trade may have several unions
    ],
)
def test_the_strongest_method_that_applies(name, country, means, method):
    assert resolved(name, country) == (means, method)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Federation of Trade Unions of Kyrgyzstan", "KAZ"),
        ("Federation of Trade Unions of Kazakhstan", "KGZ"),
        ("Federation of Trade Unions of Tatarstan", "KAZ"),
        ("Federation of Trade Unions of Almaty", "KAZ"),
        ("Federation of Teachers' Unions of Kazakhstan", "KAZ"),
        ("Federation of Trade Unions", "DEU"),
        ("Federation of Trade Unions", None),
        ("Government", None),
        ("Ministry of Labour and Social Protection", "TKM"),
        ("Trade Union", "AZE"),
        ("Metal Union", "TUR"),
        ("Union", "TUR"),
        ("Deutscher Gewerkschaftsbund", "DEU"),
        ("Central Única dos Trabalhadores", "BRA"),
        ("日本労働組合総連合会", "JPN"),
        ("Desks", "ARM"),
        ("Office for Equality of the World Labour Office (WLO)", None),
        ("FTUK", "UZB"),
        ("FTUK", None),
        ("—", "TUR"),
    ],
)
def test_what_is_not_registered_stays_unknown(name, country):
    assert resolved(name, country) == (None, None)


def test_a_union_of_a_company_is_not_the_company():
    assert resolved("Altyn Kum union", "KAZ", "workers")[0] is None
    assert resolved("Altyn Kum union", "KAZ")[0] is None
    assert resolved("Altyn Kum company", "KAZ", "employers")[0] == "kaz-company"


def test_an_acronym_of_two_bodies_of_one_country_stays_open_with_both():
    row = resolve_actors(actors(("r", "KSB", "TUR", "workers")), **REGISTRY).row(0, named=True)
    assert (row["org_id"], row["method"]) == (None, None)
    assert row["suggestion"][:2] == ["tur-paper-b", "tur-paper-c"]


def test_an_acronym_without_country_is_decided_by_the_countries_of_its_report():
    rows = actors(
        ("a", "FTUK", None), ("a", "Government of the Republic of Kazakhstan", "KAZ"),
        ("b", "FTUK", None), ("b", "Altyn Kum", "KAZ"), ("b", "Federation of Trade Unions", "KGZ"),
        ("c", "FTUK", None),
    )  # fmt: skip
    out = resolve_actors(rows, **REGISTRY).filter(pl.col("name") == "FTUK")
    assert out.get_column("org_id").to_list() == ["kaz-fed", None, None]
    assert set(out.get_column("suggestion").to_list()[1]) == {"kaz-fed", "kgz-fed"}


def test_the_acronym_beside_a_foreign_name_resolves_it_but_not_against_the_name():
    assert resolved("Gewerkschaftsbund der Steppe", "KAZ", "workers", "FTRK") == ("kaz-fed", "acronym+country")
    assert resolved("Federation of Trade Unions of Kyrgyzstan", "KAZ", "workers", "FTUK") == (None, None)
    # An acronym of the other side is somebody else's.
    assert resolved("Fuel Trade Roundtable", "KAZ", "employers", "FTRK") == (None, None)


def test_initials_resolve_only_within_one_country_and_side():
    # "Türkiye Emek Sendikaları Konfederasyonu" has the initials TESK.
    assert resolved("TESK", "TUR", "workers") == ("tur-conf", "acronym+country")
    assert resolved("TESK", "TUR", "employers")[0] is None
    assert resolved("TESK", "KAZ", "workers")[0] is None
    # Three letters fit many names: they need the side as well ("Free Work League").
    assert resolved("FWL", "AZE", "civil_society") == ("aze-league", "acronym+country")
    assert resolved("FWL", "AZE")[0] is None


def test_a_name_that_tells_its_country_needs_none_beside_it():
    assert resolved("Federation of Trade Unions of Kyrgyzstan", None) == ("kgz-fed", "exact")
    assert resolved("Confederation of Trade Unions of Armenia", None) == ("arm-conf", "exact")


def test_similarity_alone_only_suggests():
    row = resolve_actors(actors(("r", "Altin Qum Mining LLP", "KAZ", "employers")), **REGISTRY).row(0, named=True)
    assert row["org_id"] is None
    assert row["suggestion"][0] == "kaz-company"


def test_suggestions_understand_other_languages_and_stay_in_the_country():
    row = resolve_actors(actors(("r", "Kırgızistan Sendikalar Federasyonu", "KGZ", "workers")), **REGISTRY)
    assert row.get_column("suggestion").to_list() == [["kgz-fed"]]
    assert row.get_column("org_id").to_list() == [None]


def test_a_country_told_in_the_name_alone_says_where_to_look_for_suggestions():
    row = resolve_actors(actors(("r", "Workers' Federation of Trades of Kyrgyzstan", None)), **REGISTRY)
    assert row.get_column("suggestion").to_list()[0][0] == "kgz-fed"


def test_a_damaged_form_resolves_only_exactly():
    assert resolved("ProfileContext", "ARM") == ("arm-conf", "exact")
    assert resolved("DESK", "ARM") == (None, None)


def test_a_decision_wins_over_every_rule_and_the_narrowest_holds():
    rows = actors(("a", "FTUK", "KAZ"), ("b", "FTUK", "KAZ"), ("a", "AHİK", "AZE"), ("a", "Steppe Union", "KAZ"))
    decisions = decided(
        ("FTUK", "KAZ", None, "kgz-fed"),
        ("FTUK", "KAZ", "b", "kaz-oil"),
        ("AHİK", None, None, "none"),
        ("Steppe Union", "KGZ", None, "kgz-fed"),
    )
    out = resolve_actors(rows, **REGISTRY, name_decisions=decisions)
    assert out.get_column("org_id").to_list() == ["kgz-fed", "kaz-oil", None, None]
    assert out.get_column("method").to_list() == ["decided", "decided", "decided", None]
    # Decided that nobody registered is meant: nothing is left to confirm.
    assert out.get_column("suggestion").to_list()[2] is None


def test_a_decision_on_a_person_of_the_same_name_is_not_about_organisations():
    out = resolve_actors(actors(("a", "AHIK", "AZE")), **REGISTRY, name_decisions=decided(("AHIK", None, None, "p-a")))
    assert out.get_column("method").to_list() == ["folded"]


def test_rows_their_order_and_other_columns_are_kept():
    rows = actors(("z", "AHIK", "AZE"), ("a", "Nobody", None), ("z", "AHIK", "AZE")).with_columns(
        extra=pl.Series([3, 1, 2])
    )
    out = resolve_actors(rows, **REGISTRY)
    assert out.select(rows.columns).equals(rows)
    assert out.columns == [*rows.columns, "org_id", "method", "suggestion"]
    assert out.schema["suggestion"] == pl.List(pl.String)


def test_no_rows_give_no_rows():
    out = resolve_actors(actors(), **REGISTRY)
    assert out.is_empty()
    assert out.schema["org_id"] == pl.String


FIGURE = {"report_id": pl.String, "figure": pl.Int64, "country": pl.String, "organisation": pl.String}


def test_a_figure_takes_its_organisation_from_the_report_then_from_its_country():
    figures = pl.DataFrame(
        [
            ("a", 1, "KAZ", "World Labour Office"),  # an actor of the report tells that it is international
            ("a", 2, "KAZ", "FTUK"),
            ("b", 1, "KGZ", "FTUK"),
            ("b", 2, "KGZ", None),
            ("b", 3, None, "FTUK"),  # no country of its own: the actors of the report are of one country
        ],
        schema=FIGURE, orient="row",
    )  # fmt: skip
    rows = actors(("a", "World Labour Office", None, "ilo"), ("b", "Federation of Trade Unions", "KGZ", "workers"))
    out = resolve_figures(figures, **REGISTRY, actors=rows)
    assert out.get_column("org_id").to_list() == ["int-labour", "kaz-fed", "kgz-fed", None, "kgz-fed"]
    assert out.select(figures.columns).equals(figures)


NAMES = st.sampled_from(
    [
        *ORGANISATIONS.get_column("name").to_list(), *ORGANISATION_NAMES.get_column("name").to_list(),
        "Federation of Trade Unions", "Trade Union", "Altyn Kum union", "KSB", "CTUA", "Nobody", "Emek-İş",
    ]
)  # fmt: skip
COUNTRIES = st.sampled_from(["KAZ", "KGZ", "AZE", "ARM", "TUR", "DEU", None])
ROWS = st.lists(st.tuples(st.sampled_from("abc"), NAMES, COUNTRIES), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    mixed = {
        name: frame.sample(fraction=1, shuffle=True, seed=random.randint(0, 99)) for name, frame in REGISTRY.items()
    }
    one = resolve_actors(actors(*rows), **REGISTRY).sort(pl.all().exclude("suggestion"), nulls_last=True)
    other = resolve_actors(actors(*shuffled), **mixed).sort(pl.all().exclude("suggestion"), nulls_last=True)
    assert one.equals(other)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_an_unrelated_organisation_of_another_country_changes_nothing(rows):
    more = pl.concat(
        [
            ORGANISATIONS,
            pl.DataFrame(
                [("jpn-x", "Sakura Roundtable", None, "SKRT", "JPN", "workers", "peak")],
                schema=ORGANISATIONS.schema,
                orient="row",
            ),
        ]
    )
    before = resolve_actors(actors(*rows), **REGISTRY)
    after = resolve_actors(actors(*rows), organisations=more, organisation_names=ORGANISATION_NAMES)
    assert before.equals(after)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_resolved_or_not_a_row_says_so_consistently(rows):
    out = resolve_actors(actors(*rows), **REGISTRY)
    known = set(ORGANISATIONS.get_column("org_id"))
    for row in out.iter_rows(named=True):
        assert (row["org_id"] is None) == (row["method"] is None)
        assert row["org_id"] is None or row["org_id"] in known
        if row["suggestion"] is not None:
            assert row["org_id"] is None
            assert 1 <= len(row["suggestion"]) <= 3
            assert len(set(row["suggestion"])) == len(row["suggestion"])


def test_a_translation_means_a_body_of_its_side():
    assert resolved("Fédération des syndicats du Kazakhstan", "KAZ", "workers") == ("kaz-fed", "translated")
    assert resolved("Fédération des syndicats du Kazakhstan", "KAZ", "employers") == (None, None)

"""Which place a report means."""

import polars as pl
import pytest

from socdialog.intake.names import resolve_places, with_places_named

PLACES = pl.DataFrame(
    [
        ("kaz-capital", "KAZ", "Astana", ["Nur-Sultan", "Астана"]),
        ("kaz-oiltown", "KAZ", "Zhanaozen", None),
        ("tur-izmir", "TUR", "İzmir", None),
        ("tur-capital", "TUR", "Ankara", None),
        ("tur-mine", "TUR", "Nallıhan", ["Ankara (Nallıhan)"]),
        ("geo-springs", "GEO", "Abastumani", None),
        ("kaz-springs", "KAZ", "Bulak", None),
        ("kgz-springs", "KGZ", "Bulak", None),
    ],
    schema={"place_id": pl.String, "country": pl.String, "name": pl.String, "variants": pl.List(pl.String)},
    orient="row",
)


def resolved(place, venue=None, countries=()):
    reports = pl.DataFrame(
        {"report_id": ["r"], "place": [place], "venue_country": [venue], "countries": [list(countries)]},
        schema_overrides={"place": pl.String, "venue_country": pl.String, "countries": pl.List(pl.String)},
    )
    return resolve_places(reports, places=PLACES).get_column("place_id").item()


@pytest.mark.parametrize(
    ("place", "venue", "countries", "means"),
    [
        ("Astana", "KAZ", ["KAZ"], "kaz-capital"),
        ("Nur–Sultan", "KAZ", ["TUR"], "kaz-capital"),
        ("IZMIR", "TUR", ["TUR"], "tur-izmir"),
        ("Измир", "TUR", ["TUR"], "tur-izmir"),
        ("Жаңаөзен", "KAZ", ["KAZ"], "kaz-oiltown"),
        ("Janaozen", None, ["KAZ"], "kaz-oiltown"),
        ("Astana, Kazakhstan", None, ["KAZ", "TUR"], "kaz-capital"),
        ("Ankara (Nallıhan)", "TUR", ["TUR"], "tur-mine"),
        ("Bulak", "KGZ", ["KAZ", "KGZ"], "kgz-springs"),
        ("Bulak", None, ["KAZ"], "kaz-springs"),
        ("Bulak", None, ["KAZ", "KGZ"], None),
        ("Bulak", None, [], None),
        ("Abastumani", None, [], "geo-springs"),
        ("Abastumani", "KAZ", ["GEO"], None),
        ("Astana, Ankara", None, ["KAZ", "TUR"], None),
        ("Atlantis", "KAZ", ["KAZ"], None),
        (None, "KAZ", ["KAZ"], None),
    ],
)
def test_a_place_lies_in_the_country_of_the_report(place, venue, countries, means):
    assert resolved(place, venue, countries) == means


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("General agreement of Astana", "KAZ", "kaz-capital"),
        ("Nur-Sultan general agreement", "KAZ", "kaz-capital"),
        ("General agreement of Astana", "TUR", None),
        ("General agreement of Astanaburg", "KAZ", None),
        ("General agreement", "KAZ", None),
        ("Ankara (Nallıhan) agreement", "TUR", "tur-mine"),  # the longest name, not Ankara
        ("Bulak agreement", "KGZ", "kgz-springs"),
    ],
)
def test_the_place_that_a_name_names(name, country, expected):
    institutions = pl.DataFrame({"name": [name], "country": [country]})
    assert with_places_named(institutions, places=PLACES).get_column("place_id").to_list() == [expected]

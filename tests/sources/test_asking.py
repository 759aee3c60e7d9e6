"""What is asked, kept and read back: contents, dictionaries, questions, labels, releases; online and offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.sources import ilostat
from socdialog.sources.client import ENDPOINTS, address_of
from socdialog.sources.fetching import ADDRESS_VARIABLE, replaced_ids
from socdialog.sources.question import Question
from tests.official import DENSITY, ROWS, study
from tests.sources.ilostat_server import COVERAGE, DATA_SET, IlostatServer

NEWER = (ROWS[0].replace("49.1", "48.0"), *ROWS[1:])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[IlostatServer]:
    """The service, at the address where everything asks for it, without a pace."""
    made = IlostatServer()
    monkeypatch.setenv(ADDRESS_VARIABLE, made.address)
    monkeypatch.setattr("time.sleep", lambda _: None)
    yield made
    made.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return study(tmp_path)


def test_contents_are_searched_by_words_and_alternatives_without_case_and_accents(
    server: IlostatServer, data: Path
) -> None:
    def found(search: str, **options: str) -> list[str]:
        return ilostat.contents(search=search, data=data, **options)["id"].to_list()  # type: ignore[arg-type]

    assert found("union DENSITY") == [DATA_SET]
    assert found("density|coverage rate") == [COVERAGE, DATA_SET]
    assert found("union coverage") == []
    assert found("annee elevee", lang="fr") == [DATA_SET]
    assert ilostat.contents(subject="industrial", data=data).height == 2
    assert ilostat.contents(country="KAZ", data=data)["id"].to_list() == ["KAZ_A"]
    for wrong in ({"subject": "fishing"}, {"country": "KZA"}, {"lang": "de"}, {"search": " "}, {"search": "a|"}):
        with pytest.raises(UsageError):
            ilostat.contents(data=data, **wrong)  # type: ignore[arg-type]
    assert server.of_data() == []


def test_contents_and_dictionaries_are_read_offline_once_they_were_asked_for(
    server: IlostatServer, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="ask once with a network"):
        ilostat.contents(offline=True, data=data)
    asked, codes = ilostat.contents(data=data), ilostat.dictionary("ref_area", data=data)
    requests = len(server.requests)
    server.close()
    monkeypatch.setenv("SOCDIALOG_OFFLINE", "1")
    assert ilostat.contents(data=data).equals(asked)
    assert ilostat.dictionary("ref_area", data=data).equals(codes)
    with pytest.raises(UsageError, match="in 'fr' was kept"):
        ilostat.dictionary("ref_area", lang="fr", data=data)
    assert len(server.requests) == requests


def test_a_dictionary_is_asked_for_again_when_the_contents_changed(server: IlostatServer, data: Path) -> None:
    for change, requests in ((None, 1), (None, 1), ("27/02/2026 08:00:00", 2)):
        server.last_update = change or server.last_update
        ilostat.dictionary("obs_status", data=data)
        assert len(server.asked("/metadata/dic")) == requests
    assert ilostat.dictionary("obs_status", data=data)["obs_status"].to_list() == ["B", "M", "U"], "no blank one"


def test_get_by_indicator_and_by_area_is_what_the_files_hold(server: IlostatServer, data: Path) -> None:
    whole = ilostat.get(DATA_SET, data=data)
    assert whole.select("area", "period", "value", "vintage", "kind", "is_group").rows() == [
        ("KAZ", "2012", 49.1, "2026-02-26", "reported", False),
        ("KAZ", "2017", 46.9, "2026-02-26", "reported", False),
        ("TUR", "2017", None, "2026-02-26", "reported", False),
        ("X01", "2017", 20.5, "2026-02-26", "modelled", True),
    ]
    chosen = ilostat.get([DATA_SET], countries=["KAZ"], since=2013, data=data)
    assert chosen.select("area", "period").rows() == [("KAZ", "2017")]
    of_country = ilostat.get(ilostat.contents(country="KAZ", data=data), by="ref_area", data=data)
    assert of_country.select("indicator", "value").rows() == [(DENSITY, 49.1), (DENSITY, 46.9)]
    assert (
        server.asked("/files/") == [f"/files/indicator/{DATA_SET}.csv.gz"] or "/files/ref_area" in server.of_data()[-1]
    )


def test_labels_are_of_the_language_that_is_asked_for(server: IlostatServer, data: Path) -> None:
    english = ilostat.get(DATA_SET, labels="both", data=data)
    assert english.filter(area="TUR").select("area", "area.label", "obs_status.label").row(0) == (
        *("TUR", "Türkiye", "Unreliable"),
    )
    french = ilostat.get(DATA_SET, labels="label", lang="fr", data=data)
    assert sorted(french["area"]) == ["Kazakhstan", "Kazakhstan", "Monde", "Turquie"]
    with pytest.raises(UsageError, match="did you mean 'label'"):
        ilostat.get(DATA_SET, labels="labels", data=data)
    assert len(server.of_data()) == 1, "labels are joined at reading"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"ids": "ILR_TUMT_NOC_RT"}, "did you mean 'ILR_TUMT_NOC_RT_A'"),
        ({"countries": ["KZA"]}, "'KZA' is not a known code of ref_area"),
        ({"codes": {"sex": ["SEX_T"]}}, "'sex' is not a known column of ILR_TUMT_NOC_RT_A"),
        ({"best_source": "best"}, "'best' is not a known choice of sources"),
        ({"since": 2018, "until": 2010}, "later than until"),
        ({"ids": "KAZ_A", "by": "ref_area", "countries": ["KAZ"]}, "takes no areas"),
        ({"ids": []}, "no data set is named"),
    ],
)
def test_what_the_service_does_not_know_is_never_asked(
    server: IlostatServer, data: Path, asked: dict[str, object], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        ilostat.fetch(**{"ids": DATA_SET, **asked}, data=data)  # type: ignore[arg-type]
    assert server.of_data() == []


@pytest.mark.usefixtures("server")
def test_all_mistakes_of_a_run_are_told_at_once(data: Path) -> None:
    with pytest.raises(UsageError) as refused:
        ilostat.fetch(["A_B_A", DATA_SET], countries=["KZA", "TRU"], data=data)
    assert len(refused.value.details) == 3


@pytest.mark.parametrize("value", ["", " ", "KAZ+", "+KAZ", "KAZ++TUR"])
def test_a_blank_never_leaves_the_machine(value: str) -> None:
    with pytest.raises(UsageError, match="has no value"):
        address_of("/data/indicator/", {"id": DATA_SET, "ref_area": value})


def test_parameters_come_from_the_list_of_their_endpoint() -> None:
    with pytest.raises(UsageError, match="not a known parameter"):
        address_of("/data/indicator/", {"id": DATA_SET, "ref_areas": "KAZ"})
    with pytest.raises(UsageError, match="not a known parameter"):
        address_of("/data/ref_area/", {"id": "KAZ_A", "ref_area": "KAZ"})
    with pytest.raises(UsageError, match="not a known endpoint"):
        address_of("/data/", {})
    assert address_of("/data/indicator/", {"id": "A_A+B_A", "ref_area": "TUR+KAZ"}) == (
        "/data/indicator/?id=A_A+B_A&ref_area=TUR+KAZ"
    )
    assert address_of("/data/indicator/", {"id": "A&type=label"}) == "/data/indicator/?id=A%26type%3Dlabel"
    assert all(endpoint.endswith("/") for endpoint in ENDPOINTS)


def test_an_id_names_its_frequency_and_its_classifications() -> None:
    ids = ("ILR_TUMT_NOC_RT_A", "EMP_TEMP_SEX_AGE_NB_Q", "STR_DAYS_ECO_NB_M", "EAR_4MTH_SEX_ECO_CUR_NB_A")
    asked = [Question(one) for one in ids]
    assert [(one.indicator, one.frequency, one.promised()) for one in asked] == [
        ("ILR_TUMT_NOC_RT", "A", ()),
        ("EMP_TEMP_SEX_AGE_NB", "Q", ("sex", "classif1")),
        ("STR_DAYS_ECO_NB", "M", ("classif1",)),
        ("EAR_4MTH_SEX_ECO_CUR_NB", "A", ("sex", "classif1", "classif2")),
    ]


def test_what_has_not_changed_is_not_asked_for_again(server: IlostatServer, data: Path) -> None:
    told = []
    for rows, change in ((ROWS, "26/02/2026 10:15:00"), (ROWS, "26/02/2026 10:15:00"), (ROWS, "01/03/2026 00:00:00"),
                         (ROWS, "01/03/2026 00:00:00"), (NEWER, "02/03/2026 00:00:00")):  # fmt: skip
        server.rows, server.last_update = rows, change
        (found,) = ilostat.fetch(DATA_SET, data=data)
        told.append((found.outcome, found.vintage, len(server.of_data())))
    assert told == [
        ("new", "2026-02-26", 1),
        ("current", "2026-02-26", 1),
        ("same", "2026-02-26", 2),
        ("current", "2026-02-26", 2),
        ("new", "2026-03-02", 3),
    ]
    assert sd.load_country_years(vintage="2026-02", data=data)["value"].to_list() == [49.1, 46.9, None]
    assert sd.compare_vintages("2026-02-26", "2026-03-02", data=data)["value_b"].to_list() == [48.0]


@pytest.mark.usefixtures("server")
def test_a_known_area_without_rows_is_checked_and_absent(data: Path) -> None:
    (found,) = ilostat.fetch(DATA_SET, countries=["KAZ", "UZB"], data=data)
    assert (found.outcome, found.rows, found.absent) == ("new", 2, ("UZB",))
    assert sd.load_not_published(data=data)["country"].to_list() == ["UZB"]
    assert sd.load_country_years(countries=["UZB"], vintage="all", data=data).is_empty()
    (only,) = ilostat.fetch(DATA_SET, countries=["UZB"], data=data)
    assert (only.rows, only.absent) == (0, ("UZB",))


def test_a_look_fetches_nothing_and_writes_nothing(server: IlostatServer, data: Path) -> None:
    before = sorted((data / "raw").rglob("*"))
    (found,) = ilostat.fetch(DATA_SET, check=True, data=data)
    assert (found.outcome, found.vintage) == ("newer", "2026-02-26")
    assert (server.of_data(), sorted((data / "raw").rglob("*")) == before) == ([], True)
    ilostat.fetch(DATA_SET, data=data)
    assert ilostat.fetch(DATA_SET, check=True, data=data)[0].outcome == "current"


def test_offline_every_state_is_read(server: IlostatServer, data: Path) -> None:
    ilostat.get(DATA_SET, labels="both", data=data)
    server.rows, server.last_update = NEWER, "02/03/2026 00:00:00"
    online = ilostat.get(DATA_SET, labels="both", data=data)
    server.close()
    assert ilostat.get(DATA_SET, labels="both", offline=True, data=data).equals(online)
    assert ilostat.read(DATA_SET, vintage="2026-02", data=data)["value"].to_list()[0] == 49.1
    assert ilostat.read(DATA_SET, data=data)["value"].to_list()[0] == 48.0
    with pytest.raises(UsageError, match="releases: 2026-02-26, 2026-03-02"):
        ilostat.read(DATA_SET, vintage="2025", data=data)
    with pytest.raises(UsageError, match="fetch it: socdialog fetch ilostat X_A"):
        ilostat.read("X_A", data=data)


@pytest.mark.usefixtures("server")
def test_a_retired_id_is_the_one_that_replaced_it(data: Path) -> None:
    folder = data / "raw" / "indicators" / "ilostat"
    folder.mkdir(parents=True)
    (folder / "aliases.yaml").write_text(f"OLD_ID_A: {DATA_SET}\n")
    assert sd.check(data).problems == ()
    (found,) = ilostat.fetch(["OLD_ID_A", DATA_SET], data=data)
    assert found.data_set == DATA_SET
    assert ilostat.get("OLD_ID_A", data=data).height == 4
    (folder / "aliases.yaml").write_text("- X\n")
    with pytest.raises(UsageError, match="is not a list of IDs"):
        replaced_ids(data / "raw")


@pytest.mark.usefixtures("server")
def test_a_study_with_fetched_states_passes_its_check(data: Path) -> None:
    ilostat.get(DATA_SET, labels="both", data=data)
    assert sd.check(data).problems == ()
    assert isinstance(sd.load("not_published", data=data), pl.DataFrame)

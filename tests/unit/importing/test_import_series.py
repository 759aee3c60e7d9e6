"""Downloaded files of official series: looked at, kept with evidence, refused by cause."""

from __future__ import annotations

from pathlib import Path

import pytest

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.importing.import_series import import_series
from socdialog.sources.client import Client, Service
from socdialog.sources.descriptions import ask_contents, keep_description, state_of
from socdialog.sources.lock import data_set_folder, read_lock
from socdialog.sources.source_error import SourceError
from tests.official import DENSITY, ROWS, csv, packed, parquet, study
from tests.sources.ilostat_server import DATA_SET, IlostatServer

SDMX = f"""DATAFLOW,REF_AREA,FREQ,MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS
ESTAT:{DENSITY}(1.0),KAZ,A,X,2017,46.9,A
"""


def file_of(folder: Path, content: bytes, name: str = "download.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_look_then_the_import_then_nothing_new(tmp_path: Path) -> None:
    data, file = study(tmp_path), file_of(tmp_path, packed(csv()))
    told = [
        str(import_series(file, "ilostat", vintage="2026-02", data=data, apply=apply)) for apply in (False, True, True)
    ]
    assert told == [
        f"download.csv: 4 rows, {DATA_SET}, release 2026-02: {done}"
        for done in ("to keep; add --apply", "kept", "already present")
    ]
    lock = read_lock(data_set_folder(data / "raw", DATA_SET))
    assert lock is not None
    (state,) = lock.snapshots
    assert (state.file[-7:], state.address, state.parameters) == (".csv.gz", "download.csv", {"file": "download.csv"})
    assert sd.check(data).problems == ()
    assert sd.load_country_years(vintage="2026-02", data=data)["value"].to_list() == [49.1, 46.9, None]
    # Nobody knows whether the file is the whole data set.
    assert sd.load_not_published(data=data).is_empty()


def test_the_release_is_that_of_the_kept_contents_where_the_rows_are_as_many(tmp_path: Path) -> None:
    data = study(tmp_path)
    with pytest.raises(UsageError, match="does not say when"):
        import_series(file_of(tmp_path, parquet(csv())), "ilostat", data=data, apply=True)
    server = IlostatServer()
    contents = ask_contents(Client(Service(server.address, 0.0)), by="indicator", lang="en")
    server.close()
    keep_description(data / "raw", "contents", "indicator.en", contents, state=state_of(contents))
    found = import_series(file_of(tmp_path, parquet(csv())), "ilostat", data=data, apply=True)
    assert (found.vintage, found.written) == ("2026-02-26", True)
    assert sd.load_not_published(data=data)["country"].to_list() == ["UZB"], "it is the whole data set"
    with pytest.raises(UsageError, match="does not say when"):
        import_series(file_of(tmp_path, csv(ROWS[:3])), "ilostat", data=data)


def test_another_agency_has_a_folder_and_a_name_of_its_own(tmp_path: Path) -> None:
    data = study(tmp_path)
    catalogue = data / "raw" / "indicators" / "catalogue.csv"
    catalogue.write_text(catalogue.read_text().replace("ILOSTAT", "ILOSTAT;ESTAT"))
    import_series(file_of(tmp_path, SDMX.encode()), "sdmx-csv", vintage="2026", data=data, apply=True)
    assert (data / "raw" / "indicators" / "estat" / DATA_SET / "origin.lock.yaml").is_file()
    found = sd.load_country_years(data=data).filter(source="ESTAT")
    assert found.select("value", "obs_status", "vintage").rows() == [(46.9, None, "2026")]


@pytest.mark.parametrize(
    ("content", "layout", "vintage", "told"),
    [
        (csv(), "ilo", "2026", "'ilo' is not a known layout"),
        (csv(), "ilostat", "Feb", "is not a release"),
        (csv([]), "ilostat", "2026", "has no rows"),
        (csv([ROWS[0], ROWS[0].replace("2012", "2012Q1")]), "ilostat", "2026", "holds 2 frequencies"),
        (csv([ROWS[0], ROWS[2].replace("TUMT", "CBCT")]), "ilostat", "2026", "2 indicators of 2 areas"),
    ],
)
def test_what_is_no_one_data_set_is_refused(
    tmp_path: Path, content: bytes, layout: str, *, vintage: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        import_series(file_of(tmp_path, content), layout, vintage=vintage, data=study(tmp_path))


def test_a_cut_file_is_refused_as_a_cut_answer_is(tmp_path: Path) -> None:
    data = study(tmp_path)
    with pytest.raises(SourceError) as refused:
        import_series(file_of(tmp_path, packed(csv())[:-5]), "ilostat", vintage="2026", data=data, apply=True)
    assert refused.value.cause == "cut_gzip"
    assert not (data / "raw" / "indicators" / "ilostat").exists()
    with pytest.raises(UsageError, match="there is no file"):
        import_series(tmp_path / "none.csv", "ilostat", vintage="2026", data=data)

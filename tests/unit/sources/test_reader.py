"""Files of official series: what is read, and what is refused, by cause."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from socdialog.sources import reader
from socdialog.sources.reader import COLUMNS, read_series
from socdialog.sources.source_error import SourceError
from tests.official import DENSITY, HEADER, ROWS, csv, packed, parquet

REAL = Path(__file__).parents[4] / "shared" / "ilostat"
real_files = pytest.mark.skipif(not REAL.is_dir(), reason="the real files of ILOSTAT are not at hand")


@pytest.mark.parametrize("pack", [bytes, packed, parquet, lambda body: packed(body[:20]) + packed(body[20:])])
def test_a_file_is_the_same_table_however_it_is_packed(pack: Callable[[bytes], bytes]) -> None:
    found = read_series(pack(csv()))
    assert found.columns == list(COLUMNS)
    assert found.select("area", "period", "freq", "year", "value", "obs_status", "line").rows() == [
        ("KAZ", "2012", "A", 2012, 49.1, None, 2),
        ("KAZ", "2017", "A", 2017, 46.9, "B", 3),
        ("TUR", "2017", "A", 2017, None, "U", 4),
        ("X01", "2017", "A", 2017, 20.5, "M", 5),
    ]


@pytest.mark.parametrize(
    ("time", "period", "freq", "year"),
    [
        *(("2017", "2017", "A", 2017), ("2017Q1", "2017-Q1", "Q", 2017), ("2017M01", "2017-01", "M", 2017)),
        *(("2022-Q4", "2022-Q4", "Q", 2022), ("2022-M12", "2022-12", "M", 2022), ("2022-03", "2022-03", "M", 2022)),
    ],
)
def test_periods_of_the_data_service_and_of_sdmx(time: str, period: str, freq: str, year: int) -> None:
    found = read_series(csv([f"KAZ,FX:1,{DENSITY},{time},1,"]))
    assert found.select("period", "freq", "year").row(0) == (period, freq, year)


WRONG = {
    "data packed in another way": (b"(\xb5/\xfd" + csv(), "no_text"),
    "an empty file": (b"", "empty_body"),
    "a page": (b"<!DOCTYPE html><title>Just a moment...</title>", "html"),
    "an error as JSON": (b'{"error":"deprecated or invalid dataset id=X"}', "error_message"),
    "an error as text": (b"Server Error\n", "error_message"),
    "an error at the end": (csv() + b"Server Error\n", "error_message"),
    "an unknown code": (b"ORA-00001: no such code\n", "error_message"),
    "a cut line": (csv()[:-3], "cut_text"),
    "a cut gzip": (packed(csv())[:-12], "cut_gzip"),
    "a damaged gzip": (packed(csv())[:20] + b"\x00\x01" + packed(csv())[22:], "damaged_gzip"),
    "a cut Parquet": (parquet(csv())[:-8], "cut_parquet"),
    "a damaged footer": (parquet(csv())[:-60] + parquet(csv())[-8:], "damaged_parquet"),
    "a short line": (csv([*ROWS, f"KAZ,FX:1,{DENSITY}"]), "ragged_lines"),
    "a long line": (csv([*ROWS, f"KAZ,FX:1,{DENSITY},2018,1,,,"]), "ragged_lines"),
    "a short line beside labels": (
        csv(
            [f'KAZ,"Kazakhstan, Republic",FX:1,{DENSITY},2012,1,', f"KAZ,X,FX:1,{DENSITY},2013,1"],
            header=HEADER.replace("source,", "ref_area.label,source,"),
        ),
        "ragged_lines",
    ),
    "a renamed column": (csv(header=HEADER.replace("obs_value", "value")), "unknown_column"),
    "a further column": (
        csv([f"{row}x" for row in ROWS], header=HEADER.replace("_status", "_state")),
        "unknown_column",
    ),
    "a missing column": (
        csv([row.rsplit(",", 2)[0] for row in ROWS], header="ref_area,source,indicator,time"),
        "missing_column",
    ),
    "labels alone": (csv(["Kazakhstan,1"], header="ref_area.label,obs_value"), "labels_only"),
    "a text for a number": (csv([f"KAZ,FX:1,{DENSITY},2012,NA,"]), "wrong_obs_value"),
    "no finite number": (csv([f"KAZ,FX:1,{DENSITY},2012,inf,"]), "wrong_obs_value"),
    "an unknown status": (csv([f"KAZ,FX:1,{DENSITY},2012,1,Z"]), "wrong_obs_status"),
    "an unknown period": (csv([f"KAZ,FX:1,{DENSITY},2012Q5,1,"]), "unknown_period"),
    "a name for an area": (csv([f"Kazakhstan,FX:1,{DENSITY},2012,1,"]), "wrong_ref_area"),
    "no area": (csv([f",FX:1,{DENSITY},2012,1,"]), "empty_cell"),
    "a repeated row": (csv([*ROWS, ROWS[0]]), "repeated_row"),
    "a flag of another kind": (
        csv([f"KAZ,FX:1,{DENSITY},2012,1,2"], header=HEADER.replace("obs_status", "best_source")),
        "wrong_best_source",
    ),
}


@pytest.mark.parametrize(("content", "cause"), WRONG.values(), ids=WRONG)
def test_what_is_no_whole_table_is_refused_by_cause(content: bytes, cause: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_series(content)
    assert refused.value.cause == cause


def test_a_bomb_is_not_unpacked() -> None:
    from socdialog.sources import bodies

    with pytest.raises(SourceError) as refused:
        bodies.unpacked(packed(b"x" * 10_000), largest=9_999)
    assert refused.value.cause == "too_large"


def test_rows_with_the_same_key_from_two_surveys_are_two_values() -> None:
    rows = [f"KAZ,{survey},{DENSITY},2012,{value},{best}" for survey, value, best in (("A:1", 1, 1), ("B:1", 2, 0))]
    found = read_series(csv(rows, header=HEADER.replace("obs_status", "best_source")))
    assert found.select("series_source", "value", "best_source").rows() == [("A:1", 1.0, "yes"), ("B:1", 2.0, "no")]


def test_labels_beside_codes_are_left_out() -> None:
    header = HEADER.replace("source,", "ref_area.label,source,")
    found = read_series(csv([f'KAZ,"Kazakhstan, Republic of",FX:1,{DENSITY},2012,1,'], header=header))
    assert found["area"].to_list() == ["KAZ"]


SDMX_1 = """DATAFLOW,REF_AREA,FREQ,MEASURE,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,SOURCE,NOTE_SOURCE
ILO:DF_EMP_TEMP_SEX_AGE_NB(1.0),KAZ,Q,EMP,SEX_T,AGE_T,2022-Q1,8.5,B,3,"LFS, yearly",R1:1
"""
#: The same in version 2.0: semicolons, decimal comma, codes with labels, the dimensions in another order.
SDMX_2 = """STRUCTURE[|];STRUCTURE_ID;ACTION;REF_AREA: Area;FREQ: Frequency;SEX: Sex;AGE: Age;TIME_PERIOD: Time;\
OBS_VALUE: Value;OBS_STATUS: Status;UNIT_MULT: Multiplier;SOURCE: Source;NOTE_SOURCE: Note
dataflow;ILO:DF_EMP_TEMP_SEX_AGE_NB(1.0): Employment;I;KAZ: Kazakhstan;Q: Quarterly;SEX_T: Total;AGE_T: Total;\
2022-Q1: 2022-Q1;8,5;B: Break;3: Thousand;LFS, yearly;R1:1
"""


def test_both_versions_of_sdmx_csv_give_the_same_rows() -> None:
    one, two = (read_series(text.encode(), "sdmx-csv") for text in (SDMX_1, SDMX_2))
    assert_frame_equal(one, two)
    assert one.row(0, named=True) == {
        "area": "KAZ",
        "indicator": "EMP_TEMP_SEX_AGE_NB",
        "series_source": "LFS, yearly",
        "freq": "Q",
        "period": "2022-Q1",
        "year": 2022,
        "sex": "SEX_T",
        "classif1": "AGE_T",
        "classif2": None,
        "value": 8.5,
        "obs_status": "B",
        "notes": "R1:1",
        "best_source": None,
        "unit_mult": 3,
        "line": 2,
    }


@pytest.mark.parametrize(
    ("agency", "status", "kept", "notes"),
    [("ILO", "A", "A", "R1:1"), ("ESTAT", "A", None, "R1:1"), ("ESTAT", "B", "B", "R1:1"),
     ("ESTAT", "E", None, "OBS-STATUS:E_R1:1")],
)  # fmt: skip
def test_a_letter_of_a_status_means_what_its_agency_means(
    agency: str, status: str, kept: str | None, notes: str
) -> None:
    text = SDMX_1.replace("ILO:", f"{agency}:").replace(",8.5,B,", f",8.5,{status},")
    assert read_series(text.encode(), "sdmx-csv").select("obs_status", "notes").row(0) == (kept, notes)


WRONG_SDMX = [
        (SDMX_1.replace("DATAFLOW", "FLOW"), "no_sdmx_csv"),
        (SDMX_1.replace("REF_AREA", "COUNTRY"), "missing_column"),
        (SDMX_1 + SDMX_1.splitlines()[1].replace("EMP_TEMP", "UNE_TUNE") + "\n", "several_flows"),
        (SDMX_2.replace(";I;", ";D;"), "action"),
        (SDMX_1.replace("MEASURE", "EDU").replace(",AGE,", ",AGE,EDUX,").replace(",AGE_T,", ",AGE_T,Y,"),
         "too_many_classifications"),
        (SDMX_1.replace(",8.5,", ",many,"), "wrong_obs_value"),
        (SDMX_1.replace('"LFS, yearly"', "LFS").replace(",R1:1", ""), "ragged_lines"),
        (SDMX_1.replace("FREQ", "SEX"), "repeated_column"),
    (SDMX_1.replace("OBS_VALUE", "VALUE"), "missing_column"),
    (SDMX_1 + SDMX_1.splitlines()[1] + ",more,cells\n", "ragged_lines"),
    (SDMX_1.replace('yearly"', "yearly"), "ragged_lines"),
    (SDMX_2.replace("STRUCTURE_ID", "STRUCTURE_NO"), "missing_column"),
    (SDMX_1.replace("ILO:DF_EMP_TEMP_SEX_AGE_NB(1.0)", "employment"), "no_flow"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cause"), WRONG_SDMX)
def test_what_is_no_sdmx_csv_of_one_flow_is_refused(text: str, cause: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_series(text.encode(), "sdmx-csv")
    assert refused.value.cause == cause


@real_files
def test_the_real_files_are_read_whole() -> None:
    density = read_series((REAL / "ILR_TUMT_NOC_RT_A.csv").read_bytes())
    assert (density.height, density["area"].n_unique(), density["year"].min(), density["year"].max()) == (
        *(1287, 139),
        *(2000, 2020),
    )
    plain = pl.read_csv(REAL / "ILR_TUMT_NOC_RT_A.csv")
    assert density["value"].to_list() == plain["obs_value"].to_list()
    kenya = read_series((REAL / "rplumber_best_source_all_KEN_sample.csv").read_bytes())
    assert kenya.filter(year=2019).select("value", "best_source").rows() == [(5.014, "yes"), (3.171, "no")]
    probe = read_series((REAL / "ILO_DF_UNE_DEAP_SEX_AGE_RT_probe.csv").read_bytes(), "sdmx-csv")
    assert probe.select("indicator", "sex", "classif1", "value").row(1) == (
        *("UNE_DEAP_SEX_AGE_RT", "SEX_M"),
        *("AGE_YTHADULT_YGE15", 8.6),
    )


def numbered(n: int) -> bytes:
    """A Parquet file of n years; the first country is Kazakhstan, the others Türkiye."""
    return parquet(csv([f"{'KAZ' if not year else 'TUR'},FX:1,{DENSITY},{1990 + year},{year}," for year in range(n)]))


def test_a_long_parquet_file_is_read_some_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_series(numbered(5))
    monkeypatch.setattr(reader, "AT_ONCE", 2)
    parts = list(reader.read_in_parts(numbered(5)))
    assert [part["line"].to_list() for part in parts] == [[2, 3], [4, 5], [6]]
    assert_frame_equal(pl.concat(parts), whole)
    assert [part.height for part in reader.read_in_parts(parquet(csv([])))] == [0]


def test_what_is_wrong_behind_the_first_part_is_told_by_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "AT_ONCE", 2)
    rows = [f"KAZ,FX:1,{DENSITY},{year},1," for year in (1990, 1991, 1992, 1993, 1990)]
    with pytest.raises(SourceError, match=r"^row 2: two rows have the key KAZ, ILR_TUMT_NOC_RT, 1990, FX:1$"):
        read_series(parquet(csv(rows)))
    with pytest.raises(SourceError, match=r"^row 5: obs_status: 'Z' is not an observation status$"):
        read_series(parquet(csv([*rows[:3], f"{rows[3]}Z"])))


def test_data_on_which_polars_gives_up_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def collect(*_: object, **__: object) -> None:
        raise pl.exceptions.PanicException("assertion failed: offset + length <= self.length")

    whole = numbered(5)
    monkeypatch.setattr(pl.LazyFrame, "collect", collect)
    with pytest.raises(SourceError, match=r"^the Parquet data cannot be read: assertion failed") as refused:
        read_series(whole)
    assert refused.value.cause == "damaged_parquet"

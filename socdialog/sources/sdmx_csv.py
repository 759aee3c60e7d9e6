"""SDMX-CSV 1.0 and 2.0 as the columns of ILOSTAT's code type."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from socdialog.sources.bodies import refuse_ragged
from socdialog.sources.source_error import SourceError

#: First column of version 1.0, and of version 2.0 with the sign that separates values within a cell.
_FIRST_1, _FIRST_2 = "DATAFLOW", re.compile(r"STRUCTURE(\[.\])?")
_FLOW = re.compile(r"(?P<agency>[^:]+):(?P<flow>[^(]+)\((?P<version>[^)]*)\)")
_NAMES = {
    "REF_AREA": "ref_area",
    "SOURCE": "source",
    "FREQ": "freq",
    "SEX": "sex",
    "TIME_PERIOD": "time",
    "OBS_VALUE": "obs_value",
    "OBS_STATUS": "obs_status",
    "NOTE_SOURCE": "note_source",
    "NOTE_INDICATOR": "note_indicator",
    "NOTE_CLASSIF": "note_classif",
    "UNIT_MULT": "unit_mult",
}
#: Dimensions that name the indicator, the first one that is there.
_INDICATORS = ("INDICATOR", "SERIES")
#: Columns of SDMX that nothing is made of.
_UNREAD = frozenset({
    *("STRUCTURE", "STRUCTURE_NAME", "SERIES_KEY", "OBS_KEY", "MEASURE", "UNIT_MEASURE", "UNIT_MEASURE_TYPE"),
    *("DECIMALS", "UPPER_BOUND", "LOWER_BOUND", "LAST_UPDATE", "UPDATED"),
})  # fmt: skip
#: Columns that are neither a classification nor a value.
_OTHER = _UNREAD | {"DATAFLOW", "STRUCTURE_ID", "ACTION", *_INDICATORS}
#: Actions of version 2.0 that give values; D deletes them.
_GIVES = ("I", "A", "R", "M")
_CLASSIFICATIONS = ("classif1", "classif2")
#: The name of an ILOSTAT flow is this prefix and the id of the data set.
_FLOW_PREFIX = "DF_"
#: Agency whose letters of a status are those of the data service.
OWN_AGENCY = "ILO"
#: Letters of the common code list of SDMX that say what the same letter of ILOSTAT says, and the one for a plain value.
_SAME_STATUS, _PLAIN_STATUS = ("B", "I", "U"), "A"


def sdmx_cells(body: bytes) -> pl.DataFrame:
    """Return the rows of an SDMX-CSV file under the names of ILOSTAT's code type.

    Dimensions that the form does not know (age, economic activity) become its classifications, in their order.
    Columns behind the value are attributes; those that the form does not know are left out.

    Raises
    ------
    SourceError
        When the file is no SDMX-CSV of one data flow, deletes values, or names no areas and periods.
    """
    cells = _named(_read(body))
    flow = _flow(cells)
    lacking = [name for name in ("REF_AREA", "TIME_PERIOD", "OBS_VALUE") if name not in cells.columns]
    if lacking:
        message = f"the column {lacking[0]!r} is missing: the file gives no values by area and period"
        raise SourceError("missing_column", message)
    found = cells.select(
        *(pl.col(name).alias(ours) for name, ours in _NAMES.items() if name in cells.columns),
        _indicator(cells, flow),
        *(pl.col(name).alias(ours) for name, ours in zip(_dimensions(cells.columns), _CLASSIFICATIONS, strict=False)),
    )
    if "source" not in found.columns:
        found = found.with_columns(pl.lit(None, pl.String).alias("source"))
    return _with_status(found, own=flow["agency"] == OWN_AGENCY)


def _read(body: bytes) -> pl.DataFrame:
    head = body[: body.find(b"\n")].decode("utf-8-sig", "replace").rstrip("\r")
    separator = ";" if re.match(r"(DATAFLOW|STRUCTURE(\[.\])?);", head) else ","
    first = head.split(separator)[0].strip('"')
    if first.split(":")[0] != _FIRST_1 and not _FIRST_2.fullmatch(first):
        message = f"the first column is {first!r}; SDMX-CSV begins with DATAFLOW (1.0) or STRUCTURE (2.0)"
        raise SourceError("no_sdmx_csv", message)
    header = head.split(separator)
    read = None if '"' in head else [at for at, name in enumerate(header) if name.split(":")[0] not in _UNREAD]
    options: dict[str, Any] = {"infer_schema": False, "separator": separator, "raise_if_empty": False}
    try:
        cells = pl.read_csv(io.BytesIO(body), columns=read, **options)
    except pl.exceptions.PolarsError as problem:
        raise SourceError("ragged_lines", f"the lines do not fit the header: {problem}", again=True) from None
    refuse_ragged(body, cells.height, width=len(header), separator=separator.encode())
    if separator == ";" and "OBS_VALUE" in " ".join(cells.columns):
        # Where the semicolon separates, the comma is the decimal sign.
        value = next(name for name in cells.columns if name.split(":")[0] == "OBS_VALUE")
        cells = cells.with_columns(pl.col(value).str.replace(",", ".", literal=True))
    return cells


def _named(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the columns under their ids, with codes alone where a cell holds ``code: label``."""
    both = [name for name in cells.columns if ": " in name]
    cells = cells.with_columns(pl.col(name).str.replace(r": .*$", "") for name in both if not name.startswith("OBS_V"))
    # Polars numbers repeated columns.
    ids = {name: re.sub(r"_duplicated_\d+$", "", name).split(":")[0] for name in cells.columns}
    names = {name: re.sub(r"\[.*\]$", "", one) for name, one in ids.items()}
    twice = {name for name in names.values() if [*names.values()].count(name) > 1}
    if twice:
        raise SourceError("repeated_column", f"the column {min(twice)!r} is repeated")
    return cells.rename(names)


def _flow(cells: pl.DataFrame) -> dict[str, str]:
    column = _FIRST_1 if _FIRST_1 in cells.columns else "STRUCTURE_ID"
    if column not in cells.columns:
        raise SourceError("missing_column", f"the column {column!r} is missing")
    flows = cells[column].unique().drop_nulls().sort()
    if len(flows) != 1:
        raise SourceError("several_flows", f"the file holds {len(flows)} data flows; import one at a time")
    found = _FLOW.match(flows[0])
    if found is None:
        raise SourceError("no_flow", f"{flows[0]!r} names no data flow, such as ILO:DF_ILR_TUMT_NOC_RT(1.0)")
    if "ACTION" in cells.columns and not cells["ACTION"].is_in(_GIVES).all():
        action = cells.filter(~pl.col("ACTION").is_in(_GIVES))["ACTION"][0]
        raise SourceError("action", f"the action {action!r} gives no values; only {', '.join(_GIVES)} are read")
    return found.groupdict()


def flow_of(body: bytes) -> tuple[str, str]:
    """Return the agency and the data flow of an SDMX-CSV file.

    Raises
    ------
    SourceError
        As for `sdmx_cells`.
    """
    flow = _flow(_named(_read(body)))
    return flow["agency"], flow["flow"]


def _indicator(cells: pl.DataFrame, flow: dict[str, str]) -> pl.Expr:
    named = next((name for name in _INDICATORS if name in cells.columns), None)
    if named is not None:
        return pl.col(named).alias("indicator")
    return pl.lit(flow["flow"].removeprefix(_FLOW_PREFIX)).alias("indicator")


def _dimensions(columns: Sequence[str]) -> list[str]:
    """Return the dimensions that are classifications: in version 1.0 and usually, those in front of the value."""
    front = columns[: list(columns).index("OBS_VALUE")]
    found = [name for name in front if name.isupper() and name not in _OTHER and name not in _NAMES]
    if len(found) > len(_CLASSIFICATIONS):
        message = f"the file has {len(found)} classifications ({', '.join(found)}); {len(_CLASSIFICATIONS)} can be kept"
        raise SourceError("too_many_classifications", message, hint="download it with one of them fixed to its total")
    return found


def _with_status(cells: pl.DataFrame, *, own: bool) -> pl.DataFrame:
    """Return letters of a status as ILOSTAT's; what has no such letter is kept among the notes."""
    if own or "obs_status" not in cells.columns:
        return cells
    status = pl.col("obs_status")
    is_same, is_other = status.is_in(_SAME_STATUS), ~status.is_in([*_SAME_STATUS, _PLAIN_STATUS])
    cells = cells.with_columns(
        note_source=pl.col("note_source") if "note_source" in cells.columns else pl.lit(None, pl.String)
    )
    noted = pl.concat_str(pl.format("OBS-STATUS:{}", status), "note_source", separator="_", ignore_nulls=True)
    return cells.with_columns(
        note_source=pl.when(is_other).then(noted).otherwise("note_source"),
        obs_status=pl.when(is_same).then(status),
    )

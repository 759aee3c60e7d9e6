"""Each way in which the data service misbehaves: a named cause, the tree untouched, requests counted and timed."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from socdialog.sources import ilostat
from socdialog.sources.client import Client, Limits, Service
from socdialog.sources.fetching import Fetched
from tests.official import HEADER, ROWS, csv, kept, packed, parquet, study
from tests.sources.ilostat_server import (
    DATA_SET,
    Answer,
    Fault,
    IlostatServer,
    encoded,
    in_seconds,
    instead,
    once,
    sent,
    status,
)

PAGE = b"<!DOCTYPE html><html><title>Just a moment...</title><body>Enable JavaScript to go on (challenge)</body></html>"
OTHER_ID = [row.replace("ILR_TUMT", "ILR_CBCT") for row in ROWS]
EXTRA = csv([f"{row},1" for row in ROWS], header=f"{HEADER},extra")
LESS = csv([row.rsplit(",", 2)[0] for row in ROWS], header=HEADER.removesuffix(",obs_value,obs_status"))
GATEWAY = b"<html>Bad gateway</html>"
#: Where a filter is asked for: one area.
ONE = {"countries": ("KAZ",)}

#: Number and name of each fault: how to make it, what is asked, the cause, how many requests for data.
FAULTS: dict[str, tuple[Fault, dict[str, object], str, int]] = {
    "01 unknown id": (status(400, b'{"error":"deprecated or invalid dataset id=X"}'), {}, "refused_question", 1),
    "02 busy": (status(403, b"Forbidden"), {}, "forbidden", 1),
    "03 challenge 403": (status(403, PAGE), {}, "challenge", 1),
    "03 challenge 503": (status(503, PAGE), {}, "challenge", 1),
    "03 challenge by header": (status(403, b"<html></html>", cf_mitigated="challenge"), {}, "challenge", 1),
    "04 no data": (status(404), {}, "no_data", 1),
    "05 method": (status(405), {}, "method", 1),
    "06 too much": (status(413), {}, "too_much", 1),
    "07 wrong key": (status(422), {}, "wrong_key", 1),
    "08 too many, in seconds": (status(429, Retry_After="7"), {}, "too_many_requests", 3),
    "09 too many, until a date": (status(429, Retry_After=in_seconds(60)), {}, "too_many_requests", 3),
    "10 too many, without a time": (status(429), {}, "too_many_requests", 3),
    "10 too many, for too long": (status(429, Retry_After="86400"), {}, "too_many_requests", 1),
    "11 unknown code": (status(500, b"ORA-20001: unknown code\n"), {}, "unknown_code", 1),
    **{f"12 {code}": (status(code, GATEWAY), {}, f"status_{code}", 3) for code in (500, 502, 503, 504)},
    "13 redirect": (status(302, Location="https://elsewhere.example/data"), {}, "redirect", 1),
    "13 redirect to a name like ours": (status(302, Location="https://notilo.org/data"), {}, "redirect", 1),
    "13 redirect in a circle": (status(302, Location=f"/files/indicator/{DATA_SET}.csv.gz"), {}, "redirects", 4),
    "14 zero bytes": (instead(b""), {}, "empty_body", 3),
    "15 server error": (instead(b"Server Error\n"), {}, "error_message", 3),
    "15 server error behind rows": (instead(packed(csv() + b"Server Error\n")), {}, "error_message", 3),
    "15 a page": (instead(PAGE), {}, "html", 1),
    "16 header only": (instead(packed(csv([]))), {}, "row_count", 3),
    "17 filter ignored": (instead(parquet(csv())), ONE, "filter_ignored", 1),
    "17 years ignored": (instead(parquet(csv(ROWS[:2]))), {**ONE, "since": 2017}, "filter_ignored", 1),
    "18 blank parameter": (instead(csv()), ONE, "filter_ignored", 1),
    "19 column renamed": (instead(csv(header=HEADER.replace("obs_value", "value"))), {}, "unknown_column", 1),
    "19 column added": (instead(EXTRA), {}, "unknown_column", 1),
    "19 column left out": (instead(LESS), {}, "missing_column", 1),
    "20 rows of another id": (instead(packed(csv(OTHER_ID))), {}, "other_rows", 1),
    "20 rows of another frequency": (instead(csv([ROWS[0].replace("2012", "2012Q1"), *ROWS[1:]])), {}, "other_rows", 1),
    "21 fewer rows": (instead(packed(csv(ROWS[:3]))), {}, "row_count", 3),
    "21 more rows": (instead(packed(csv([*ROWS, ROWS[0].replace("2012", "1999")]))), {}, "row_count", 3),
    "22 cut with a length": (sent(cut=40), {}, "cut_body", 3),
    "23 cut in chunks": (sent(framing="chunked", cut=40), {}, "cut_body", 3),
    "24 cut without framing, gzip": (sent(framing="none", cut=60), {}, "cut_gzip", 3),
    "24 cut without framing, Parquet": (sent(framing="none", cut=400), ONE, "cut_parquet", 3),
    "24 cut without framing, text": (lambda _, __: Answer(csv(), framing="none", cut=110), {}, "cut_text", 3),
    "24 cut without framing, at a line": (lambda _, __: Answer(csv(ROWS[:2]), framing="none"), {}, "row_count", 3),
    "25 cut gzip": (encoded(8), {}, "cut_gzip", 3),
    "26 reset": (sent(reset=True), {}, "broken", 3),
    "27 one byte after the other": (sent(drip=0.2), {}, "too_slow", 1),
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[IlostatServer]:
    made = IlostatServer()
    yield made
    made.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A study that has an earlier state of the data set."""
    made = study(tmp_path)
    kept(made, packed(csv(ROWS[:2])), "01/10/2025 08:00:00")
    return made


def client_of(server: IlostatServer, *, waits: list[float] | None = None, **limits: float) -> Client:
    told: list[float] = [] if waits is None else waits
    bounds = Limits(**{"connect": 2.0, "read": 5.0, "total": 10.0, **limits})  # type: ignore[arg-type]
    return Client(Service(server.address, 0.0), bounds, sleep=told.append, chance=lambda: 0.5)


def fetched(server: IlostatServer, data: Path, client: Client | None = None, **asked: object) -> Fetched:
    (found,) = ilostat.fetch(DATA_SET, data=data, client=client or client_of(server), **asked)  # type: ignore[arg-type]
    return found


def tree(data: Path) -> dict[str, str]:
    files = (path for path in (data / "raw").rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(("fault", "asked", "cause", "requests"), FAULTS.values(), ids=FAULTS)
def test_a_fault_has_a_cause_and_changes_nothing(
    server: IlostatServer, data: Path, fault: Fault, *, asked: dict[str, object], cause: str, requests: int
) -> None:
    before, began = tree(data), time.monotonic()
    server.fault = fault
    limits = {"total": 1.0} if cause == "too_slow" else {}
    found = fetched(server, data, client_of(server, **limits), **asked)
    assert (found.outcome, found.cause) == ("failed", cause), found
    assert len(server.of_data()) == requests
    assert time.monotonic() - began < 8
    assert tree(data) == before
    assert {method for method, _ in server.requests} == {"GET"}
    server.fault = lambda answer, _: answer
    assert fetched(server, data, **asked).outcome == "new", "the next run goes on"


def test_all_27_faults_are_there() -> None:
    assert sorted({int(name[:2]) for name in FAULTS}) == list(range(1, 28))


@pytest.mark.parametrize(
    "fault",
    [
        *(status(code, b"busy") for code in (429, 500, 502, 503, 504)),
        *(instead(b""), instead(b"Server Error\n"), instead(packed(csv())[:-9])),
        *(sent(cut=40), sent(framing="chunked", cut=40), sent(reset=True), encoded(8)),
    ],
)
def test_what_passes_is_asked_for_once_more(server: IlostatServer, data: Path, fault: Fault) -> None:
    server.fault = once(fault)
    assert fetched(server, data).outcome == "new"
    assert len(server.of_data()) == 2


@pytest.mark.parametrize("how", [{"framing": "chunked"}, {"framing": "none"}, {"framing": "length"}])
def test_a_whole_answer_is_kept_however_it_is_sent(server: IlostatServer, data: Path, how: dict[str, str]) -> None:
    server.fault = sent(**how)
    found = fetched(server, data)
    assert (found.outcome, found.rows, found.vintage) == ("new", 4, "2026-02-26")


def test_waits_are_those_that_the_service_asks_for_or_grow(server: IlostatServer, data: Path) -> None:
    def waits(fault: Fault) -> list[float]:
        told: list[float] = []
        server.fault = fault
        fetched(server, data, client_of(server, waits=told))
        return told

    assert waits(status(429, Retry_After="7")) == [7.0, 7.0]
    assert waits(status(503)) == [2.0, 4.0]
    assert all(50 < wait <= 60 for wait in waits(status(429, Retry_After=in_seconds(60))))


def test_requests_are_paced(server: IlostatServer, data: Path) -> None:
    ticks = itertools.count()
    waits: list[float] = []
    client = Client(Service(server.address, 3.0), sleep=waits.append, clock=lambda: float(next(ticks)))
    fetched(server, data, client, countries=["KAZ"])
    # Contents, dictionary, data: each but the first waits for what is left of three seconds.
    assert len(server.requests) == 3
    assert waits == [2.0, 2.0]
    # A second client of the same process is paced with the first.
    server.last_update = "27/02/2026 10:15:00"
    again = Client(Service(server.address, 3.0), sleep=waits.append, clock=lambda: float(next(ticks)))
    fetched(server, data, again, countries=["KAZ"])
    assert waits == [2.0] * 5


def test_a_large_answer_is_not_read_to_its_end(server: IlostatServer, data: Path) -> None:
    server.fault = instead(b"x" * 3_000_000)
    before = tree(data)
    found = fetched(server, data, client_of(server, most_bytes=1_000_000))
    assert (found.cause, len(server.of_data()), tree(data) == before) == ("too_large", 1, True)


def test_a_slow_head_meets_the_total_limit_too(server: IlostatServer, data: Path) -> None:
    class Slow(Answer):
        def sent(self) -> Iterator[bytes]:
            return (bytes([sign]) for sign in b"HTTP/1.1 200 OK\r\n" + b"X" * 200)

    server.fault = lambda answer, _: Slow(answer.body, drip=0.1)
    began = time.monotonic()
    found = fetched(server, data, client_of(server, total=1.0))
    assert found.cause == "too_slow"
    assert time.monotonic() - began < 4


def test_redirects_within_the_service_are_followed(server: IlostatServer, data: Path) -> None:
    server.fault = once(status(301, Location=f"{server.address}/files/indicator/{DATA_SET}.csv.gz?"))
    assert fetched(server, data).outcome == "new"


@pytest.mark.parametrize(
    ("of_contents", "cause"),
    [
        (status(500, b"<html>Bad gateway</html>"), "status_500"),
        (instead(PAGE), "html"),
        (instead(b""), "empty_body"),
        (sent(cut=300), "cut_body"),
        (instead(b"id,indicator\nX,Y\n"), "contents"),
        (sent(reset=True), "broken"),
    ],
)
def test_without_contents_nothing_is_asked_for(
    server: IlostatServer, data: Path, of_contents: Fault, cause: str
) -> None:
    before = tree(data)
    server.of_contents = of_contents
    with pytest.raises(ilostat.SourceError) as refused:
        fetched(server, data)
    assert (refused.value.cause, server.of_data(), tree(data) == before) == (cause, [], True)


def test_a_last_change_in_an_unknown_form_stops_before_any_data(server: IlostatServer, data: Path) -> None:
    before = tree(data)
    server.last_update = "Thursday"
    with pytest.raises(ilostat.SourceError, match="not a date of last update"):
        fetched(server, data)
    assert (server.of_data(), tree(data) == before) == ([], True)


def test_a_service_that_is_gone_is_told(server: IlostatServer, data: Path) -> None:
    server.close()
    before = tree(data)
    with pytest.raises(ilostat.SourceError) as refused:
        fetched(server, data)
    assert (refused.value.cause, tree(data) == before) == ("no_connection", True)


def test_one_failure_among_several_leaves_the_others(server: IlostatServer, data: Path) -> None:
    found = ilostat.fetch([DATA_SET, "ILR_CBCT_NOC_RT_A"], data=data, client=client_of(server))
    assert [one.outcome for one in found] == ["new", "failed"]
    assert "deprecated or invalid" in found[1].message
    # The contents are kept with the run that had no failure.
    assert not any("contents" in name for name in tree(data))
    again = ilostat.fetch([DATA_SET, "ILR_CBCT_NOC_RT_A"], data=data, client=client_of(server))
    assert [one.outcome for one in again] == ["current", "failed"], "what is there is not asked for again"

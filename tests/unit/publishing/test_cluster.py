"""A build on a cluster gives the bytes of a local one, loses only what a lost worker had, and trusts no other."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_cluster import scheduler, workers
from small_study import SmallStudy, copied_package

from socdialog.errors import DataError, UsageError
from socdialog.publishing.executor import Failure, Outcome
from socdialog.publishing.remote_task import differences, pack_outcome, unpacked_outcome
from socdialog.publishing.task_archive import pack, unpack

#: Kills the process that waits for the notebook, once in the life of the test; the paths are the test's own.
KILL = """
import os, pathlib, signal, time
if country == "GEO":
    mark = pathlib.Path({mark!r})
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        pass
    else:
        status = pathlib.Path(f"/proc/{{os.getppid()}}/status").read_text()
        os.kill(int(status.split("PPid:")[1].split()[0]), signal.SIGKILL)
        time.sleep(60)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler of Dask in a process of its own."""
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    with scheduler(tmp_path_factory.mktemp("scheduler")) as place:
        yield place


def other_version(folder: Path) -> Path:
    """A copy of the package that differs in one comment."""
    copied_package(folder)
    with (folder / "socdialog" / "dates.py").open("a") as file:
        file.write("# another version\n")
    return folder


def test_a_cluster_gives_the_same_bytes_though_a_worker_dies_and_another_is_not_fit(
    study: SmallStudy, address: str, tmp_path: Path
) -> None:
    study.write(KILL.format(mark=str(tmp_path / "killed")))
    (tmp_path / "killed").touch()
    assert study.build("AZE", "GEO", "KAZ")[0] == 0
    here = study.published()
    shutil.rmtree(study.out)
    shutil.rmtree(study.folder / ".socdialog")
    (tmp_path / "killed").unlink()
    other = other_version(tmp_path / "other")
    with workers(address, one=study.package, two=study.package, unfit=other) as (one, two, unfit):
        code, said = study.build("AZE", "GEO", "KAZ", "--executor", f"dask://{address}")
        assert code == 0, said
        assert sorted(end.poll() is None for end in (one, two)) == [False, True]
        assert unfit.poll() is None
    assert (tmp_path / "killed").exists()
    assert study.published() == here
    study.assert_whole()
    assert not study.processes()


@pytest.mark.long
def test_verify_on_a_cluster_makes_the_same_bytes_and_sees_a_difference(study: SmallStudy, address: str) -> None:
    assert study.build("AZE", "KAZ")[0] == 0
    executor = ("--executor", f"dask://{address}")
    with workers(address, one=study.package, two=study.package):
        code, said = study.build(*executor, command="verify")
        assert code == 0, said
        assert f"Reproduced {len(study.published()) - 1} published files byte for byte" in said
        study.write("import os\nos.urandom(8).hex()")
        assert study.build("AZE", "KAZ", *executor)[0] == 0
        study.assert_whole()
        code, said = study.build(*executor, command="verify")
    assert code == 1
    assert "notebooks/AZE.ipynb\n" in said
    assert ", now " in said, "the first difference is shown"


@pytest.mark.long
def test_verify_without_a_fit_worker_does_not_say_that_bytes_are_the_same(
    study: SmallStudy, address: str, tmp_path: Path
) -> None:
    assert study.build("KAZ")[0] == 0
    with workers(address, unfit=other_version(tmp_path / "other")):
        code, said = study.build("--executor", f"dask://{address}", command="verify")
    assert code == 1
    assert "1 page could not be rebuilt\nKAZ: no worker of the cluster can run it" in said
    assert "byte for byte" not in said


@pytest.mark.long
def test_nothing_is_published_when_no_worker_is_fit(study: SmallStudy, address: str, tmp_path: Path) -> None:
    with workers(address, unfit=other_version(tmp_path / "other")):
        code, said = study.build("KAZ", "--executor", f"dask://{address}")
    assert code == 1
    assert "KAZ (no worker of the cluster can run it (it has package " in said
    assert ", this build has " in said
    assert not (study.out / "countries" / "KAZ.html").exists()


def test_limits_of_time_and_failing_cells_are_told_as_at_home(study: SmallStudy, address: str) -> None:
    study.write("while country == 'KGZ': pass\nif country == 'AZE': raise ValueError('no')")
    with workers(address, one=study.package):
        code, said = study.build("KGZ", "AZE", "--executor", f"dask://{address}", "--timeout", "2")
    assert code == 1
    assert "KGZ (it timed out after 2 seconds)" in said
    assert "AZE (cell 3 ended with ValueError)" in said


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, str]:
    """A certificate that trusts itself: the settings of Dask that name it."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, made = tmp_path / "key.pem", tmp_path / "made.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=cluster"]
    subprocess.run([*request, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    return {"CA_FILE": str(made), "CLIENT__CERT": str(made), "CLIENT__KEY": str(key)}


@pytest.mark.long
def test_a_cluster_with_certificates_gives_the_same_bytes_and_no_others_are_let_in(
    study: SmallStudy, certificate: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    assert study.build("KAZ")[0] == 0
    here = study.published()
    shutil.rmtree(study.out)
    shutil.rmtree(study.folder / ".socdialog")
    settings = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": path for name, path in certificate.items()}
    files = (certificate["CA_FILE"], certificate["CLIENT__CERT"], certificate["CLIENT__KEY"])
    options = [*zip(("--tls-ca-file", "--tls-cert", "--tls-key"), files, strict=True)]
    tls = [word for option in options for word in option]
    (tmp_path / "scheduler").mkdir()
    with (
        scheduler(tmp_path / "scheduler", "--protocol", "tls", *tls) as place,
        workers(place, *tls, scheme="tls", one=study.package),
    ):
        executor = ("--executor", f"tls://{place}")
        for missing, name in (("CA_FILE", "ca-file"), ("CLIENT__KEY", "client.key")):
            some = {setting: path for setting, path in settings.items() if not setting.endswith(missing)}
            code, said = study.build("KAZ", *executor, **some)
            assert code == 2
            assert f"distributed.comm.tls.{name} is not set" in said
        code, said = study.build("KAZ", "--executor", f"dask://{place}", **settings)
        assert code == 2, "and without them the door is shut"
        code, said = study.build("KAZ", *executor, **settings)
        assert code == 0, said
    assert study.published() == here


@pytest.mark.parametrize(
    "wrong", ["dask://127.0.0.1", "dask://127.0.0.1:99999", "dask:/a:1", "ray://a:1", "tls://a", "Local", ""]
)
def test_a_wrong_address_is_exit_2_before_any_work(study: SmallStudy, wrong: str) -> None:
    code, said = study.build("--executor", wrong)
    assert code == 2
    assert "--executor" in said
    assert not (study.folder / ".socdialog").exists()


def test_a_scheduler_that_is_not_there_is_exit_2(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    from socdialog.publishing import cluster

    monkeypatch.setattr(cluster, "_CONNECT", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"dask://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(UsageError, match="no scheduler answers"), cluster.connected(place):
            pass


def test_every_byte_that_changes_on_the_way_is_noticed() -> None:
    archive = pack({"name": "KAZ"}, {"notebook": b"abc", "slice/x": b""})
    assert unpack(archive) == ({"name": "KAZ"}, {"notebook": b"abc", "slice/x": b""})
    for at in range(len(archive)):
        damaged = archive[:at] + bytes([archive[at] ^ 1]) + archive[at + 1 :]
        with pytest.raises(DataError, match="damaged"):
            unpack(damaged)
    for other in (archive[:-1], archive + b"x", b""):
        with pytest.raises(DataError, match="damaged"):
            unpack(other)


def test_an_outcome_comes_back_as_it_was_and_only_for_its_own_task() -> None:
    outcome = Outcome("KAZ", b"{}", Failure("cell", "cell 2 ended", "all"), seconds=1.5)
    assert unpacked_outcome(pack_outcome(outcome), name="KAZ") == outcome
    with pytest.raises(DataError, match="came back for AZE"):
        unpacked_outcome(pack_outcome(outcome), name="AZE")
    assert json.dumps(differences({}, {"version": "0.1.0"})) == '"it has version none, this build has 0.1.0"'

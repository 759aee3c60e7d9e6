"""Schedules that those who read them accept, whatever the paths are called, and that fail so that it is heard."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from socdialog.errors import UsageError
from socdialog.publishing.schedule import Job, entries, for_systemd, for_yaml, schedule, write

HOSTILE = """a b%c'd"e$f`g\\h;i&j#k(l)${{ m }}ñ"""
STUB = """#!/bin/sh
for one in "$@"; do printf '%s\\n' "$one"; done >> "$TOLD"
case " $* " in *" check "*) exit ${CHECK:-0};; *" build AZE "*) exit ${AZE:-0};; *" build "*) exit ${BUILD:-0};;
*" publish "*) exit ${SEND:-0};; *) exit 9;; esac
"""
TOOL = ["-P", "-m", "socdialog.cli"]
UNITS = {
    (): ["socdialog.service", "socdialog.timer", "socdialog-failed@.service"],
    ("AZE", "KAZ"): [
        "socdialog-check.service",
        "socdialog@.service",
        "socdialog-check.timer",
        "socdialog@AZE.timer",
        "socdialog@KAZ.timer",
        "socdialog-failed@.service",
    ],
}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job whose interpreter writes down what it is called with; every path is a hostile one."""
    folder = tmp_path / HOSTILE
    folder.mkdir()
    python = folder / "python"
    python.write_text(STUB)
    python.chmod(0o755)
    return Job(str(python), str(folder / "data"), str(folder / "site"), publish="me@host:/srv/a b/", mail="a@b.example")


def run(command: str, told: Path, **codes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "TOLD": str(told), **codes}
    return subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False)


def checked(job: Job) -> list[str]:
    return [*TOOL, "check", f"--data={job.data}", "--max-age=90"]


def built(job: Job, *countries: str) -> list[str]:
    return [*TOOL, "build", *countries, f"--data={job.data}", f"--out={job.out}", "--wait=3600"]


def sent(job: Job) -> list[str]:
    return [*TOOL, "publish", f"--out={job.out}", "--wait=3600", "--", job.publish]


def cron_commands(text: str) -> list[str]:
    """What cron would run: the sixth field of each entry, with its escapes taken away."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    commands, times = [], set()
    for line in lines:
        if re.match(r"[A-Z]+ ?=", line):
            continue
        found = re.fullmatch(r"(\d{1,2}) (\d{1,2}) \* \* \* (.+)", line)
        assert found is not None
        assert int(found[1]) < 60
        assert int(found[1]) % 2 == 1
        assert int(found[2]) < 24
        assert re.search(r"(?<!\\)%", found[3]) is None, "cron takes a bare % for the end of the line"
        times.add((found[1], found[2]))
        commands.append(found[3].replace(r"\%", "%"))
    assert len(times) == len(commands), "no two entries begin at once"
    return commands


def test_cron_runs_what_is_meant_whatever_the_paths(job: Job, tmp_path: Path) -> None:
    (text,) = schedule("cron", job).values()
    (command,) = cron_commands(text)
    ended = run(command, tmp_path / "told")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert (tmp_path / "told").read_text().splitlines() == [*checked(job), *built(job), *sent(job)]
    assert 'MAILTO="a@b.example"' in text


@pytest.mark.parametrize("codes", [{"CHECK": "1"}, {"BUILD": "1"}, {"BUILD": "3"}, {"SEND": "1"}])
def test_each_step_is_done_and_any_failure_is_heard(job: Job, tmp_path: Path, codes: dict[str, str]) -> None:
    (text,) = schedule("cron", job).values()
    (command,) = cron_commands(text)
    ended = run(command, tmp_path / "told", **codes)
    assert ended.returncode == int(next(iter(codes.values())))
    assert ended.stdout, "cron mails only what is said"
    assert (tmp_path / "told").read_text().splitlines() == [*checked(job), *built(job), *sent(job)]


def test_each_country_has_an_entry_whose_failure_is_its_own(job: Job, tmp_path: Path) -> None:
    (text,) = schedule("cron", replace(job, countries=("AZE", "KAZ"))).values()
    commands = cron_commands(text)
    called = [checked(job), [*built(job, "AZE"), *sent(job)], [*built(job, "KAZ"), *sent(job)]]
    for number, (command, expected) in enumerate(zip(commands, called, strict=True)):
        ended = run(command, tmp_path / f"told {number}", AZE="1")
        failed = number == 1
        assert ended.returncode == int(failed)
        assert ended.stdout.splitlines() == (["socdialog@AZE: a scheduled run failed", ""] if failed else [])
        assert (tmp_path / f"told {number}").read_text().splitlines() == expected


def test_however_many_countries_no_two_begin_at_once(job: Job) -> None:
    many = tuple(f"C{number:02}" for number in range(99))
    planned = entries(replace(job, countries=many))
    assert len({(one.hour, one.minute) for one in planned}) == len({one.name for one in planned}) == 100
    assert all(one.minute % 2 == 1 and one.minute < 60 and one.hour < 24 for one in planned)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("mail", ["", "a@b.example"])
@pytest.mark.parametrize("countries", list(UNITS))
def test_systemd_takes_the_units(job: Job, tmp_path: Path, mail: str, countries: tuple[str, ...]) -> None:
    paths = write(schedule("systemd", replace(job, countries=countries, mail=mail)), tmp_path / "units")
    assert [path.name for path in paths] == UNITS[countries]
    ended = subprocess.run(["systemd-analyze", "verify", *map(str, paths)], capture_output=True, text=True, check=False)
    ours = [line for line in ended.stderr.splitlines() if "socdialog" in line]
    assert ours == []
    assert ended.returncode == 0, ended.stderr
    for number, (right, wrong) in enumerate([("oneshot", "onceshot"), ("OnCalendar=*-*-*", "OnCalendar=*-*-*-*")]):
        path = [path for path in paths if right in path.read_text()][-1]
        path.write_text(path.read_text().replace(right, wrong))
        ended = subprocess.run(["systemd-analyze", "verify", str(path)], capture_output=True, text=True, check=False)
        assert wrong.removeprefix("OnCalendar=") in ended.stderr, f"a wrong unit is seen to be refused: {number}"


def unit_command(text: str, instance: str) -> str:
    """What systemd would give to the shell for an instance of a unit."""
    (line,) = [line for line in text.splitlines() if line.startswith("ExecStart=")]
    quoted = line.removeprefix('ExecStart=/bin/sh -c "').removesuffix('"')
    assert re.search(r'(?<!\\)(?:\\\\)*"', quoted) is None
    for_instance = re.sub(r"%(.)", lambda found: {"%": "%", "i": instance}[found[1]], quoted)
    return re.sub(r"\\(.)", r"\1", for_instance).replace("$$", "$")


@pytest.mark.parametrize("instance", ["", "AZE", "KAZ"])
def test_a_unit_gives_the_shell_what_is_meant(job: Job, tmp_path: Path, instance: str) -> None:
    units = schedule("systemd", replace(job, countries=("AZE", "KAZ") if instance else ()))
    text = units["socdialog@.service" if instance else "socdialog.service"]
    ended = run(unit_command(text, instance), tmp_path / "told", AZE="1")
    assert ended.returncode == (instance == "AZE")
    steps = [*built(job, instance), *sent(job)] if instance else [*checked(job), *built(job), *sent(job)]
    assert (tmp_path / "told").read_text().splitlines() == steps
    assert for_systemd('a\\"%$') == '"a\\\\\\"%%$$"'


def test_a_failed_unit_is_told_by_its_own_name(job: Job, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, script in {"sendmail": 'cat > "$TOLD"', "journalctl": 'echo "$@"'}.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    units = schedule("systemd", replace(job, countries=("AZE",)))
    assert "OnFailure=socdialog-failed@%n.service\n" in units["socdialog@.service"]
    command = unit_command(units["socdialog-failed@.service"], "socdialog@AZE.service")
    ended = run(command, tmp_path / "told", PATH=f"{tools}:/usr/bin:/bin")
    assert (ended.returncode, ended.stderr) == (0, "")
    told = (tmp_path / "told").read_text().splitlines()
    assert told[:2] == ["To: a@b.example", "Subject: socdialog@AZE.service: a scheduled run failed"]
    assert told[-1].endswith("--unit socdialog@AZE.service --user-unit socdialog@AZE.service")


@pytest.mark.parametrize("countries", [(), ("AZE", "KAZ")])
def test_the_workflow_keeps_to_the_schema_of_workflows(tmp_path: Path, countries: tuple[str, ...]) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    (path,) = write(schedule("github", Job("python", HOSTILE, "out/site", countries)), tmp_path)
    assert path.relative_to(tmp_path).as_posix() == ".github/workflows/socdialog.yaml"
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    ended = subprocess.run([*check, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    path.write_text(path.read_text().replace("runs-on", "run-on"))
    ended = subprocess.run([*check, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 1, "a wrong workflow is seen to be refused"


@pytest.mark.parametrize("countries", [(), ("AZE", "KAZ")])
def test_the_workflow_says_what_is_meant(countries: tuple[str, ...]) -> None:
    (text,) = schedule("github", Job("python", HOSTILE, "site", countries)).values()
    content = yaml.safe_load(text)
    assert content["env"]["DATA"].replace("${{ '${{' }}", "${{") == HOSTILE
    assert (content["env"]["SITE"], content["env"]["BUILD_DIR"]) == ("site", ".socdialog")
    jobs = content["jobs"]
    steps = {name: one["steps"] for name, one in jobs.items()}
    assert all(
        re.fullmatch(r"actions/[a-z/-]+@v\d+", step["uses"]) for one in steps.values() for step in one if "uses" in step
    )
    runs = {name: [line for step in one for line in step.get("run", "").splitlines()] for name, one in steps.items()}
    install = ["python -m pip install nox", "python -m nox -s site --install-only"]
    tool = ".nox/site/bin/socdialog"
    assert runs["check"] == [*install, f'{tool} check --data "$DATA" --max-age 90']
    which = '"$COUNTRY" ' if countries else ""
    assert runs["build"][:3] == [*install, f'{tool} build {which}--data "$DATA" --out "$SITE" --wait 3600']
    # One country after another, none stopped by the one before, and one publishing at the end of all.
    strategy = {"max-parallel": 1, "fail-fast": False, "matrix": {"country": list(countries)}}
    assert jobs["build"].get("strategy") == (strategy if countries else None)
    assert (jobs["publish"]["needs"], jobs["publish"]["if"]) == ("build", "${{ !cancelled() }}")
    assert [name for name, one in steps.items() if any("deploy-pages" in step.get("uses", "") for step in one)] == [
        "publish"
    ]
    # A cache is found only where all name it by the same paths.
    assert (
        len(
            {
                json.dumps(step["with"]["path"])
                for one in steps.values()
                for step in one
                if "cache/" in step.get("uses", "")
            }
        )
        == 1
    )
    assert json.loads(for_yaml('a "b" \\ c')) == 'a "b" \\ c'


@pytest.mark.parametrize(("data", "out"), [("/data", "site"), ("data", "../site")])
def test_a_workflow_stays_in_its_repository(data: str, out: str) -> None:
    with pytest.raises(UsageError, match="outside the repository"):
        schedule("github", Job("python", data, out))


@pytest.mark.parametrize("kind", ["cron", "systemd", "github"])
def test_a_schedule_replaces_files_of_a_schedule_and_no_others(tmp_path: Path, kind: str) -> None:
    files = schedule(kind, Job("python", "data", "site"))  # type: ignore[arg-type]
    paths = write(files, tmp_path)
    for path in paths:
        path.write_text(f"{path.read_text()}# changed by hand\n", encoding="utf-8")
    assert write(files, tmp_path) == paths
    assert [path.read_text(encoding="utf-8") for path in paths] == list(files.values())
    paths[0].unlink()
    paths[-1].unlink(missing_ok=True)
    paths[-1].write_text("[Unit]\nDescription=mine\n", encoding="utf-8")
    with pytest.raises(UsageError, match="not written by socdialog schedule") as raised:
        write(files, tmp_path)
    assert raised.value.details == (str(paths[-1]),)
    assert paths[-1].read_text(encoding="utf-8") == "[Unit]\nDescription=mine\n"
    assert paths[0] == paths[-1] or not paths[0].exists(), "nothing is written"
    marked = tmp_path / "marked"
    marked.write_text("\n".join(files.values()), encoding="utf-8")
    paths[-1].unlink()
    paths[-1].symlink_to(marked)
    before = marked.read_bytes()
    with pytest.raises(UsageError, match="not written by"):
        write(files, tmp_path)
    assert marked.read_bytes() == before


def test_no_schedule_holds_a_line_break() -> None:
    with pytest.raises(UsageError, match="a schedule cannot contain"):
        Job("python", "da\nta", "site")

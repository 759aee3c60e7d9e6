"""Schedules that those who read them accept, whatever the paths are called, and that fail so that it is heard."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from socdialog.build.age import newest, too_old
from socdialog.build.schedule import Job, for_systemd, for_yaml, schedule, write
from socdialog.errors import UsageError
from socdialog.store.study import Study

HOSTILE = """a b%c'd"e$f`g\\h;i&j#k(l)${{ m }}ñ"""
STUB = """#!/bin/sh
for one in "$@"; do printf '%s\\n' "$one"; done >> "$TOLD"
case " $* " in *" check "*) exit ${CHECK:-0};; *" build "*) exit ${BUILD:-0};; *) exit 9;; esac
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job whose interpreter writes down what it is called with; every path is a hostile one."""
    folder = tmp_path / HOSTILE
    folder.mkdir()
    python = folder / "python"
    python.write_text(STUB)
    python.chmod(0o755)
    return Job(str(python), str(folder / "data"), str(folder / "site"), ("AZE", "KAZ"), mail="a@b.example")


def run(command: str, told: Path, **codes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "TOLD": str(told), **codes}
    return subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False)


def called(job: Job) -> list[str]:
    tool = ["-P", "-m", "socdialog.cli"]
    check = [*tool, "check", f"--data={job.data}", "--max-age=90"]
    return [*check, *tool, "build", "AZE", "KAZ", f"--data={job.data}", f"--out={job.out}", "--wait=3600"]


def cron_command(text: str) -> str:
    """What cron would run: the sixth field of the only entry, with its escapes taken away."""
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    settings = [line for line in entries if re.match(r"[A-Z]+ ?=", line)]
    (entry,) = [line for line in entries if line not in settings]
    found = re.fullmatch(r"(\d{1,2}) (\d{1,2}) \* \* \* (.+)", entry)
    assert found is not None
    assert int(found[1]) < 60
    assert int(found[1]) % 2 == 1
    assert int(found[2]) < 24
    assert re.search(r"(?<!\\)%", found[3]) is None, "cron takes a bare % for the end of the line"
    return found[3].replace(r"\%", "%")


def test_cron_runs_what_is_meant_whatever_the_paths(job: Job, tmp_path: Path) -> None:
    (text,) = schedule("cron", job).values()
    ended = run(cron_command(text), tmp_path / "told")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert (tmp_path / "told").read_text().splitlines() == called(job)
    assert 'MAILTO="a@b.example"' in text


@pytest.mark.parametrize("codes", [{"CHECK": "1"}, {"BUILD": "1"}, {"BUILD": "3"}])
def test_each_step_is_done_and_any_failure_is_heard(job: Job, tmp_path: Path, codes: dict[str, str]) -> None:
    (text,) = schedule("cron", job).values()
    ended = run(cron_command(text), tmp_path / "told", **codes)
    assert ended.returncode == int(next(iter(codes.values())))
    assert ended.stdout, "cron mails only what is said"
    assert (tmp_path / "told").read_text().splitlines() == called(job)


def test_publishing_copies_the_site_and_a_failed_copy_is_heard(job: Job, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "rsync").write_text('#!/bin/sh\nprintf \'%s\\n\' "$@" > "$TOLD.rsync"; exit 12\n')
    (tools / "rsync").chmod(0o755)
    one = Job(job.python, job.data, job.out, publish="me@host:/srv/a b/")
    ended = run(one.script(), tmp_path / "told", PATH=f"{tools}:/usr/bin:/bin", BUILD="1")
    assert ended.returncode == 13
    assert (tmp_path / "told.rsync").read_text().splitlines()[-2:] == [f"{job.out}/", "me@host:/srv/a b/"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("mail", ["", "a@b.example"])
def test_systemd_takes_the_units(job: Job, tmp_path: Path, mail: str) -> None:
    one = Job(job.python, job.data, job.out, job.countries, mail=mail)
    paths = write(schedule("systemd", one), tmp_path / "units")
    assert [path.name for path in paths] == [
        "socdialog-AZE-KAZ.service",
        "socdialog-AZE-KAZ.timer",
        "socdialog-AZE-KAZ-failed.service",
    ]
    ended = subprocess.run(["systemd-analyze", "verify", *map(str, paths)], capture_output=True, text=True, check=False)
    ours = [line for line in ended.stderr.splitlines() if "socdialog" in line]
    assert ours == []
    assert ended.returncode == 0, ended.stderr
    paths[0].write_text(paths[0].read_text().replace("oneshot", "onceshot"))
    ended = subprocess.run(["systemd-analyze", "verify", str(paths[0])], capture_output=True, text=True, check=False)
    assert "onceshot" in ended.stderr, "a wrong unit is seen to be refused"


def test_a_unit_gives_the_shell_what_is_meant(job: Job, tmp_path: Path) -> None:
    text = schedule("systemd", job)["socdialog-AZE-KAZ.service"]
    (line,) = [line for line in text.splitlines() if line.startswith("ExecStart=")]
    quoted = line.removeprefix('ExecStart=/bin/sh -c "').removesuffix('"')
    assert re.search(r'(?<!\\)(?:\\\\)*"', quoted) is None
    command = re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%").replace("$$", "$")
    assert command == job.script()
    run(command, tmp_path / "told")
    assert (tmp_path / "told").read_text().splitlines() == called(job)
    assert for_systemd('a\\"%$') == '"a\\\\\\"%%$$"'


def test_the_workflow_keeps_to_the_schema_of_workflows(tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    (path,) = write(schedule("github", Job("python", HOSTILE, "out/site", ("KAZ",))), tmp_path)
    assert path.relative_to(tmp_path).as_posix() == ".github/workflows/socdialog-KAZ.yaml"
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    ended = subprocess.run([*check, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    path.write_text(path.read_text().replace("runs-on", "run-on"))
    ended = subprocess.run([*check, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 1, "a wrong workflow is seen to be refused"


def test_the_workflow_says_what_is_meant() -> None:
    (text,) = schedule("github", Job("python", HOSTILE, "site")).values()
    content = yaml.safe_load(text)
    assert content["env"]["DATA"].replace("${{ '${{' }}", "${{") == HOSTILE
    assert (content["env"]["SITE"], content["env"]["WORKSHOP"]) == ("site", ".socdialog")
    steps = content["jobs"]["profiles"]["steps"]
    assert all(re.fullmatch(r"actions/[a-z/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    assert [line for step in steps for line in step.get("run", "").splitlines() if "python -m" in line] == [
        "python -m pip install nox",
        'python -m nox -s site -- --data "$DATA" --out "$SITE" --wait 3600',
    ]
    assert json.loads(for_yaml('a "b" \\ c')) == 'a "b" \\ c'


@pytest.mark.parametrize(("data", "out"), [("/data", "site"), ("data", "../site")])
def test_a_workflow_stays_in_its_repository(data: str, out: str) -> None:
    with pytest.raises(UsageError, match="outside the repository"):
        schedule("github", Job("python", data, out))


def test_no_schedule_holds_a_line_break() -> None:
    with pytest.raises(UsageError, match="no schedule can hold"):
        Job("python", "da\nta", "site")


def study(folder: Path, *, accessed: str, published: str) -> Study:
    made = Study(folder / "data")
    (made.raw / "activity").mkdir(parents=True)
    (made.raw / "activity" / "origin.yaml").write_text(f"accessed: {accessed}\n")
    (made.raw / "activity" / "sources.csv").write_text(f"source_id,published\na,{published}\nb,2019\nc,no date\nd,\n")
    return made


@pytest.mark.parametrize(
    ("accessed", "published", "last"),
    [
        ("2026-03", "2026-02-10", date(2026, 3, 31)),
        ("2025", "2026-02-10", date(2026, 2, 10)),
        ("2026-06", "2030-01-01", date(2026, 6, 10)),  # not yet over; a day ahead is no day
        ("soon", "", date(2019, 12, 31)),
    ],
)
def test_the_newest_day_is_of_publication_or_retrieval(
    tmp_path: Path, accessed: str, published: str, last: date
) -> None:
    assert newest(study(tmp_path, accessed=accessed, published=published), today=date(2026, 6, 10)) == last


def test_a_study_is_old_the_day_after_its_limit(tmp_path: Path) -> None:
    one = study(tmp_path, accessed="2026-03", published="2026-02-10")
    assert too_old(one, days=90, today=date(2026, 6, 29)) == ""
    told = too_old(one, days=90, today=date(2026, 6, 30))
    assert told == "data/raw is 91 days old, more than 90: the newest publication or retrieval is of 31 March 2026"

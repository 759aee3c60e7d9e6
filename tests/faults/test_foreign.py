"""A build in folders where others have files, and where others read: nothing is lost, nothing unpublished is seen."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

from small_site import put, tree
from small_study import SmallStudy
from test_faults import wait_for

#: What anybody else on the machine, such as a web server, can read below a folder.
READER = """
import os, sys
os.setgid(65534); os.setuid(65534)
for above, folders, files in os.walk(sys.argv[1]):
    for name in files:
        try:
            open(os.path.join(above, name), "rb").close()
        except PermissionError:
            continue
        print(os.path.relpath(os.path.join(above, name), sys.argv[1]))
"""


def test_files_of_others_in_a_site_are_carried_over_and_named(built_study: SmallStudy) -> None:
    study = built_study
    mine = {"CNAME": "example.org", ".git/HEAD": "h", ".git/refs/x": "x", "countries/note.txt": "n"}
    put(study.out, mine)
    assert "Unchanged: KAZ" in study.build("KAZ")[1], "files of others are no damage"
    code, said = study.build("KAZ", "--force")
    assert code == 0
    assert "Kept 4 files that are not part of the site: .git/, CNAME, countries/note.txt" in said
    assert {name: (study.out / name).read_text() for name in mine} == mine
    study.assert_whole()
    assert study.build(command="verify")[0] == 0
    code, said = study.build("KAZ", "--force", "--json")
    assert json.loads(said.splitlines()[-1])["foreign"] == {
        "count": 4,
        "names": [".git/", "CNAME", "countries/note.txt"],
    }
    put(study.folder, {"elsewhere/index.html": "mine"})
    (study.out / "index.html").unlink()
    (study.out / "index.html").symlink_to(study.folder / "elsewhere" / "index.html")
    before = tree(study.out)
    code, said = study.build("KAZ")
    assert code == 2
    assert "other files use" in said
    assert tree(study.out) == before


def test_a_folder_with_the_manifest_of_an_app_is_never_replaced(study: SmallStudy) -> None:
    study.out = study.folder / "web"
    put(study.out, {"manifest.json": '{"name": "app"}', "app.js": "run()"})
    before = tree(study.out)
    for options in ((), ("--into-existing",)):
        code, said = study.build("KAZ", *options)
        assert code == 2
        assert "manifest.json" in said
        assert tree(study.out) == before
    (study.out / "manifest.json").unlink()
    code, said = study.build("KAZ")
    assert code == 2
    assert "app.js" in said
    assert "--into-existing" in said
    assert study.build("KAZ", "--into-existing")[0] == 0
    assert (study.out / "app.js").read_text() == "run()"
    study.assert_whole()
    code, said = study.build("KAZ", "--force")
    assert (code, "not part of the site: app.js" in said) == (0, True)


def test_a_site_around_the_data_or_among_its_tables_is_refused(study: SmallStudy) -> None:
    before = tree(study.data)
    for out in (study.folder, study.data / "raw" / "site", study.data / "clean"):
        study.out = out
        code, said = study.build("KAZ", "--into-existing")
        assert code == 2, said
        assert tree(study.data) == before


def names_of_people(study: SmallStudy) -> list[bytes]:
    """Return the names of people but those that stand in the title of a source, which is published as it is."""
    titles = (study.data / "raw" / "activity" / "sources.csv").read_text(encoding="utf-8")
    with (study.data / "raw" / "registry" / "people.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"].encode() for row in csv.DictReader(file) if row["name"] not in titles]


def seen_by_others(study: SmallStudy) -> set[str]:
    """What another user can read beside and below the site, of what a build makes."""
    study.folder.chmod(0o755)
    for folder in study.folder.parents:
        if folder.is_relative_to("/tmp") and folder != Path("/tmp"):  # noqa: S108 - where pytest makes its folders
            folder.chmod(folder.stat().st_mode | 0o011)
    ended = subprocess.run(
        [sys.executable, "-I", "-c", READER, str(study.folder)], capture_output=True, text=True, check=True
    )
    return {name for name in ended.stdout.splitlines() if name.split("/")[0] not in {"data", "notebooks"}}


def assert_nothing_unpublished_is_seen(study: SmallStudy) -> None:
    private = study.folder / ".socdialog"
    assert private.stat().st_mode & 0o077 == 0
    people = names_of_people(study)
    assert len(people) > 50
    for path in private.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [name for name in people if name in content], path
            assert "people" not in path.name
    if os.geteuid() == 0:
        seen = seen_by_others(study)
        assert "site/index.html" in seen
        assert {name.split("/")[0] for name in seen} == {"site"}


def test_nothing_unpublished_is_seen_during_a_build_and_after_a_kill(varied_study: SmallStudy) -> None:
    study = varied_study
    assert study.build("KAZ")[0] == 0
    (study.folder / ".socdialog").chmod(0o755)
    reached = study.folder / "notebooks" / "reached"
    study.write(f"open({str(reached)!r}, 'w').close()\nwhile True: pass")
    with study.start("KAZ") as process:
        wait_for(reached.exists, 60)
        assert (study.folder / ".socdialog" / "site.work").is_dir()
        assert_nothing_unpublished_is_seen(study)
        process.kill()
        process.communicate()
    wait_for(lambda: not study.processes())
    assert (study.folder / ".socdialog" / "site.work").is_dir()
    assert_nothing_unpublished_is_seen(study)
    study.write("pass")
    assert study.build("KAZ")[0] == 0
    assert_nothing_unpublished_is_seen(study)


def test_a_damaged_cache_and_state_only_cost_time(built_study: SmallStudy) -> None:
    study = built_study
    published = study.published()
    private = study.folder / ".socdialog"
    for path in (*(private / "cache").iterdir(), private / "site.json"):
        content = path.read_bytes()
        path.write_bytes(content.replace(b"KAZ", b"KGZ") if path.suffix == ".kept" else b'[{"pages": \xff')
    code, said = study.build("KAZ")
    assert code == 0, said
    assert "Built: KAZ" in said
    assert study.published() == published

"""What waits for a person is told, and a decision is a row with who, when and why; a wrong one writes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.cli import main
from socdialog.display.disagreement_words import explained
from socdialog.display.link_words import reasons
from socdialog.display.review_words import review_words
from socdialog.errors import DataError, UsageError
from socdialog.loaders.fresh import check_study
from socdialog.loaders.record_decisions import decide_link, decide_name, give_event_ids
from socdialog.loaders.review import review_queue
from socdialog.store.fingerprint import fingerprint

BY = {"why": 'both say "so", twice', "by": "c9", "on": "2026-11-23"}


@pytest.fixture
def study(cleaned_part: Path, tmp_path: Path) -> Path:
    """A part of the shipped study, cleaned, that a test may change."""
    return Path(shutil.copytree(cleaned_part, tmp_path / "data"))


def lines(study: Path, file: str) -> list[str]:
    content = (study / "raw" / file).read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    return content.decode("utf-8").splitlines()


def doubtful(study: Path) -> tuple[str, str]:
    link = review_queue(study).links[0]
    return link.report_a, link.report_b


def test_what_waits_is_what_the_tables_say(study: Path) -> None:
    found = review_queue(study)
    links, disagreements = sd.load_links(data=study), sd.load_disagreements(data=study)
    assert len(found.links) == links.filter(pl.col("judgement") == "doubtful").height > 0
    assert len(found.disagreements) == disagreements.filter(pl.col("status") == "open").height > 0
    assert sum(len(name.report_ids) for name in found.names if name.kind == "organisation") > 0
    ids = {*sd.load_organisations(data=study)["org_id"], *sd.load_persons(data=study)["person_id"]}
    for name in found.names:
        assert len(name.suggestions) <= 3
        assert set(name.suggestions) <= ids
    assert {name.kind for name in found.names} == {"organisation", "person"}
    words = review_words(found)
    assert f"Possible duplicate events: {len(found.links)}\n" in words
    assert reasons(found.links[0].features) in words
    assert explained(found.disagreements[0].check, found.disagreements[0].details) in words
    assert json.loads(json.dumps(found.entries())).keys() == {"links", "names", "disagreements"}


@pytest.mark.parametrize("decision", ["same", "different"])
def test_a_decided_link_waits_no_longer_and_holds(study: Path, decision: str) -> None:
    a, b = doubtful(study)
    before = lines(study, "activity/decisions.csv")
    path = decide_link(a, b, decision, data=study, **BY)
    after = lines(study, "activity/decisions.csv")
    assert path == study / "raw" / "activity" / "decisions.csv"
    assert after[0] == "report_a,report_b,decision,reason,decided_by,decided_on"
    assert f'{a},{b},{decision},"both say ""so"", twice",c9,2026-11-23' in after
    assert f"{before[1]}," in after, "what stood, stands, without a day that nobody told"
    assert after[1:] == sorted(after[1:])
    assert not check_study(study).errors
    event = dict(sd.load_reports(data=study).select("report_id", "event_id").iter_rows())
    assert (event[a] == event[b]) is (decision == "same")
    assert (a, b) not in {(link.report_a, link.report_b) for link in review_queue(study).links}


def test_a_pair_is_decided_once_in_either_order(study: Path) -> None:
    a, b = doubtful(study)
    decide_link(a, b, "different", data=study, **BY)
    with pytest.raises(UsageError, match="c9 decided this before: different") as raised:
        decide_link(b, a, "same", data=study, **BY)
    assert "data/raw/activity/decisions.csv:" in raised.value.hint


def test_a_decided_name_waits_no_longer(study: Path) -> None:
    name = next(name for name in review_queue(study).names if name.suggestions and name.kind == "organisation")
    decide_name(name.name, name.suggestions[0], country=name.country, data=study, **BY)
    other = next(name for name in review_queue(study).names if name.kind == "person")
    decide_name(other.name, "none", report=other.report_ids[0], data=study, **BY)
    rows = lines(study, "registry/name_decisions.csv")
    assert rows[0] == "name,country,context,means,reason,decided_by,decided_on"
    assert len(rows) == 3
    assert not check_study(study).errors
    actors = sd.load_actors(data=study).filter(name=name.name, country=name.country)
    assert set(actors.get_column("org_id")) == {name.suggestions[0]}
    assert set(actors.get_column("method")) == {"decided"}
    assert name not in review_queue(study).names
    with pytest.raises(UsageError, match="decided this before"):
        decide_name(name.name, "none", country=name.country, data=study, **BY)


def test_a_wrong_decision_names_the_nearest_and_writes_nothing(study: Path) -> None:
    a, b = doubtful(study)
    name = review_queue(study).names[0]
    other = next(one for one in (a, b) if one not in name.report_ids)
    before = fingerprint(study / "raw")
    for wrong, nearest in (
        (lambda: decide_link(a[:-3] + "b#1", b, "same", data=study, **BY), "is not a known report"),
        (lambda: decide_link(a, b, "sam", data=study, **BY), "known: different, part_of, same"),
        (lambda: decide_name(name.name + "x", "none", data=study, **BY), name.name),
        (lambda: decide_name(name.name, "tur-disc", data=study, **BY), "'tur-disk'"),
        (lambda: decide_name(name.name, "none", country="TR", data=study, **BY), "'TUR'"),
        (lambda: decide_name(name.name, "none", report=a + "1", data=study, **BY), a),
        (lambda: decide_name(name.name, "none", report=other, data=study, **BY), f"name of report {other}"),
        (lambda: decide_link(a, a, "same", data=study, **BY), "itself"),
        (lambda: decide_link(a, b, "same", why="x", by="y", on="soon", data=study), "is not a date"),
        (lambda: give_event_ids(on="23.11.2026", data=study), "is not a date"),
    ):
        with pytest.raises(UsageError) as raised:
            wrong()
        assert nearest in str(raised.value)
    for broken in ({"why": "", "by": "c9"}, {"why": "x", "by": "c9", "on": "2999-01-01"}):
        with pytest.raises(DataError, match="nothing was written"):
            decide_link(a, b, "same", data=study, **broken)
    assert fingerprint(study / "raw") == before


def test_ids_are_given_once(study: Path) -> None:
    (study / "raw" / "activity" / "event_ids.csv").unlink(missing_ok=True)
    events = sd.load_events(data=study)
    _, given = give_event_ids(on="2026-11-23", data=study)
    rows = lines(study, "activity/event_ids.csv")
    assert given == events.height == len(rows) - 1
    assert rows[1:] == sorted(rows[1:])
    assert not check_study(study).errors
    assert sd.load_events(data=study).equals(events), "an id given is the one the event went by"
    assert give_event_ids(on="2026-11-24", data=study)[1] == 0
    assert lines(study, "activity/event_ids.csv") == rows


def test_the_command_line_decides_and_lists(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = doubtful(study)
    assert main(["review", "--data", str(study), "link", a, b, "same", "--why", "w", "--by", "c9"]) == 0
    assert capsys.readouterr().out.strip().endswith("decisions.csv")
    assert main(["review", "link", a, b, "same", "--why", "w", "--by", "c9", "--data", str(study)]) == 2
    assert "decided this before" in capsys.readouterr().err
    assert main(["review", "--json", "--data", str(study)]) == 0
    assert (a, b) not in {(one["report_a"], one["report_b"]) for one in json.loads(capsys.readouterr().out)["links"]}
    assert main(["review", "ids", "--on", "2026-11-23", "--data", str(study)]) == 0
    assert "Added " in capsys.readouterr().out
    name = review_queue(study).names[0]
    assert main(["review", "name", name.name, "none", "--why", "w", "--by", "c9", "--data", str(study)]) == 0
    assert name not in review_queue(study).names
    with pytest.raises(SystemExit, match="2"):
        main(["review", "link", a, b, "same", "--data", str(study)])


def test_agreement_is_not_estimable_from_few_double_codings(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", "--data", str(study)]) == 0
    told = capsys.readouterr().out
    assert told.count("not estimable: ") == 9
    assert "of the 30 double codings needed" in told
    recoded = sd.load_reports(data=study).get_column("recodes").count()
    assert f"kind {recoded:>16}" in told or any(
        line.split()[:2] == ["kind", str(recoded)] for line in told.splitlines()
    )

"""Contradictions on the shipped data: the cases of the first texts by name, and the labelled ones measured.

Events are those that the labels give, so that this measures the rules and not the linking. A labelled
contradiction is found when a disagreement of any verdict names two of its figures (dates and names: its reports); a
control is violated when an open one names two of its figures and none outside it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from socdialog import codebook
from socdialog.display.disagreement_words import explanation
from socdialog.intake.disagreements import find_disagreements
from socdialog.intake.names import resolve_actors, resolve_figures, resolve_people
from socdialog.intake.reading import read_raw
from socdialog.intake.typed import typed

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"
needs_gold = pytest.mark.skipif(
    not GOLD.is_dir(), reason="the labelled pairs and contradictions are not beside this checkout"
)


def _table(name):
    spec = codebook.tables()[name]
    path = ROOT / "data" / "raw" / spec.file
    if not path.exists():
        empty = dict.fromkeys(spec.columns, pl.String)
        return typed(name, pl.DataFrame(schema=empty | {"raw_file": pl.String, "raw_line": pl.Int64}))
    raw = pl.read_csv(path, infer_schema=False)
    return typed(name, raw.with_columns(raw_file=pl.lit(spec.file), raw_line=pl.int_range(2, pl.len() + 2)))


def _labels(name):
    with (GOLD / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _event_of(report_ids):
    """Give every report the smallest id of the reports that the labels call the same."""
    same = {report_id: report_id for report_id in report_ids}

    def first(report_id):
        while same[report_id] != report_id:
            report_id = same[report_id]
        return report_id

    for row in _labels("report_pairs.csv") if GOLD.is_dir() else []:
        if row["label"] == "same":
            low, high = sorted((first(row["report_a"]), first(row["report_b"])))
            same[high] = low
    return {report_id: f"ev-{first(report_id)}" for report_id in report_ids}


@pytest.fixture(scope="module")
def tables():
    read_raw(ROOT / "data" / "raw")  # names are read in the languages of the study
    found = {name: _table(name) for name, spec in codebook.tables().items() if spec.file is not None}
    registry = {name: found[name] for name in ("organisations", "organisation_names", "name_decisions")}
    found["actors"] = resolve_actors(found["actors"], **registry)
    found["figures"] = resolve_figures(found["figures"], actors=found["actors"], **registry)
    persons = {name: found[name] for name in ("persons", "person_names", "person_distinct")}
    found["people"] = resolve_people(
        found["people"], reports=found["reports"], actors=found["actors"], **persons, **registry
    )
    event_of = _event_of(found["reports"].get_column("report_id").to_list())
    for name in ("reports", "figures", "people"):
        ids = found[name].get_column("report_id").to_list()
        found[name] = found[name].with_columns(pl.Series("event_id", [event_of[item] for item in ids]))
    return found


@pytest.fixture(scope="module")
def disagreements(tables):
    return find_disagreements(tables)


def _open(disagreements, *figures):
    rows = disagreements.filter(pl.col("status") == "open").rows(named=True)
    return [row for row in rows if set(figures) <= set(row["figures"] or ())]


def test_49_of_68_conflicts_are_not_28_per_cent(disagreements):
    (row,) = _open(disagreements, "kasipodaq-nd-b#1:4", "kasipodaq-nd-b#1:5")
    assert row["kind"] == "arithmetic"
    assert "72.1%" in explanation(row)
    assert "the other 19" in explanation(row)


def test_491_and_590_seminars_of_one_year_in_one_text(disagreements):
    (row,) = _open(disagreements, *(f"kasipodaq-nd-b#1:{number}" for number in (8, 9, 10, 11)))
    assert row["kind"] == "within_text"
    assert row["difference"] == 99


def test_minus_19_per_cent_from_84_to_68_is_right(disagreements):
    assert not _open(disagreements, "kasipodaq-nd-b#1:1")


def test_the_table_keeps_its_own_rules(disagreements, tables):
    kinds, statuses = codebook.vocabulary("disagreement_kinds"), codebook.vocabulary("disagreement_statuses")
    assert disagreements.get_column("disagreement_id").is_unique().all()
    assert disagreements.get_column("kind").is_in(list(kinds)).all()
    assert disagreements.get_column("status").is_in(list(statuses)).all()
    known = {row_id for frame in tables.values() for row_id in frame.get_column("row_id").to_list()}
    assert set(disagreements.get_column("row_ids").explode(empty_as_null=True).to_list()) <= known


def test_no_name_of_an_official_is_shown(disagreements, tables):
    shown = " ".join(explanation(row) + row["details"] for row in disagreements.iter_rows(named=True))
    assert [name for name in tables["people"].get_column("name").unique().to_list() if name in shown] == []


def test_the_identities_repeat_the_words_of_the_indicators(tables):
    import yaml

    declared = yaml.safe_load((ROOT / "socdialog" / "codebook" / "identities.yaml").read_text(encoding="utf-8"))
    words = {entry["words"] for entry in declared["identities"] if "words" in entry}
    told = set(tables["indicators_reported"].get_column("identity").drop_nulls().to_list())
    assert words == told


def _found(label, disagreements):
    figures, reports = (set(filter(None, label[name].split(";"))) for name in ("figures", "report_ids"))
    if figures:
        shared = min(2, len(figures))
        return [row for row in disagreements if len(figures & set(row["figures"] or ())) >= shared]
    shared = min(2, len(reports))
    return [
        row
        for row in disagreements
        if row["kind"] == label["kind"] and len(reports & set(row["report_ids"] or ())) >= shared
    ]


def _violated(label, disagreements):
    figures = set(label["figures"].split(";"))
    found = _found(label, [row for row in disagreements if row["status"] == "open"])
    return [row for row in found if set(row["figures"]) <= figures]


@needs_gold
def test_recall_and_precision_on_the_labels(disagreements):
    rows = disagreements.rows(named=True)
    labels = _labels("contradictions.csv")
    contradictions = [label for label in labels if label["expected"] == "conflict"]
    missed = [label["id"] for label in contradictions if not _found(label, rows)]
    loud = [label["id"] for label in labels if label["expected"] == "consistent" and _violated(label, rows)]
    assert (missed, loud) == ([], []), f"{len(missed)} of {len(contradictions)} missed"


@needs_gold
def test_row_order_changes_nothing(disagreements, tables):
    turned = {name: frame.reverse() for name, frame in tables.items()}
    assert find_disagreements(turned).equals(disagreements)

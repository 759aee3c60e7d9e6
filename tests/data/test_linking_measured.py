"""Linking measured on labelled pairs of the shipped reports, with n; and what it must not look at."""

from __future__ import annotations

import polars as pl
import pytest
from linking_measurement import (
    GOLD,
    REGISTER,
    b_cubed,
    found_pairs,
    further,
    labelled,
    linkable,
    of_one_register,
    partition,
    register,
    scored,
)

from socdialog.intake.linking import link


@pytest.fixture(scope="module")
def tables(raw):
    return linkable(raw.tables)


@pytest.fixture(scope="module")
def linked(tables):
    return link(**tables)


@pytest.fixture(scope="module")
def gold():
    if not GOLD.exists():
        pytest.skip("the labelled pairs are not beside this checkout (../shared/gold)")
    return pl.read_csv(GOLD)


def test_pairs(linked, gold, capsys):
    same, other = labelled(gold, "same"), labelled(gold, "different", "part_of")
    score = scored(found_pairs(linked), same=same, other=other)
    with capsys.disabled():
        print(f"\npairs: {score}")  # noqa: T201
    assert score.same == 374
    assert score.other == 89
    assert score.wrong <= 1
    assert score.right >= 357


def test_b_cubed(linked, gold, capsys):
    precision, recall, n = b_cubed(linked, gold)
    with capsys.disabled():
        print(f"\nB-cubed: precision {precision:.3f}, recall {recall:.3f} (n={n} reports)")  # noqa: T201
    assert precision >= 0.991
    assert recall >= 0.976


def test_registering_a_place_never_costs_a_link(tables, linked, gold):
    unregistered = tables["reports"].with_columns(place_id=pl.lit(None, dtype=pl.String))
    same = labelled(gold, "same")
    without = found_pairs(link(**tables | {"reports": unregistered})) & same
    half = tables["reports"].with_columns(place_id=pl.when(pl.col("place_id").hash(seed=5) % 2 == 0).then("place_id"))
    assert without <= found_pairs(linked)
    assert without <= found_pairs(link(**tables | {"reports": half}))


def test_further_pairs_labelled_before_the_rules(tables, capsys):
    more, pairs = further(tables)
    same, other = labelled(pairs, "same"), labelled(pairs, "different")
    score = scored(found_pairs(link(**more)), same=same, other=other)
    with capsys.disabled():
        print(f"\nfurther pairs: {score}")  # noqa: T201
    assert score.same == 11
    assert score.other == 21
    assert score.wrong <= 1
    assert score.right == 11


@pytest.mark.skipif(not REGISTER.exists(), reason="the register is not beside this checkout (../shared/studies)")
def test_rows_of_a_register_come_apart_also_where_nobody_declares_it(capsys):
    rows, pairs = register()
    different = labelled(pairs, "different")
    undeclared = found_pairs(link(**rows))
    with capsys.disabled():
        print(f"\nregister: {len(undeclared)} pairs joined of {rows['reports'].height} rows that nobody declared")  # noqa: T201
    assert len(different) == 8
    assert not undeclared & different
    assert len(undeclared) <= 90
    assert not found_pairs(link(**of_one_register(rows)))


def test_parts(linked, gold, capsys):
    event = dict(linked.events_of.iter_rows())
    above = dict(linked.relations.select("event_id", "part_of").iter_rows())
    told = {
        label: list(gold.filter(pl.col("label") == label).select("report_a", "report_b").iter_rows())
        for label in ("part_of", "different")
    }
    right = sum(above[event[a]] == event[b] for a, b in told["part_of"])
    wrong = sum(event[b] == above[event[a]] or event[a] == above[event[b]] for a, b in told["different"])
    with capsys.disabled():
        print(f"\nparts found: {right} of {len(told['part_of'])}; wrong among hard negatives: {wrong}")  # noqa: T201
    assert right >= 4
    assert wrong == 0


def test_what_was_written_per_event_is_not_looked_at(tables, linked):
    blank = tables["reports"].with_columns(
        pl.lit("x").alias("label"),
        pl.lit(None, dtype=pl.List(pl.String)).alias("topics"),
        pl.lit(None, dtype=pl.List(pl.String)).alias("outcomes"),
        pl.lit(None, dtype=pl.String).alias("note"),
        pl.lit("c1").alias("coder"),
    )
    sources = tables["sources"].with_columns(
        pl.lit(None, dtype=pl.String).alias("note"), pl.lit("x").alias("title"), pl.col("source_id").alias("url")
    )
    again = link(**tables | {"reports": blank, "sources": sources})
    assert again.events_of.equals(linked.events_of)
    assert again.links.equals(linked.links)


def test_the_text_of_ids_is_not_looked_at(tables, linked):
    names = tables["reports"].get_column("report_id")
    new = dict(zip(names.to_list(), [f"n{n:04d}" for n in names.hash(seed=3).rank("ordinal").to_list()], strict=True))
    renamed = {
        name: frame.with_columns(
            pl.col(column).replace(new)
            for column in ("report_id", "recodes", "report_a", "report_b")
            if column in frame.columns
        )
        for name, frame in tables.items()
    }
    moved = {frozenset(new[name] for name in event) for event in partition(linked)}
    assert partition(link(**renamed)) == moved

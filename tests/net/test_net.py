"""The net holds: what the shipped study publishes has every value and source that it had when the net was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from socdialog.loaders.fresh import Frozen
from socdialog.profiles import Profile
from tests.net import frozen, published, shipped
from tests.net.__main__ import EXPLAINED
from tests.net.frozen import Net

HELP = 'if that is meant: python -m tests.net --freeze "why"'


@pytest.fixture(scope="session")
def now(profiles: Mapping[str, Profile], shipped_site: Path) -> Net:
    return frozen.cast(profiles, shipped_site)


def test_no_value_and_no_source_was_lost_or_changed(now: Net) -> None:
    found = frozen.differences(frozen.read(), now)
    assert not found, "\n".join([*found, HELP])


def test_the_net_is_wide(now: Net) -> None:
    assert len(now.pages) == 10
    assert all(records.total() > 500 for records in now.pages.values())
    assert sum(1 for records in now.pages.values() for one in records if one.evidence) > 5_000
    assert now.downloads.keys() >= {"events", "figures", "country_years", "citations", "evidence"}


def test_most_values_say_something_that_no_rewording_changes(now: Net) -> None:
    every = [one for records in now.pages.values() for one in records.elements()]
    # Such as "Agreement duration": what it is called, with the row it comes from.
    assert sum(one.value == "words" for one in every) < 0.2 * len(every)


def test_every_page_says_what_its_profile_holds(profiles: Mapping[str, Profile], shipped_site: Path) -> None:
    found = [
        f"{name}: {one}"
        for name, profile in profiles.items()
        for one in published.differences(profile, (shipped_site / shipped.path_of(name)).read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found[:40])


def test_the_notebooks_show_every_section_once(profiles: Mapping[str, Profile]) -> None:
    for name, profile in profiles.items():
        keys = [key for keys in shipped.shown(name) for key in keys]
        assert sorted(keys) == sorted(section.key for section in profile), name


def test_the_net_in_force_is_explained() -> None:
    last = EXPLAINED.read_text(encoding="utf-8").splitlines()[-1]
    seal = frozen.seal()
    assert last.startswith(f"- {seal}: "), f"the net {seal} has no line in {EXPLAINED.name}; {HELP}"


def test_the_net_names_no_person_but_in_addresses_and_titles_that_are_cited(shipped_data: Frozen) -> None:
    kept = frozen.read()
    texts = {text for records in kept.pages.values() for one in records for text in (one.value, one.beside)}
    texts |= {row for rows in kept.site.values() for row in rows}
    titles = {source.partition(":")[2] for source in shipped_data.tables["sources"].get_column("row_id")}
    texts |= {one.gave for one in kept.ledger.given.values() if one.row not in titles}
    assert [text for text in sorted(texts) if shipped_data.people.mentions(text)] == []

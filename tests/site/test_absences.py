"""No page of the shipped study says to be absent what the study holds, and each table is shown."""

from __future__ import annotations

from collections.abc import Mapping

from absences import held_by, not_shown, said_absent, wrong_absences

from socdialog.loaders.fresh import Frozen
from socdialog.profiles import Profile


def test_no_page_says_to_be_absent_what_the_study_holds(profiles: Mapping[str, Profile], shipped_data: Frozen) -> None:
    first = shipped_data.snapshot.notes.first_year
    found, said = [], 0
    for country, profile in profiles.items():
        if country != "comparison":
            held = held_by(shipped_data.tables, country, first)
            found += [f"{country}: {text}" for text in wrong_absences(profile, held, country)]
            found += [f"{country}: {name} is shown nowhere" for name in not_shown(profile, held)]
            said += len(list(said_absent(profile)))
    assert found == []
    assert said

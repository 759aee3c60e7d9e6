"""Each list holds exactly the events that a count counts."""

from __future__ import annotations

from socdialog.site.country_slices import country_slices, every_table
from socdialog.site.event_lists import event_lists
from tests.small_events import TABLES


def lists() -> dict[str, tuple[str, set[str]]]:
    (own,) = country_slices(every_table(TABLES), ["KAZ"], since=2010)
    return {one.anchor: (one.label, set(one.events)) for group in event_lists(own) for one in group.lists}


def test_lists_hold_their_events_and_no_others() -> None:
    assert lists() == {
        "year-2024": ("2024", {"ev-1"}),
        "undated": ("Undated", {"ev-2"}),
        "type-meeting": ("Meeting", {"ev-2"}),
        "type-strike": ("Strike", {"ev-1"}),
        "topic-osh": ("Safety and health at work", {"ev-1"}),
        "topic-wages": ("Wages", {"ev-1"}),
        "side-workers": ("Workers", {"ev-1", "ev-2"}),
        "publisher-kt-kz": ("KT.KZ", {"ev-1", "ev-2"}),
        "publisher-the-times": ("The Times", {"ev-1"}),
        "set-participants": ("Events with participants recorded", {"ev-1", "ev-2"}),
        "set-single-source": ("Single-source events", {"ev-2"}),
        "set-self-reported": ("Self-reported events", {"ev-2"}),
        "set-disputes": ("Reported disputes", {"ev-1"}),
    }


def test_a_group_says_for_how_many_events_its_property_is_known() -> None:
    (own,) = country_slices(every_table(TABLES), ["KAZ"], since=2010)
    known = {group.key: group.known for group in event_lists(own)}
    assert known == {"by-year": 1, "by-type": 2, "by-topic": 1, "by-side": 2, "by-publisher": 2, "by-set": 2}

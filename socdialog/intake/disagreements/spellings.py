"""One official spelled two ways, within one text or between the reports of one event.

Two names are held for one person when the registry says so; or, where it does not know them, when
one text gives both the same office in the same organisation and they share a name, or when all names
but one are the same and the last differs by one letter. What differs only by script, romanisation,
vowels or endings that languages add is a variant and no contradiction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import polars as pl
from rapidfuzz.distance import OSA

from socdialog.folding import fold
from socdialog.intake.disagreements.findings import Finding, only
from socdialog.intake.names.transliteration import phonetic_key

#: Shorter names differ by one letter too easily.
_LONG = 5
_VOWELS = re.compile(r"[aeiouy]+")
#: Sounds that languages of the region write in each other's place.
_SAME = str.maketrans({"J": "c", "C": "c", "S": "s", "z": "s", "v": "f", "g": "h", "k": "h", "m": "n"})


def spellings(people: pl.DataFrame, reports: pl.DataFrame) -> Iterator[Finding]:
    """Find officials that one text, or two reports of one event, spell two ways."""
    second = reports.filter(pl.col("recodes").is_not_null()).get_column("report_id")
    rows = people.filter(~pl.col("report_id").is_in(second.implode())).sort("report_id", "name")
    yield from _spelled(rows, "report_id", same_text=True)
    yield from _spelled(rows, "event_id", same_text=False)


def _spelled(people: pl.DataFrame, place: str, *, same_text: bool) -> Iterator[Finding]:
    several = people.filter(pl.col("name").n_unique().over(place) > 1)
    for group in several.partition_by(place, maintain_order=True):
        rows = group.rows(named=True)
        seen: set[tuple[str, ...]] = set()
        for one, other in combinations(rows, 2):
            if (one["report_id"] == other["report_id"]) is not same_text:
                continue
            if not _one_person(one, other, same_text=same_text) or not _far_apart(one["name"], other["name"]):
                continue
            concerned = _all_of(one, other, rows)
            ids = tuple(sorted(str(row["row_id"]) for row in concerned))
            if ids in seen:
                continue
            seen.add(ids)
            yield _finding(concerned, same_text=same_text)


def _all_of(
    one: Mapping[str, object], other: Mapping[str, object], rows: Sequence[Mapping[str, object]]
) -> list[Mapping[str, object]]:
    """Return every row of the place that spells the name as one of the two does."""
    forms = {skeleton(str(one["name"])), skeleton(str(other["name"]))}
    return [row for row in rows if skeleton(str(row["name"])) in forms]


def _one_person(one: Mapping[str, object], other: Mapping[str, object], *, same_text: bool) -> bool:
    if one["name"] == other["name"] or _script(one) != _script(other):
        return False
    if one["person_id"] is not None and other["person_id"] is not None:
        return one["person_id"] == other["person_id"]
    names, others = _names(one), _names(other)
    shared = names & others
    left, right = sorted(names - shared), sorted(others - shared)
    if not shared or len(left) != 1 or len(right) != 1:
        return False
    one_letter = min(len(left[0]), len(right[0])) >= _LONG and OSA.distance(left[0], right[0]) == 1
    office = _office(one)
    return one_letter or (same_text and all(office) and office == _office(other))


def _script(row: Mapping[str, object]) -> str:
    """Return the script of a name: only names of one script are compared, others differ by transliteration."""
    return next((unicodedata.name(sign, " ").split()[0] for sign in str(row["name"]) if sign.isalpha()), "")


def _office(row: Mapping[str, object]) -> tuple[str, str]:
    return fold(str(row["title"] or "")), fold(str(row["organisation"] or ""))


def _names(row: Mapping[str, object]) -> frozenset[str]:
    return frozenset(phonetic_key(str(row["name"])).split())


def skeleton(name: str) -> tuple[str, ...]:
    """Return the consonants of each name in order of the alphabet: what all romanisations share.

    Examples
    --------
    >>> skeleton("Sattar Mehbaliyev") == skeleton("Саттар Мохбалиев")
    True
    """
    bones = (_VOWELS.sub("", phonetic_key(word).translate(_SAME)) for word in name.replace("-", " ").split())
    return tuple(sorted(re.sub(r"(.)\1+", r"\1", bone) for bone in bones if bone))


def _far_apart(one: str, other: str) -> bool:
    """Whether two names differ by more than a romanisation, an ending or a name left out."""
    left, right = skeleton(one), skeleton(other)
    if len(left) != len(right):
        return False
    only_left, only_right = _minus(left, right), _minus(right, left)
    return bool(only_left) and not any(
        first.startswith(second) or second.startswith(first) for first in only_left for second in only_right
    )


def _minus(one: Sequence[str], other: Sequence[str]) -> list[str]:
    return [bone for bone in one if bone not in other]


def _finding(rows: Sequence[Mapping[str, object]], *, same_text: bool) -> Finding:
    parts = [next((str(row[column]) for row in rows if row[column]), None) for column in ("title", "organisation")]
    office = [words for words in parts if words is not None]
    return Finding(
        "spelling_in_text" if same_text else "spelling_between",
        tuple(str(row["row_id"]) for row in rows),
        {"spellings": len(rows), "office": office, "also": "office" if office else None},
        indicator="name",
        event_id=only(row["event_id"] for row in rows),
        report_ids=tuple(sorted({str(row["report_id"]) for row in rows})),
    )

"""Where all this comes from: outlets, kinds, languages, years; how much rests on one source or on one's own voice."""

from __future__ import annotations

from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Value, sentence, table
from socdialog.metrics import activity as metric
from socdialog.profiles.desk import Desk, plural, shown, warning

_TOP = 12


def section(desk: Desk) -> Section:
    """Show the mix of sources."""
    title = "Sources"
    if desk["sources"].height == 0:
        return Section("sources", title, (desk.none_found("event"),))
    parts: list[Part] = [
        *_voices(desk),
        _outlets(desk),
        _mix(desk, "kind", "source_kinds"),
        _mix(desk, "language", "languages"),
        _mix(desk, "year", None),
    ]
    parts.append(warning("undated_sources"))
    return Section("sources", title, tuple(parts))


def _voices(desk: Desk) -> list[Part]:
    if desk["events"].height == 0:
        return []
    single = metric.single_source_share(desk["events"]).frame.row(0, named=True)
    own = metric.own_voice_share(desk["events"], desk["reports"], desk["sources"], desk["actors"]).frame.row(
        0, named=True
    )

    def of(row: dict[str, object], words: str) -> Part:
        evidence = row["evidence"]
        assert isinstance(evidence, list)
        count = len(evidence)
        number = Value(str(count), tuple(evidence)) if count else Value("none", absent=True)
        return sentence(number, f" of the {row['known']} events {plural(count, 'is', 'are')} {words}")

    return [
        of(single, "told by one independent source only."),
        of(
            own,
            "told only by the side that itself takes part (known where the kind of source and the participants are coded).",
        ),
    ]


def _outlets(desk: Desk) -> Part:
    found = metric.outlets(desk["sources"], desk["reports"]).frame
    n = found.get_column("n")[0]
    cells = [
        (
            row["publisher"],
            shown(row["value"], row["evidence"]),
            f"{100 * row['share']:.0f} %",
            str(row["first_year"]) if row["first_year"] is not None else "no dated text",
        )
        for row in found.head(_TOP).iter_rows(named=True)
    ]
    return table(
        "outlets",
        f"{desk.about}: reports by publisher",
        ["publisher", "#reports", "#share", "first dated text"],
        cells,
        note=f"The first {len(cells)} of {found.height} publishers, of {n} reports. A new outlet makes more events found from its first year on.",
    )


def _mix(desk: Desk, field: str, vocabulary: str | None) -> Part:
    found = metric.source_mix(desk["sources"], field).frame
    words = {"kind": "kind of publisher", "language": "language", "year": "year of publication"}[field]
    cells = [
        (wording.label(vocabulary, row[field]) if vocabulary else str(row[field]), shown(row["value"], row["evidence"]))
        for row in found.iter_rows(named=True)
    ]
    known = found.get_column("known")[0] if found.height else 0
    return table(
        f"mix-{field}",
        f"{desk.about}: texts by {words}",
        [words, "#texts"],
        cells,
        note=f"Known for {known} of {desk['sources'].height} texts.",
    )

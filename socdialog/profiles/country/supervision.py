"""What the supervisory bodies of the ILO said, by convention and year."""

from __future__ import annotations


from socdialog import dates
from socdialog.codebook import wording
from socdialog.display.parts import Section, Value, sentence, table
from socdialog.profiles.desk import Desk, ids, plural, warning


def section(desk: Desk) -> Section:
    """Show comments, cases and missions, by convention and year."""
    found = desk.of("supervision", desk.countries[0])
    title = "What the ILO's supervisory bodies said"
    if found.height == 0:
        return Section(
            "supervision", title, (desk.not_met("comment of a supervisory body"), warning("supervision_counts"))
        )
    names = dict(desk["conventions"].select("convention", "title").iter_rows())
    ordered = found.sort(
        "convention", "year", "body", "row_id", descending=[False, True, False, False], nulls_last=True
    )
    cells = [
        (
            row["convention"] or "none or several",
            str(row["year"]),
            wording.label("supervisory_bodies", row["body"]) + (f", case {row['case']}" if row["case"] else ""),
            Value(row["summary"], (row["row_id"],)),
        )
        for row in ordered.iter_rows(named=True)
    ]
    met = [code for code in ordered.get_column("convention").unique(maintain_order=True) if code is not None]
    legend = "; ".join(f"{code}: {names[code]}" for code in sorted(met) if code in names)
    first, last = found.get_column("year").min(), found.get_column("year").max()
    return Section(
        "supervision",
        title,
        (
            sentence(
                Value(
                    f"{found.height} {plural(found.height, 'comment, case or mission', 'comments, cases and missions')}",
                    ids(found),
                ),
                f" of {first} to {last} {plural(found.height, 'was', 'were')} read, on {len(met)} {plural(len(met), 'convention')}.",
            ),
            table(
                "supervision",
                f"{desk.about}: comments of supervisory bodies",
                ["convention", "year", "body", "what it says, in short"],
                cells,
                note=legend,
            ),
            warning("supervision_counts"),
        ),
    )


def wages(desk: Desk) -> Section:
    """Show minimum wages as found."""
    found = desk.of("minimum_wages", desk.countries[0])
    if found.height == 0:
        return Section("wages", "Minimum wages", (desk.not_met("minimum wage"),))
    ordered = found.sort("from_first", "value", "row_id", descending=[True, True, False], nulls_last=True)
    cells = [
        (
            dates.written(row["from"]) if row["from"] else "in force at the source's date",
            Value(f"{wording.number(row['value'])} {row['currency']}", (row["row_id"],)),
            wording.label("wage_periods", row["per"]).lower(),
            row["scope"],
        )
        for row in ordered.iter_rows(named=True)
    ]
    return Section(
        "wages",
        "Minimum wages",
        (
            table(
                "wages",
                f"{desk.about}: minimum wages, nominal, as found",
                ["from", "#amount", "per", "whom it covers"],
                cells,
            ),
            warning("nominal_wages"),
        ),
    )

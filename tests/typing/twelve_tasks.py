"""Twelve ordinary tasks of a researcher, each in at most five lines; mypy reads them as strictly as it can."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import socdialog as sd


def main(folder: Path) -> list[object]:
    """Do the tasks, and return what each gives."""
    done: list[object] = []

    # 1. What is there on trade union density?
    done.append(sd.find("union density"))

    # 2. Density in Türkiye, with its sources and a citation
    density = sd.metrics.official.official_series(
        sd.load_country_years(), sd.load_not_published(), country="Turkey", indicator="ILR_TUMT_NOC_RT"
    )
    done += [density.frame, density.sources(), density.cite()]

    # 3. Two countries next to each other, as a table and as a chart
    both = sd.compare(["Türkiye", "KAZ"], "Trade union density", series=True)
    done += [both.table(), both.chart()]

    # 4. Strikes in Kazakhstan since 2020 in the oil industry, with labels
    strikes = sd.load_events(countries="Kazakhstan", kind="strike", since=2020, text="oil", labels=True)
    done.append(strikes.select("label", "start_date", "topics_label"))

    # 5. Workers involved in my own table
    mine = pl.DataFrame({"begun": ["2021", "2022-03"], "n_involved": [500, None]})
    named = {"start_date": "begun", "workers": "n_involved"}
    done.append(sd.metrics.disputes.workers_involved(mine, since=2020, basis="beginning", columns=named).value())

    # 6. What sources claim of one quantity, and a dot for each claim
    claims = sd.load_figures(countries="GEO", indicator="workers_on_strike")
    done.append(sd.charts.dots(claims, label="event_id", claim="attributed_to", title="Workers on strike"))

    # 7. Where sources disagree, and who says what
    conflicts = sd.load_disagreements(countries="KAZ")
    done.append(sd.sources_of(conflicts.row(0, named=True)))

    # 8. Ratifications as of any date, as a matrix
    ratified = sd.metrics.standards.ratification_matrix(
        sd.load_ratifications(), sd.load_conventions(), ["KZ", "Georgia"], as_of="2022-06"
    )
    done.append(ratified.chart())

    # 9. Who appears together, as a network with names
    events = sd.metrics.co_participation.participations(sd.load_events(countries="KGZ"), sd.load_actors())
    shared = sd.metrics.co_participation.shared_events(events)
    done.append(sd.charts.network(shared, names=sd.load_organisations()))

    # 10. Agreement of two coders
    done.append(sd.metrics.agreement.cohen_kappa(["a", "b", None, "a"], ["a", "b", "b", "b"]))

    # 11. A profile in a notebook: a section, a table, a chart, its sources
    profile = sd.country_profile("Kazakhstan", since=2015)
    section = profile["standards"]
    done += [section, section.table(), section.sources(), profile.cite()]

    # 12. Tables for a paper and for other programs
    density.to_excel(folder / "density.xlsx")
    density.to_csv(folder / "density.csv")
    done += [density.to_markdown(), density.to_pandas()]
    return done

"""Validated data, defensible metrics and reproducible country profiles for the study of social dialogue.

>>> import socdialog as sd
>>> sd.find("density")                                     # doctest: +SKIP
>>> sd.load_events(countries="Kazakhstan", since=2018)     # doctest: +SKIP
>>> sd.country_profile("KAZ")                              # doctest: +SKIP

``sd.find(words)`` searches names and codes; ``sd.load(table)`` and ``sd.load_<table>()`` return tables; ``sd.metrics``,
``sd.charts`` and ``sd.tables`` work on them. Names are looked up when they are first used, so that ``import socdialog``
costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socdialog import metrics, sources
    from socdialog.display import charts, tables
    from socdialog.errors import BusyError, DataError, SocdialogError, UsageError
    from socdialog.loaders.find import find
    from socdialog.loaders.fresh import check_study as check
    from socdialog.loaders.fresh import clean_study as clean
    from socdialog.loaders.load_tables import (
        load_actors,
        load_affiliations,
        load_citations,
        load_context,
        load_conventions,
        load_countries,
        load_country_years,
        load_decisions,
        load_disagreements,
        load_disputes,
        load_event_ids,
        load_events,
        load_evidence,
        load_figures,
        load_indicator_cautions,
        load_indicators,
        load_indicators_reported,
        load_institutions,
        load_legal_framework,
        load_links,
        load_memberships,
        load_minimum_wages,
        load_name_decisions,
        load_name_exceptions,
        load_not_published,
        load_organisation_names,
        load_organisations,
        load_people,
        load_person_distinct,
        load_person_names,
        load_persons,
        load_places,
        load_ratification_counts,
        load_ratifications,
        load_reports,
        load_source_descriptions,
        load_sources,
        load_supervision,
    )
    from socdialog.loaders.opening import load
    from socdialog.loaders.sources_of import sources_of
    from socdialog.loaders.vintages import compare_vintages
    from socdialog.parameters import check_parameters
    from socdialog.profiles import country_profile, regional_comparison
    from socdialog.profiles.comparing import compare

__version__ = "0.1.0"

__all__ = [
    "BusyError",
    "DataError",
    "SocdialogError",
    "UsageError",
    "charts",
    "check",
    "check_parameters",
    "clean",
    "compare",
    "compare_vintages",
    "country_profile",
    "find",
    "load",
    "load_actors",
    "load_affiliations",
    "load_citations",
    "load_context",
    "load_conventions",
    "load_countries",
    "load_country_years",
    "load_decisions",
    "load_disagreements",
    "load_disputes",
    "load_event_ids",
    "load_events",
    "load_evidence",
    "load_figures",
    "load_indicator_cautions",
    "load_indicators",
    "load_indicators_reported",
    "load_institutions",
    "load_legal_framework",
    "load_links",
    "load_memberships",
    "load_minimum_wages",
    "load_name_decisions",
    "load_name_exceptions",
    "load_not_published",
    "load_organisation_names",
    "load_organisations",
    "load_people",
    "load_person_distinct",
    "load_person_names",
    "load_persons",
    "load_places",
    "load_ratification_counts",
    "load_ratifications",
    "load_reports",
    "load_source_descriptions",
    "load_sources",
    "load_supervision",
    "metrics",
    "regional_comparison",
    "sources",
    "sources_of",
    "tables",
]
#: What ``dir()`` and Tab show of a public module is what its ``__all__`` names, and nothing that it imports.
__dir__ = __all__.copy

#: Where each public name lives that loads no table.
_HOMES: dict[str, tuple[str, str]] = {
    "charts": ("socdialog.display.charts", ""),
    "check": ("socdialog.loaders.fresh", "check_study"),
    "check_parameters": ("socdialog.parameters", "check_parameters"),
    "clean": ("socdialog.loaders.fresh", "clean_study"),
    "compare": ("socdialog.profiles.comparing", "compare"),
    "compare_vintages": ("socdialog.loaders.vintages", "compare_vintages"),
    "country_profile": ("socdialog.profiles", "country_profile"),
    "find": ("socdialog.loaders.find", "find"),
    "load": ("socdialog.loaders.opening", "load"),
    "metrics": ("socdialog.metrics", ""),
    "regional_comparison": ("socdialog.profiles", "regional_comparison"),
    "sources": ("socdialog.sources", ""),
    "sources_of": ("socdialog.loaders.sources_of", "sources_of"),
    "tables": ("socdialog.display.tables", ""),
    **{name: ("socdialog.errors", name) for name in ("BusyError", "DataError", "SocdialogError", "UsageError")},
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        from socdialog.advice import advice

        meant = advice(name, __all__)
        raise AttributeError(f"module 'socdialog' has no attribute {name!r}{f'; {meant}' if meant else ''}")
    module, attribute = _HOMES.get(name, ("socdialog.loaders.load_tables", name))
    found = import_module(module)
    return getattr(found, attribute) if attribute else found

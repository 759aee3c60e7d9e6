"""Names of organisations: in English with one abbreviation, and in their own script with its language."""

from __future__ import annotations

import polars as pl

from socdialog.display.language_tags import LanguageTags
from socdialog.display.messages import words
from socdialog.display.parts import Span, Value
from socdialog.intake.evidence import build_evidence, sources_by_row
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.listing import Row, ids, linked, own


class Names:
    """Names of organisations as a table has them: the name with its abbreviation, and the name in its own script."""

    def __init__(self, context: ProfileContext) -> None:
        self._printed = context.tables["organisation_names"]
        citations = context.tables["citations"]
        self._tag = LanguageTags(citations.select("title", "language").iter_rows())
        self._languages = dict(citations.select("source_id", "language").iter_rows())
        self._sources = sources_by_row(build_evidence(context.tables, ids(self._printed)))

    def of(self, row: Row) -> tuple[Span, ...]:
        """Return the names of an organisation."""
        first = linked(full_name(row), row)
        native = row["native_name"]
        return (first,) if native in {None, row["name"]} else (first, self._native(row["org_id"], native, own(row)))

    def _native(self, org_id: str, name: str, evidence: tuple[str, ...]) -> Value:
        printed = self._printed.filter((pl.col("org_id") == org_id) & (pl.col("name") == name))
        sources = [source for row_id in printed.get_column("row_id") for source in self._sources.get(row_id, ())]
        language = next((self._languages[one] for one in sources if self._languages.get(one)), None)
        return Value(name, evidence, lang=self._tag(name, language) or "")


def full_name(row: Row) -> str:
    """Return the name of an organisation with its abbreviation, unless that is a part of the name."""
    name, short = str(row["name"]), acronym(row)
    return words("actors.acronym", name=name, acronym=short) if short and short not in name else name


def acronym(row: Row) -> str:
    """Return the one abbreviation of an organisation that pages use: the first, where several scripts have one."""
    return (row["acronym"] or "").split(";")[0].strip()

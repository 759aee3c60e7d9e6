"""Sources as pages cite them."""

from __future__ import annotations

from socdialog.display.statements import Statement
from socdialog.site.cited_sources import cited_sources, states
from tests.small_site import clean_table


def test_a_source_without_a_title_is_called_by_what_it_is() -> None:
    frame = clean_table(
        "citations",
        {"source_id": "a", "publisher": "P", "url": "https://p.example", "language": "en"},
        {"source_id": "series-ilostat", "publisher": "ILOSTAT", "url": "https://ilostat.example"},
        {"source_id": "b", "publisher": "A list", "copy_of": "a"},
        {"source_id": "d", "publisher": "p.example", "url": "https://www.p.example/1"},
        {"source_id": "c", "publisher": "P", "title": "T", "language": "kk", "kind": "union"},
    )
    cited = cited_sources(frame)
    assert (cited["a"].text, cited["a"].named) == ("Page on p.example", False)
    assert (cited["b"].text, cited["b"].repeats) == ("A list", "P")
    assert (cited["c"].text, cited["c"].language, cited["c"].kind) == ("T", "Kazakh", "Trade union")
    assert (cited["series-ilostat"].text, cited["series-ilostat"].named, cited["series-ilostat"].language) == (
        "ILOSTAT",
        True,
        None,
    )
    assert cited["d"].named, "the publisher is not said twice"


def test_what_a_source_states_is_written_once_and_its_organisations_in_one_line() -> None:
    strike = Statement("reports", subject="A strike", period="2024-05")
    actors = [Statement("actors", subject=name, status="Organiser") for name in ("B", "A")]
    host = Statement("actors", subject="B", status="Host")
    assert states([strike, *actors, strike, host]) == (
        "A strike: May 2024",
        "Organisations named: B: organiser and host; A: organiser",
    )

"""A citation in two styles, without what a study does not state and with the signs of TeX escaped."""

from __future__ import annotations

from dataclasses import replace

from socdialog.display.citation import Citation

FULL = Citation("Peru", "Strikes", "The Office.", "2024", "May 2024 edition", "data 1a2b", "https://a.example/p_1")


def test_apa_ends_each_part_with_one_full_stop() -> None:
    assert FULL.apa() == "The Office. (2024). Peru (May 2024 edition, data 1a2b). In Strikes. https://a.example/p_1"
    assert replace(FULL, author="", address="").apa() == "Peru (May 2024 edition, data 1a2b). (2024). In Strikes."


def test_a_whole_study_without_an_edition_is_cited_by_what_it_states() -> None:
    study = Citation("Strikes", "", "Office", "", "", "")
    assert study.apa() == "Office. Strikes."
    assert study.bibtex() == "@misc{strikes, author = {{Office}}, title = {{Strikes}}}"


def test_bibtex_escapes_what_means_something_to_tex() -> None:
    entry = replace(FULL, title="50% & more_{x} \\ ~", author="").bibtex()
    assert r"title = {{50\% \& more\_\{x\} \textbackslash{} \textasciitilde{}}}" in entry
    assert "author" not in entry
    assert FULL.bibtex().startswith("@misc{peru-2024, author = {{The Office.}}, title = {{Peru}},")
    assert FULL.bibtex().endswith("url = {https://a.example/p_1}}")

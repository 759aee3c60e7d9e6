"""What a study adds to its notebook stands on its page, after the section before it."""

from __future__ import annotations

from small_study import SHOWN, SmallStudy, notebook

FRAME = "import polars as pl\npl.DataFrame({'union': ['Miners & Co'], 'members': [1234]})"
CHART = """\
import socdialog as sd
sd.charts.bars(pl.DataFrame({'kind': ['strike'], 'value': [3]}), label='kind', title='Own chart', subtitle='2020')"""
OWN_CHART = """\
import altair as alt
alt.Chart(pl.DataFrame({'year': [2019], 'n': [5]}), title='Plain chart').mark_bar().encode(x='year:O', y='n:Q')"""


def test_markdown_frame_and_charts_stand_on_the_page(study: SmallStudy) -> None:
    import json

    made = json.loads(notebook('country: str = "KAZ"', f"subject = country\n{SHOWN}", FRAME, CHART, OWN_CHART))
    made["cells"].insert(2, {"cell_type": "markdown", "id": "words", "metadata": {}, "source": "Own *words*."})
    (study.folder / "notebooks" / "country_profile.ipynb").write_text(json.dumps(made))
    code, said = study.build("KAZ")
    assert code == 0, said
    page = study.page("countries/KAZ.html")
    order = [page.index(words) for words in ("Own <em>words</em>", "Miners &amp; Co", "Own chart", "Plain chart")]
    assert order == sorted(order)
    assert page.index(" id=a>") < order[0]
    assert page.count("<svg") >= 2
    assert "<script" not in page.split("<main")[1].split("</main>")[0]

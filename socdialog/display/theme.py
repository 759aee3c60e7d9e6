"""One look for all charts: colours that differ in lightness too, system fonts, no decoration."""

from __future__ import annotations

FONT = "sans-serif"
#: Told apart also by readers who do not see all colours, and in grey on paper (Okabe and Ito 2008, reordered).
COLOURS = ("#0b5d8a", "#d55e00", "#009e73", "#b8860b", "#a5488f", "#56a0d3", "#4d4d4d", "#8c2d04")
INK = "#222222"
QUIET = "#5a5a5a"
LINE = "#d8d8d8"

#: The variables of a page's style that stand for these colours, so that a chart on a page is light or dark as it is.
VARIABLES: dict[str, str] = {
    INK: "--ink",
    QUIET: "--quiet",
    LINE: "--grid",
    **{colour: f"--c{place}" for place, colour in enumerate(COLOURS, start=1)},
}

_WORDS = {"labelFontSize": 12, "titleFontSize": 12, "titleColor": QUIET}
CONFIG: dict[str, object] = {
    "aria": False,
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None, "continuousWidth": 400, "continuousHeight": 180},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 14,
        "subtitleFontSize": 12,
        "color": INK,
        "subtitleColor": QUIET,
        "offset": 10,
    },
    "axis": {
        **_WORDS,
        "labelColor": QUIET,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 170,
    },
    "legend": {**_WORDS, "orient": "top", "labelLimit": 260, "labelColor": INK},
    "range": {"category": list(COLOURS)},
    "bar": {"color": COLOURS[0]},
    "line": {"color": COLOURS[0], "strokeWidth": 2},
    "point": {"color": COLOURS[0], "size": 45, "filled": True},
    "rule": {"color": COLOURS[0]},
    "text": {"color": INK, "fontSize": 12},
}

"""Charts as SVG that stands in a page by itself: no script, no outside font, the same bytes each time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    import altair as alt

#: Names that the renderer numbers per process; they are renamed after the figure.
_NUMBERED = re.compile(r'(id="|url\(#|href="#)((?:clip|gradient_?)\d+)')
#: Coordinates are drawn to a tenth of a pixel; more digits are noise.
_LONG = re.compile(r"-?\d+\.\d{2,}")
#: Names of marks, for scripts that do not run here.
_CLASS = re.compile(r' class="(?:mark|role|background|foreground)[^"]*"')
_EMPTY = re.compile(r'<path d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>')
#: What the renderer writes though it changes nothing.
_IDLE = (
    ' pointer-events="none"',
    ' aria-hidden="true"',
    ' role="graphics-object"',
    ' aria-roledescription="group mark container"',
    ' font-family="sans-serif"',
    ' xmlns:xlink="http://www.w3.org/1999/xlink"',
    ' stroke-miterlimit="10"',
    ' fill-opacity="1"',
    ' stroke-opacity="1"',
    ' opacity="1"',
)


def chart_svg(chart: alt.Chart | alt.LayerChart, *, key: str, alt: str) -> Markup:
    """Return `chart` as SVG for a page.

    Parameters
    ----------
    chart
        The chart.
    key
        Unique on the page; prefixes every id inside.
    alt
        What the chart shows, in words.
    """
    import vl_convert

    from socdialog.display.theme import CONFIG

    spec = chart.to_dict()
    spec["config"] = CONFIG
    drawn = vl_convert.vegalite_to_svg(spec, show_warnings=False)
    names: dict[str, str] = {}

    def rename(found: re.Match[str]) -> str:
        name = names.setdefault(found[2], f"{key}-{len(names)}")
        return found[1] + name

    drawn = _NUMBERED.sub(rename, drawn[drawn.index("<svg") :])
    drawn = _LONG.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), drawn)
    for idle in _IDLE:
        drawn = drawn.replace(idle, "")
    drawn = _CLASS.sub("", drawn)
    drawn = _EMPTY.sub("", drawn)
    head = f'<svg role="img" aria-label="{escape(alt)}"'
    # The data went into the chart as JSON and comes out as escaped text nodes of the renderer.
    return Markup(drawn.replace("<svg", head, 1))  # noqa: S704

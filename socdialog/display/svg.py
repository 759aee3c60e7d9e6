"""Charts as inline SVG: no script, no outside font, the colours of the page's theme, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from threading import Thread
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from socdialog.display.theme import CONFIG, VARIABLES
from socdialog.errors import DataError

_SVG = "{http://www.w3.org/2000/svg}"
#: What a drawing may consist of: nothing that fetches, links or runs.
_DRAWN = frozenset({"svg", "g", "path", "rect", "line", "text", "tspan", "defs", "clipPath", "linearGradient", "stop"})
#: Names that the renderer numbers per process; they are renamed after the figure.
_NUMBERED = re.compile(r"(url\(#|^#|^)((?:clip|gradient_?)\d+)")
#: Coordinates are drawn to a tenth of a pixel; more digits are noise.
_LONG = re.compile(r"-?\d+\.\d+")
_MOVE = re.compile(r"^translate\((-?[\d.]+),(-?[\d.]+)\)$")
#: A path that goes on from where it begins, and a disc.
_SHAPE = re.compile(r"M(-?[\d.]+),(-?[\d.]+)([a-zZ\d.,-]*)")
_DISC = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
#: What the renderer writes though it changes nothing here.
_IDLE = {
    "pointer-events": "none",
    "aria-hidden": "true",
    "font-family": "sans-serif",
    "font-weight": "normal",
    "stroke-miterlimit": "10",
    "stroke-width": "1",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "opacity": "1",
    "stroke-dasharray": "1,0",
    "text-anchor": "start",
    "transform": "translate(0,0)",
}
_COORDINATES = frozenset({"d", "transform", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "viewBox"})
#: What only scripts ask for, and the whole chart says once.
_SCRIPTED = ("class", "role", "aria-roledescription", "aria-label")
#: Width of a drawing on a page and on a phone, and what an axis takes of it; bytes that a drawing for phones may have.
WIDE, NARROW, _AXIS, _LIGHT = 900, 340, 56, 4096
#: Panels next to each other on a phone, and the space between panels.
_PANELS, _GAP = 2, 24
#: What names at the ends of lines take on the right beyond what the renderer keeps free.
_NAMES = 48
#: Where a drawing names a colour.
_PAINT = re.compile(r'(fill|stroke)="(#[0-9a-fA-F]{6})"')
#: What a group passes on to what it holds.
_PASSED_ON = ("font-size", "font-weight", "fill", "stroke", "stroke-width", "text-anchor")

#: What was drawn before, and what was asked for since; None = nothing is remembered.
_MEMORY: ContextVar[tuple[Mapping[str, bytes], dict[str, bytes]] | None] = ContextVar("_MEMORY", default=None)


def page_drawings(chart: Mapping[str, Any], *, key: str, alt: str, small: bool = False) -> dict[str, Markup]:
    """Return the drawings of a chart for a page.

    Parameters
    ----------
    chart
        The chart as a Vega-Lite specification, with its data in it. Its title is left out: the page shows it as text.
    key
        Unique on the page; prefixes every id inside.
    alt
        What the chart shows, in words.
    small
        Whether the page shows it as narrow as a phone everywhere.

    Returns
    -------
    dict
        ``wide``, as wide as the text; ``narrow``, for a phone, where it costs little.

    Raises
    ------
    DataError
        When the chart asks for data or pictures from an address, or draws what may do more than be looked at.
    """
    bare = {name: one for name, one in chart.items() if name != "title"}
    # The words are on the page once: the narrow drawing is named by the wide one.
    by = "" if small else f"{key}-wide"
    narrow = _themed(lean(_drawn(fitted(bare, NARROW), key), key=f"{key}-narrow", alt=alt, named_by=by))
    if small and len(narrow) <= _LIGHT:
        return {"wide": narrow}
    wide = _themed(lean(_drawn(fitted(bare, WIDE), key), key=key, alt=alt, own=f"{key}-wide"))
    return {"wide": wide} | ({"narrow": narrow} if len(narrow) <= _LIGHT else {})


def chart_svg(chart: Mapping[str, Any], *, key: str, alt: str) -> Markup:
    """Return somebody's own chart as SVG for a page: with its title, in its own size; see `page_drawings`."""
    return _themed(lean(_drawn(chart, key), key=key, alt=alt))


def file_svg(chart: Mapping[str, Any], *, key: str, alt: str) -> Markup:
    """Return a chart as SVG for a file: with its title, on paper's colours; see `page_drawings` for the rest."""
    return lean(_on_paper(chart, key), key=key, alt=alt, file=True)


def file_png(chart: Mapping[str, Any], *, key: str) -> bytes:
    """Return a chart as a PNG picture of the drawing that `file_svg` gives, twice as large as on a page."""
    return _once(_on_paper(chart, key), _pixels)


def _on_paper(chart: Mapping[str, Any], key: str) -> str:
    return _drawn(fitted(chart, WIDE), key, config={**CONFIG, "background": "white"})


def fitted(chart: Mapping[str, Any], width: int) -> dict[str, Any]:
    """Return a specification that is drawn as wide as asked for, with labels and all.

    Charts next to each other share the width, and are below each other where it is that of a phone.
    """
    row = chart.get("hconcat")
    if "facet" in chart:
        across = chart.get("columns", 1) if width > NARROW else _PANELS
        return {**chart, "columns": across, "spec": {**chart["spec"], "width": (width - _AXIS) // across - _GAP}}
    if row is None:
        fit = {"type": "fit-x", "contains": "padding"}
        # The renderer measures names of several lines too narrow.
        room = {"padding": {"left": 5, "top": 5, "bottom": 5, "right": _NAMES}} if _names_on_the_right(chart) else {}
        return {**chart, "width": width, "autosize": fit, **room}
    across = len(row) if width > NARROW else 1
    each = width // across - _AXIS
    row = [{**one, "width": each} for one in row]
    rest = {name: one for name, one in chart.items() if name != "hconcat"}
    return {**rest, ("hconcat" if across > 1 else "vconcat"): row}


def _names_on_the_right(spec: object) -> bool:
    """Whether a chart has an axis on the right, which is where lines are named."""
    if isinstance(spec, Mapping):
        if spec.get("orient") == "right":
            return True
        return any(_names_on_the_right(one) for name, one in spec.items() if name not in {"data", "datasets"})
    return isinstance(spec, list) and any(map(_names_on_the_right, spec))


def _drawn(chart: Mapping[str, Any], key: str, *, config: Mapping[str, object] = CONFIG) -> str:
    if asks_outside(chart):
        raise DataError(f"the chart {key} asks for something from an address", hint="give a chart its data as values")
    # Checking a chart of ours against the grammar costs as much as a table; tests do it for every chart of every page.
    return drawn(json.dumps({**chart, "config": config}))


def _themed(svg: Markup) -> Markup:
    """Let the colours of the theme be those of the page, light or dark."""

    # Only attributes of our own drawing: words of the data are text nodes, in which quotation marks are not escaped,
    # so the attribute's name goes with its value, and a word like it would be followed by no sign of a tag.
    def named(found: re.Match[str]) -> str:
        variable = VARIABLES.get(found[2].lower())
        return found[0] if variable is None else f'{found[1]}="var({variable})"'

    tags = re.compile(r"<[^<>]+>")
    return Markup(tags.sub(lambda tag: _PAINT.sub(named, tag[0]), svg))  # noqa: S704 - only colours differ


@contextmanager
def remembering(known: Mapping[str, bytes]) -> Iterator[dict[str, bytes]]:
    """Draw nothing again inside that is `known`; yield what was asked for, each by the hash of what it is drawn from.

    Drawing is half the work of a page, and most charts of a page stay when its data change.
    """
    asked: dict[str, bytes] = {}
    token = _MEMORY.set((known, asked))
    try:
        yield asked
    finally:
        _MEMORY.reset(token)


def drawn(spec: str) -> str:
    """Draw a Vega-Lite specification, given as JSON, as SVG."""
    return _once(spec, _draw).decode()


def _draw(spec: str) -> bytes:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.loads(spec), show_warnings=False)).encode()


def _pixels(svg: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2))


def _once(source: str, draw: Callable[[str], bytes]) -> bytes:
    """Return what `draw` makes of `source`, which no other way of drawing takes."""
    known, asked = _MEMORY.get() or ({}, {})
    name = sha256(source.encode()).hexdigest()
    if name not in asked:
        asked[name] = known[name] if name in known else draw(source)
    return asked[name]


def warm_up() -> None:
    """Start the renderer in the background: it takes most of a second."""
    Thread(target=drawn, args=[json.dumps({"mark": "bar", "data": {"values": [{"a": 1}]}})], daemon=True).start()


def asks_outside(spec: object) -> bool:
    """Whether a part of a specification names an address: of data, a picture or a link."""
    if isinstance(spec, Mapping):
        parts = (one for name, one in spec.items() if name not in {"values", "datasets"})
        return bool({"url", "href"} & set(spec)) or any(map(asks_outside, parts))
    return isinstance(spec, list) and any(map(asks_outside, spec))


def lean(svg: str, *, key: str, alt: str, own: str = "", named_by: str = "", file: bool = False) -> Markup:
    """Return a drawn SVG with ids of its own, and without what changes nothing.

    Parameters
    ----------
    svg
        SVG as the renderer writes it.
    key, alt
        As for `page_drawings`.
    own, named_by
        Id of the drawing, and of the one whose words are those of this one too; empty = none.
    file
        Whether it is a file by itself, which says what it is and names its font.
    """
    root = ET.fromstring(svg[svg.index("<svg") :])  # noqa: S314 - drawn by our own renderer
    strange = {element.tag.removeprefix(_SVG) for element in root.iter()} - _DRAWN
    if strange:
        raise DataError(f"the chart {key} draws {', '.join(sorted(strange))}, which a page does not hold")
    names: dict[str, str] = {}
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        _rename(element, names, key)
    _shorten(root)
    size = {name: root.get(name, "") for name in ("width", "height", "viewBox")}
    root.attrib.clear()
    named = {"aria-labelledby": named_by} if named_by else {"aria-label": alt}
    root.attrib.update({"role": "img", **({"id": own} if own else {}), **named, "fill": "none", **size})
    if file:
        root.attrib.update({"xmlns": _SVG.strip("{}"), "font-family": "sans-serif"})
    # The data went into the chart as JSON and comes out as text nodes, which are escaped here.
    return Markup(ET.tostring(root, encoding="unicode").replace(" />", "/>"))  # noqa: S704


def _rename(element: ET.Element, names: dict[str, str], key: str) -> None:
    """Name ids and references after the figure; leave out idle attributes; round coordinates."""
    for name in _SCRIPTED:
        element.attrib.pop(name, None)
    for name, value in list(element.attrib.items()):
        if _IDLE.get(name) == value:
            del element.attrib[name]
        elif name == "id" or "#" in value:
            own = _NUMBERED.sub(lambda found: found[1] + names.setdefault(found[2], f"{key}-{len(names)}"), value)
            element.set(name, own)
        elif name in _COORDINATES:
            element.set(name, _LONG.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value))
    if element.tag == "text":
        element.attrib.pop("font-family", None)
        element.set("font-size", element.get("font-size", "").removesuffix("px"))


def _shorten(element: ET.Element) -> None:
    """Unwrap groups that do nothing, drop empty marks, join marks that look alike, and say once what all share."""
    children: list[ET.Element] = []
    for child in list(element):
        _shorten(child)
        element.remove(child)
        if _draws_nothing(child):
            continue
        line = _placed(_as_path(child))
        children += list(line) if line.tag == "g" and not line.attrib else [line]
    for child in children:
        before = element[-1] if len(element) else None
        if before is not None and _alike(before, child):
            before.set("d", before.get("d", "") + child.get("d", ""))
        else:
            element.append(child)
    if element.tag == "g":
        _share(element)


def _draws_nothing(element: ET.Element) -> bool:
    if element.tag == "g":
        return len(element) == 0
    if element.get("display") == "none" or (element.tag == "text" and element.get("opacity") == "0"):
        return True
    return element.tag == "path" and (element.get("d", "") == "" or not {"fill", "stroke"} & set(element.attrib))


def _as_path(element: ET.Element) -> ET.Element:
    """Return a line as a path from where it begins, so that lines that look alike can be joined."""
    move = _MOVE.match(element.get("transform", "translate(0,0)"))
    if element.tag == "line" and move:
        end = f"{element.get('x2', '0')},{element.get('y2', '0')}"
        rest = {name: value for name, value in element.attrib.items() if name not in {"transform", "x2", "y2"}}
        return ET.Element("path", {"d": f"M{move[1]},{move[2]}l{end}", **rest})
    return element


def _placed(element: ET.Element) -> ET.Element:
    """Return words and points with their place among their own coordinates instead of a move of their own."""
    move = _MOVE.match(element.get("transform", ""))
    if move is None or len(element):
        return element
    x, y = float(move[1]), float(move[2])
    rest = {name: value for name, value in element.attrib.items() if name != "transform"}
    if element.tag == "text" and not {"x", "y"} & set(rest):
        words = ET.Element("text", {"x": _short(x), "y": _short(y), **rest})
        words.text = element.text
        return words
    drawn = rest.get("d", "")
    disc = _DISC.fullmatch(drawn)
    if disc is not None and "stroke" not in rest:
        return _dot(rest, f"M{_short(x)},{_short(y)}h0", across=_short(2 * float(disc[1])))
    shape = _SHAPE.fullmatch(drawn)
    if shape is None:
        return element
    start = f"M{_short(x + float(shape[1]))},{_short(y + float(shape[2]))}"
    return ET.Element("path", {**rest, "d": start + shape[3]})


def _dot(look: Mapping[str, str], place: str, *, across: str) -> ET.Element:
    """Return a disc as the round end of a line without length: its place is all it has to say."""
    rest = {name: value for name, value in look.items() if name not in {"fill", "stroke-width"}}
    line = {"stroke": look["fill"], "stroke-width": across, "stroke-linecap": "round"}
    return ET.Element("path", {**rest, **line, "d": place})


def _short(number: float) -> str:
    """Write a coordinate to a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")


def _alike(one: ET.Element, other: ET.Element) -> bool:
    joins = one.tag == other.tag == "path" and not {"fill-opacity", "transform"} & set(one.attrib)
    return joins and {**one.attrib, "d": ""} == {**other.attrib, "d": ""}


def _share(group: ET.Element) -> None:
    """Set on a group what all that it holds has alike."""
    if len(group) < 2:  # noqa: PLR2004 - one child shares with nobody
        return
    for name in _PASSED_ON:
        found = {child.get(name) for child in group}
        value = found.pop()
        if not found and value is not None and name not in group.attrib:
            group.set(name, value)
            for child in group:
                del child.attrib[name]

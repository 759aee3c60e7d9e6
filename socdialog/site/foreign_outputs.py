"""What a study's own notebook shows besides the parts of a page: let in by a list of what is allowed.

HTML and Markdown pass the sanitiser of a library; pictures and drawings become pictures, in which nothing runs; charts
are drawn here from their specification.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from socdialog.display import messages
from socdialog.display.svg import chart_svg
from socdialog.errors import DataError

if TYPE_CHECKING:
    import nh3

_TAGS = frozenset(
    "a b blockquote br caption code dd div dl dt em figcaption figure h3 h4 h5 h6 hr i img li ol p pre s small span"  # noqa: SIM905 - a list of words
    " strong sub sup table tbody td tfoot th thead tr u ul".split()
)
#: Elements whose text is no text of the page either.
_SILENT = frozenset("head iframe math noscript object script style svg template textarea title".split())  # noqa: SIM905
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_ADDRESS = re.compile(r"https?://[^\s]+|mailto:[^\s]+", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
#: Pictures by how an output names them.
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
_WORDS = ("text/plain", "text/html", "text/markdown")
_CHART = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
_TABLE = re.compile(r"<table>(\s*<caption>.*?</caption>)?", re.DOTALL)
#: A table looks as those of the page do, and scrolls inside its own frame.
_FRAME = '<div class="sd-table-wrap" tabindex="0"><table class="sd-table">'
#: A picture as the sanitiser writes it: values of attributes hold no sign that ends an element.
_IMG = re.compile(r"<img\b[^>]*>")
_LONGEST_ALT = 300


def foreign_output(data: Mapping[str, object], *, key: str) -> str:
    """Return an output as HTML that can do nothing but be read; an empty text for an output of no known kind.

    Parameters
    ----------
    data
        The output by the names of its forms; the richest that a page can hold is taken.
    key
        Unique on the page; prefixes the ids of a chart.

    Raises
    ------
    DataError
        When a picture is no picture, or a chart asks for something from an address.
    """
    words = _text(data.get("text/plain", ""))
    for name, content in data.items():
        if _CHART.fullmatch(name) and isinstance(content, Mapping):
            alt = _alt(str(content.get("description") or _title(content) or messages.words("page.foreign_chart")))
            return (
                f'<figure class="sd-figure"><div class="sd-plot">{chart_svg(content, key=key, alt=alt)}</div></figure>'
            )
    if "text/markdown" in data:
        return from_markdown(_text(data["text/markdown"]))
    if "text/html" in data:
        return clean_html(_text(data["text/html"]))
    for name in _PICTURES:
        if name in data:
            return _picture(name, _text(data[name]), alt=_alt(words or messages.words("page.foreign_picture")))
    return f"<pre>{escape(words)}</pre>" if words else ""


def is_shown(name: str) -> bool:
    """Say whether a page can hold an output of this form."""
    return name in _WORDS or name in _PICTURES or _CHART.fullmatch(name) is not None


def from_markdown(text: str) -> str:
    """Return Markdown as HTML that can do nothing but be read."""
    import mistune

    return clean_html(str(mistune.create_markdown(escape=False, plugins=["table"])(text)))


def clean_html(html: str) -> str:
    """Return HTML without whatever is not on the list; tables are framed, and one without a caption says what it is.

    Examples
    --------
    >>> clean_html('<p onclick="x()">a<script>1</script> <a href="javascript:1">b</a></p>')
    '<p>a <a rel="noopener noreferrer">b</a></p>'
    """
    text = _cleaner().clean(html)
    caption = escape(messages.words("page.foreign_table"))
    tables = _TABLE.sub(lambda found: f"{_FRAME}{found[1] or f'<caption>{caption}</caption>'}", text)
    tables = tables.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')
    return _IMG.sub(_described, tables)


def _described(picture: re.Match[str]) -> str:
    """Return a picture with an alternative text; one that may not be shown goes."""
    tag = picture[0]
    if " src=" not in tag:
        return ""
    alt = escape(messages.words("page.foreign_picture"))
    return tag if " alt=" in tag else tag.replace("<img", f'<img alt="{alt}"', 1)


def _picture(name: str, content: str, *, alt: str) -> str:
    if name == "image/svg+xml":
        coded = base64.b64encode(content.encode()).decode()
    else:
        try:
            coded = base64.b64encode(base64.b64decode("".join(content.split()), validate=True)).decode()
        except (binascii.Error, ValueError):
            raise DataError(f"an output of the notebook says that it is {name} and is none") from None
    return f'<p><img alt="{escape(alt)}" src="data:{name};base64,{coded}"></p>'


def _title(spec: Mapping[str, object]) -> str:
    title = spec.get("title")
    text = title.get("text", "") if isinstance(title, Mapping) else title
    return " ".join(map(str, text)) if isinstance(text, list) else str(text or "")


def _alt(words: str) -> str:
    return " ".join(words.split())[:_LONGEST_ALT]


def _text(content: object) -> str:
    if isinstance(content, Sequence) and not isinstance(content, str):
        return "".join(map(str, content))
    return str(content)


def _allowed(element: str, attribute: str, value: str) -> str | None:
    """Return an attribute's value, or None to drop it: links lead to the web, pictures hold their own data."""
    if attribute == "href":
        return value if _ADDRESS.fullmatch(value.strip()) else None
    if (element, attribute) == ("img", "src"):
        return value if _PICTURE.fullmatch(value) else None
    return value


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_SILENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )

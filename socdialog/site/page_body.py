"""The body of a page: the parts that a notebook's outputs carry, by our templates, and what else it shows, let in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from socdialog.display.addresses import figure_files, root_of, sources_page
from socdialog.display.evidence_markers import EvidenceBook, numbered
from socdialog.display.html import LOOK, Page
from socdialog.display.notebook_parts import MIME, read_shown
from socdialog.display.parts import Section
from socdialog.errors import DataError
from socdialog.site.foreign_outputs import clean_html, foreign_output, from_markdown, is_shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: A cell of words that is for those who read the notebook, and not for the page.
DESK = "desk"


class PageBody(NamedTuple):
    """What an executed notebook gives a page, and the notebook as it is published.

    Parameters
    ----------
    html
        Its outputs as HTML, in order.
    notebook
        The notebook; its parts bear the same HTML, for whoever opens it, and no other output bears any markup.
    """

    html: str
    notebook: NotebookNode


def page_body(notebook: NotebookNode, path: str, country: str | None) -> PageBody:
    """Return what a page shows of an executed notebook.

    Parts are rendered by our templates, numbered as they stand on this page. Other outputs, and cells of words without
    the tag ``desk``, stand between them. Streams (what was printed, warnings) stay in the notebook.

    Parameters
    ----------
    notebook
        The notebook.
    path
        Path of the page below the site.
    country
        The country that it is about; None = several, side by side.

    Raises
    ------
    DataError
        When an output is an error, is not of the form that it says, or a value rests on a row that no source stands
        behind.
    """
    published = deepcopy(notebook)
    outputs = list(_outputs(published))
    read = [read_shown(data[MIME]) if MIME in data else None for data, _ in outputs]
    shown = [one for one in read if one is not None]
    sections = [section for one in shown for section in one.sections]
    given, sources = (one for part in shown for one in part.given), (one for part in shown for one in part.sources)
    try:
        book = numbered(sections, given, sources)
    except ValueError as wrong:
        hint = "show profile.sources too"
        raise DataError(f"a page shows a value without its evidence: {wrong}", hint=hint) from None
    page = Page(
        book,
        root=root_of(path),
        figures=figure_files(path),
        sources="" if country is None else sources_page(country),
    )
    html: list[str] = []
    for place, ((data, words), one) in enumerate(zip(outputs, read, strict=True)):
        if one is not None:
            drawn = "".join(map(page.section, one.sections))
            drawn += page.references() if one.given or one.sources else ""
            data["text/html"] = LOOK + drawn
            html.append(drawn)
        else:
            html.append(words or foreign_output(data, key=f"output-{place}"))
            _disarm(data)
    return PageBody("\n".join(html), published)


def numbered_parts(notebook: Mapping[str, Any]) -> tuple[list[Section], EvidenceBook]:
    """Return the sections that the outputs of a published notebook carry, and their numbered evidence."""
    read = [read_shown(data[MIME]) for data, _ in _outputs(notebook) if MIME in data]
    sections = [section for one in read for section in one.sections]
    given, sources = (one for part in read for one in part.given), (one for part in read for one in part.sources)
    return sections, numbered(sections, given, sources)


def published_body(notebook: NotebookNode) -> str:
    """Return what a page shows of a notebook that `page_body` gave: the HTML that it bears already.

    Raises
    ------
    DataError
        When it bears none.
    """
    html: list[str] = []
    for place, (data, words) in enumerate(_outputs(notebook)):
        if MIME in data and "text/html" not in data:
            raise DataError("the notebook was not published: its parts bear no HTML")
        own = "".join(data["text/html"]).removeprefix(LOOK) if MIME in data else ""
        html.append(own or words or foreign_output(data, key=f"output-{place}"))
    return "\n".join(html)


def _disarm(data: dict[str, Any]) -> None:
    """Leave of a foreign output, as it is published, the forms that a page can hold, and no markup that could run."""
    for name in [one for one in data if not is_shown(one)]:
        del data[name]
    for name in {"text/html", "text/markdown"} & set(data):
        data[name] = clean_html("".join(data[name]))


def _outputs(notebook: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the forms of each output, and cells of words as HTML, in order."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and DESK not in cell.get("metadata", {}).get("tags", ()):
            yield {}, from_markdown("".join(cell["source"]))
        for output in cell.get("outputs", ()) if cell["cell_type"] == "code" else ():
            if output["output_type"] == "error":
                raise DataError(f"a cell of the notebook failed: {output.get('ename', '')}: {output.get('evalue', '')}")
            if output.get("data"):
                yield output["data"], ""

"""The body of a page: the parts that a notebook's outputs carry, by our templates, and what else it shows, let in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from socdialog.display.evidence_markers import numbered
from socdialog.display.html import render_evidence, render_section
from socdialog.display.notebook_parts import MIME, Shown, read_shown
from socdialog.errors import DataError
from socdialog.site.foreign_outputs import foreign_output, from_markdown

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: A cell of words that is for those who read the notebook, and not for the page.
DESK = "desk"


def page_body(notebook: NotebookNode) -> str:
    """Return the outputs of an executed notebook as HTML, in order.

    Parts are rendered by our templates, numbered as they stand on this page. Other outputs, and cells of words without
    the tag ``desk``, stand between them. Streams (what was printed, warnings) stay in the notebook.

    Raises
    ------
    DataError
        When an output is an error, is not of the form that it says, or a value rests on a row that no source stands
        behind.
    """
    found = list(_outputs(notebook))
    shown = [one for one in found if isinstance(one, Shown)]
    sections = [section for one in shown for section in one.sections]
    try:
        book = numbered(
            sections, (one for part in shown for one in part.given), (one for part in shown for one in part.sources)
        )
    except ValueError as wrong:
        raise DataError(
            f"a page shows a value without its evidence: {wrong}", hint="show profile.sources too"
        ) from None
    html: list[str] = []
    for place, one in enumerate(found):
        if isinstance(one, Shown):
            html += [render_section(section, book) for section in one.sections]
            html += [render_evidence(book)] if one.given or one.sources else []
        else:
            html.append(one if isinstance(one, str) else foreign_output(one, key=f"output-{place}"))
    return "\n".join(html)


def _outputs(notebook: NotebookNode) -> Iterator[Shown | Mapping[str, Any] | str]:
    """Yield what a page is made of: parts, other outputs by their forms, and words of cells as HTML."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and DESK not in cell.get("metadata", {}).get("tags", ()):
            yield from_markdown("".join(cell["source"]))
        for output in cell.get("outputs", ()) if cell["cell_type"] == "code" else ():
            if output["output_type"] == "error":
                raise DataError(f"a cell of the notebook failed: {output.get('ename', '')}: {output.get('evalue', '')}")
            data = output.get("data", {})
            if MIME in data:
                yield read_shown(data[MIME])
            elif data:
                yield data

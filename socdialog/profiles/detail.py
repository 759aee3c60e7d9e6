"""Lists that a reader opens: folded, and capped whatever the size of the study."""

from __future__ import annotations

import polars as pl

from socdialog.display.messages import say
from socdialog.display.parts import Folded, Leaf, Value, small_print
from socdialog.profiles.listing import Columns, Note, listed

#: Rows of a list on a page; what is more is on the page that has all.
MOST = 50


def folded_list(
    key: str,
    summary: str,
    caption: str,
    found: pl.DataFrame,
    columns: Columns,
    *,
    elsewhere: str,
    note: Note = (),
) -> Folded:
    """Show a frame row by row in a folded part, of a long one the first rows.

    Parameters
    ----------
    key
        Id of the table; that of the folded part is made from it.
    summary
        What is in it.
    caption, found, columns, note
        As of `listed`.
    elsewhere
        Address below the site where the same is listed.
    """
    parts: tuple[Leaf, ...] = (listed(key, caption, found.head(MOST), columns, note=note),)
    if found.height > MOST:
        rest = Value("".join(map(str, say("detail.all", n=found.height))), to=elsewhere)
        parts += (small_print(*say("detail.first", n=MOST, all=rest)),)
    return Folded(f"{key}-list", summary, parts, elsewhere)

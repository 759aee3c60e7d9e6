"""Which sources are independent of each other: a copy speaks with the voice of the text it repeats.

All texts of one publisher are one voice, and a text that copies another has that of the text at the start of its chain
of copies.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog.folding import fold


def originals(source_id: str, copied: Mapping[str, str]) -> list[str]:
    """Return a text and those it repeats, from copy to copy back to the first; of a circle the first is the least id.

    Parameters
    ----------
    source_id
        The text.
    copied
        Which text each copy repeats.
    """
    chain = [source_id]
    while (before := copied.get(chain[-1])) is not None and before not in chain:
        chain.append(before)
    if before is not None:
        chain.append(min(chain[chain.index(before) :]))
    return chain


def copies(sources: pl.DataFrame) -> pl.DataFrame:
    """Return ``source_id``, ``original``: each text with itself and with every text that it repeats."""
    known = _copied(sources)
    pairs = [(source, text) for source in sources.get_column("source_id") for text in originals(source, known)]
    return pl.DataFrame(pairs, schema={"source_id": pl.String, "original": pl.String}, orient="row")


def source_groups(sources: pl.DataFrame) -> pl.DataFrame:
    """Return ``source_id``, ``voice``: the folded publisher of the text at the start of its chain of copies.

    Parameters
    ----------
    sources
        Texts with ``source_id``, ``publisher`` and ``copy_of``.

    Examples
    --------
    >>> texts = pl.DataFrame({"source_id": ["a", "b"], "publisher": ["A", "B"], "copy_of": [None, "a"]})
    >>> source_groups(texts)["voice"].to_list()
    ['a', 'a']
    """
    copied = _copied(sources)
    publisher = dict(sources.select("source_id", "publisher").iter_rows())
    first = {source: originals(source, copied)[-1] for source in publisher}
    found = [(source, fold(publisher[text] or "") or text) for source, text in first.items()]
    return pl.DataFrame(found, schema={"source_id": pl.String, "voice": pl.String}, orient="row")


def _copied(sources: pl.DataFrame) -> dict[str, str]:
    known = pl.col("copy_of").is_in(sources.get_column("source_id").implode())
    return dict(sources.filter(known).select("source_id", "copy_of").iter_rows())

"""Sizes that all charts share: widths of charts and of labels, letters in the lines of titles."""

from __future__ import annotations

#: Width of a chart by itself; a page sets its own.
WIDTH, HEIGHT = 400, 150
#: Width of the labels next to horizontal bars, and its least, so that a title fits above.
LABELS, MARGIN = 170, 120
#: Letters in a line of a title, and of a subtitle.
TITLE, SUBTITLE = 54, 68

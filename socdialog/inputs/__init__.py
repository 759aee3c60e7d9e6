"""The one door for arguments: frames of any library, missing values, dates, countries, codes and columns.

Every loader, metric, chart and table function takes what it is given through this room. A value is read as what it
plainly means (``"Türkiye"`` is ``TUR``, pandas' ``NA`` is missing); whatever is not known is an error with the right
suggestion, so that an empty answer never comes from a typing error.
"""

from __future__ import annotations

from socdialog.inputs.codes import choice, code, codes, column_names, countries, country, text, yes_or_no
from socdialog.inputs.columns import Columns, Needed, frame_with, frames_with
from socdialog.inputs.frames import Frame, as_polars
from socdialog.inputs.missing import is_missing, listed, lists, whole_missing
from socdialog.inputs.numbers import at_least, number, numbers, within

__all__ = [
    "Columns",
    "Frame",
    "Needed",
    "as_polars",
    "at_least",
    "choice",
    "code",
    "codes",
    "column_names",
    "countries",
    "country",
    "frame_with",
    "frames_with",
    "is_missing",
    "listed",
    "lists",
    "number",
    "numbers",
    "text",
    "whole_missing",
    "within",
    "yes_or_no",
]

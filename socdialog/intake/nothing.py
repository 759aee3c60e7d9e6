"""What programs write where there is nothing to write: words for an empty cell, and errors of spreadsheets."""

from __future__ import annotations

import re

#: As R, SQL, pandas, JSON and people write that there is no value, folded by case.
_WORDS = "null (null) <null> na n/a n.a. n.a <na> nan nat none nil undefined inf infinity"
_NOTHING = frozenset([*_WORDS.split(), r"\n", "-", "--", "–", "—", ".", "..", "...", "…", "?"])
#: Days that programs write where there is no date: the beginnings and ends of their calendars.
STAND_IN_DATES = frozenset(
    (
        *("1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01", "1753-01-01", "1111-11-11"),
        *("2099-12-31", "2999-12-31", "9999-12-31", "9999-12", "9999", "0001-01-01", "0000-00-00", "1900-01-00"),
    )
)
_SPREADSHEET_ERROR = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC)[!?]?|#{3,}", re.IGNORECASE)


def nothing_message(text: str, *, required: bool = False) -> str | None:
    """Say how to fix a text that means an empty cell; None where it says something.

    Parameters
    ----------
    text
        The text of a cell.
    required
        Whether the cell must be filled.

    Examples
    --------
    >>> nothing_message("NULL")
    "'NULL' is a placeholder for an empty cell; leave the cell empty where nothing is reported"
    >>> nothing_message("#REF!", required=True)
    "'#REF!' is a spreadsheet error; restore the value"
    """
    plain = text.strip().casefold()
    if _SPREADSHEET_ERROR.fullmatch(plain):
        return f"{text!r} is a spreadsheet error; restore the value{'' if required else ', or empty the cell'}"
    if plain in _NOTHING or plain.lstrip("+-") in _NOTHING:
        fix = "write the value, or delete the line" if required else "leave the cell empty where nothing is reported"
        return f"{text!r} is a placeholder for an empty cell; {fix}"
    return None

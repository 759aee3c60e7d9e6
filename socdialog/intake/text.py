"""From the bytes of a raw file to its lines, counted as an editor counts them, with the damage of the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from socdialog.codebook import cldr
from socdialog.intake.file_kinds import other_kind
from socdialog.intake.problems import Problem

_BOM = b"\xef\xbb\xbf"
#: Marks that a merge writes between two versions of lines.
_MERGE_MARK = re.compile(rb"^(?:<{7} |>{7} |\|{7} |={7}$)", re.MULTILINE)


@dataclass(frozen=True)
class Text:
    """The lines of a file, without their ends.

    Parameters
    ----------
    lines
        All lines; the first is line 1.
    damaged
        Numbers of lines whose bytes are wrong, so that their cells cannot be trusted.
    problems
        The damage.
    """

    lines: list[str]
    damaged: frozenset[int]
    problems: tuple[Problem, ...]


def decode(data: bytes, *, shown: str) -> Text:
    """Return the lines of `data` and everything that is wrong with its bytes.

    One habit of a program that saved the file (line ends, encoding, a byte order mark) is one
    problem at its first place, however many lines it touches.
    """
    problems: list[Problem] = []

    def wrong(line: int, message: str, rule: str) -> None:
        problems.append(Problem(shown, line, "", message, "error", rule))

    kind = other_kind(data)
    if kind:
        wrong(1, kind, "encoding")
        return Text([], frozenset(), tuple(problems))
    if data.startswith(_BOM):
        wrong(
            1, "the file begins with a byte order mark (BOM, U+FEFF); save it as UTF-8 without BOM", "byte_order_mark"
        )
        data = data[len(_BOM) :]
    if b"\r" in data:
        data = _line_ends(data, wrong)
    if not data.endswith(b"\n"):
        count = data.count(b"\n") + 1
        wrong(
            count,
            "the last line has no line end; check that the file is complete, and end it with a line feed",
            "final_line_end",
        )
    else:
        data = data[:-1]
    damaged: set[int] = set()
    nuls = dict(_nuls(data))
    damaged |= set(nuls)
    for number, place in list(nuls.items())[:1]:
        more = f" (also in {cldr.counted(len(nuls) - 1, 'other line')})" if len(nuls) > 1 else ""
        wrong(number, f"byte {place} is NUL (U+0000){more}; delete it", "nul")
    merge = _unfinished_merge(data)
    if merge:
        damaged |= set(merge)
        message = "marks of an unfinished merge ('<<<<<<<' to '>>>>>>>'); keep one version and delete the marks"
        wrong(merge[0], message, "merge")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        bad = _not_utf8(data)
        damaged |= set(bad)
        first, (place, byte) = next(iter(bad.items()))
        more = f" (also in {cldr.counted(len(bad) - 1, 'other line')})" if len(bad) > 1 else ""
        wrong(first, f"byte {place} (0x{byte:02X}) is not UTF-8{more}; save the file as UTF-8", "encoding")
        text = data.decode("utf-8", errors="replace")
    return Text(text.split("\n"), frozenset(damaged), tuple(problems))


def _nuls(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the number of each line that holds a NUL, and its place there."""
    for number, line in enumerate(data.split(b"\n") if b"\x00" in data else (), start=1):
        if b"\x00" in line:
            yield number, line.index(0) + 1


def _unfinished_merge(data: bytes) -> list[int]:
    """Return the lines of all merges that were left undone, marks included; a mark alone is one too."""
    if not _MERGE_MARK.search(data):
        return []
    found: list[int] = []
    within = False
    for number, line in enumerate(data.split(b"\n"), start=1):
        within = within or line.startswith(b"<<<<<<< ")
        if within or _MERGE_MARK.match(line):
            found.append(number)
        within = within and not line.startswith(b">>>>>>> ")
    return found


def _line_ends(data: bytes, wrong: object) -> bytes:
    """Report carriage returns and return the data as it would be without them, line for line."""
    assert callable(wrong)
    pairs = data.count(b"\r\n")
    alone = data.count(b"\r") - pairs
    if alone and b"\n" not in data:
        wrong(1, f"{alone} lines end with CR (old Mac); save the file with LF line ends", "line_ends")
        return data.replace(b"\r", b"\n")
    if pairs:
        line = data[: data.index(b"\r\n")].count(b"\n") + 1
        lines = "1 line ends" if pairs == 1 else f"{pairs} lines end"
        wrong(line, f"{lines} with CRLF (Windows); save the file with LF line ends", "line_ends")
        data = data.replace(b"\r\n", b"\n")
    if alone:
        line = data[: data.index(b"\r")].count(b"\n") + 1
        wrong(line, f"a carriage return (U+000D) within the line{_often(alone)}; delete it", "line_ends")
        data = data.replace(b"\r", b"")
    return data


def _often(count: int) -> str:
    return f" ({count} in the file)" if count > 1 else ""


def _not_utf8(data: bytes) -> dict[int, tuple[int, int]]:
    """Return for each line that is not UTF-8 the place (from 1) and value of its first wrong byte."""
    found: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(data.split(b"\n"), start=1):
        if re.search(rb"[\x80-\xff]", line):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                found[number] = (error.start + 1, line[error.start])
    return found

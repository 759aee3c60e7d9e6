"""Whether the body of an answer, or a file, is complete: end of compression, footer, last line, cells of each line."""

from __future__ import annotations

import re
import zlib

from socdialog.sources.source_error import BY_HAND, SourceError

#: Bytes of the largest table that is read, once it is unpacked.
LARGEST = 8 * 2**30
_GZIP, _PARQUET, _BOM = b"\x1f\x8b", b"PAR1", b"\xef\xbb\xbf"
#: Bytes at either end of a body in which the message of a failed program can appear.
_ENDS = 2000
_MESSAGES = (b"Server Error", b"ORA-")


def is_parquet(content: bytes) -> bool:
    """Say whether a body begins as Parquet does."""
    return content.startswith(_PARQUET)


def unpacked(content: bytes, *, largest: int = LARGEST) -> bytes:
    """Return a body as text or Parquet, once it is known to be complete.

    Raises
    ------
    SourceError
        For a body that is empty, cut, a page of HTML or the message of an error.
    """
    if not content:
        raise SourceError("empty_body", "the answer has no bytes", again=True)
    if content.startswith(_GZIP):
        content = gunzipped(content, largest=largest)
    if is_parquet(content):
        return _whole_parquet(content)
    return _whole_text(content)


def gunzipped(content: bytes, *, largest: int = LARGEST) -> bytes:
    """Return what is packed in a stream of gzip that ended, member by member.

    Raises
    ------
    SourceError
        When the stream is cut or damaged, or unpacks to more than `largest` bytes.
    """
    parts: list[bytes] = []
    left = largest
    while content:
        stream = zlib.decompressobj(wbits=31)
        try:
            parts.append(stream.decompress(content, left + 1))
        except zlib.error as problem:
            raise SourceError("damaged_gzip", f"the compressed data are damaged: {problem}", again=True) from None
        left -= len(parts[-1])
        if left < 0:
            raise SourceError(
                "too_large", f"the data unpack to more than {largest:,} bytes", hint="ask for fewer areas"
            )
        if not stream.eof:
            raise SourceError("cut_gzip", "the compressed data end before their end mark", again=True)
        content = stream.unused_data
    return b"".join(parts)


def _whole_parquet(content: bytes) -> bytes:
    if not content.endswith(_PARQUET):
        raise SourceError("cut_parquet", "the Parquet data have no footer", again=True)
    return content


def _whole_text(content: bytes) -> bytes:
    # The mark of the order of bytes stays: polars skips it, and a long text is not copied.
    start = content[:_ENDS].removeprefix(_BOM).lstrip()
    if start.startswith(b"<"):
        raise SourceError("html", "the answer is a page of HTML or XML instead of data", hint=BY_HAND)
    if start.startswith(b"{"):
        raise SourceError("error_message", f"the service answered {start[:200].decode('utf-8', 'replace')}")
    for ends in (start, content[-_ENDS:]):
        for message in _MESSAGES:
            if message in ends:
                # An ORA- error means an unknown code; the same question has the same answer.
                raise SourceError("error_message", f"the answer holds {message.decode()!r}", again=message != b"ORA-")
    if not content.endswith(b"\n"):
        raise SourceError("cut_text", "the last line of the answer is not complete", again=True)
    return content


def refuse_ragged(body: bytes, rows: int, *, width: int, separator: bytes, coded: bool = False) -> None:
    """Refuse a text in which a line has fewer cells than the header: polars fills it up in silence.

    Parameters
    ----------
    body, rows
        The text, and how many rows were read from it.
    width
        Cells of the header.
    separator
        The sign between cells.
    coded
        Whether no cell holds a separator, so that quotes need no attention.

    Raises
    ------
    SourceError
        When there are fewer or more separators than the cells need.
    """
    bare = body if coded or b'"' not in body else re.sub(rb'"[^"]*"', b"", body)
    if bare.count(separator) != (width - 1) * (rows + 1):
        raise SourceError("ragged_lines", "some lines have fewer or more cells than the header", again=True)

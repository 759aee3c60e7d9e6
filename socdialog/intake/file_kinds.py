"""What a file is that should be text in UTF-8 and is not: told as a whole, from how it begins."""

from __future__ import annotations

import io
import re
import zipfile

_UTF32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: Bytes at the beginning of a file that show its kind.
_BEGIN = 512
#: Plain letters as UTF-16 without a mark: every other byte is NUL.
_UTF16_TEXT = re.compile(rb"(?:[\x09-\x7e]\x00){4,}|(?:\x00[\x09-\x7e]){4,}")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_SIGNS = (
    (b"\x1f\x8b", "a compressed file (gzip); unpack it"),
    (b"BZh", "a compressed file (bzip2); unpack it"),
    (b"\xfd7zXZ", "a compressed file (xz); unpack it"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd); unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z); unpack it"),
    (b"Rar!", "a compressed file (RAR); unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet workbook (XLS); save its sheet as CSV in UTF-8"),
    (b"PAR1", "a Parquet file; save the table as CSV in UTF-8"),
    (b"%PDF-", "a PDF; write its table as CSV in UTF-8"),
    (b"{\\rtf", "a document (RTF); save the table as CSV in UTF-8"),
    (b"SQLite format 3", "a database (SQLite); save the table as CSV in UTF-8"),
    (b"version https://git-lfs.github.com/spec/", "a Git LFS pointer; fetch the file itself with 'git lfs pull'"),
)
#: What a packed file holds that is a workbook or a document, by the beginning of a name in it or of its first file.
_PACKED = (
    ("xl/", "a spreadsheet workbook (XLSX); save its sheet as CSV in UTF-8"),
    ("word/", "a document (DOCX); save the table as CSV in UTF-8"),
    ("content.xml", "a workbook or document (OpenDocument); save its sheet as CSV in UTF-8"),
    ("", "a compressed file (ZIP); unpack it"),
)


def other_kind(data: bytes) -> str:
    """Say what a file is that is not a text in UTF-8 as a whole, and how to fix it; empty for any other.

    Examples
    --------
    >>> other_kind(b"%PDF-1.7")
    'the file is a PDF; write its table as CSV in UTF-8'
    >>> other_kind(b"country,year")
    ''
    """
    begin = data[:_BEGIN]
    signed = _packed(data) if data.startswith(b"PK\x03\x04") else _signed(begin)
    if signed:
        return f"the file is {signed}"
    if data.startswith(_UTF32):
        return "the file is UTF-32; save it as UTF-8 without a byte order mark"
    if data.startswith(_UTF16) or _UTF16_TEXT.search(begin):
        return "the file is UTF-16; save it as UTF-8 without a byte order mark"
    for form, what in ((_HTML, "a web page (HTML)"), (_XML, "XML")):
        if form.match(begin):
            return f"the file is {what}; save the table as CSV in UTF-8"
    return ""


def _signed(begin: bytes) -> str:
    return next((what for sign, what in _SIGNS if begin.startswith(sign)), "")


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        names = []
    return next(what for begin, what in _PACKED if not begin or any(name.startswith(begin) for name in names))

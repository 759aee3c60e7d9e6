"""Pack named contents into one run of bytes for a journey, and unpack them with every hash checked.

No pickle: what comes back from a notebook is bytes and JSON, and can do nothing where it arrives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from socdialog.errors import DataError
from socdialog.store.fingerprint import sha256_bytes


def pack(payload: Mapping[str, object], contents: Mapping[str, bytes]) -> bytes:
    """Return `said` (which JSON can hold) and `contents` as one run of bytes, with the hash of each.

    Examples
    --------
    >>> unpack(pack({"a": 1}, {"b": b"c"}))
    ({'a': 1}, {'b': b'c'})
    """
    listed = [[name, len(content), sha256_bytes(content)] for name, content in contents.items()]
    head = json.dumps({"said": dict(payload), "contents": listed})
    return b"\n".join((sha256_bytes(head.encode()).encode(), head.encode(), b"".join(contents.values())))


def unpack(parcel: bytes) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return what `pack` was given.

    Raises
    ------
    DataError
        When anything is missing, or is not what was packed.
    """
    digest, _, rest = parcel.partition(b"\n")
    head, _, body = rest.partition(b"\n")
    if sha256_bytes(head).encode() != digest:
        raise DataError("a parcel was damaged on its way: its list of contents")
    listed = json.loads(head)
    contents: dict[str, bytes] = {}
    at = 0
    for name, size, expected in listed["contents"]:
        content = body[at : at + size]
        if sha256_bytes(content) != expected:
            raise DataError(f"a parcel was damaged on its way: {name}")
        contents[name] = content
        at += size
    if at != len(body):
        raise DataError("a parcel was damaged on its way: it holds more than its list says")
    return listed["said"], contents

"""Pack named contents into one run of bytes for a journey, and unpack them with the hash of all of them checked.

No pickle: what comes back from a notebook is bytes and JSON, and can do nothing where it arrives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from socdialog.errors import DataError
from socdialog.store.fingerprint import sha256_bytes


def pack(payload: Mapping[str, object], contents: Mapping[str, bytes]) -> bytes:
    """Return `payload` (which JSON can hold) and `contents` as one run of bytes behind its hash.

    Examples
    --------
    >>> unpack(pack({"a": 1}, {"b": b"c"}))
    ({'a': 1}, {'b': b'c'})
    """
    listed = [[name, len(content)] for name, content in contents.items()]
    head = json.dumps({"said": dict(payload), "contents": listed}).encode()
    rest = head + b"\n" + b"".join(contents.values())
    return sha256_bytes(rest).encode() + b"\n" + rest


def unpack(archive: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what `pack` was given.

    Raises
    ------
    DataError
        When anything is missing, or is not what was packed.
    """
    digest, _, rest = archive.partition(b"\n")
    if sha256_bytes(rest).encode() != digest:
        raise DataError("a task was damaged during transfer")
    head, _, body = rest.partition(b"\n")
    listed, stream = json.loads(head), BytesIO(body)
    return listed["said"], {name: stream.read(size) for name, size in listed["contents"]}

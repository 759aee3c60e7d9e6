"""People who stay withheld after their rows are deleted: a private file of hashed names next to ``raw/``.

A name is kept as keyed hashes of its folded words, two by two, so that the file can determine whether a text names
the person and cannot be read as a list of names. The key is in the same file: whoever has the file can try
names against it. It is private, is never published, and does not belong in a public repository.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from socdialog.errors import DataError
from socdialog.store.files import write_atomic

#: Names the file when it is not next to ``raw/``.
WITHHELD_VARIABLE = "SOCDIALOG_WITHHELD"
FILE = ".withheld.json"
_SCHEMA = "socdialog.withheld/1"
_PAIR_BYTES = 16
#: So short that thousands of words share each one: it saves time, and says nothing of a word.
_WORD_BYTES = 2

Pair = tuple[str, str]


@dataclass(frozen=True)
class Withheld:
    """Hashed names.

    Parameters
    ----------
    salt
        Key of the hashes.
    pairs
        A hash of each two words that name a person.
    words
        A short hash of each of these words.
    """

    salt: bytes = b""
    pairs: frozenset[str] = field(default_factory=frozenset)
    words: frozenset[str] = field(default_factory=frozenset)

    def has_word(self, word: str) -> bool:
        """Return whether `word` may be part of a withheld name."""
        return bool(self.words) and self._word(word) in self.words

    def has_pair(self, pair: Pair) -> bool:
        """Return whether two words name a withheld person."""
        return bool(self.pairs) and self._pair(pair) in self.pairs

    def has_pairs(self, pairs: Iterable[Pair]) -> bool:
        """Return whether all `pairs` are withheld."""
        return all(self.has_pair(pair) for pair in pairs)

    def with_pairs(self, pairs: Iterable[Pair]) -> Withheld:
        """Return these names and those of `pairs`."""
        if not self.salt:
            return Withheld(secrets.token_bytes(_PAIR_BYTES)).with_pairs(pairs)
        added = list(pairs)
        return Withheld(
            self.salt,
            self.pairs | {self._pair(pair) for pair in added},
            self.words | {self._word(word) for pair in added for word in pair},
        )

    def without_pairs(self, pairs: Iterable[Pair]) -> Withheld:
        """Return the names that are not among `pairs`."""
        return Withheld(self.salt, self.pairs - {self._pair(pair) for pair in pairs}, self.words)

    def _pair(self, pair: Pair) -> str:
        return self._hash("\0".join(sorted(pair)), _PAIR_BYTES)

    def _word(self, word: str) -> str:
        return self._hash(word, _WORD_BYTES)

    def _hash(self, text: str, size: int) -> str:
        keyed = self._keyed[size].copy()
        keyed.update(text.encode())
        return keyed.hexdigest()

    @cached_property
    def _keyed(self) -> dict[int, hashlib.blake2b]:
        return {size: hashlib.blake2b(key=self.salt, digest_size=size) for size in (_PAIR_BYTES, _WORD_BYTES)}


def withheld_file(data: Path) -> Path:
    """Return where the hashed names of the study at `data` (the folder that holds ``raw/``) are kept."""
    named = os.environ.get(WITHHELD_VARIABLE)
    return Path(named) if named else data / FILE


def read_withheld(data: Path) -> Withheld:
    """Return the hashed names of a study; none when the file does not exist.

    Raises
    ------
    DataError
        When the file cannot be read: what it withholds must not be published by mistake.
    """
    path = withheld_file(data)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        kept = Withheld(bytes.fromhex(content["salt"]), frozenset(content["pairs"]), frozenset(content["words"]))
        if content["schema"] == _SCHEMA and kept.salt:
            return kept
        problem: Exception = ValueError("another schema")
    except FileNotFoundError:
        return Withheld()
    except (OSError, ValueError, KeyError, TypeError) as found:
        problem = found
    raise DataError(
        f"the list of withheld names cannot be read: {path} ({type(problem).__name__})",
        hint="restore the file, or delete it and withhold each name again with `socdialog review withhold`; "
        f"{WITHHELD_VARIABLE} names another place",
    )


def write_withheld(data: Path, withheld: Withheld) -> Path:
    """Write the hashed names of a study, readable by their owner only, and return the file."""
    path = withheld_file(data)
    content = {
        "schema": _SCHEMA,
        "salt": withheld.salt.hex(),
        "pairs": sorted(withheld.pairs),
        "words": sorted(withheld.words),
    }
    write_atomic(path, json.dumps(content, indent=0) + "\n", mode=0o600)
    return path

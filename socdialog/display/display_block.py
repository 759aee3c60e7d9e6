"""Something that a notebook displays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from socdialog.display.notebook_parts import MIME, Shown, as_json


@dataclass(frozen=True, slots=True)
class DisplayBlock:
    """HTML for a reader of the notebook, words for a terminal, and for a page what it shows as data."""

    html: str
    text: str
    shown: Shown | None = None

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        data = {} if self.shown is None else {MIME: as_json(self.shown)}
        return {"text/plain": self.text, "text/html": self.html, **data}

    def __repr__(self) -> str:
        return self.text

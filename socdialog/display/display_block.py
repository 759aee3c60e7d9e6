"""Something that a notebook displays."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from socdialog.display.notebook_parts import MIME, Shown, as_json

#: Set where only a page is made of a notebook: what has parts is then displayed as data, and the site writes its HTML.
PARTS_ONLY = "SOCDIALOG_PARTS_ONLY"


@dataclass(frozen=True, slots=True)
class DisplayBlock:
    """HTML for a reader of the notebook, words for a terminal, and for a page what it shows as data."""

    html: Callable[[], str]
    text: str
    shown: Shown | None = None

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        data: dict[str, Any] = {"text/plain": self.text}
        if self.shown is not None:
            data[MIME] = as_json(self.shown)
        if self.shown is None or PARTS_ONLY not in os.environ:
            data["text/html"] = self.html()
        return data

    def __repr__(self) -> str:
        return self.text

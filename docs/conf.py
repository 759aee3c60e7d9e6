"""How Sphinx builds the documentation; ``python -m nox -s docs`` runs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

project = "socdialog"
author = "the authors of socdialog"
project_copyright = author
html_title = "socdialog"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "pydata_sphinx_theme"
html_theme_options = {"show_prev_next": False, "navbar_end": ["theme-switcher"], "footer_end": []}
html_show_sourcelink = False
html_copy_source = False
html_last_updated_fmt = None
templates_path: list[str] = []

autodoc_typehints = "signature"
napoleon_google_docstring = False
napoleon_custom_sections = [("Columns", "params_style")]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_timeout = 300
nb_execution_raise_on_error = True
suppress_warnings = ["mystnb.unknown_mime_type"]
# A drawing needs no script; what JupyterLab draws is left out.
nb_mime_priority_overrides = [("html", "image/svg+xml", 0), ("html", "text/html", 1)]


def _write_pages(app: Any) -> None:
    from docs.pages import write_pages

    write_pages(Path(app.srcdir, "generated"))


def _link_to_pages(_app: Any, _name: str, source: list[str]) -> None:
    """Turn links between files of the repository into links between pages."""
    source[0] = source[0].replace("(../CONTRIBUTING.md)", "(contributing.md)")


def setup(app: Any) -> None:
    """Write the generated pages before Sphinx looks for pages."""
    app.connect("builder-inited", _write_pages)
    app.connect("source-read", _link_to_pages)

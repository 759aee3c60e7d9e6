"""``manifest.json``: every published file with its SHA-256, and what each page was made from.

It holds no clock, path, host or user, so that a rebuild from the same data gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from socdialog import schemas
from socdialog.site.page_shell import SiteInfo
from socdialog.site.pages import PageResult
from socdialog.store.fingerprint import sha256_file
from socdialog.store.ownership import SITE, SITE_SCHEMA

NAME = SITE.manifest


def manifest(folder: Path, pages: Sequence[PageResult], site: SiteInfo) -> bytes:
    """Return the manifest of the site in `folder`.

    Parameters
    ----------
    folder
        A whole site; its own manifest, where there is one, is not counted.
    pages
        How the pages were made.
    site
        The site.
    """
    content = {
        "schema": SITE_SCHEMA,
        "package": {"name": "socdialog", "version": site.version},
        "schema_version": schemas.SCHEMA_VERSION,
        "edition": site.edition,
        "fingerprint": site.fingerprint,
        "with_people": site.with_people,
        "pages": {result.info.path: _page(result) for result in pages},
        "files": {
            path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": sha256_file(path)}
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.relative_to(folder).as_posix() != NAME
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _page(result: PageResult) -> Mapping[str, object]:
    return {
        **result.info.entry(),
        "status": result.published,
        "inputs": dict(result.inputs),
        "parameters": dict(result.parameters),
        "notebook": result.info.notebook if result.notebook is not None else None,
    }

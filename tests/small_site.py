"""Small sites made by hand, and folders of others, to see what becomes of them."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from socdialog import dates, schemas
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.ownership import SITE_SCHEMA


def make_site(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a site with a manifest; its files by their paths."""
    put(folder, files)
    entries = {name: {"sha256": sha256_bytes(text.encode())} for name, text in files.items()}
    put(folder, {"manifest.json": json.dumps({"schema": SITE_SCHEMA, "files": entries, "pages": {}})})
    return folder


def put(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def tree(folder: Path) -> dict[str, str | bytes]:
    """Everything below `folder`: content of files, where links lead, and that a folder or a pipe is one."""
    found: dict[str, str | bytes] = {}
    for above, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(above, name)
            key = str(path.relative_to(folder))
            if path.is_symlink():
                found[key] = f"-> {path.readlink()}"
            else:
                found[key] = path.read_bytes() if path.is_file() else "folder" if path.is_dir() else "special"
    return found


def random_foreign(folder: Path, seed: int) -> None:
    """Put files of somebody else into `folder`: odd names, deep folders, links, pipes, empty folders."""
    chance = random.Random(seed)  # noqa: S311 - trees, not secrets
    names = ("CNAME", "-rf", "a b", "new\nline", "ü", "Москва", "*.html", "[x]", "\\#012", "~", ".git", ".hidden", "%n")
    folders = [Path(), Path("countries"), Path("data"), Path(".git/refs"), Path("deep/er/est"), Path("empty one")]
    (folder / chance.choice(folders[3:])).mkdir(parents=True, exist_ok=True)
    for number in range(chance.randint(1, 12)):
        path = folder / chance.choice(folders) / f"{number} {chance.choice(names)}"
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = chance.randrange(6)
        if kind == 0:
            path.symlink_to(chance.choice(["/etc", "../nowhere", "index.html"]))
        elif kind == 1:
            os.mkfifo(path)
        elif kind == 2:
            path.mkdir()
        else:
            path.write_bytes(chance.randbytes(chance.choice([0, 5, 5000])))
            path.chmod(chance.choice([0o644, 0o444, 0o600]))


def clean_table(name: str, *rows: Mapping[str, object]) -> pl.DataFrame:
    """A clean table of some rows; what they do not say is null."""
    dtypes = schemas.clean_dtypes(name)
    placed = {"raw_file": f"data/raw/{name}.csv", "raw_line": 2}
    whole = [{**placed, "row_id": f"{name}:{number}", **row} for number, row in enumerate(rows)]
    filled = [{column: row.get(column) for column in dtypes} for row in whole]
    for row in filled:
        for column in [one for one in dtypes if set(schemas.bound_names(one)) <= set(dtypes) and row[one]]:
            row.update(zip(schemas.bound_names(column), dates.bounds(str(row[column])), strict=True))
    return pl.DataFrame(filled, schema=dtypes)

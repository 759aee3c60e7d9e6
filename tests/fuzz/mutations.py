"""Ways to damage a study on disk, each drawn by a seeded generator and described in a few words."""

from __future__ import annotations

import csv
import io
import os
import random
import socket
from collections.abc import Callable
from pathlib import Path

from socdialog import codebook
from socdialog.codebook import Column
from tests.fuzz.values import ADDRESSES, DATES, NUMBERS, TEXTS, YAML_KEYS, YAML_VALUES


class Mutation:
    """One study on disk, and the dice."""

    def __init__(self, raw: Path, dice: random.Random) -> None:
        self.raw, self.dice = raw, dice

    def apply(self) -> str:
        """Damage the study in one way, and say which."""
        kinds: list[tuple[int, Callable[[], str]]] = [
            (52, self.cell),
            (6, self.cells_of_a_column),
            (8, self.row),
            (9, self.bytes),
            (5, self.line),
            (9, self.file),
            (13, self.settings),
        ]
        (kind,) = self.dice.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])
        return f"{kind.__name__}: {kind()}"

    # --- cells and rows ---------------------------------------------------------------------------------------

    def table(self) -> tuple[str, Path, list[list[str]]]:
        """Return a table that can be read, and is not empty."""
        tables = [(name, self.raw / str(spec.file)) for name, spec in codebook.tables().items() if spec.file]
        self.dice.shuffle(tables)
        for name, path in tables:
            if not path.is_file():
                continue  # a pipe would wait for ever
            try:
                rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
            except (OSError, UnicodeError, csv.Error):
                continue
            if len(rows) > 1 and rows[0]:
                return name, path, rows
        return "", self.raw, []

    @staticmethod
    def write(path: Path, rows: list[list[str]]) -> None:
        """Write the rows as the data are written."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        path.write_bytes(out.getvalue().encode("utf-8", errors="surrogateescape"))

    def value(self, column: Column | None, rows: list[list[str]], place: int) -> str:
        """Return a value that a cell might be given."""
        old = [row[place] for row in rows[1:] if place < len(row)]
        kind = "" if column is None else column.type
        pool = {"integer": NUMBERS, "number": NUMBERS, "date": DATES, "url": ADDRESSES, "source": ADDRESSES}.get(
            kind, TEXTS
        )
        way = self.dice.randrange(10)
        if way < 4 and old:
            return self.dice.choice(old)
        if way < 7:
            return self.dice.choice(pool)
        if way == 7:
            return ""
        if way == 8 and old:
            text = self.dice.choice(old)
            at = self.dice.randrange(len(text) + 1)
            return (
                text[:at]
                + self.dice.choice([" ", "x", "é", ";", "-", "", ".", "9", "İ"])
                + text[at + self.dice.randrange(2) :]
            )
        return self.dice.choice([*NUMBERS, *DATES, *ADDRESSES, *TEXTS])

    def cell(self) -> str:
        name, path, rows = self.table()
        if not rows:
            return "no table"
        row, place = self.dice.randrange(1, len(rows)), self.dice.randrange(len(rows[0]))
        if place >= len(rows[row]):
            return "a short row"
        column = codebook.tables()[name].columns.get(rows[0][place])
        rows[row][place] = self.value(column, rows, place)
        self.write(path, rows)
        return f"{name}:{row + 1} {rows[0][place]} = {rows[row][place][:60]!r}"

    def cells_of_a_column(self) -> str:
        name, path, rows = self.table()
        if not rows:
            return "no table"
        place = self.dice.randrange(len(rows[0]))
        column = codebook.tables()[name].columns.get(rows[0][place])
        value = self.value(column, rows, place)
        for row in rows[1:]:
            if place < len(row) and self.dice.random() < 0.7:
                row[place] = value
        self.write(path, rows)
        return f"{name} {rows[0][place]} mostly {value[:60]!r}"

    def row(self) -> str:
        name, path, rows = self.table()
        if not rows:
            return "no table"
        at = self.dice.randrange(1, len(rows))
        way = self.dice.choice(["delete", "double", "move", "all", "most", "copy with a change"])
        if way == "delete":
            del rows[at]
        elif way == "double":
            rows.insert(at, list(rows[at]))
        elif way == "move":
            rows.append(rows.pop(at))
        elif way == "all":
            rows = rows[:1]
        elif way == "most":
            rows = rows[: 1 + self.dice.randrange(3)]
        else:
            new = list(rows[at])
            for _ in range(self.dice.randrange(1, 4)):
                place = self.dice.randrange(len(new))
                if place < len(rows[0]):
                    column = codebook.tables()[name].columns.get(rows[0][place])
                    new[place] = self.value(column, rows, place)
            rows.insert(at, new)
        self.write(path, rows)
        return f"{name}:{at + 1} {way}"

    # --- bytes, lines, files ----------------------------------------------------------------------------------

    def any_file(self) -> Path | None:
        """Return a file of the study."""
        files = sorted(path for path in self.raw.rglob("*") if path.is_file() and path.suffix in {".csv", ".yaml"})
        return self.dice.choice(files) if files else None

    def bytes(self) -> str:
        path = self.any_file()
        if path is None:
            return "no file"
        data = bytearray(path.read_bytes())
        at = self.dice.randrange(len(data) + 1)
        way = self.dice.choice(["flip", "insert", "cut", "zeros", "slice"])
        if way == "flip" and data:
            data[at % len(data)] = self.dice.randrange(256)
        elif way == "insert":
            data[at:at] = self.dice.choice(
                [b"\xff", b"\x00", b"\n", b"\r", b'"', b",", b"\t", b"\xc3", b"x", b"\xed\xa0\x80"]
            )
        elif way == "cut":
            del data[at:]
        elif way == "zeros":
            data[at : at + 16] = bytes(16)
        else:
            del data[at : at + self.dice.randrange(200)]
        path.write_bytes(bytes(data))
        return f"{path.relative_to(self.raw)} {way} at {at}"

    def line(self) -> str:
        path = self.any_file()
        if path is None:
            return "no file"
        lines = path.read_bytes().split(b"\n")
        at = self.dice.randrange(len(lines))
        old = lines[at]
        of_line = {
            "drop": [],
            "repeat": [old, old],
            "merge": [b"<<<<<<< HEAD", old, b"=======", old],
            "quote": [old.replace(b",", b',"', 1)],
            "blank": [b"", old],
        }
        of_file: dict[str, Callable[[str], bytes]] = {
            "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
            "BOM": lambda text: text.encode("utf-8-sig"),
            "UTF-16": lambda text: text.encode(self.dice.choice(["utf-16", "utf-16-le", "utf-16-be"])),
            "cp1251": lambda text: text.encode("cp1251", errors="replace"),
            "semicolons": lambda text: text.replace(",", ";").encode(),
        }
        way = self.dice.choice([*of_line, *of_file])
        if way in of_line:
            lines[at : at + 1] = of_line[way]
            data = b"\n".join(lines)
        else:
            data = of_file[way](b"\n".join(lines).decode("utf-8", errors="replace"))
        path.write_bytes(data)
        return f"{path.relative_to(self.raw)}:{at + 1} {way}"

    def file(self) -> str:
        path = self.any_file()
        if path is None:
            return "no file"
        folder = self.dice.choice([self.raw, path.parent])
        ways: dict[str, Callable[[], object]] = {
            "delete": path.unlink,
            "rename": lambda: path.rename(path.with_name(f"{path.stem}s{path.suffix}")),
            "empty": lambda: path.write_bytes(b""),
            "pipe": lambda: (path.unlink(), os.mkfifo(path)),
            "a folder instead": lambda: (path.unlink(), path.mkdir()),
            "a link": lambda: path.rename(self.raw.parent / path.name) and path.symlink_to(self.raw.parent / path.name),
            "a broken link": lambda: (path.unlink(), path.symlink_to("nowhere")),
            "a stray pipe": lambda: os.mkfifo(folder / "pipe.csv"),
            "a stray file": lambda: (folder / "stray.csv").write_bytes(b"a,b\n\xff"),
            "a name that is no text": lambda: Path(os.fsdecode(os.fsencode(folder) + b"/\xee\xf2\xf7.csv")).write_bytes(
                b"x"
            ),
            "a name of two lines": lambda: (folder / "two\nlines.csv").write_bytes(b"x"),
            "a loop": lambda: (folder / "loop").symlink_to(folder),
            "a link to itself": lambda: (folder / "self").symlink_to("self"),
            "a socket": lambda: (
                socket.socket(socket.AF_UNIX).bind(str(folder / "s")) if len(str(folder)) < 90 else None
            ),
            "a deep folder": lambda: folder.joinpath(*["d"] * 60).mkdir(parents=True),
            "a linked folder": lambda: self._link_folder(path.parent),
        }
        way = self.dice.choice(list(ways))
        try:
            ways[way]()
        except OSError as problem:
            return f"{way}: not done ({problem.strerror})"
        return f"{path.relative_to(self.raw)} {way}"

    def _link_folder(self, folder: Path) -> None:
        if folder != self.raw and not folder.is_symlink():
            target = self.raw.parent / f"elsewhere {folder.name}"
            folder.rename(target)
            folder.symlink_to(target)

    def settings(self) -> str:
        """Change a line of a YAML file, or all of it."""
        files = sorted(path for path in self.raw.rglob("*.yaml") if path.is_file())
        if not files:
            return "no file"
        path = self.dice.choice(files)
        text = path.read_text(encoding="utf-8", errors="replace")
        key, value = self.dice.choice(YAML_KEYS), self.dice.choice(YAML_VALUES)
        way = self.dice.choice(["set", "set", "set", "add", "whole", "remove", "indent", "misspell"])
        lines = text.split("\n")
        at = next((n for n, one in enumerate(lines) if one.startswith(f"{key}:")), None)
        if way == "set" and at is not None:
            end = next((n for n in range(at + 1, len(lines)) if not lines[n].startswith((" ", "-"))), len(lines))
            lines[at:end] = [f"{key}: {value}"]
        elif way == "add":
            lines.append(f"{key}: {value}")
        elif way == "whole":
            lines = [value]
        elif way == "remove" and at is not None:
            del lines[at]
        elif way == "indent":
            row = self.dice.randrange(len(lines))
            lines[row] = self.dice.choice([" ", "\t", "- ", "? ", "& ", "*"]) + lines[row]
        elif way == "misspell":
            lines = [one.replace("publisher", "publsher") for one in lines]
        path.write_text("\n".join(lines), encoding="utf-8")
        return f"{path.relative_to(self.raw)} {way} {key}: {value[:40]!r}"

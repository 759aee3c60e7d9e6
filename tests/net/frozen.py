"""The net: what is published, in a form to keep in files, to compare, and to explain in words."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from socdialog.profiles import Profile
from tests.net import downloads, pages, published
from tests.net.downloads import Column, Content
from tests.net.evidence import Given, Ledger, every_text, named
from tests.net.meaning import digest, facts, readable, tokens
from tests.net.pages import Record

FOLDER = Path(__file__).parent / "frozen"
#: Pages of the site about the data as a whole; of these the rows of tables are kept.
_WHOLE = ("index", "quality")
#: Differences that are listed of a page or table; the rest is counted.
_LISTED = 40


@dataclass
class Net:
    """Every value of the pages and downloads with its evidence."""

    pages: dict[str, Counter[Record]] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    site: dict[str, Counter[str]] = field(default_factory=dict)
    downloads: dict[str, Content] = field(default_factory=dict)


def cast(profiles: Mapping[str, Profile], site: Path) -> Net:
    """Read everything that is published."""
    net = Net()
    for name, profile in profiles.items():
        net.pages[name] = pages.records(profile, net.ledger)
    for name in _WHOLE:
        net.site[name] = site_rows((site / f"{name}.html").read_text(encoding="utf-8"))
    cited = citations(site / "data" / "citations.csv")
    for path in sorted((site / "data").glob("*.csv")):
        net.downloads[path.stem] = downloads.content(path, cited)
    return net


def citations(path: Path) -> dict[str, str]:
    """The address of each source by its id, else its publisher."""
    with path.open(encoding="utf-8", newline="") as text:
        return {row["source_id"]: row["url"] or row["publisher"] for row in csv.DictReader(text)}


def site_rows(html: str) -> Counter[str]:
    """What the tables of a page say, row by row, but for the list of downloads with its sizes."""
    rows = [block for block in published.blocks(html) if block.tag == "tr" and not block.heading]
    found: Counter[str] = Counter()
    for row in rows:
        if not any(address.startswith("data/") for address in row.addresses):
            cells = row.text.split(published.CELL)
            names = {*({tokens(cell) for cell in cells} & every_text()), *named().within(tokens(row.text))} - {()}
            outside = sorted(one for one in row.addresses if one.startswith("http"))
            links = [f"links #{digest(*outside)}"] if outside else []
            found[
                "; ".join(
                    [
                        *sorted(fact for cell in cells for fact in facts(cell)),
                        *sorted(readable(" ".join(name)) for name in names),
                        *links,
                    ]
                )
            ] += 1
    return found


def write(net: Net, folder: Path = FOLDER) -> None:
    """Write the net anew, sorted, one file a page and one a table."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, records in net.pages.items():
        lines = [(*record, str(times)) for record, times in sorted(records.items())]
        _write(folder / "pages" / f"{name}.csv", ("value", "beside", "evidence", "times"), lines)
    for name, rows in net.site.items():
        _write(folder / "site" / f"{name}.csv", ("row", "times"), [(row, str(n)) for row, n in sorted(rows.items())])
    for name, table in net.downloads.items():
        columns = [
            (
                "column",
                called if called in table.raw else f"({called})",
                f"{one.filled} of {one.different}",
                one.content,
            )
            for called, one in sorted(table.columns.items())
        ]
        rows = [("row", key, str(times), row) for (key, row), times in sorted(table.rows.items())]
        _write(folder / "downloads" / f"{name}.csv", ("what", "name", "count", "content"), [*columns, *rows])
    _write(folder / "given.csv", ("row", "source", "gave"), sorted(net.ledger.given.values()))
    sets = [(key, " ".join(members)) for key, members in sorted(net.ledger.sets.items())]
    _write(folder / "evidence.csv", ("evidence", "given"), sets)


def read(folder: Path = FOLDER) -> Net:
    """Read a net that was written."""
    net = Net()
    for path in sorted((folder / "pages").glob("*.csv")):
        net.pages[path.stem] = Counter({Record(*line[:3]): int(line[3]) for line in _read(path)})
    for path in sorted((folder / "site").glob("*.csv")):
        net.site[path.stem] = Counter({row: int(times) for row, times in _read(path)})
    for path in sorted((folder / "downloads").glob("*.csv")):
        net.downloads[path.stem] = _table(_read(path))
    net.ledger.enter(Given(*line) for line in _read(folder / "given.csv"))
    # Members are not the names of sets: those were given when the net was cast.
    net.ledger.sets = {key: tuple(members.split()) for key, members in _read(folder / "evidence.csv")}
    return net


def _table(lines: Iterable[list[str]]) -> Content:
    columns: dict[str, Column] = {}
    raw: set[str] = set()
    rows: Counter[tuple[str, str]] = Counter()
    for what, name, count, content in lines:
        if what == "row":
            rows[name, content] = int(count)
            continue
        called = name.strip("()")
        filled, _, different = count.partition(" of ")
        columns[called] = Column(int(filled), int(different), content)
        if called == name:
            raw.add(called)
    return Content(columns, frozenset(raw), rows)


def differences(before: Net, now: Net) -> list[str]:
    """What was lost and gained since `before`, page by page and table by table, in words; nothing for the same net."""
    found: list[str] = []
    for name in sorted(before.pages.keys() | now.pages.keys()):
        old, new = before.pages.get(name, Counter()), now.pages.get(name, Counter())
        lost = [_told(record, before.ledger) for record in (old - new).elements()]
        gained = [_told(record, now.ledger) for record in (new - old).elements()]
        found += _listed(f"page {name}", lost, gained)
    old_given, new_given = set(before.ledger.given.values()), set(now.ledger.given.values())
    found += _listed("sources", map(_gave, old_given - new_given), map(_gave, new_given - old_given))
    for name in sorted(before.site.keys() | now.site.keys()):
        old_rows, new_rows = before.site.get(name, Counter()), now.site.get(name, Counter())
        found += _listed(f"page {name}", (old_rows - new_rows).elements(), (new_rows - old_rows).elements())
    for name in sorted(before.downloads.keys() | now.downloads.keys()):
        one, other = before.downloads.get(name), now.downloads.get(name)
        found += _listed(f"download {name}", _of_table(one, other), _of_table(other, one))
    return found


def _of_table(one: Content | None, other: Content | None) -> Iterator[str]:
    """The columns and rows of one table that the other does not have; a derived column may have another name."""
    if one is None:
        return
    if other is None:
        yield f"the whole table, {one.rows.total()} rows"
        return
    named_alike = one.raw & other.raw
    rest = Counter(column for name, column in other.columns.items() if name not in named_alike)
    for name, column in one.columns.items():
        if name in named_alike:
            same = other.columns[name] == column
        else:
            same = rest[column] > 0
            rest[column] -= same
        if not same:
            yield f"column {name}: {column.filled} values, {column.different} different, #{column.content}"
    if len(one.columns) == len(other.columns):
        # With a column more or less every row is another one; the columns say what differs.
        for (key, row), times in sorted((one.rows - other.rows).items()):
            yield f"row {key}: #{row}{f', {times} times' if times > 1 else ''}"


def _listed(where: str, lost: Iterable[str], gained: Iterable[str]) -> list[str]:
    lines = [*(f"- {one}" for one in sorted(lost)), *(f"+ {one}" for one in sorted(gained))]
    if not lines:
        return []
    head = f"{where}: {sum(line[0] == '-' for line in lines)} lost, {sum(line[0] == '+' for line in lines)} gained"
    # Of a long list both ends are shown: what was lost, and what was gained.
    half = _LISTED // 2
    some = lines if len(lines) <= _LISTED else [*lines[:half], f"… {len(lines) - 2 * half} more …", *lines[-half:]]
    return [head, *(f"  {line}" for line in some)]


def _told(record: Record, ledger: Ledger) -> str:
    members = [ledger.given[key] for key in ledger.sets.get(record.evidence, ())]
    first = "; ".join(f"{one.row} in {one.source}" for one in members[:2])
    behind = f"{first}{f' and {len(members) - 2} more' if len(members) > 2 else ''}" if members else "no source"
    return f"{record.value!r} beside {record.beside!r}, from {behind} (set {record.evidence or 'none'})"


def _gave(one: Given) -> str:
    return f"{one.source} gave {one.gave!r} for {one.row}"


def seal(folder: Path = FOLDER) -> str:
    """A hash of the whole net as written."""
    paths = sorted(folder.rglob("*.csv"))
    return digest(*(f"{path.relative_to(folder).as_posix()}\x1f{path.read_text(encoding='utf-8')}" for path in paths))


def _write(path: Path, head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))[1:]

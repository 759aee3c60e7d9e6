"""Build a published site again, elsewhere and from nothing, and compare every byte."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from socdialog.codebook import cldr
from socdialog.display.addresses import page_name
from socdialog.errors import DataError, UsageError
from socdialog.publishing.building import Options, build
from socdialog.publishing.plan import Request
from socdialog.site.previous_site import MANIFEST, PreviousSite, previous_site
from socdialog.store.study import Study

_AROUND = 60


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """What came of a comparison.

    Parameters
    ----------
    same
        Number of files with the same bytes.
    skipped
        Files that cannot be made again: of pages kept from earlier data, and what lists them.
    """

    same: int
    skipped: tuple[str, ...]


def verify(study: Study, out: Path, options: Options | None = None) -> VerificationResult:
    """Make the site at `out` again in another folder, without the cache, and compare it.

    Raises
    ------
    UsageError
        When there is no site.
    DataError
        With the pages that could not be made; or with the first difference, and every file that differs.
    """
    published = previous_site(out.resolve())
    published.refuse_damage(out)
    with tempfile.TemporaryDirectory(prefix="socdialog verify ") as folder:
        again = Path(folder) / "site"
        # Past editions cannot be made again: those of the published site are taken, as its manifest lists them.
        made = build(study, again, _request(published), replace(options or Options(), past_of=published))
        lost = [f"{name}: {made.failed[name]}" for name in made.failed if name in _current(published)]
        if lost:
            raise DataError(f"{cldr.counted(len(lost), 'page')} could not be rebuilt", details=lost)
        return _compared(published, previous_site(again))


def _request(site: PreviousSite) -> Request:
    pages = site.pages().values()
    whole = any(page["country"] is None for page in pages)
    parameters = [page["parameters"] for page in pages if page["status"] == "current" and page["kind"] != "further"]
    if not parameters:
        raise UsageError("the site has no page that can be rebuilt", hint="build it first")
    return Request(
        countries=() if whole else tuple(sorted({page["country"] for page in pages})),
        since=parameters[0].get("since"),
        until=parameters[0].get("until"),
        edition=parameters[0].get("edition", ""),
        with_people=site.with_people,
    )


def _current(site: PreviousSite) -> set[str]:
    """Return the names of the pages that are as their build made them."""
    return {page_name(path) for path, page in site.pages().items() if page["status"] == "current"}


def _compared(published: PreviousSite, again: PreviousSite) -> VerificationResult:
    skipped = {
        name
        for path, page in published.pages().items()
        if page["status"] != "current"
        for name in (path, page.get("notebook"), *(published.figures(path) or ()))
        if name
    }
    if skipped:
        skipped |= {"index.html"}
    first, second = published.files(), again.files()
    differs = [name for name in sorted({*first, *second} - skipped) if first.get(name) != second.get(name)]
    if not skipped and not differs and published.content != again.content:
        differs = [MANIFEST]
    if differs:
        raise DataError(
            f"{cldr.counted(len(differs), 'published file')} cannot be reproduced byte for byte",
            details=[*differs, _first_difference(published.folder / differs[0], again.folder / differs[0])],
            hint="if the data, the package or an installed version has changed since, build again",
        )
    return VerificationResult(len({*first} - skipped), tuple(sorted(skipped)))


def _first_difference(one: Path, other: Path) -> str:
    if not one.is_file() or not other.is_file():
        return f"{one.name}: only in the {'new' if other.is_file() else 'published'} site"
    left, right = one.read_bytes(), other.read_bytes()
    at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    line = left[:at].count(b"\n") + 1
    around = slice(max(0, at - _AROUND), at + _AROUND)
    shown = [content[around].decode("utf-8", errors="replace") for content in (left, right)]
    return f"{one.name}, line {line}, byte {at}: published {shown[0]!r}, now {shown[1]!r}"

"""What a page of the site is, and how its making ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from socdialog.display.addresses import page_name, root_of

#: The profile of a country, the comparison of all, or a page by a notebook of the study itself.
Kind = Literal["country", "comparison", "further"]
#: ``built`` now, ``unchanged`` since the last build, ``kept`` from an older edition because it failed,
#: ``failed`` with nothing to keep, ``stale`` because what it compares has changed since.
Status = Literal["built", "unchanged", "kept", "failed", "stale"]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page made from a notebook.

    Parameters
    ----------
    path
        Path below the site, with ``/``: ``countries/KAZ.html``.
    title
        Heading of the page.
    kind
        What it is about.
    country
        The country, for a page about one.
    edition
        Edition its data belong to, a date of reduced precision.
    kept_from, kept_reason
        For a page carried over: the edition it comes from, and why it could not be made anew.
    subtitle
        A second name, such as the country's own.
    language
        BCP 47 tag of that name; empty = not known.
    events_to
        Date of the latest event up to the edition; empty = none.
    """

    path: str
    title: str
    kind: Kind
    country: str | None
    edition: str
    kept_from: str | None = None
    kept_reason: str | None = None
    subtitle: str = ""
    language: str = ""
    events_to: str = ""

    def entry(self) -> dict[str, Any]:
        """Return what a manifest says of the page under its path."""
        return {name: value for name, value in asdict(self).items() if name != "path"}

    @classmethod
    def of_entry(cls, path: str, entry: Mapping[str, Any]) -> PageInfo:
        """Return the page of which a manifest says `entry`."""
        return cls(path, **{one.name: entry[one.name] for one in fields(cls) if one.name in entry})

    @property
    def root(self) -> str:
        """The way from the page up to the root of the site: ``../`` or nothing."""
        return root_of(self.path)

    @property
    def notebook(self) -> str:
        """Path of its executed notebook below the site."""
        return f"notebooks/{page_name(self.path)}.ipynb"


@dataclass(frozen=True, slots=True)
class PageResult:
    """How the making of a page ended.

    Parameters
    ----------
    info
        The page.
    html
        The page as `socdialog.site.page_shell.render_page` made it, now or earlier; None when there is none.
    notebook
        Its executed notebook as bytes; None when there is none.
    figures
        The files of its figures, by their paths below the site.
    inputs
        Hashes of what it was made from, by name.
    parameters
        Parameters of the run.
    status
        How it ended.
    """

    info: PageInfo
    html: str | None
    notebook: bytes | None
    figures: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, object] = field(default_factory=dict)
    status: Status = "built"

    @property
    def published(self) -> str:
        """The status as it is published: whether a page was built now or earlier is nobody's business."""
        return "current" if self.status in {"built", "unchanged"} else self.status

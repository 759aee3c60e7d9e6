"""The page shell: what stands around the outputs of an executed notebook.

The body of a page is the outputs of the notebook and nothing else; the shell adds head, navigation,
contents and foot. What may change after a page was made (the links to other pages, a mark that it was
kept) stands between comments, so that `finish_page` can set it on a page of any age.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

import socdialog
from socdialog.codebook import cldr, wording
from socdialog.display.addresses import events_page, organisations_page, profile_page, sources_page
from socdialog.display.html import say_markup, table_look
from socdialog.display.messages import LANGUAGE, words
from socdialog.display.parts import headed
from socdialog.errors import DataError
from socdialog.site.page_reading import faults, outline
from socdialog.site.pages import PageInfo
from socdialog.store.study import Notes

if TYPE_CHECKING:
    from jinja2 import Environment

#: White space around the signs of a style sheet, and the last semicolon of a rule. A space before a colon is kept:
#: it stands between an element and what is below it.
_SPARE = re.compile(r"\s*([{};,>])\s*|(?<=:) ")
#: The template of pages that notebooks make.
_NOTEBOOK = "page.html.j2"
#: Where the profiles of countries are.
_COUNTRIES = "countries/"


#: Our scripts: the first is on every page, the others where they are needed.
FRONT_PAGE = "front_page.js"
_SCRIPTS = ("page.js", FRONT_PAGE, "comparison.js")
#: Digits of a hash that are shown.
SHORT_HASH = 12


class Link(NamedTuple):
    """A page of the site to go to: its path below the site, and its name."""

    path: str
    name: str


#: Pages that every site has.
PAGES = (
    Link("index.html", words("page.countries")),
    Link("organisations.html", words("organisations.title")),
    Link("quality.html", words("quality.title")),
    Link("methods.html", words("methods.title")),
    Link("codebook.html", words("codebook.title")),
    Link("data.html", words("data.title")),
    Link("changes.html", words("changes.title")),
)


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What a whole site is, and what each of its pages says of it.

    Parameters
    ----------
    notes
        What the study says of itself.
    edition, fingerprint
        Of the data.
    with_people
        Whether tables and names of people may be published.
    version
        Of the package.
    neighbours
        The pages made from notebooks that exist.
    datasets
        What pages are for catalogues of data, as JSON-LD, by their paths; of all others under None.
    """

    notes: Notes
    edition: str
    fingerprint: str
    with_people: bool = False
    version: str = socdialog.__version__
    neighbours: tuple[Link, ...] = ()
    datasets: Mapping[str | None, str] = field(default_factory=dict)

    def dataset(self, path: str) -> str:
        """Return what the page at `path` is for catalogues of data, as JSON-LD; empty where nothing is known."""
        return self.datasets.get(path, self.datasets.get(None, ""))

    def profile(self, country: str) -> str | None:
        """Return the path of the profile of a country; None where there is none."""
        path = f"countries/{country}.html"
        return path if any(link.path == path for link in self.neighbours) else None


def site_page(
    path: str, title: str, site: SiteInfo, *, template: str = "", scripts: tuple[str, ...] = (), **values: object
) -> str:
    """Return a page of the site that no notebook makes, from a template; default: that of its name."""
    page = PageInfo(path, title, "comparison", None, site.edition)
    values |= {"title": title, "site_title": site.notes.title, "site": site}
    html = render(template or f"{path}.j2", page=page, scripts=scripts, **values)
    return finish_page(html, page, neighbours=site.neighbours, dataset=site.dataset(path))


def render_page(body: str, page: PageInfo, *, site_title: str) -> str:
    """Put what an executed notebook shows into the page shell.

    Parameters
    ----------
    body
        Its outputs as HTML; see `socdialog.site.page_body.page_body`.
    page
        What page it becomes.
    site_title
        Title of the site. Its links to other pages are set by `finish_page` once all are there.

    Raises
    ------
    DataError
        When there is no output at all, or the page is not fit to be published (see `socdialog.site.page_reading`).
    """
    if not body.strip():
        raise DataError(f"{page.path}: the notebook has no output", hint="its cells must show the sections of the page")
    html = render(
        _NOTEBOOK,
        page=page,
        scripts=("comparison.js",) if page.kind == "comparison" else (),
        title=page.title,
        site_title=site_title,
        body=Markup(body),  # noqa: S704 - made by our templates, or let in by the sanitiser
    )
    html = finish_page(html, page)
    wrong = page_faults(html)
    if wrong:
        raise DataError(
            f"{page.path} is not fit to be published",
            details=wrong,
            hint="correct the notebook or the section that gives this output",
        )
    return html


def page_faults(html: str) -> tuple[str, ...]:
    """Return what makes a page of the site unfit to be published; our own scripts are no fault."""
    return faults(html, scripts=map(_script, _SCRIPTS))


def finish_page(html: str, page: PageInfo, *, neighbours: Sequence[Link] = (), dataset: str = "") -> str:
    """Set what may change after a page was made: links to other pages, the mark that it was kept, what it is as data.

    Doing it twice is the same as doing it once.
    """
    described = f'<script type="application/ld+json">{dataset}</script>' if dataset else ""
    html = _fill(html, "data", described)
    html = _fill(html, "links", render("links.html.j2", page=page, links=_links(neighbours)))
    html = _fill(html, "further", render("further.html.j2", page=page, links=_further(page, neighbours)))
    before, after = _around(page, neighbours)
    html = _fill(html, "around", render("around.html.j2", page=page, before=before, after=after))
    return _fill(html, "status", render("status.html.j2", page=page) if page.kept_from is not None else "")


def render(template: str, *, scripts: tuple[str, ...] = (), **values: object) -> str:
    """Fill a template of the site; text from data is escaped.

    Parameters
    ----------
    template
        Its name.
    scripts
        Scripts of ours that the page runs besides the one that every page runs.
    values
        What it shows.
    """
    names = (_SCRIPTS[0], *scripts)
    css = _css(further=template != _NOTEBOOK)
    policy, running = _policy(css, names), [*map(_script, names)]
    return _templates().get_template(template).render(css=css, scripts=running, policy=policy, **values)


def edition_words(edition: str) -> str:
    """Write an edition for readers: its date in words, or its name as it is."""
    try:
        return cldr.date(edition)
    except ValueError:
        return edition


def edition_name(edition: str) -> str:
    """Name an edition for readers; an empty text where a study has none."""
    return words("page.edition", edition=edition_words(edition)) if edition else ""


def asset(name: str) -> bytes:
    """Return a file of ``assets``."""
    return files(__package__).joinpath("assets", name).read_bytes()


def _links(neighbours: Iterable[Link]) -> tuple[Link, ...]:
    top = tuple(link for link in neighbours if "/" not in link.path)
    return (PAGES[0], *top, *PAGES[1:])


def _around(page: PageInfo, neighbours: Iterable[Link]) -> tuple[Link | None, Link | None]:
    row = [None, *(link for link in neighbours if link.path.startswith(_COUNTRIES)), None]
    for before, link, after in zip(row, row[1:], row[2:], strict=False):
        if link is not None and link.path == page.path:
            return before, after
    return None, None


def _further(page: PageInfo, neighbours: Iterable[Link]) -> tuple[Link, ...]:
    """Return the other pages about the same country that notebooks make: its profile, and further ones."""
    about = f"-{page.country}.html"
    others = (link for link in neighbours if page.country is not None and link.path != page.path)
    return tuple(link for link in others if link.path == profile_page(page.country) or link.path.endswith(about))


def _fill(html: str, name: str, content: str) -> str:
    filled = f"<!--sd:{name}-->{content.strip()}<!--/sd:{name}-->"
    return re.sub(f"<!--sd:{name}-->.*?<!--/sd:{name}-->", lambda _: filled, html, flags=re.DOTALL)


@cache
def _css(*, further: bool) -> Markup:
    """Return the style of a page, shortened by what browsers do not need; `further` for one that no notebook makes."""
    sheets = ("style.css", "further.css") if further else ("style.css",)
    text = "\n".join(asset(name).decode("utf-8") for name in sheets)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return Markup(_SPARE.sub(r"\1", "\n".join(line for line in lines if line)))  # noqa: S704


@cache
def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """Return what a browser may load and run for a page: its own style sheet and scripts, and pictures of the site.

    The front page alone also loads the index of the search, which is a file of the site.
    """
    hashes = " ".join(f"'sha256-{_hash(_script(name))}'" for name in scripts)
    index = " 'self' file:" if FRONT_PAGE in scripts else ""
    return (
        f"default-src 'none'; img-src 'self' data: file:; style-src-elem 'sha256-{_hash(style)}'; "
        f"style-src-attr 'unsafe-inline'; script-src {hashes}{index}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """Return the hash of a style sheet or script, which templates set on lines of its own."""
    return base64.b64encode(hashlib.sha256(f"\n{text}\n".encode()).digest()).decode()


@cache
def _script(name: str) -> Markup:
    """Return a script of ours that pages run, shortened by its comments and indents."""
    text = re.sub(r"/\*.*?\*/", "", asset(name).decode("utf-8"), flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return Markup("\n".join(line for line in lines if line))  # noqa: S704 - our own file


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__ or ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["language"] = LANGUAGE
    environment.globals["words"] = words
    environment.globals["say"] = say_markup
    environment.filters["edition"] = edition_words
    environment.filters["edition_name"] = edition_name
    environment.filters["outline"] = lambda markup: outline(str(markup))
    environment.filters["short"] = lambda digest: digest[:SHORT_HASH]
    environment.filters["size"] = size_words
    environment.filters["number"] = cldr.number
    environment.filters["listed"] = cldr.joined
    environment.filters["country"] = lambda code: wording.label("iso_countries", code)
    environment.filters["events_page"] = events_page
    environment.filters["sources_page"] = sources_page
    environment.filters["organisations_page"] = organisations_page
    environment.filters["look"] = lambda headings, cards: table_look(headed(headings), cards=cards)
    return environment


def size_words(size: int) -> str:
    """Write a size in bytes for readers.

    Examples
    --------
    >>> size_words(512), size_words(24_000), size_words(1_500_000)
    ('512 B', '24 kB', '1.5 MB')
    """
    if size < 1000:  # noqa: PLR2004
        return words("page.bytes", size=str(size))
    if size < 1_000_000:  # noqa: PLR2004
        return words("page.kilobytes", size=str(round(size / 1000)))
    return words("page.megabytes", size=f"{size / 1_000_000:.1f}")

"""How a page is cited: in the style of the American Psychological Association (2020), and as an entry for BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from socdialog.display.addresses import slug
from socdialog.display.messages import words

#: Characters that mean something to TeX, and how they are written.
_TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_MEANS = re.compile("|".join(map(re.escape, _TEX)))


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation names; empty where a study does not state it.

    Parameters
    ----------
    title
        Title of the page.
    collection
        Title of the study.
    author
        Its publisher.
    year
        Year of the edition.
    edition
        Name of the edition in words.
    fingerprint
        The data that the page was built from.
    address
        Where the page is found.
    """

    title: str
    collection: str
    author: str
    year: str
    edition: str
    fingerprint: str
    address: str = ""

    def apa(self) -> str:
        """Return the citation in the style of the APA (7th edition, 2020); without an author the title is first.

        Examples
        --------
        >>> Citation("Peru", "Study", "Office", "2024", "May 2024 edition", "data 1a2b", "https://a.example").apa()
        'Office. (2024). Peru (May 2024 edition, data 1a2b). In Study. https://a.example'
        """
        title = f"{self.title} ({self.edition}, {self.fingerprint})"
        head = f"{_stop(self.author)} ({self.year}). {title}." if self.author else f"{title}. ({self.year})."
        return f"{head} In {_stop(self.collection)}{f' {self.address}' if self.address else ''}"

    def bibtex(self) -> str:
        r"""Return the citation as an entry for BibTeX, with the signs of TeX escaped.

        Examples
        --------
        >>> Citation("Peru", "A & B", "", "2024", "2024", "data 1a").bibtex()
        '@misc{peru-2024, title = {{Peru}}, howpublished = {In: A \\& B}, year = {2024}, note = {2024, data 1a}}'
        """
        fields = {
            "author": self.author and f"{{{_tex(self.author)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": words("about.in_collection", collection=_tex(self.collection)),
            "year": self.year,
            "note": _tex(f"{self.edition}, {self.fingerprint}"),
            "url": self.address,
        }
        given = ", ".join(f"{name} = {{{text}}}" for name, text in fields.items() if text)
        return f"@misc{{{slug(self.title)}-{self.year}, {given}}}"


def _stop(text: str) -> str:
    """End a text with a full stop, once."""
    return text if text.endswith(".") else f"{text}."


def _tex(text: str) -> str:
    return _MEANS.sub(lambda found: _TEX[found[0]], text)

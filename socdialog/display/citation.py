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
        Title of the page, or of the study.
    collection
        Title of the study that a page belongs to; empty for the study as a whole.
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
        title = f"{self.title} ({self._release})." if self._release else _stop(self.title)
        year = f"({self.year})." if self.year else ""
        within = self.collection and words("about.in_apa", collection=_stop(self.collection))
        head = (_stop(self.author), year, title) if self.author else (title, year)
        return " ".join(part for part in (*head, within, self.address) if part)

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
            "howpublished": self.collection and words("about.in_collection", collection=_tex(self.collection)),
            "year": self.year,
            "note": _tex(self._release),
            "url": self.address,
        }
        given = ", ".join(f"{name} = {{{text}}}" for name, text in fields.items() if text)
        return f"@misc{{{'-'.join(part for part in (slug(self.title), self.year) if part)}, {given}}}"

    @property
    def _release(self) -> str:
        """What is cited of a title that is published again and again: edition and data."""
        return ", ".join(part for part in (self.edition, self.fingerprint) if part)


def _stop(text: str) -> str:
    """End a text with a full stop, once."""
    return text if text.endswith(".") else f"{text}."


def _tex(text: str) -> str:
    return _MEANS.sub(lambda found: _TEX[found[0]], text)

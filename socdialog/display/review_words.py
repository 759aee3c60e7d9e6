"""What needs review, in words for a terminal."""

from __future__ import annotations

from socdialog.codebook import cldr
from socdialog.display.disagreement_words import explained
from socdialog.display.link_words import reasons
from socdialog.display.messages import words
from socdialog.loaders.review import OpenName, ReviewQueue


def review_words(queue: ReviewQueue) -> str:
    """Write every item that needs review, one line or a few each."""
    lines = [words("review.links", number=cldr.number(len(queue.links)))]
    for link in queue.links:
        lines += [f"  {link.report_a}  {link.report_b}", f"    {link.label_a} | {link.label_b}"]
        lines.append(f"    {reasons(link.features)}")
    lines += ["", words("review.names", number=cldr.number(len(queue.names)))]
    lines += [f"  {_name(name)}" for name in queue.names]
    lines += ["", words("review.disagreements", number=cldr.number(len(queue.disagreements)))]
    lines += [f"  {one.disagreement_id} {one.kind}: {explained(one.check, one.details)}" for one in queue.disagreements]
    return "\n".join(lines)


def _name(name: OpenName) -> str:
    shown = words(
        "review.name",
        name=name.name,
        type=name.kind,
        country=name.country or words("review.no_country"),
        mentions=words("review.mentions", n=len(name.report_ids)),
    )
    if not name.suggestions:
        return shown
    return words("review.suggested", name=shown, suggestions=", ".join(name.suggestions))

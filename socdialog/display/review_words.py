"""What waits for a person, in words for a terminal."""

from __future__ import annotations

from socdialog.display.disagreement_words import explained
from socdialog.display.link_words import reasons
from socdialog.loaders.review import ReviewQueue


def review_words(queue: ReviewQueue) -> str:
    """Write everything that waits for a person, one line or a few each."""
    lines = [f"Doubtful links: {len(queue.links)}"]
    for link in queue.links:
        lines += [f"  {link.report_a}  {link.report_b}", f"    {link.label_a} | {link.label_b}"]
        lines.append(f"    {reasons(link.features)}")
    lines += ["", f"Names that mean nobody known: {len(queue.names)}"]
    for name in queue.names:
        guess = f" -> {', '.join(name.suggestions)}?" if name.suggestions else ""
        lines.append(f"  {name.name} ({name.kind}, {name.country or 'no country'}, {len(name.report_ids)}x){guess}")
    lines += ["", f"Open disagreements: {len(queue.disagreements)}"]
    lines += [f"  {one.disagreement_id} {one.kind}: {explained(one.check, one.details)}" for one in queue.disagreements]
    return "\n".join(lines)

"""Which reports tell of one event, which events belong together, and why.

Dates by their bounds, kinds, countries, places, names and figures give points (`comparing`), pairs
come from blocks (`blocking`), the strongest links join first (`clusters`), ids stay (`identity`).
Decisions of a person always win. Labels, topics, outcomes, notes and coders are not looked at.
"""

from socdialog.intake.linking.identity import event_id
from socdialog.intake.linking.linker import Linked, link, new_event_ids

__all__ = ["Linked", "event_id", "link", "new_event_ids"]

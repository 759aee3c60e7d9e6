"""Whom printed names mean: organisations, officials and places, resolved through the registry.

Rules resolve, similarity only suggests, and the decision of a person wins.
"""

from socdialog.intake.names.organisations import resolve_actors, resolve_figures
from socdialog.intake.names.people import resolve_people
from socdialog.intake.names.places import resolve_places, with_places_named

__all__ = ["resolve_actors", "resolve_figures", "resolve_people", "resolve_places", "with_places_named"]

"""Why somebody has no pack, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.work.local import Done

_OF_DRAWING = Place("reports")


def lost(done: Done) -> Problem:
    """The process that drew it hung, died or failed."""
    said = {"deadline": "drawing took longer than allowed and was stopped", "died": "the process that drew it died"}
    words = said.get(done.failure, f"it could not be drawn: {done.said}")
    message = f"pack of '{done.key}': {words}"
    hint = "look for a design or a text that is out of the ordinary; the other packs are there"
    return Problem(_OF_DRAWING, code="pack-lost", message=message, hint=hint, person=done.key)


def unwritten(person: str, file: str, fault: OSError) -> Problem:
    """Something stands in its place that cannot be replaced."""
    message = f"pack of '{person}': it cannot be written: {(fault.strerror or type(fault).__name__).lower()}"
    hint = "remove what stands in its place, and run again"
    return Problem(Place(file), code="pack-not-written", message=message, hint=hint, person=person)


def given_up(in_a_row: int, undrawn: int) -> Problem:
    """None of the first ones could be drawn in time, so it is no use to wait for the others."""
    message = f"the first {in_a_row} packs all took longer than allowed, so {undrawn} more were not tried"
    hint = "mend the design or the style sheet in reports/, and run again; the results are there"
    return Problem(_OF_DRAWING, code="drawing-given-up", message=message, hint=hint)

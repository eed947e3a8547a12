"""What is wrong with an expression, by its characters; becomes a problem with a place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.place import Place
from appraise.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A fault in the characters `start` to `end` (exclusive) of an expression."""

    start: int
    end: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def problems_of(complaints: Iterable[Complaint], text: str, place: Place) -> list[Problem]:
    """The complaints as problems, in the order of the text.

    Args:
        complaints: what is wrong.
        text: the whole expression.
        place: where its first character stands; further lines of it are taken to begin in the same column.
    """
    return [_problem_of(complaint, text, place) for complaint in sorted(complaints, key=_order)]


def _order(complaint: Complaint) -> tuple[int, int, str]:
    return (complaint.start, complaint.end, complaint.code)


def _problem_of(complaint: Complaint, text: str, place: Place) -> Problem:
    return Problem(
        _place_in(text, complaint, place),
        complaint.code,
        complaint.message,
        complaint.hint,
        complaint.severity,
    )


def _place_in(text: str, complaint: Complaint, place: Place) -> Place:
    if not place.line:
        return place
    before = text[: complaint.start]
    line_start = before.rfind("\n") + 1
    line_end = text.find("\n", complaint.start)
    until = min(complaint.end, len(text) if line_end < 0 else line_end)
    return Place(
        place.file,
        place.line + before.count("\n"),
        place.column + complaint.start - line_start,
        max(1, until - complaint.start),
    )

"""The trace of a result, `appraise.trace/1`: what the JSON file, the terminal and other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appraise import __version__
from appraise.model.plain import plain

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal

FORMAT = "appraise.trace/1"


def trace_of(appraisal: Appraisal) -> dict[str, Any]:
    """The appraisal as plain data for JSON: its fields under their own names, days as ISO texts; see docs/trace.md."""
    problems = [problem.data for problem in appraisal.problems]
    return {"format": FORMAT, "engine": __version__, **plain(appraisal), "problems": problems}

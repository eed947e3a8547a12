"""What the run of the period before said of each person, for the change since then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from appraise.app.trace import FORMAT
from appraise.report.context import Previous

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.model.outcome import Appraisal


def previous_of(path: Path, appraisal: Appraisal) -> Previous | None:
    """The earlier result of the same person, where it may be compared: rated, and all along on the very same template.

    Args:
        path: the person's trace in the folder of the earlier period.
        appraisal: the present result.
    """
    try:
        return _compared(_trace(path), appraisal)
    except (AttributeError, IndexError, KeyError, TypeError):  # somebody changed the file: it counts as none
        return None


def _compared(trace: dict[str, Any], appraisal: Appraisal) -> Previous | None:
    if not trace or not appraisal.segments or trace["status"] != "rated":
        return None
    if trace["person"]["id"] != appraisal.person.id:
        return None
    if len(trace["segments"]) > 1 or len(appraisal.segments) > 1:
        return None
    if len(trace["segments"]) != 1 or len(appraisal.segments) != 1:  # who changed roles has nothing to compare with
        return None
    before, now = trace["segments"][0], appraisal.segments[0]
    if before["template_sha256"] != now.template_sha256:
        return None
    kras = {str(kra["id"]): _score(kra["score"]) for kra in before["kras"] if kra["score"] is not None}
    return Previous(str(trace["period"]), _score(trace["overall"]), kras, appraisal.lowest, appraisal.highest)


def _score(written: object) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise TypeError("no score")
    return float(written)


def _trace(path: Path) -> dict[str, Any]:
    """A trace as it was written; empty where there is none, or none that this version can read."""
    try:
        trace = json.loads(path.read_bytes()) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    readable = isinstance(trace, dict) and trace.get("format") == FORMAT and trace.get("segments")
    return trace if readable else {}

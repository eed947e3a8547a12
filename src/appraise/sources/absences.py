"""A source whose file is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.problem import Problem, Severity
from appraise.sources.files import PERIOD_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.model.workspace import SourceSpec
    from appraise.sources.facts import Reading
    from appraise.sources.files import FoundFile


def absence_problems(files: Iterable[FoundFile], spec: SourceSpec, reading: Reading) -> list[Problem]:
    """The problem that none of the files is of the appraised period; those of the period before may be missing."""
    if any(file.period in {None, reading.period} for file in files):
        return []
    needed = reading.used is None or spec.name in reading.used
    path = (spec.path or "").replace(PERIOD_MARK, reading.period.id)
    is_pattern = any(sign in path for sign in "*?[")
    says = f"no file matches '{path}'" if is_pattern else f"there is no file '{path}'"
    cure = "put it there, or correct the path; until then its columns are not known and its measures have no data"
    return [
        Problem(
            spec.places.get("path") or spec.place,
            code="source-missing",
            message=f"source '{spec.name}': {says}",
            hint=cure if needed else "nothing uses it",
            severity=Severity.ERROR if needed else Severity.WARNING,
        )
    ]

"""Assignments of one person that cannot both be true, because they share days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.problem import Problem
from appraise.sources.facts import LINE
from appraise.sources.row_places import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from appraise.model.period import Period


def overlaps_of(assignments: pl.DataFrame, source: str, period: Period) -> list[Problem]:
    """A problem for each row that shares days of the period with an earlier row of the same person.

    The earlier row named is the one that reaches furthest.
    """
    several = assignments.filter(pl.col("person").is_duplicated()).sort("person", "start", LINE)
    problems = []
    furthest: Mapping[str, Any] | None = None
    for row in several.iter_rows(named=True):
        same = furthest is not None and furthest["person"] == row["person"]
        if (
            same
            and furthest is not None
            and max(row["start"], period.start) <= min(furthest["end"], row["end"], period.end)
        ):
            problems.append(_overlap(furthest, row, source))
        if not same or furthest is None or row["end"] > furthest["end"]:
            furthest = row
    return problems


def _overlap(earlier: Mapping[str, Any], later: Mapping[str, Any], source: str) -> Problem:
    person = later["person"]
    same_days = (earlier["start"], earlier["end"]) == (later["start"], later["end"])
    rows = f"in {place_of(earlier)} and in line {later[LINE]}"
    if same_days:
        return Problem(
            place_of(later),
            code="duplicate-person",
            message=f"source '{source}': person '{person}' is there twice, {rows}",
            hint="delete one of the rows, or give each its own days",
            person=person,
        )
    return Problem(
        place_of(later),
        code="overlapping-assignments",
        message=f"source '{source}': person '{person}' has two jobs on the same days, {rows}",
        hint="end the earlier row on the day before the later one begins",
        person=person,
    )

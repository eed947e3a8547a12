"""The scores of a team's members as one figure of their lead, for both ways of scoring.

The figure itself is worked out once for everybody, by `team_scores.with_members`, and handed over in the input frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.members import MembersFigure
from appraise.scoring.statuses import INSUFFICIENT_SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.model.kinds import Value
    from appraise.scoring.plan import KpiPlan

FIGURE, REASON, COUNT, DAYS = "", "?", ".count", ".days"
COLUMNS = {FIGURE: pl.Float64(), REASON: pl.String(), COUNT: pl.Float64(), DAYS: pl.Float64()}


def member_name(kpi: str, part: str = FIGURE) -> str:
    """The column of the input frame with what a KPI needs to know of the team's members.

    `FIGURE` is its value, null with fewer members than it needs, and `REASON` why there is none in an error. `COUNT` is
    how many members have a score, null in an error, and `DAYS` the working days that they weigh, null like the figure.
    """
    return f"members.{kpi}{part}"


def rolled_up(kpi: KpiPlan, row: Mapping[str, Value]) -> MembersFigure | None:
    """What is known of a team's members; None for a KPI that is not made of their scores."""
    asked = kpi.kpi.members
    if asked is None:
        return None
    value, members, days = (_number(row, member_name(kpi.kpi.id, part)) for part in (FIGURE, COUNT, DAYS))
    count = int(members) if members is not None else None
    return MembersFigure(asked.of, asked.how, asked.at_least, asked.needed, count, days, value)


def cases_needed(kpi: KpiPlan) -> float | None:
    """How many cases, or members of the team, there must be."""
    if kpi.kpi.members is not None:
        return float(kpi.kpi.members.needed)
    return kpi.kpi.min_sample.at_least if kpi.kpi.min_sample is not None else None


def too_few_members(kpi: KpiPlan, row: Mapping[str, Value]) -> int:
    """The finding where fewer members have a score than are needed, 0 otherwise."""
    found = rolled_up(kpi, row)
    few = found is not None and found.members is not None and found.members < found.needed
    return INSUFFICIENT_SAMPLE if few else 0


def too_few_troubles(place: int, kpi: KpiPlan) -> Iterator[tuple[pl.Expr, pl.Expr]]:
    """The same in columns: whose team is too small, and the finding then."""
    if kpi.kpi.members is not None:
        yield pl.col(f"{place}.sample") < kpi.kpi.members.needed, pl.lit(INSUFFICIENT_SAMPLE, pl.UInt8)


def _number(row: Mapping[str, Value], name: str) -> float | None:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else None

"""Whether a person is rated, and with which word: from hundredths to a label."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.status import CAUSES_OF_ERROR, KpiStatus, PersonStatus
from appraise.scoring.findings import by_code
from appraise.scoring.statuses import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.role import Scale
    from appraise.scoring.plan import Plan

PERSON_STATUSES: tuple[PersonStatus, ...] = tuple(PersonStatus)
"""The statuses in the order in which they are declared."""


def label_of(scale: Scale, overall: int) -> str:
    """The label of an overall in hundredths: labels are half-open from their start, the last one is closed."""
    reached = sum(overall >= start for start in _starts(scale))
    return _words(scale)[max(reached - 1, 0)]


def label_column(scale: Scale, overall: pl.Expr) -> pl.Expr:
    """The labels, String; null where the overall is."""
    reached = [(overall >= start).cast(pl.UInt8) for start in _starts(scale)[1:]]
    place = sum(reached, start=pl.when(overall.is_not_null()).then(pl.lit(0, pl.UInt8)))
    return pl.lit(pl.Series(_words(scale), dtype=pl.String)).gather(place)


def _starts(scale: Scale) -> list[int]:
    starts = sorted(label.start for label in scale.labels)
    return [math.ceil(Decimal(str(start)) * 100) for start in starts]


def _words(scale: Scale) -> list[str]:
    return [label.label for label in sorted(scale.labels, key=lambda label: label.start)]


def least_coverage(plan: Plan) -> int:
    """The coverage below which a person is not rated, in hundredths of a percent."""
    return math.ceil(Decimal(str(plan.role.min_coverage)) * 100)


def standing(given: str, barred: str, *, covered: bool) -> tuple[PersonStatus, str]:
    """A person's status and reason.

    Args:
        given: the roster's reason not to rate the person, empty where there is none.
        barred: what blocks the person (`kpi_error`, `kpi_pending`, `gate_unknown`), empty where nothing does.
        covered: whether enough of the declared weight is scored.
    """
    if given:
        return (PersonStatus.ERROR if given in CAUSES_OF_ERROR else PersonStatus.NOT_RATED), given
    if barred:
        return PersonStatus.BLOCKED, barred
    return (PersonStatus.RATED, "") if covered else (PersonStatus.NOT_RATED, "low_coverage")


def barred_by(codes: Sequence[int], *, unknown: bool) -> str:
    """What blocks a person with these findings and gates; empty where nothing does."""
    found = {FINDINGS[code].status for code in codes}
    if KpiStatus.ERROR in found:
        return "kpi_error"
    if KpiStatus.PENDING in found:
        return "kpi_pending"
    return "gate_unknown" if unknown else ""


def barred_column(plan: Plan, blocked: pl.Expr, unknown: pl.Expr) -> pl.Expr:
    """The same as a column, String, from the findings `<place>.code`."""
    wrong = [int(finding.status is KpiStatus.ERROR) for finding in FINDINGS]
    error = pl.any_horizontal(by_code(wrong, pl.col(f"{place}.code")) == 1 for place in range(len(plan.kpis)))
    barred = pl.when(blocked & error).then(pl.lit("kpi_error")).when(blocked).then(pl.lit("kpi_pending"))
    return barred.when(unknown).then(pl.lit("gate_unknown")).otherwise(pl.lit(""))

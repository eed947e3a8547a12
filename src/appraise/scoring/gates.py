"""Gates and adjustments for the whole company: what their conditions say, before any score is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised, quantised_column
from appraise.model.status import GateStatus
from appraise.scoring.statuses import FINDINGS, PREVIOUS_ZERO, ZERO_DENOMINATOR

if TYPE_CHECKING:
    from appraise.scoring.answers import Answer, Answers
    from appraise.scoring.plan import GatePlan, Plan

GATE_STATUSES: tuple[GateStatus, ...] = tuple(GateStatus)
PASS, FAIL, UNKNOWN, NOT_APPLICABLE = (GATE_STATUSES.index(status) for status in GateStatus)
"""The statuses as small numbers, in the order in which they are declared."""

NO_EXPOSURE = frozenset({ZERO_DENOMINATOR, PREVIOUS_ZERO})
"""Findings of a condition that mean there was nothing to judge: a share of no cases breaks no rule."""


def gate_status(applies: tuple[bool, int], fails: tuple[bool, int]) -> tuple[int, int]:
    """What a gate says of one person, and the finding that kept it from saying more (0 where nothing did).

    Who is known not to have done it passes, also where it is unknown whether the gate is about them.

    Each argument is what a condition says (False where unknown) and its finding.
    """
    (concerned, unclear), (failed, unknown) = applies, fails
    if unclear in NO_EXPOSURE or not (concerned or unclear):
        return NOT_APPLICABLE, unclear
    if unknown in NO_EXPOSURE:
        return NOT_APPLICABLE, unknown
    if unclear and (failed or unknown):
        return UNKNOWN, unclear
    if unknown:
        return UNKNOWN, unknown
    return (FAIL if failed else PASS), 0


SEVERITY_DECIMALS = 2
"""A severity is rounded to so many before it is compared with the classes."""


def severity_of(number: float | None) -> float | None:
    """A severity as it is compared and printed."""
    return None if number is None else quantised(number, SEVERITY_DECIMALS)


def graded(gate: GatePlan, status: int, severity: float | None, finding: int) -> tuple[int, int, int]:
    """The status of a gate that was judged, the finding behind it, and its cap in hundredths, by severity.

    A breach whose severity is not known leaves the gate unknown; one below the first class caps nothing, and passes.

    Args:
        gate: the gate, with classes.
        status: what its condition says.
        severity: see `severity_of`; None where there is a `finding`.
        finding: why there is no severity, else 0.
    """
    if status != FAIL:
        return status, 0, gate.cap
    if severity is None:
        return UNKNOWN, finding, gate.cap
    reached = [cap for start, cap in gate.classes if severity >= start]
    return (FAIL, 0, reached[-1]) if reached else (PASS, 0, gate.cap)


def with_allegation(status: int, alleged: tuple[bool, int]) -> tuple[int, int, bool]:
    """The status of a gate, a new finding behind it (0: none), and whether an allegation is open that concerns it.

    Where it is not known whether one is open, what would pass is unknown.
    """
    is_open, unclear = alleged
    if status == PASS and unclear and unclear not in NO_EXPOSURE:
        return UNKNOWN, unclear, False
    return status, 0, is_open and status != NOT_APPLICABLE


def cap_column(place: int, gate: GatePlan) -> pl.Expr:
    """The cap of a gate in hundredths, Int64, over a frame with the columns of `gate_frame`."""
    return pl.col(f"{place}.cap_at") if gate.classes else pl.lit(gate.cap, pl.Int64)


def open_column(plan: Plan) -> pl.Expr:
    """Whether an allegation is open in any gate, over a frame with the columns of `gate_frame`."""
    columns = [pl.col(f"{place}.open") for place, gate in enumerate(plan.gates) if gate.open is not None]
    return pl.any_horizontal(columns) if columns else pl.lit(value=False)


def reason_of(finding: int) -> str:
    """The reason in a finding, in a word; its status where that says it all; empty for 0."""
    status, reason = FINDINGS[finding]
    return reason or ("" if finding == 0 else status.value)


def gate_frame(plan: Plan, answers: Answers, height: int) -> pl.DataFrame:
    """What all conditions say of everyone.

    For every gate `<place>.gate` (UInt8, see `GATE_STATUSES`) and `<place>.why` (UInt8 finding), of one with a severity
    also `<place>.severity` (Float64, rounded) and `<place>.cap_at` (Int64, hundredths), of one with `open_when`
    `<place>.open` (Boolean); for every adjustment `<place>.applies` (Boolean, False where unknown) and
    `<place>.unknown` (UInt8 finding).
    """
    columns = [pl.repeat(0, height, dtype=pl.UInt8, eager=True).alias("everyone")]
    columns += [column for place, gate in enumerate(plan.gates) for column in _gate(place, gate, answers, height)]
    for place, adjustment in enumerate(plan.adjustments):
        answer = answers[adjustment.when]
        columns.append(answer.value.fill_null(value=False).alias(f"{place}.applies"))
        columns.append(_finding(answer.finding, height).alias(f"{place}.unknown"))
    return pl.DataFrame(columns)


def _finding(finding: pl.Series | None, height: int) -> pl.Series:
    return finding if finding is not None else pl.repeat(0, height, dtype=pl.UInt8, eager=True)


def _gate(place: int, gate: GatePlan, answers: Answers, height: int) -> list[pl.Series]:
    when = answers[gate.when]
    facts = [when.value.alias("when"), _finding(when.finding, height).alias("when finding")]
    if gate.applies is not None:
        applies = answers[gate.applies]
        facts += [applies.value.alias("applies"), _finding(applies.finding, height).alias("applies finding")]
    else:
        always = pl.repeat(value=True, n=height, dtype=pl.Boolean, eager=True)
        facts += [always.alias("applies"), _finding(None, height).alias("applies finding")]
    judged = pl.DataFrame(facts).select(_status().alias("status"), _why().alias("why"))
    if gate.severity is not None:
        judged = _graded(gate, judged, answers[gate.severity], height)
    if gate.open is not None:
        judged = _with_allegation(judged, answers[gate.open], height)
    names = {"status": "gate"}
    return [column.alias(f"{place}.{names.get(column.name, column.name)}") for column in judged.get_columns()]


def _graded(gate: GatePlan, judged: pl.DataFrame, severity: Answer, height: int) -> pl.DataFrame:
    """`graded` as columns."""
    cap = pl.lit(None, pl.Int64)
    for start, at in gate.classes:
        cap = pl.when(pl.col("severity") >= start).then(pl.lit(at, pl.Int64)).otherwise(cap)
    failed, known = pl.col("status") == FAIL, pl.col("severity").is_not_null()
    unknown, below = failed & ~known, failed & known & pl.col("reached").is_null()
    status = pl.when(unknown).then(pl.lit(UNKNOWN, pl.UInt8)).when(below).then(pl.lit(PASS, pl.UInt8))
    return (
        judged.with_columns(
            severity.value.cast(pl.Float64).alias("severity"), _finding(severity.finding, height).alias("finding")
        )
        .with_columns(quantised_column(pl.col("severity"), SEVERITY_DECIMALS).alias("severity"))
        .with_columns(cap.alias("reached"))
        .select(
            status.otherwise("status").alias("status"),
            pl.when(unknown).then("finding").otherwise("why").alias("why"),
            "severity",
            pl.when(failed).then("reached").fill_null(gate.cap).alias("cap_at"),
        )
    )


def _with_allegation(judged: pl.DataFrame, alleged: Answer, height: int) -> pl.DataFrame:
    """`with_allegation` as columns."""
    unclear = (pl.col("finding") > 0) & ~pl.col("finding").is_in(NO_EXPOSURE) & (pl.col("status") == PASS)
    told = judged.with_columns(
        alleged.value.fill_null(value=False).alias("open"), _finding(alleged.finding, height).alias("finding")
    )
    return told.with_columns(
        pl.when(unclear).then(pl.lit(UNKNOWN, pl.UInt8)).otherwise("status").alias("status"),
        pl.when(unclear).then("finding").otherwise("why").alias("why"),
        pl.col("open") & (pl.col("status") != NOT_APPLICABLE),
    ).drop("finding")


def _status() -> pl.Expr:
    applying, judging = pl.col("applies finding"), pl.col("when finding")
    return (
        pl.when(_of_others() | judging.is_in(NO_EXPOSURE))
        .then(pl.lit(NOT_APPLICABLE, pl.UInt8))
        .when(judging > 0)
        .then(pl.lit(UNKNOWN, pl.UInt8))
        .when(~pl.col("when"))
        .then(pl.lit(PASS, pl.UInt8))
        .when(applying > 0)
        .then(pl.lit(UNKNOWN, pl.UInt8))
        .otherwise(pl.lit(FAIL, pl.UInt8))
    )


def _why() -> pl.Expr:
    applying, judging = pl.col("applies finding"), pl.col("when finding")
    unclear = (applying > 0) & (pl.col("when") | ((judging > 0) & ~judging.is_in(NO_EXPOSURE)))
    return pl.when(_of_others() | unclear).then(applying).otherwise(judging)


def _of_others() -> pl.Expr:
    """Whether the gate is not about the person."""
    return ~pl.col("applies") | pl.col("applies finding").is_in(NO_EXPOSURE)

"""Gates and adjustments for the whole company: what their conditions say, before any score is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.status import GateStatus
from appraise.scoring.statuses import FINDINGS, PREVIOUS_ZERO, ZERO_DENOMINATOR

if TYPE_CHECKING:
    from appraise.scoring.answers import Answers
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


def reason_of(finding: int) -> str:
    """The reason in a finding, in a word; its status where that says it all; empty for 0."""
    status, reason = FINDINGS[finding]
    return reason or ("" if finding == 0 else status.value)


def gate_frame(plan: Plan, answers: Answers, height: int) -> pl.DataFrame:
    """What all conditions say of everyone.

    For every gate `<place>.gate` (UInt8, see `GATE_STATUSES`) and `<place>.why` (UInt8 finding); for every adjustment
    `<place>.applies` (Boolean, False where unknown) and `<place>.unknown` (UInt8 finding).
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
    judged = pl.DataFrame(facts).select(_status().alias(f"{place}.gate"), _why().alias(f"{place}.why"))
    return judged.get_columns()


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

"""Whether a KPI is scored, for the whole company: the first trouble that stands in the way, as a column of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from appraise.model.kinds import Fault
from appraise.model.role import Custom, Missing, PercentOfTarget, Rating
from appraise.scoring.members import too_few_troubles
from appraise.scoring.standings import uncompared_troubles
from appraise.scoring.statuses import (
    CEILING,
    FINDINGS,
    INSUFFICIENT_SAMPLE,
    MANUAL,
    MISSING_REASONS,
    NOT_APPLICABLE,
    PREVIOUS_ZERO,
    SUCCESS_WHEN_EMPTY,
    ZERO_DENOMINATOR,
    error,
    monitored,
    settled,
    target_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from appraise.model.role import Scale
    from appraise.scoring.answers import Answers
    from appraise.scoring.plan import KpiPlan, Question

Trouble: TypeAlias = tuple[pl.Expr, pl.Expr]
"""Where it stands in the way, and the finding then (UInt8)."""


def finding_column(place: int, kpi: KpiPlan, troubles: Sequence[Trouble]) -> pl.Expr:
    """The finding of every person for one KPI, before floors and ceilings of its score."""
    name = f"{place}.code"
    if not troubles:
        return code_of(0).alias(name)
    found = first_of(troubles)
    if kpi.kpi.missing is Missing.MANUAL:
        found = pl.when(pl.col(f"{place}.typed") & (found == 0)).then(code_of(MANUAL)).otherwise(found)
    if kpi.floor is not None and not kpi.kpi.success_when_empty:
        lifted = (found == PREVIOUS_ZERO) & pl.col(f"{place}.floor").fill_null(value=False)
        found = pl.when(lifted).then(code_of(CEILING)).otherwise(found)
    table = [_after_policy(kpi, code) for code in range(len(FINDINGS))]
    changes = table != list(range(len(FINDINGS)))
    return (by_code(table, found) if changes else found).alias(name)


def _after_policy(kpi: KpiPlan, code: int) -> int:
    if kpi.kpi.success_when_empty and code in {ZERO_DENOMINATOR, PREVIOUS_ZERO}:
        return SUCCESS_WHEN_EMPTY
    return settled(code, kpi.kpi.missing)


def monitored_column(code: pl.Expr) -> pl.Expr:
    """The findings of a KPI that is only shown."""
    return by_code([monitored(code) for code in range(len(FINDINGS))], code)


def first_of(troubles: Sequence[Trouble]) -> pl.Expr:
    """The finding of the first trouble that is there, 0 where there is none."""
    found = code_of(0)
    for where, code in reversed(troubles):
        found = pl.when(where).then(code).otherwise(found)
    return found


def by_code(table: Sequence[int], code: pl.Expr) -> pl.Expr:
    """What the table says at each code."""
    return pl.lit(pl.Series(table, dtype=pl.UInt8)).gather(code)


def code_of(code: int) -> pl.Expr:
    """A finding that is the same for everyone."""
    return pl.lit(code, pl.UInt8)


def troubles_of(place: int, kpi: KpiPlan, answers: Answers, scale: Scale) -> list[Trouble]:
    """What can stand in the way of scoring a KPI in this company, in the order of precedence; often nothing."""
    return [
        *_applying(place, kpi, answers),
        *too_few_troubles(place, kpi),
        *_formula(place, kpi, answers),
        *_text(place, kpi, answers),
        *_sampled(place, kpi, answers),
        *_counted(place, kpi, answers),
        *_targeted(place, kpi, answers),
        *_answered(place, "passes", kpi.passes, answers),
        *_method(place, kpi, scale),
        *uncompared_troubles(place, kpi),
    ]


def _answered(place: int, part: str, question: Question | None, answers: Answers) -> Iterator[Trouble]:
    if question is not None and answers[question].finding is not None:
        finding = pl.col(f"{place}.{part}.finding")
        yield finding > 0, finding


def _formula(place: int, kpi: KpiPlan, answers: Answers) -> Iterator[Trouble]:
    for where, finding in _answered(place, "formula", kpi.formula, answers):
        typed = pl.col(f"{place}.typed") if kpi.kpi.missing is Missing.MANUAL else None
        yield (where if typed is None else where & ~typed), finding


def _applying(place: int, kpi: KpiPlan, answers: Answers) -> Iterator[Trouble]:
    yield from _answered(place, "applies", kpi.applies, answers)
    if kpi.applies is not None:
        yield ~pl.col(f"{place}.applies"), code_of(NOT_APPLICABLE)


def _text(place: int, kpi: KpiPlan, answers: Answers) -> Iterator[Trouble]:
    kind = answers[kpi.formula].value.dtype
    if not (kind.is_numeric() or kind == pl.Boolean):
        yield pl.col(f"{place}.value").is_null(), code_of(error(Fault.NOT_FINITE.value))


def _sampled(place: int, kpi: KpiPlan, answers: Answers) -> Iterator[Trouble]:
    if kpi.sample is None or kpi.kpi.min_sample is None:
        return
    yield from _answered(place, "sample", kpi.sample, answers)
    smallest = answers[kpi.sample].value.min()
    if not isinstance(smallest, float) or smallest < kpi.kpi.min_sample.at_least:
        yield pl.col(f"{place}.sample") < kpi.kpi.min_sample.at_least, code_of(INSUFFICIENT_SAMPLE)


def _counted(place: int, kpi: KpiPlan, answers: Answers) -> Iterator[Trouble]:
    """How many cases carry a value has to be known where they decide how far it is drawn."""
    for where, finding in _answered(place, "cases", kpi.cases, answers):
        yield (where & ~pl.col(f"{place}.typed") if kpi.kpi.missing is Missing.MANUAL else where), finding


def _targeted(place: int, kpi: KpiPlan, answers: Answers) -> Iterator[Trouble]:
    if kpi.target is None or not isinstance(kpi.kpi.method, PercentOfTarget):
        return
    targets, target = answers.column(kpi.target), pl.col(f"{place}.target")
    if targets.null_count():
        table = [target_code(rank) for rank in range(len(MISSING_REASONS))]
        yield target.is_null(), by_code(table, pl.lit(answers.rank(kpi.target)))
    smallest = targets.min()
    if isinstance(smallest, float) and smallest <= 0:
        yield target == 0, code_of(error("target_zero"))
        yield target < 0, code_of(error("target_negative"))


def _method(place: int, kpi: KpiPlan, scale: Scale) -> Iterator[Trouble]:
    if isinstance(kpi.kpi.method, Rating):
        value = pl.col(f"{place}.value")
        yield (value < scale.lowest) | (value > scale.highest), code_of(error("out_of_scale"))
    if isinstance(kpi.kpi.method, Custom):
        finding = pl.col(f"{place}.custom.finding")
        yield finding > 0, finding

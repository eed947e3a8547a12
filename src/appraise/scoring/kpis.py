"""The KPIs of one template for the whole company: value, finding, band and score, a column of each.

`one_kpi` says the same for one person; a test compares the two on everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.quantiser import quantised_column
from appraise.expr.sharing import together
from appraise.model.role import Custom, Direction, Missing, PassFail, PercentOfTarget, Rating, Relative
from appraise.scoring.bands import climbed_column, held_column, hundredths_column, steps_column
from appraise.scoring.bounds import lifted, lowered, shown, zeroed
from appraise.scoring.findings import finding_column, troubles_of
from appraise.scoring.members import COUNT as MEMBERS
from appraise.scoring.members import member_name
from appraise.scoring.scorers import custom_scores
from appraise.scoring.shrinkage import used_column
from appraise.scoring.standings import COUNT, PRIOR, STANDING, peer_name
from appraise.scoring.statuses import (
    BY_VALUE,
    LOWEST_SCORE,
    NO_DATA_CODES,
    SUCCESS_WHEN_EMPTY,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.problem import Problem
    from appraise.model.role import Scale
    from appraise.scoring.answers import Answers
    from appraise.scoring.plan import KpiPlan, Plan, Question

PARTS = ("value", "target", "attainment", "sample", "code", "band", "points")
"""The columns of a KPI, named `<place>.<part>`: Float64 for the first four, then UInt8, UInt8 and Int32 hundredths."""


def kpi_frame(plan: Plan, answers: Answers, height: int) -> tuple[pl.DataFrame, list[Problem]]:
    """Every KPI of the template, one row per person in the order of the input."""
    facts = [column for place, kpi in enumerate(plan.kpis) for column in _facts(place, kpi, answers)]
    frame = pl.DataFrame([*facts, pl.repeat(0, height, dtype=pl.UInt8, eager=True).alias("everyone")])
    kpis = list(enumerate(plan.kpis))
    valued = frame.lazy().with_columns([_value(place, kpi) for place, kpi in kpis])
    valued = valued.with_columns([_attainment(place, kpi) for place, kpi in kpis])
    problems: list[Problem] = []
    if any(isinstance(kpi.kpi.method, Custom) for _, kpi in kpis):
        asked, problems = _asked(plan, valued.collect())
        valued = asked.lazy()
    scale = plan.role.scale
    troubled = {place: troubles_of(place, kpi, answers, scale) for place, kpi in kpis}
    scored = (
        valued.with_columns([finding_column(place, kpi, troubled[place]) for place, kpi in kpis])
        .with_columns([step for place, kpi in kpis for step in _steps(place, kpi)])
        .with_columns([score for place, kpi in kpis for score in _by_method(place, kpi, scale)])
        .with_columns([_points(place, kpi) for place, kpi in kpis])
        .with_columns([part for place, kpi in kpis for part in _scored(place, scale, troubled=bool(troubled[place]))])
        .with_columns([part for place, kpi in kpis for part in zeroed(place, kpi)])
        .with_columns([part for place, kpi in kpis for part in lifted(place, kpi)])
        .with_columns([part for place, kpi in kpis for part in lowered(place, kpi)])
        .with_columns([part for place, kpi in kpis for part in shown(place, kpi)])
    )
    return scored.select([f"{place}.{part}" for place, _ in kpis for part in PARTS]).collect(), problems


def _facts(place: int, kpi: KpiPlan, answers: Answers) -> list[pl.Series]:
    """What is known of a KPI before it is scored: answers, findings, target, and what a manager typed."""
    asked: dict[str, Question | None] = {
        "formula": kpi.formula,
        "applies": kpi.applies,
        "sample": kpi.sample,
        "passes": kpi.passes,
        "floor": kpi.floor,
        "cases": kpi.cases,
    }
    facts = []
    for part, question in asked.items():
        if question is not None:
            answer = answers[question]
            facts.append(answer.value.alias(f"{place}.{part}"))
            facts += [answer.finding.alias(f"{place}.{part}.finding")] if answer.finding is not None else []
    if kpi.sample is None:
        counted = member_name(kpi.kpi.id, MEMBERS) if kpi.kpi.members is not None else ""
        facts.append(answers.column(counted).alias(f"{place}.sample"))
    facts.append(answers.column(kpi.target or "").alias(f"{place}.target"))
    facts += [answers.column(name).alias(f"{place}.{part}") for part, name in _from_peers(kpi)]
    return facts if kpi.kpi.missing is not Missing.MANUAL else [*facts, *_typed(place, kpi, answers)]


def _from_peers(kpi: KpiPlan) -> Iterator[tuple[str, str]]:
    """The parts of a KPI that the input frame knows from other people, with their full names."""
    if isinstance(kpi.kpi.method, Relative):
        yield from (("peers", peer_name(kpi.kpi.id, COUNT)), ("standing", peer_name(kpi.kpi.id, STANDING)))
    if kpi.kpi.shrinkage is not None and kpi.kpi.shrinkage.prior is None:
        yield "prior", peer_name(kpi.kpi.id, PRIOR)


def _typed(place: int, kpi: KpiPlan, answers: Answers) -> list[pl.Series]:
    """What a manager typed where the formula has no data, and whether it is used."""
    typed = answers.column(f"manual.{kpi.kpi.id}").alias(f"{place}.manual")
    finding = answers[kpi.formula].finding
    without = finding.is_in(NO_DATA_CODES) if finding is not None else typed.is_null() & typed.is_not_null()
    return [typed, (without & typed.is_not_null()).alias(f"{place}.typed")]


def _value(place: int, kpi: KpiPlan) -> pl.Expr:
    known = pl.col(f"{place}.formula").cast(pl.Float64, strict=False)
    if kpi.kpi.missing is Missing.MANUAL:
        known = pl.when(pl.col(f"{place}.typed")).then(f"{place}.manual").otherwise(known)
    return used_column(place, kpi, quantised_column(known, kpi.kpi.decimals)).alias(f"{place}.value")


def _attainment(place: int, kpi: KpiPlan) -> pl.Expr:
    method, name = kpi.kpi.method, f"{place}.attainment"
    if not isinstance(method, PercentOfTarget):
        return pl.lit(None, pl.Float64).alias(name)
    fewer = kpi.kpi.direction is Direction.LOWER

    def percent(value: pl.Expr, target: pl.Expr) -> pl.Expr:
        share = (2.0 - value / target) * 100.0 if fewer else value * 100.0 / target
        return pl.when(target > 0).then(share)

    share = together([pl.col(f"{place}.value"), pl.col(f"{place}.target")], percent)
    return quantised_column(share.clip(lower_bound=0.0), 2).clip(upper_bound=method.attainment_cap).alias(name)


def _asked(plan: Plan, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """The frame with what plugins' scorers say of every different value."""
    problems: list[Problem] = []
    for place, kpi in enumerate(plan.kpis):
        if isinstance(kpi.kpi.method, Custom):
            values = frame[f"{place}.value"].drop_nulls().unique().sort()
            found, told = custom_scores(plan, kpi.kpi, values.to_list())
            problems += told
            answers = pl.DataFrame(
                {
                    f"{place}.value": values,
                    f"{place}.custom.finding": pl.Series([code for code, _ in found], dtype=pl.UInt8),
                    f"{place}.custom": pl.Series([points for _, points in found], dtype=pl.Int32),
                }
            )
            frame = frame.join(answers, on=f"{place}.value", how="left", maintain_order="left")
    return frame, problems


def _banded(place: int, kpi: KpiPlan) -> pl.Expr:
    parts: dict[type, str] = {PercentOfTarget: "attainment", Relative: "standing"}
    return pl.col(f"{place}.{parts.get(type(kpi.kpi.method), 'value')}")


def _steps(place: int, kpi: KpiPlan) -> list[pl.Expr]:
    if kpi.stairs is None:
        return []
    value = _banded(place, kpi)
    steps = [steps_column(stair, value).alias(f"{place}.step{side}") for side, stair in enumerate(kpi.stairs.climbs)]
    if kpi.otherwise is not None:
        steps.append(steps_column(kpi.otherwise.climbs[0], pl.col(f"{place}.value")).alias(f"{place}.own step0"))
    return steps


def _by_method(place: int, kpi: KpiPlan, scale: Scale) -> list[pl.Expr]:
    """What the method alone makes of the value: a band, and a score that is still to be quantised."""
    band, score = _method(place, kpi, scale)
    return [band.cast(pl.UInt8).alias(f"{place}.raw band"), score.alias(f"{place}.score")]


def _method(place: int, kpi: KpiPlan, scale: Scale) -> tuple[pl.Expr, pl.Expr]:
    value, method = pl.col(f"{place}.value"), kpi.kpi.method
    if kpi.stairs is not None:
        climbed = climbed_column(kpi.stairs, _banded(place, kpi), f"{place}.step")
        if kpi.otherwise is None:
            return climbed
        own, alone = climbed_column(kpi.otherwise, value, f"{place}.own step"), pl.col(f"{place}.standing").is_null()
        band, score = (pl.when(alone).then(mine).otherwise(theirs) for mine, theirs in zip(own, climbed, strict=True))
        return band, score
    if isinstance(method, PassFail):
        passed = _passed(place, method)
        band = pl.when(passed).then(pl.lit(scale.highest, pl.UInt8)).when(~passed).then(pl.lit(scale.lowest, pl.UInt8))
        return band, band.cast(pl.Int32) * 100
    if isinstance(method, Rating):
        on_scale = value.clip(scale.lowest, scale.highest)
        return on_scale.floor(), on_scale
    points = pl.col(f"{place}.custom")
    return points // 100, points


def _points(place: int, kpi: KpiPlan) -> pl.Expr:
    score = pl.col(f"{place}.score")
    known = isinstance(kpi.kpi.method, PassFail | Custom)
    points = score if known else held_column(hundredths_column(score), pl.col(f"{place}.raw band"))
    return points.alias(f"{place}.raw points")


def _passed(place: int, method: PassFail) -> pl.Expr:
    value = pl.col(f"{place}.value")
    if method.at_most is not None:
        return value <= method.at_most
    return value >= method.at_least if method.at_least is not None else pl.col(f"{place}.passes")


def _scored(place: int, scale: Scale, *, troubled: bool) -> list[pl.Expr]:
    """Band and points of those who are scored; a finding may put its own in place of the method's."""
    band, points = pl.col(f"{place}.raw band"), pl.col(f"{place}.raw points")
    if troubled:
        code = pl.col(f"{place}.code")
        plain = code.is_in(BY_VALUE)
        full, none = code == SUCCESS_WHEN_EMPTY, code == LOWEST_SCORE
        band = pl.when(plain).then(band).when(full).then(scale.highest).when(none).then(scale.lowest)
        points = pl.when(plain).then(points).when(full).then(100 * scale.highest).when(none).then(100 * scale.lowest)
    return [band.cast(pl.UInt8).alias(f"{place}.band"), points.cast(pl.Int32).alias(f"{place}.points")]

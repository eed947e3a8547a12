"""Scores from a plugin's scorer: asked once for all values, checked, and never trusted to be on the scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from appraise.model.errors import told
from appraise.model.problem import Problem
from appraise.model.role import Custom
from appraise.plugin import ScoreRequest
from appraise.scoring.bands import hundredths
from appraise.scoring.statuses import error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.role import Kpi, Scale
    from appraise.plugin import Scorer
    from appraise.scoring.plan import Plan


def custom_scores(plan: Plan, kpi: Kpi, values: Sequence[float]) -> tuple[list[tuple[int, int]], list[Problem]]:
    """For each value (quantised, distinct, rising) the finding, 0 where it is scored, and the hundredths.

    A scorer that fails, or answers with something else than one score per value, puts all its people in error, with
    one problem; so does a score off the scale, for its value only.
    """
    method = kpi.method
    if not isinstance(method, Custom) or not values:
        return [], []
    scorer = plan.tools.scorers.get(method.scorer)
    if scorer is None:
        return _nothing(kpi, values, f"there is no scorer '{method.scorer}'", "allow the plugin that brings it")
    request = ScoreRequest(tuple(values), method.options, plan.role.scale.lowest, plan.role.scale.highest)
    try:
        scores = list(scorer.score(request))
    except Exception as failure:  # noqa: BLE001 -- whatever a plugin raises is its problem, never ours
        fault = f"scorer '{scorer.name}' failed: {told(failure)}"
        return _nothing(kpi, values, fault, "tell the author of the plugin; everything else was scored")
    if len(scores) != len(values):
        fault = f"scorer '{scorer.name}' gave {len(scores)} scores for {len(values)} values"
        return _nothing(kpi, values, fault, "tell the author of the plugin; everything else was scored")
    return _checked(kpi, scorer, plan.role.scale, list(zip(values, scores, strict=True)))


def _nothing(kpi: Kpi, values: Sequence[float], fault: str, hint: str) -> tuple[list[tuple[int, int]], list[Problem]]:
    problem = Problem(kpi.place, code="scorer-failed", message=f"KPI '{kpi.id}': {fault}", hint=hint)
    return [(error("scorer_failed"), 0)] * len(values), [problem]


def _checked(
    kpi: Kpi, scorer: Scorer, scale: Scale, scored: Sequence[tuple[float, float | None]]
) -> tuple[list[tuple[int, int]], list[Problem]]:
    off = [(value, score) for value, score in scored if score is not None and not _on_scale(score, scale)]
    found = [_found(score, scale) for _, score in scored]
    if not off:
        return found, []
    value, score = off[0]
    message = f"KPI '{kpi.id}': scorer '{scorer.name}' gave {score} for the value {value:g}"
    hint = f"a score lies between {scale.lowest} and {scale.highest}; tell the author of the plugin"
    return found, [Problem(kpi.place, code="scorer-off-scale", message=message, hint=hint)]


def _found(score: float | None, scale: Scale) -> tuple[int, int]:
    if score is None:
        return error("no_score"), 0
    return (0, hundredths(float(score))) if _on_scale(score, scale) else (error("out_of_scale"), 0)


def _on_scale(score: object, scale: Scale) -> bool:
    if not isinstance(score, int | float) or isinstance(score, bool):
        return False
    return math.isfinite(score) and scale.lowest <= score <= scale.highest

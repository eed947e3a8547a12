"""From the middle of the scale to the score, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.report.numbers import hundredths
from appraise.report.pack import Step
from appraise.report.parts import Mark
from appraise.report.scale import GLYPHS, box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from appraise.report.material import Material

MOST_KPIS = 8
"""Above so many KPIs the steps are those of the areas."""

MOST_ROWS = 12
PADDING = 5
"""How many hundredths the axis reaches beyond the outermost step."""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The rows, and the two ends of the axis they are drawn on."""

    steps: tuple[Step, ...]
    axis: tuple[str, str]
    by_area: bool


@dataclass(frozen=True, slots=True)
class _Push:
    title: str
    share: str
    moved: int


def waterfall_of(material: Material) -> Waterfall:
    """The steps by KPI, or by area where there are many; empty where nothing was counted."""
    if not material.moves or material.figure is None:
        return Waterfall((), ("", ""), by_area=False)
    by_area = len(material.moves) > MOST_KPIS
    pushes = [*(_areas(material) if by_area else _kpis(material)), *_adjustments(material), *_limits(material)]
    start = hundredths(material.ruler.middle)
    runs = [start]
    for push in pushes:
        runs.append(runs[-1] + push.moved)
    low, high = min(runs) - PADDING, max(runs) + PADDING
    axis = (material.numbers.points(low).lstrip("+"), material.numbers.points(high).lstrip("+"))
    return Waterfall(tuple(_steps(material, pushes, runs, (low, high))), axis, by_area)


def _kpis(material: Material) -> list[_Push]:
    share = material.numbers.share
    return [_Push(move.kpi.title, share(move.kpi.effective_weight), move.hundredths) for move in material.moves]


def _areas(material: Material) -> list[_Push]:
    areas = [
        _Push(
            kra.title,
            material.numbers.share(kra.effective_weight),
            sum(move.hundredths for move in material.moves if move.kra is kra),
        )
        for kra in material.kras
        if any(move.kra is kra for move in material.moves)
    ]
    if len(areas) <= MOST_ROWS:
        return areas
    return [*areas[: MOST_ROWS - 1], _Push("Other areas", "", sum(push.moved for push in areas[MOST_ROWS - 1 :]))]


def _adjustments(material: Material) -> list[_Push]:
    return [
        _Push(adjustment.says, "", hundredths(adjustment.added))
        for segment in material.appraisal.segments
        for adjustment in segment.adjustments
        if adjustment.applied
    ]


def _limits(material: Material) -> list[_Push]:
    """What closes the gap between the points and the score: the ends of the scale or of adjustments, and the cap."""
    appraisal = material.appraisal
    reached = hundredths(material.ruler.middle) + sum(move.hundredths for move in material.moves)
    reached += sum(push.moved for push in _adjustments(material))
    figure = hundredths(material.figure or 0)
    uncapped = hundredths(appraisal.uncapped) if appraisal.uncapped is not None else figure
    limits = [_Push("Limits of the scale and of adjustments", "", uncapped - reached)]
    limits.append(_Push("Held by a cap", "", figure - uncapped))
    return [limit for limit in limits if limit.moved]


def _steps(material: Material, pushes: Sequence[_Push], runs: Sequence[int], axis: tuple[int, int]) -> Iterator[Step]:
    def at(run: int) -> float:
        return 100 * (run - axis[0]) / (axis[1] - axis[0])

    def whole(title: str, run: int, kind: str) -> Step:
        text = material.numbers.points(run).lstrip("+")
        return Step(title, "", Mark(""), text, box(at(run) - 0.5, 1, "whole"), f"{title}: {text}.", kind)

    yield whole("Middle of the scale", runs[0], "start")
    for push, before, after in zip(pushes, runs, runs[1:], strict=False):
        tone = "up" if push.moved > 0 else "down" if push.moved < 0 else "even"
        points = material.numbers.points(push.moved) if push.moved else "0.00"
        running = material.numbers.points(after).lstrip("+")
        bar = box(at(min(before, after)), max(abs(at(after) - at(before)), 0.6), tone)
        says = f"{push.title}: {points} points, which brings the score to {running}."
        yield Step(push.title, push.share, Mark(points, tone, GLYPHS[tone]), running, bar, says, "move")
    yield whole("Overall score" if material.appraisal.overall is not None else "Indicative score", runs[-1], "end")

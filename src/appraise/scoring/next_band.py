"""How far it is to the next better band, in real units: what would have changed the result."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from appraise.expr.nodes import Arithmetic, Name, every_node, names_in
from appraise.expr.numbers import evaluate
from appraise.expr.quantiser import quantised
from appraise.model.outcome import NextBand
from appraise.model.role import Direction, PassFail, PercentOfTarget, Rating
from appraise.model.window import without_window
from appraise.scoring.bands import climbed
from appraise.scoring.one_kpi import attainment_of, cases_of, marked, number_of
from appraise.scoring.shrinkage import drawn, shrunk
from appraise.scoring.standings import bands_used
from appraise.scoring.statuses import MISSING_AS_ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.kinds import Value
    from appraise.scoring.one_kpi import Marks
    from appraise.scoring.plan import KpiPlan, Plan

UNITS = {"percent": "percentage points", "currency": "", "count": "", "number": ""}
"""How a gap is counted in each unit; a unit that is not here is its own word."""


def next_band(plan: Plan, place: int, mark: Marks, row: Mapping[str, Value]) -> NextBand | None:
    """The next better band of a scored KPI; None at the top, above a ceiling, or where no value leads there.

    Where others decide how far it is, nobody knows; and of a value that was drawn, only in counts can it be said.
    """
    kpi, highest = plan.kpis[place], plan.role.scale.highest
    if mark.band is None or mark.value is None or mark.band >= highest or mark.code == MISSING_AS_ZERO:
        return None
    band = highest if isinstance(kpi.kpi.method, PassFail) else mark.band + 1
    start = _start(plan, kpi, mark, band)
    if start is None or (kpi.most is not None and kpi.most < 100 * band):
        return None
    gap = quantised(abs(start - mark.value), kpi.kpi.decimals)
    counted = _counted(plan, place, (band, start), row)
    if not counted and mark.shrunk is not None and mark.shrunk.prior is not None:
        return None
    says = counted or _in_units(kpi, gap, band, more=start > mark.value)
    return NextBand(band, start, gap, says)


def _start(plan: Plan, kpi: KpiPlan, mark: Marks, band: int) -> float | None:
    """The value at which the band begins, in the unit of the KPI, seen from the value there is."""
    method, value = kpi.kpi.method, mark.value or 0.0
    if isinstance(method, PassFail):
        return method.at_most if method.at_most is not None else method.at_least
    if isinstance(method, Rating):
        return float(band)
    _, stairs = bands_used(kpi, mark.compared)
    if stairs is None or (mark.compared is not None and mark.compared.standing is not None):
        return None
    step = band - plan.role.scale.lowest - 1
    if isinstance(method, PercentOfTarget):
        return _for_attainment(kpi, stairs.climbs[0].starts[step], mark.target, band)
    starts = [stair.starts[step] * stair.sign for stair in stairs.climbs]
    ahead = [
        start for start, stair in zip(starts, stairs.climbs, strict=True) if value * stair.sign < start * stair.sign
    ]
    return ahead[0] + 0.0 if ahead else None


def _for_attainment(kpi: KpiPlan, percent: float, target: float | None, band: int) -> float | None:
    """The value that attains so much, at the KPI's decimals; tried, since it is rounded."""
    if target is None or target <= 0 or kpi.stairs is None:
        return None
    fewer = kpi.kpi.direction is Direction.LOWER
    near = quantised((2.0 - percent / 100.0) * target if fewer else percent * target / 100.0, kpi.kpi.decimals)
    step = (-1.0 if fewer else 1.0) * 10.0**-kpi.kpi.decimals
    for tries in (0, 1, 2):
        value = quantised(near + tries * step, kpi.kpi.decimals)
        attained = attainment_of(kpi, value, target)
        if attained is not None and climbed(kpi.stairs, attained)[0] >= band:
            return value
    return None


def _counted(plan: Plan, place: int, goal: tuple[int, float], row: Mapping[str, Value]) -> str:
    """`7 more call-backs in the window make this band 4`; empty where the formula is about nothing that can be counted.

    The number is found at the slope of the formula and then tried: it must reach the band, and one less must not.
    """
    kpi, (band, start) = plan.kpis[place], goal
    name = _countable(plan, kpi)
    count = number_of(row.get(name)) if name is not None else None
    if name is None or count is None or not count.is_integer():
        return ""
    now, next_one = (_value(kpi, {**row, name: count + extra}) for extra in (0.0, 1.0))
    if now is None or next_one is None or now == next_one:
        return ""
    guess = (start - now) / (next_one - now)
    sign = 1 if guess > 0 else -1
    near = math.ceil(abs(guess) - 1e-9)
    for steps in range(max(near - 1, 1), near + 2):
        wanted = count + sign * steps
        if (
            wanted >= 0
            and _possible(kpi, name, (count, wanted), row)
            and _reaches(plan, place, {**row, name: wanted}, band)
        ):
            return _in_counts(plan, name, sign * steps, band)
    return ""


def _countable(plan: Plan, kpi: KpiPlan) -> str | None:
    """The count that the formula says once, above any fraction line: the numerator of a plain ratio."""
    if kpi.formula.months:
        return None
    nodes = list(every_node(kpi.formula.formula.tree))
    below = {
        name for node in nodes if isinstance(node, Arithmetic) and "/" in node.operator for name in names_in(node.right)
    }
    named = [node.name for node in nodes if isinstance(node, Name)]
    for name in named:
        bare = without_window(name).removeprefix("team.").removeprefix("company.")
        if bare in plan.tools.counts and named.count(name) == 1 and name not in below:
            return name
    return None


def _value(kpi: KpiPlan, row: Mapping[str, Value]) -> float | None:
    """The value, drawn where the template says so, not rounded."""
    value = evaluate(kpi.formula.formula, row).value
    if not isinstance(value, float):
        return None
    before = shrunk(kpi, value, cases_of(kpi, row), row)
    if before is None or before.prior is None:
        return value
    return drawn(value, before.cases, before.strength, before.prior)


def _possible(kpi: KpiPlan, name: str, change: tuple[float, float], row: Mapping[str, Value]) -> bool:
    """A part cannot outgrow the whole that it is divided by."""
    count, wanted = change
    for node in every_node(kpi.formula.formula.tree):
        if isinstance(node, Arithmetic) and "/" in node.operator and name in names_in(node.left):
            whole = number_of(row.get(node.right.name)) if isinstance(node.right, Name) else None
            if whole is not None and count <= whole < wanted:
                return False
    return True


def _reaches(plan: Plan, place: int, row: Mapping[str, Value], band: int) -> bool:
    reached = marked(plan, place, row).band
    return reached is not None and reached >= band


def _in_counts(plan: Plan, name: str, steps: int, band: int) -> str:
    bare = without_window(name).removeprefix("team.").removeprefix("company.")
    title = plan.tools.titles.get(without_window(name)) or plan.tools.titles.get(bare) or bare.replace("_", " ")
    words = title[:1].lower() + title[1:] if title[1:2].islower() else title
    change = "more" if steps > 0 else "fewer"
    if abs(steps) == 1:
        return f"1 {change} ({words}) makes this band {band}"
    return f"{abs(steps):,} {change} {words} make this band {band}"


def _in_units(kpi: KpiPlan, gap: float, band: int, *, more: bool) -> str:
    unit = UNITS.get(kpi.kpi.unit, kpi.kpi.unit.replace("_", " "))
    amount = f"{gap:,.{kpi.kpi.decimals}f} {unit}".strip()
    return f"with {amount} {'more' if more else 'less'} this is band {band}"

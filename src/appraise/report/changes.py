"""What would lift each KPI to its next band, in real units."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from appraise.model.status import KpiStatus
from appraise.report.numbers import hundredths
from appraise.report.pack import Change
from appraise.report.sentences import deciding_gates, sentence

if TYPE_CHECKING:
    from appraise.model.outcome import KpiScore, KraScore
    from appraise.report.material import Material

SHOWN = 8
SHOWN_OF_MANY = 6


def changes_of(material: Material) -> tuple[tuple[Change, ...], str]:
    """The steps that would add most, best first, and a note on the rest; nothing at all without a rating.

    While a cap holds the overall no step adds anything: the steps then stand without points.
    """
    if not material.is_rated:
        return (), ""
    near = [
        (kra, kpi)
        for kra in material.kras
        for kpi in kra.kpis
        if kpi.status is KpiStatus.OK and kpi.next_band and kpi.score is not None
    ]
    ordered = sorted(near, key=lambda pair: -_adds(*pair))
    shown = SHOWN_OF_MANY if material.is_dense else SHOWN
    changes = tuple(_change(material, kra, kpi) for kra, kpi in ordered[:shown])
    if not near:
        return (), "Every scored KPI stands in its highest band." if material.moves else "No KPI was scored."
    note = "What a step adds is worked out for this period, all else unchanged."
    if deciding_gates(material):
        held = material.numbers.score(material.figure)
        note = f"While the cap holds the overall at {held}, no figure adds anything; the steps are for the time after."
    if len(near) > shown:
        note += f" The {shown} steps that add most are shown, of {len(near)}."
    return changes, note


def _change(material: Material, kra: KraScore, kpi: KpiScore) -> Change:
    numbers, step = material.numbers, kpi.next_band
    return Change(
        title=kpi.title,
        now=numbers.tight(kpi.value, kpi.unit, kpi.decimals),
        next_start="" if step is None else numbers.tight(step.starts_at, kpi.unit, kpi.decimals),
        takes="" if step is None else sentence(step.says),
        adds="" if deciding_gates(material) else numbers.points(_adds(kra, kpi)),
    )


def _adds(kra: KraScore, kpi: KpiScore) -> int:
    """Hundredths of a point that the score on the next band's start would add; none in an area that is capped."""
    if kpi.next_band is None or kpi.score is None or kra.capped_by:
        return 0
    gained = 100 * kpi.next_band.band - hundredths(kpi.score)
    return int((gained * Decimal(str(kpi.effective_weight)) / 100).to_integral_value(ROUND_HALF_UP))

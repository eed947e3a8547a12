"""How a target was worked out, where there is more to say than its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.report.numbers import clean

if TYPE_CHECKING:
    from appraise.model.outcome import KpiScore
    from appraise.report.material import Material

MOST = 4
"""So many parts of a target are told in a row of the tables."""


def target_notes(material: Material, kpi: KpiScore) -> tuple[str, ...]:
    """The parts that the target of a KPI is made of, in words: `target in the period: 320,000 of 650,000 …`."""
    if not kpi.target_name:
        return ()
    segments = [each for each in material.appraisal.segments if any(kpi in kra.kpis for kra in each.kras)]
    measures = [one for each in segments for one in each.measures if one.name == kpi.target_name]
    notes = next((one.notes for one in measures), ())
    shown = [f"target in {clean(note)}" if ":" in note else f"target: {clean(note)}" for note in notes[:MOST]]
    return (*shown, f"and {len(notes) - MOST} further parts of the target") if len(notes) > MOST else tuple(shown)

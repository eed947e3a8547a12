"""A result made by hand, with one of everything that an explanation tells."""

from __future__ import annotations

from datetime import date

import pytest

from appraise.model.outcome import (
    AdjustmentResult,
    Appraisal,
    GateResult,
    KpiScore,
    KraScore,
    Measure,
    NextBand,
    PersonCard,
    RowRange,
    ScaleLabel,
    Segment,
    Step,
)
from appraise.model.status import GateStatus, KpiStatus, MeasureStatus, PersonStatus

QUARTER_END = date(2026, 9, 30)


def kept_rate() -> KpiScore:
    """73 of 100 promises kept: band 3, score 3.38."""
    kept = Step("promises_kept", 6, 19, "number", 73.0)
    due = Step("promises_due", 22, 34, "number", 100.0)
    product = Step("100 * promises_kept", 0, 19, "number", 7300.0, "", (Step("100", 0, 3, "number", 100.0), kept))
    whole = Step("100 * promises_kept / promises_due", 0, 34, "number", 73.0, "", (product, due))
    return KpiScore(
        id="promise_kept",
        title="Promise-to-pay kept rate",
        status=KpiStatus.OK,
        reason="",
        value=73.0,
        band=3,
        score=3.38,
        weight=50,
        effective_weight=100,
        contribution=3.38,
        unit="percent",
        decimals=1,
        direction="higher",
        level="person",
        formula="100 * promises_kept / promises_due",
        says="100 times promises kept divided by promises due",
        method="bands",
        starts=(60.0, 70.0, 78.0, 85.0),
        sample=100,
        sample_needed=20,
        next_band=NextBand(4, 78.0, 5.0, "5 more promises kept make this band 4"),
        inputs=("promises_kept", "promises_due"),
        steps=(whole,),
    )


def unscored() -> KpiScore:
    """A KPI without figures."""
    return KpiScore(
        id="survey",
        title="Survey",
        status=KpiStatus.NO_DATA,
        reason="source_missing",
        value=None,
        band=None,
        score=None,
        weight=50,
        effective_weight=0,
        contribution=None,
        unit="percent",
        decimals=1,
        direction="higher",
        level="person",
        formula="survey_score",
        says="survey score",
        method="bands",
        inputs=("survey_score",),
    )


def segment() -> Segment:
    """One role for the whole quarter, with a gate that caps and a bonus."""
    kra = KraScore("results", "Results", "ok", 3.38, 100, 100, 3.38, kpis=(kept_rate(), unscored()))
    rows = (RowRange("data/promises.csv", "4-9,12", 7),)
    ok, missing = MeasureStatus.OK, MeasureStatus.NO_DATA
    return Segment(
        role="agent",
        title="Agent",
        template_version="1.0.0",
        template_sha256="0" * 64,
        template_file="templates/roles/agent.yaml",
        start=date(2026, 7, 1),
        end=QUARTER_END,
        kras=(kra,),
        gates=(GateResult("clean", GateStatus.FAIL, "A violation caps the rating.", "overall", 2, "violations > 0"),),
        adjustments=(AdjustmentResult("mentor", "Trained a colleague.", "trainees >= 1", applied=True, added=0.1),),
        measures=(
            Measure("promises_kept", 73.0, ok, says="rows of promises kept", rows=7, as_of=QUARTER_END, used=rows),
            Measure("promises_due", 100.0, ok, source="promises", blanks=2),
            Measure("survey_score", None, missing, "source_missing"),
        ),
    )


@pytest.fixture
def appraisal() -> Appraisal:
    """A rated person whose overall is capped."""
    return Appraisal(
        person=PersonCard("E001", "Asha Rao", "Agent", team="North"),
        period="2026-Q3",
        period_start=date(2026, 7, 1),
        period_end=QUARTER_END,
        status=PersonStatus.RATED,
        reason="",
        overall=2.0,
        uncapped=3.48,
        indicative=None,
        label="Needs improvement",
        coverage=50.0,
        lowest=1,
        highest=5,
        labels=(ScaleLabel("Unacceptable", 1), ScaleLabel("Needs improvement", 1.5)),
        segments=(segment(),),
        base=3.38,
        capped_by="clean",
    )

"""One person appraised in plain numbers, with every step: the same result as the columns, and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.outcome import Appraisal, ScaleLabel, Segment
from appraise.model.status import SHORT_SEGMENT, PersonStatus
from appraise.scoring.blockers import for_person, gate_problem, kpi_problem
from appraise.scoring.cards import Sight, adjustment_results, gate_results, kra_scores
from appraise.scoring.exact import RollUp, rolled_up
from appraise.scoring.gates import UNKNOWN
from appraise.scoring.one_kpi import Marks, Reply, marked, replied
from appraise.scoring.ratings import barred_by, label_of, least_coverage, standing
from appraise.scoring.statuses import blocks
from appraise.scoring.verdicts import Judged, judged, kra_caps, verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from appraise.model.kinds import Value
    from appraise.model.outcome import AdjustmentResult, GateResult, KraScore, Measure, PersonCard
    from appraise.model.period import Period
    from appraise.model.problem import Problem
    from appraise.scoring.plan import Plan


@dataclass(frozen=True, slots=True)
class Scored:
    """A person's result on one template; the numbers mean what the fields of `model.outcome.Appraisal` mean."""

    status: PersonStatus
    reason: str
    overall: float | None
    uncapped: float | None
    base: float | None
    indicative: float | None
    label: str | None
    coverage: float | None
    capped_by: str
    kras: tuple[KraScore, ...]
    gates: tuple[GateResult, ...]
    adjustments: tuple[AdjustmentResult, ...]
    problems: tuple[Problem, ...]

    @property
    def provisional(self) -> bool:
        """Whether the person is rated while an allegation is open in a gate."""
        return self.status is PersonStatus.RATED and any(gate.open for gate in self.gates)


def appraised(plan: Plan, row: Mapping[str, Value]) -> Scored:
    """A person scored on their template.

    Args:
        plan: the template, made ready by `plan_of`.
        row: the person's row of the input frame, by column name.
    """
    work = worked(plan, row)
    roll_up, gates = work.roll_up, work.gates
    verdict = verdict_of(plan, roll_up.base, gates, work.holds) if roll_up.base is not None else None
    covered = roll_up.base is not None and roll_up.coverage >= least_coverage(plan)
    status, reason = standing(work.given, work.barred, covered=covered)
    shown = status is PersonStatus.RATED or reason == "low_coverage"
    told = verdict if shown else None
    overall = told.overall if told is not None else None
    rated = status is PersonStatus.RATED
    return Scored(
        status,
        reason,
        overall=points(overall) if rated else None,
        uncapped=points(told.uncapped) if told is not None else None,
        base=points(roll_up.base) if shown else None,
        indicative=None if rated else points(overall),
        label=label_of(plan.role.scale, overall) if rated and overall is not None else None,
        coverage=roll_up.coverage / 100,
        capped_by=plan.gates[told.gate].gate.id if told is not None and told.gate is not None else "",
        kras=kra_scores(plan, work.marks, roll_up, Sight(row, work.capping, shown=shown)),
        gates=gate_results(plan, gates),
        adjustments=adjustment_results(plan, work.adjusting, told.added if told is not None else None),
        problems=problems_of(work),
    )


@dataclass(frozen=True, slots=True)
class Work:
    """One segment of a person worked out: its KPIs, gates and adjustments, rolled up.

    `capping` names the gate that caps a KRA, by the KRA's place.
    """

    plan: Plan
    row: Mapping[str, Value]
    marks: tuple[Marks, ...]
    gates: tuple[Judged, ...]
    adjusting: tuple[Reply, ...]
    roll_up: RollUp
    capping: Mapping[int, str]

    @property
    def codes(self) -> list[int]:
        """The findings of the KPIs."""
        return [mark.code for mark in self.marks]

    @property
    def given(self) -> str:
        """The roster's reason not to score it, empty where there is none."""
        return str(self.row.get("status_reason") or "")

    @property
    def barred(self) -> str:
        """What blocks the person; the KPIs of a segment that is too short do not."""
        codes = [] if self.given == SHORT_SEGMENT else self.codes
        return barred_by(codes, unknown=any(gate.status == UNKNOWN for gate in self.gates))

    @property
    def holds(self) -> list[bool]:
        """Whether the condition of each adjustment holds."""
        return [reply.value is True for reply in self.adjusting]


def worked(plan: Plan, row: Mapping[str, Value]) -> Work:
    """A segment of a person on a template, from the row of the input frame."""
    marks = tuple(marked(plan, place, row) for place in range(len(plan.kpis)))
    gates = tuple(judged(gate, row) for gate in plan.gates)
    caps = kra_caps(plan, gates)
    limits = {kra: cap for kra, (cap, _) in caps.items()}
    roll_up = rolled_up(plan, [mark.code for mark in marks], [mark.points for mark in marks], limits)
    adjusting = tuple(replied(each.when, row) for each in plan.adjustments)
    capping = {kra: plan.gates[place].gate.id for kra, (_, place) in caps.items()}
    return Work(plan, row, marks, gates, adjusting, roll_up, capping)


def points(hundredths: int | None) -> float | None:
    """Whole hundredths as points or percent."""
    return None if hundredths is None else hundredths / 100


def problems_of(work: Work) -> tuple[Problem, ...]:
    """What keeps the person from being rated, and what a scorer had to say."""
    plan, person = work.plan, str(work.row.get("person") or "")
    told = [problem for mark in work.marks for problem in mark.problems]
    counted = work.given != SHORT_SEGMENT
    pairs = zip(plan.kpis, work.codes, strict=True)
    kpis = [kpi_problem(kpi, code) for kpi, code in pairs if counted and blocks(code)]
    unknown = [
        gate_problem(gate, found.why)
        for gate, found in zip(plan.gates, work.gates, strict=True)
        if found.status == UNKNOWN
    ]
    return (*told, *(for_person(problem, person) for problem in (*kpis, *unknown)))


def segment_of(plan: Plan, scored: Scored, days: tuple[date, date], measures: Sequence[Measure] = ()) -> Segment:
    """The person's stretch of the period on one template; `days` are its first and last."""
    role = plan.role
    return Segment(
        role=role.id,
        title=role.title,
        template_version=role.version,
        template_sha256=role.sha256,
        template_file=role.place.file,
        start=days[0],
        end=days[1],
        kras=scored.kras,
        gates=scored.gates,
        adjustments=scored.adjustments,
        measures=tuple(measures),
        effective=role.effective,
        approved_by=role.approved_by,
        min_coverage=role.min_coverage,
        language=role.language,
        unscored_weight=role.unscored_weight,
        policy=role.policy,
        status="ok" if scored.base is not None else "not_scored",
        reason=scored.reason,
        coverage=scored.coverage,
        base=scored.base,
        overall=scored.uncapped,
    )


def appraisal_of(plan: Plan, scored: Scored, person: PersonCard, period: Period, segment: Segment) -> Appraisal:
    """The whole appraisal of a person who was on one template."""
    scale = plan.role.scale
    labels = sorted(scale.labels, key=lambda label: label.start)
    return Appraisal(
        person=person,
        period=period.id,
        period_start=period.start,
        period_end=period.end,
        status=scored.status,
        reason=scored.reason,
        overall=scored.overall,
        uncapped=scored.uncapped,
        indicative=scored.indicative,
        label=scored.label,
        coverage=scored.coverage,
        lowest=scale.lowest,
        highest=scale.highest,
        labels=tuple(ScaleLabel(label.label, label.start) for label in labels),
        segments=(segment,),
        problems=scored.problems,
        base=scored.base,
        capped_by=scored.capped_by,
        provisional=scored.provisional,
    )

"""What comes out: measures, scored KPIs and KRAs, gates and the appraisal of one person, with every step of the way.

An `Appraisal` is the trace `appraise.trace/1` as plain data: the terminal, the PDF and the JSON file all read it.
Statuses and reasons are the words of the rules: missing is never zero, and no number stands without its status.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.card import Decision, PersonCard, ScaleLabel
from appraise.model.evidence import Measure, RowRange, Step
from appraise.model.month_value import MonthValue
from appraise.model.window import Window

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.members import MembersFigure
    from appraise.model.peers import Compared, Shrunk
    from appraise.model.problem import Problem
    from appraise.model.status import GateStatus, KpiStatus, PersonStatus


__all__ = [
    "Decision",
    "Measure",
    "MonthValue",
    "PersonCard",
    "RowRange",
    "ScaleLabel",
    "Step",
    "Window",
]  # beside what is defined here


@dataclass(frozen=True, slots=True)
class NextBand:
    """How far it is to the next better band: the band, where it starts, the gap in the KPI's unit, and a sentence."""

    band: int
    starts_at: float
    gap: float
    says: str


@dataclass(frozen=True, slots=True)
class KpiScore:
    """A KPI of one person.

    `value` is quantised to `decimals`; `band` is the whole step and `score` has two decimals. `weight` is percent of
    the KRA as declared, `effective_weight` percent of the overall after the weights of unscored siblings moved here;
    `contribution` is its hundredths of the printed overall, in points (they add up exactly). `starts` are the
    bands in the unit of the value (or of the attainment, in percent, where `attainment` is set), `ranges` likewise.
    `shown` is the sample in words where it is too small (`2 of 20`). Where `compared` has a standing, `starts` are of
    the standing; where `shrunk` has a prior, `value` is the one drawn towards it. `members` has the figure
    that is made of the scores of a team. `months` are those whose mean it is; `window` has the earlier days that were
    counted, where the outcome is known later.
    """

    id: str
    title: str
    status: KpiStatus
    reason: str
    value: float | None
    band: int | None
    score: float | None
    weight: float
    effective_weight: float
    contribution: float | None
    unit: str
    decimals: int
    direction: str
    level: str
    formula: str
    says: str
    method: str
    definition: str = ""
    reference: str = ""
    definition_id: str = ""
    target: float | None = None
    target_name: str = ""
    attainment: float | None = None
    starts: tuple[float, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    scores_lowest_at: float | None = None
    sample: float | None = None
    sample_needed: float | None = None
    shown: str = ""
    monitor: bool = False
    pair_with: str | None = None
    notes: tuple[str, ...] = ()
    next_band: NextBand | None = None
    inputs: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    compared: Compared | None = None
    shrunk: Shrunk | None = None
    members: MembersFigure | None = None
    months: tuple[MonthValue, ...] = ()
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class KraScore:
    """A KRA of one person; `status` is `ok` or `not_scored`, `effective_weight` is percent of the overall."""

    id: str
    title: str
    status: str
    score: float | None
    weight: float
    effective_weight: float
    contribution: float | None
    purpose: str = ""
    rollup: str = "arithmetic"
    capped_by: str = ""
    uncapped: float | None = None
    kpis: tuple[KpiScore, ...] = ()


@dataclass(frozen=True, slots=True)
class SeverityStep:
    """From which severity on (`start`, inclusive) a gate caps at `cap_at`."""

    start: float
    cap_at: float


@dataclass(frozen=True, slots=True)
class GateResult:
    """What a gate said about one person.

    `cap_at` is the cap for the person's `severity` where `caps_by_severity` tells several, the mildest where the gate
    did not fail. `open` tells that an allegation is open, in the words of `says_open`: it caps nothing and makes a
    rating provisional.
    """

    id: str
    status: GateStatus
    says: str
    caps: str
    cap_at: float
    condition: str
    reason: str = ""
    steps: tuple[Step, ...] = ()
    inputs: tuple[str, ...] = ()
    severity: float | None = None
    severity_condition: str = ""
    caps_by_severity: tuple[SeverityStep, ...] = ()
    open: bool = False
    open_condition: str = ""
    says_open: str = ""


@dataclass(frozen=True, slots=True)
class AdjustmentResult:
    """A named bonus or penalty; `added` is 0 where its condition did not hold."""

    id: str
    says: str
    condition: str
    applied: bool
    added: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the period in one role, scored on that role's template.

    Of several stretches `share` is what this one has of the overall in percent, `days` its available days, `status`
    `ok` or `not_scored` with a `reason`. `base` and `overall` are its own score before and after adjustments,
    `coverage` is percent of its own weight. Contributions and effective weights are those of the person's overall.
    """

    role: str
    title: str
    template_version: str
    template_sha256: str
    template_file: str
    start: date
    end: date
    kras: tuple[KraScore, ...]
    gates: tuple[GateResult, ...] = ()
    adjustments: tuple[AdjustmentResult, ...] = ()
    measures: tuple[Measure, ...] = ()
    effective: str = ""
    approved_by: str = ""
    min_coverage: float = 60.0
    language: int = 1
    unscored_weight: str = "siblings"
    policy: str = ""
    share: float = 100.0
    days: float | None = None
    status: str = "ok"
    reason: str = ""
    coverage: float | None = None
    base: float | None = None
    overall: float | None = None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The whole result of one person in one period; see docs/trace.md.

    `overall` is after adjustments and caps, `uncapped` before caps, `indicative` the figure below the coverage floor
    (shown, never a rating). `coverage` is percent of the declared weight that was scored. `label` is a proposal, which
    `decision` makes final.
    `provisional` tells that somebody is rated while an allegation is open in one of the gates.
    `unreadable` are the places of cells about the person, or about nobody known, that could not be read.
    """

    person: PersonCard
    period: str
    period_start: date
    period_end: date
    status: PersonStatus
    reason: str
    overall: float | None
    uncapped: float | None
    indicative: float | None
    label: str | None
    coverage: float | None
    lowest: int
    highest: int
    labels: tuple[ScaleLabel, ...]
    segments: tuple[Segment, ...]
    problems: tuple[Problem, ...] = ()
    base: float | None = None
    capped_by: str = ""
    unreadable: tuple[str, ...] = ()
    decision: Decision | None = None
    provisional: bool = False

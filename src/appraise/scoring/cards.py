"""Scores of one person as the nouns that reports and traces read: nothing is decided here any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from appraise.expr.quantiser import quantised
from appraise.expr.words import say
from appraise.model.outcome import AdjustmentResult, GateResult, KpiScore, KraScore, SeverityStep
from appraise.model.role import ByBands, Custom, PassFail, PercentOfTarget, Relative
from appraise.model.status import KpiStatus
from appraise.model.window import window_of
from appraise.scoring.attainments import beyond_cap
from appraise.scoring.exact import half_up, kra_weight
from appraise.scoring.gates import GATE_STATUSES, reason_of
from appraise.scoring.members import cases_needed
from appraise.scoring.month_values import left_out, month_values, names_in_order
from appraise.scoring.names import measure_name
from appraise.scoring.next_band import next_band
from appraise.scoring.pairs import flagged_pairs
from appraise.scoring.policies import FRAPPE
from appraise.scoring.standings import bands_used
from appraise.scoring.statuses import (
    CEILING,
    FINDINGS,
    INSUFFICIENT_SAMPLE,
    LOWEST_SCORE,
    MANUAL,
    MAX_SCORE,
    MISSING_AS_ZERO,
    SUCCESS_WHEN_EMPTY,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.model.kinds import Value
    from appraise.model.role import Method
    from appraise.scoring.bands import Stairs
    from appraise.scoring.exact import KraSum, RollUp
    from appraise.scoring.one_kpi import Marks, Reply
    from appraise.scoring.plan import KpiPlan, Plan
    from appraise.scoring.verdicts import Judged


@dataclass(frozen=True, slots=True)
class Sight:
    """A person's row, the gate that caps each KRA that is capped, and whether parts of an overall are shown.

    `share` is what the segment has of the overall, from 0 to 1.
    """

    row: Mapping[str, Value]
    capping: Mapping[int, str]
    shown: bool
    share: Fraction = Fraction(1)


def kra_scores(plan: Plan, marks: Sequence[Marks], roll_up: RollUp, sight: Sight) -> tuple[KraScore, ...]:
    """Every KRA of a person with its KPIs."""
    cards = flagged_pairs([_kpi_score(plan, place, mark, roll_up, sight) for place, mark in enumerate(marks)])
    return tuple(_kra_score(plan, place, roll_up, cards, sight) for place in range(len(plan.weights)))


def _kra_score(plan: Plan, place: int, roll_up: RollUp, cards: Sequence[KpiScore], sight: Sight) -> KraScore:
    kra, summed = plan.role.kras[place], roll_up.kras[place]
    parts = [roll_up.parts[member] for member in plan.members[place]]
    known = [part for part in parts if part is not None]
    return KraScore(
        id=kra.id,
        title=kra.title,
        status="not_scored" if summed.exact is None else "ok",
        score=None if summed.exact is None else half_up(summed.exact) / 100,
        weight=float(kra.weight),
        effective_weight=kra_share(plan, place, roll_up.kras, sight.share),
        contribution=sum(known) / 100 if known and sight.shown else None,
        purpose=kra.purpose,
        rollup=kra.rollup,
        capped_by=sight.capping.get(place, "") if summed.capped else "",
        uncapped=half_up(summed.uncapped) / 100 if summed.capped and summed.uncapped is not None else None,
        kpis=tuple(cards[member] for member in plan.members[place]),
    )


def kra_share(plan: Plan, place: int, kras: Sequence[KraSum], share: Fraction) -> float:
    """The part of the overall that a KRA has after empty ones gave theirs away, in percent with four decimals."""
    weights = [kra_weight(plan, each, kra.held) for each, kra in enumerate(kras)]
    return quantised(float(Fraction(100 * weights[place], sum(weights)) * share), 4) if weights[place] else 0.0


def _kpi_score(plan: Plan, place: int, mark: Marks, roll_up: RollUp, sight: Sight) -> KpiScore:
    each, part = plan.kpis[place], roll_up.parts[place]
    (status, reason), months = FINDINGS[mark.code], month_values(each.formula, sight.row)
    return replace(
        _declared(plan, each, mark),
        status=status,
        reason=reason,
        value=mark.value,
        band=mark.band,
        score=mark.points / 100 if mark.points is not None else None,
        effective_weight=quantised(float(100 * roll_up.shares[place] * sight.share), 4),
        contribution=part / 100 if part is not None and sight.shown else None,
        target=mark.target,
        attainment=mark.attainment,
        sample=mark.sample,
        sample_needed=cases_needed(each),
        shown=_shown(each, mark),
        notes=(*_notes(each, mark, sight.row), *(left_out(months) if mark.value is not None else ())),
        next_band=next_band(plan, place, mark, sight.row),
        inputs=_inputs(each),
        steps=(mark.step,),
        compared=mark.compared,
        shrunk=mark.shrunk,
        members=mark.members,
        months=months,
        window=window_of(each.formula.window),
    )


def _declared(plan: Plan, each: KpiPlan, mark: Marks) -> KpiScore:
    """What the template alone says of a KPI, with the bands that scored it."""
    kpi, (bands, stairs) = each.kpi, bands_used(each, mark.compared)
    return KpiScore(
        id=kpi.id,
        title=kpi.title,
        status=KpiStatus.NO_DATA,
        reason="",
        value=None,
        band=None,
        score=None,
        weight=float(kpi.weight),
        effective_weight=0.0,
        contribution=None,
        unit=kpi.unit,
        decimals=kpi.decimals,
        direction=kpi.direction.value,
        level=kpi.level.value,
        formula=kpi.formula.text,
        says=kpi.members.says if kpi.members else say(each.formula.as_written, plan.tools.titles),
        method=method_word(kpi.method),
        definition=kpi.definition,
        reference=kpi.reference,
        definition_id=definition_id(plan, each),
        target_name=each.target or "",
        starts=bands.starts,
        ranges=bands.ranges,
        scores_lowest_at=_lowest_at(stairs),
        monitor=kpi.monitor,
        pair_with=kpi.pair_with,
    )


def definition_id(plan: Plan, kpi: KpiPlan) -> str:
    """The id that the template gives to its definition, else those of what the figures in its formula mean."""
    if kpi.kpi.definition_id:
        return kpi.kpi.definition_id
    known = (measure_name(name) for name in names_in_order(kpi.formula))
    ids = (plan.tools.definitions.get(name.measure, "") for name in known if name is not None)
    return ", ".join(dict.fromkeys(found for found in ids if found))


def method_word(method: Method) -> str:
    """The key of a scoring method in a template."""
    if isinstance(method, Relative):
        return method.standing.value
    words = {ByBands: "bands", PercentOfTarget: "percent_of_target", PassFail: "pass_fail", Custom: "custom"}
    return words.get(type(method), "rating")


def _lowest_at(stairs: Stairs | None) -> float | None:
    """Where the score reaches the lowest, as declared or by the width of the first band; None for a range."""
    if stairs is None or len(stairs.climbs) > 1:
        return None
    stair = stairs.climbs[0]
    return stair.origins[0] * stair.sign + 0.0


def _shown(kpi: KpiPlan, mark: Marks) -> str:
    needed, few = cases_needed(kpi), mark.code == INSUFFICIENT_SAMPLE and mark.sample is not None
    return f"{mark.sample:g} of {needed:g}" if few and needed is not None else ""


def _notes(kpi: KpiPlan, mark: Marks, row: Mapping[str, Value]) -> tuple[str, ...]:
    floor = kpi.kpi.min_score
    notes = {
        CEILING: floor.says if floor is not None else "",
        MAX_SCORE: f"held at {(kpi.most or 0) / 100:g}, the most that this KPI can score",
        MISSING_AS_ZERO: f"it has no score, which counts as zero under the policy '{FRAPPE}'",
        SUCCESS_WHEN_EMPTY: "there was nothing to count, which is a success here",
        LOWEST_SCORE: "nothing was delivered, which counts as the lowest score here",
        MANUAL: f"the value was entered by hand {row.get(f'manual.{kpi.kpi.id}!') or ''}".rstrip(),
    }
    return (*filter(None, [notes.get(mark.code)]), *beyond_cap(kpi, mark.value, mark.target))


def _inputs(kpi: KpiPlan) -> tuple[str, ...]:
    """The full names that a KPI is worked out from, in the order in which they stand."""
    asked = kpi.questions[1:] if kpi.kpi.members else kpi.questions  # the figure of a team has no rows behind it
    names = [name for question in asked for name in names_in_order(question)]
    return tuple(dict.fromkeys([*names, *([kpi.target] if kpi.target is not None else [])]))


def gate_results(plan: Plan, gates: Sequence[Judged]) -> tuple[GateResult, ...]:
    """Every gate of a person."""
    return tuple(
        GateResult(
            id=each.gate.id,
            status=GATE_STATUSES[found.status],
            says=each.gate.says,
            caps=each.gate.caps,
            cap_at=found.cap / 100,
            condition=each.gate.when.text,
            reason=reason_of(found.why),
            steps=(found.reply.step,),
            inputs=tuple(dict.fromkeys(name for question in each.shown for name in names_in_order(question))),
            severity=found.severity,
            severity_condition=each.gate.severity.text if each.gate.severity else "",
            caps_by_severity=tuple(SeverityStep(start, cap / 100) for start, cap in each.classes),
            open=found.open,
            open_condition=each.gate.open_when.text if each.gate.open_when else "",
            says_open=each.gate.says_open,
        )
        for each, found in zip(plan.gates, gates, strict=True)
    )


def adjustment_results(
    plan: Plan, replies: Sequence[Reply], added: Sequence[int] | None
) -> tuple[AdjustmentResult, ...]:
    """Every adjustment of a person; `added` are hundredths, None where there is no overall to add to."""
    return tuple(
        AdjustmentResult(
            id=each.adjustment.id,
            says=each.adjustment.says,
            condition=each.adjustment.when.text,
            applied=reply.value is True,
            added=added[place] / 100 if added is not None else 0.0,
            reason=_adjusted(each.points, added[place] if added is not None else None, reply),
        )
        for place, (each, reply) in enumerate(zip(plan.adjustments, replies, strict=True))
    )


def _adjusted(points: int, added: int | None, reply: Reply) -> str:
    """`limited` where the limit or the end of the scale left less of it; else why the condition is unknown."""
    if reply.value is True and added is not None and added != points:
        return "limited"
    return reason_of(reply.finding)

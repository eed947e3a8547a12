"""The sentence: sources → facts → measures → KPI scores → KRA scores → overall → rating."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.by_hand import kpis_by_hand, with_values_by_hand
from appraise.app.decisions import decisions_of
from appraise.app.doubts import with_open_gates
from appraise.app.names import reading_of
from appraise.app.rate_weights import Counter
from appraise.app.words import tools_of
from appraise.scoring.asked import MeasuresAsked
from appraise.scoring.company import score_company
from appraise.scoring.inputs import input_frame
from appraise.scoring.measures import measures_of
from appraise.scoring.peers import with_peers
from appraise.scoring.plan import plan_of
from appraise.scoring.team_scores import with_members
from appraise.sources.collect import collect
from appraise.sources.near_texts import near_text_problems
from appraise.sources.repeats import without_duplicates
from appraise.sources.roster import roster_of
from appraise.sources.targets import TargetsAsked, targets_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from appraise.app.ready import Ready
    from appraise.app.setting import Setting
    from appraise.model.outcome import Decision
    from appraise.model.problem import Problem
    from appraise.scoring.company import Results
    from appraise.scoring.plan import Plan
    from appraise.sources.facts import FactTable
    from appraise.sources.roster import Roster


@dataclass(frozen=True, slots=True)
class Facts:
    """What was delivered, clean: the sources by name, who is appraised, and what was decided about them, by person."""

    setting: Setting
    tables: Mapping[str, FactTable]
    roster: Roster
    decisions: Mapping[str, Decision]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What formulas read: one row per person with measures, targets and attributes, and what was asked to get them."""

    facts: Facts
    plans: Mapping[str, Plan]
    frame: pl.DataFrame
    measures: MeasuresAsked
    targets: TargetsAsked


@dataclass(frozen=True, slots=True)
class Scores:
    """A scored company, and what it was scored from."""

    inputs: Inputs
    results: Results


def scores_of(ready: Ready) -> tuple[Scores, list[Problem]]:
    """The whole company scored, with every problem met on the way; one bad row or person never stops the others."""
    facts, unread = facts_of(ready)
    inputs, uncounted = inputs_of(facts)
    results, unscored = score_company(list(inputs.plans.values()), inputs.frame)
    problems = without_duplicates([*unread, *uncounted, *unscored], ready.setting.workspace.people.source)
    return Scores(inputs, results), problems


def facts_of(ready: Ready) -> tuple[Facts, list[Problem]]:
    """Sources → facts."""
    setting = ready.setting
    tables, unread = collect(setting.workspace.sources, reading_of(setting, ready.names.kinds, ready.names.tables))
    roster, unplaced = roster_of(setting.workspace, tables, setting.period, setting.functions, setting.cuts)
    decisions, undecided = decisions_of(setting, roster.frame)
    problems = without_duplicates([*unread, *unplaced], setting.workspace.people.source)
    unmatched = _unmatched_texts(setting, tables)
    return Facts(setting, tables, roster, decisions), [*problems, *undecided, *unmatched]


def _unmatched_texts(setting: Setting, tables: Mapping[str, FactTable]) -> list[Problem]:
    """Warnings about texts in the filters of people and measures that no row has."""
    workspace = setting.workspace
    filters = [(workspace.people.source, workspace.people.where)]
    filters += [(measure.source, measure.where) for measure in workspace.measures.values()]
    return [
        problem
        for source, where in filters
        if where is not None and source in tables
        for problem in near_text_problems(where, tables[source].frame, setting.functions)
    ]


def inputs_of(facts: Facts) -> tuple[Inputs, list[Problem]]:
    """Facts → measures and targets: everything that a template reads."""
    return measured(facts, frozenset())


def measured(facts: Facts, further: frozenset[str]) -> tuple[Inputs, list[Problem]]:
    """The same with further full names that no template reads."""
    plans, problems = plans_of(facts.setting)
    names = further.union(*(plan.names for plan in plans.values()))
    measures_asked = _measures_asked(facts, names, plans)
    targets_asked = _targets_asked(facts, measures_asked)
    measures, uncounted = measures_of(measures_asked)
    targets, untargeted = targets_of(targets_asked)
    frame = input_frame(facts.roster, measures, targets, facts.setting.period)
    frame = with_open_gates(frame, plans.values(), facts.setting.workspace.measures, facts.tables)
    by_hand = kpis_by_hand(plan.role for plan in plans.values())
    frame, unread = with_values_by_hand(frame, facts.setting, by_hand)
    frame = with_peers(frame, plans.values())
    frame, circular = with_members(frame, plans.values(), facts.roster)
    told = [*problems, *uncounted, *untargeted, *unread, *circular]
    return Inputs(facts, plans, frame, measures_asked, targets_asked), told


def plans_of(setting: Setting) -> tuple[dict[str, Plan], list[Problem]]:
    """The templates that somebody is on, made ready for scoring."""
    tools = tools_of(setting)
    plans: dict[str, Plan] = {}
    problems: list[Problem] = []
    for name, role in sorted(setting.assigned.items()):
        plan, found = plan_of(role, tools)
        problems += found
        if plan is not None:
            plans[name] = plan
    return plans, problems


def _measures_asked(facts: Facts, names: frozenset[str], plans: Mapping[str, Plan]) -> MeasuresAsked:
    setting = facts.setting
    return MeasuresAsked(
        workspace=setting.workspace,
        tables=facts.tables,
        people=facts.roster,
        period=setting.period,
        previous=setting.previous,
        names=names,
        functions=setting.functions,
        custom=setting.registry.measures,
        team_kinds=_team_kinds(plans),
    )


def _targets_asked(facts: Facts, asked: MeasuresAsked) -> TargetsAsked:
    return TargetsAsked(
        asked.workspace,
        facts.tables,
        facts.roster,
        asked.names,
        asked.functions,
        asked.team_kinds,
        weigh=Counter(asked, facts.roster),
    )


def _team_kinds(plans: Mapping[str, Plan]) -> dict[str, str]:
    return {name: plan.role.team for name, plan in plans.items()}

"""From scores to appraisals: the whole way of every person, in plain numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import polars as pl

from appraise.app.answers import once
from appraise.app.segments import joined_appraisal, joined_segment
from appraise.app.target_notes import target_notes
from appraise.model.outcome import Appraisal, PersonCard, ScaleLabel
from appraise.model.role import FIVE_POINT
from appraise.model.status import CAUSES_OF_ERROR, TEMPLATE_UNUSABLE, PersonStatus
from appraise.scoring.evidence import evidence_of
from appraise.scoring.nouns import measure_nouns
from appraise.scoring.one import appraisal_of, appraised, segment_of
from appraise.scoring.one_joined import appraised_together
from appraise.sources.targets import rows_in_force, targets_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from appraise.app.pipeline import Inputs, Scores
    from appraise.model.outcome import Measure
    from appraise.model.place import Place
    from appraise.model.problem import Problem
    from appraise.scoring.evidence import Evidence
    from appraise.scoring.plan import Plan

CELLS = frozenset({"cell-unreadable", "cells-unreadable"})
"""The codes of problems about cells that could not be read."""

Row = dict[str, Any]
"""A row of the input frame."""


def appraisals_of(scores: Scores, told: Iterable[Problem], person: str | None = None) -> tuple[Appraisal, ...]:
    """Everybody's appraisal in the order of the roster, or that of one person.

    `told` are the problems that were met on the way; those that keep somebody from a rating stand in the appraisal.
    """
    errors = [problem for problem in told if problem.is_error]
    cells = [error for error in errors if error.code in CELLS]
    decisions = scores.inputs.facts.decisions
    found = (_with_cells(_with_causes(scores, one, errors), cells) for one in _appraisals(scores, person))
    return tuple(replace(one, decision=decisions.get(one.person.id)) for one in found)


def _with_cells(appraisal: Appraisal, cells: Iterable[Problem]) -> Appraisal:
    """The appraisal with the places of unreadable cells about the person, or about nobody known."""
    own = [str(cell.place) for cell in cells if cell.person in {None, appraisal.person.id}]
    return replace(appraisal, unreadable=tuple(dict.fromkeys(own))) if own else appraisal


def _with_causes(scores: Scores, appraisal: Appraisal, errors: Iterable[Problem]) -> Appraisal:
    """The appraisal with the errors about the person, or about the template where it cannot be used."""
    if appraisal.status not in {PersonStatus.ERROR, PersonStatus.BLOCKED}:
        return appraisal
    is_scored = bool(appraisal.segments) and appraisal.reason != TEMPLATE_UNUSABLE
    files, place = (frozenset[str](), None) if is_scored else _templates(scores, appraisal.person.role_title)
    own = [
        error
        for error in errors
        if error.person == appraisal.person.id or error.place.file in files or error.place == place
    ]
    return replace(appraisal, problems=once(appraisal.problems, own))


def _templates(scores: Scores, title: str) -> tuple[frozenset[str], Place | None]:
    """The files of the template that a job title stands for, one for each version, and where the title is named."""
    setting = scores.inputs.facts.setting
    people = setting.workspace.people
    name = people.everyone_is or people.roles.get(title, "")
    key = "everyone_is" if people.everyone_is else f"roles.{title}"
    return setting.template_files(name), people.places.get(key)


def _appraisals(scores: Scores, person: str | None) -> Iterator[Appraisal]:
    frame, names, sizes = scores.inputs.frame, manager_names(scores), team_sizes(scores)
    facts = scores.inputs.facts
    minimum = facts.setting.workspace.minimum_days
    wanted = frame if person is None else frame.filter(frame["person"] == person)
    evidence = _evidence(scores.inputs, wanted["person"].to_list())
    cards = {row["person"]: row for row in facts.roster.frame.iter_rows(named=True)}
    for key, group in groupby(wanted.iter_rows(named=True), lambda row: str(row["person"])):
        rows = list(group)
        card = replace(_card(cards[key], names), minimum_days=minimum, team_members=sizes.get(key, 0))
        yield _appraisal(scores, evidence, rows, card) if len(rows) == 1 else _joined(scores, evidence, rows, card)


def _appraisal(scores: Scores, evidence: Evidence, rows: list[Row], card: PersonCard) -> Appraisal:
    """The appraisal of somebody with one segment."""
    (row,) = rows
    plan = scores.inputs.plans.get(row["template"] or "")
    if plan is None:
        return _unscored(scores, row, card)
    scored = appraised(plan, row)
    segment = segment_of(plan, scored, (row["start"], row["end"]), _measures(scores, evidence, row, plan))
    days = replace(segment, days=row["available_days"])
    return appraisal_of(plan, scored, card, scores.inputs.facts.setting.period, days)


def _joined(scores: Scores, evidence: Evidence, rows: list[Row], card: PersonCard) -> Appraisal:
    """The appraisal of somebody with several segments."""
    plans = scores.inputs.plans
    whole = appraised_together([(plans.get(row["template"] or ""), row) for row in rows])
    segments = [
        joined_segment(stretch, _measures(scores, evidence, row, stretch.plan) if stretch.plan is not None else ())
        for stretch, row in zip(whole.stretches, rows, strict=True)
    ]
    return joined_appraisal(whole, card, scores.inputs.facts.setting.period, segments)


def _measures(scores: Scores, evidence: Evidence, row: Row, plan: Plan) -> tuple[Measure, ...]:
    return measure_nouns(scores.inputs.measures, evidence, row, sorted(plan.names))


def _evidence(inputs: Inputs, people: list[str]) -> Evidence:
    """The source rows behind these people's measures and targets; problems were told when they were counted."""
    targets, _ = targets_in_force(inputs.targets)
    evidence = evidence_of(inputs.measures, people, rows_in_force(inputs.targets, targets))
    return replace(evidence, notes=target_notes(targets, people))


def _unscored(scores: Scores, row: Row, card: PersonCard) -> Appraisal:
    """Somebody on no usable template: the roster says why, else the template could not be used."""
    period, reason = scores.inputs.facts.setting.period, row["status_reason"] or TEMPLATE_UNUSABLE
    return Appraisal(
        person=card,
        period=period.id,
        period_start=period.start,
        period_end=period.end,
        status=PersonStatus.ERROR if reason in CAUSES_OF_ERROR else PersonStatus.NOT_RATED,
        reason=reason,
        overall=None,
        uncapped=None,
        indicative=None,
        label=None,
        coverage=None,
        lowest=FIVE_POINT.lowest,
        highest=FIVE_POINT.highest,
        labels=tuple(ScaleLabel(label.label, label.start) for label in FIVE_POINT.labels),
        segments=(),
    )


def _card(row: Row, names: Mapping[str, str]) -> PersonCard:
    return PersonCard(
        id=row["person"],
        name=row["name"] or row["person"],
        role_title=row["role_title"] or "",
        manager=row["manager"] or "",
        manager_name=names.get(row["manager"] or "", ""),
        team=row["team"] or "",
        site=row["site"] or "",
        working_days=row["working_days"],
        available_days=row["available_days"],
        attributes={
            name.removeprefix("person."): row[name]
            for name in row
            if name.startswith("person.") and name[-1] not in "?#~"
        },
    )


def team_sizes(scores: Scores) -> dict[str, int]:
    """How many people make the figures of each person's team, by id; of those alone whose template reads any."""
    readers = {name for name, plan in scores.inputs.plans.items() if any("team." in full for full in plan.names)}
    if not readers:
        return {}
    asked = scores.inputs.measures
    own = asked.people.own_teams(asked.team_kinds).filter(asked.people.segments["template"].is_in(sorted(readers)))
    kinds = own["kind"].unique().to_list()
    members = {
        kind: dict(asked.people.teams(kind, asked.period).group_by("team_key").agg(_people()).iter_rows())
        for kind in kinds
    }
    return {person: members[kind].get(key, 0) for person, _, kind, key in own.iter_rows()}


def _people() -> pl.Expr:
    return pl.col("person").n_unique()


def manager_names(scores: Scores) -> dict[str, str]:
    """The names of everybody in the people source, also of those who are not appraised, by id."""
    facts = scores.inputs.facts
    people = facts.setting.workspace.people
    table = facts.tables.get(people.source)
    column = people.columns.get("name", "")
    if table is None or column not in table.frame.columns:
        return {}
    return dict(table.frame.select("_person", column).drop_nulls().iter_rows())

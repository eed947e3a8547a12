"""The numbers that were counted from the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.app.answers import Measured, MeasureValue, once
from appraise.app.filters import unknown_filters
from appraise.app.found_measures import with_numbers_found
from appraise.app.names import ENGINE
from appraise.app.pipeline import facts_of, measured
from appraise.app.ready import ready
from appraise.model.window import without_window
from appraise.scoring.inputs import NUMBER
from appraise.scoring.names import measure_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.app.asked import Asked
    from appraise.app.pipeline import Inputs
    from appraise.model.workspace import Workspace

REASON = "?"
"""The column `x?` says why `x` has no value."""

ERRORS = frozenset({"unreadable"})
"""Reasons that are somebody's mistake rather than nothing to count."""


def measures(asked: Asked) -> Measured:
    """Every measure of everybody the filters let through: declared, a number of a table, or read by a template."""
    workspace, problems = ready(asked)
    if workspace is None:
        return Measured(tuple(problems))
    facts, unread = facts_of(workspace)
    facts, numbers = with_numbers_found(facts)
    inputs, found = measured(facts, numbers.union(workspace.setting.workspace.measures))
    lines = tuple(_lines(inputs, asked))
    nobody = unknown_filters(facts)
    return Measured(once(problems, unread, found, nobody), workspace.setting.period, lines)


def _lines(inputs: Inputs, asked: Asked) -> Iterator[MeasureValue]:
    """One line per person, segment and name, by person and segment and then by name."""
    frame, roster = inputs.frame, inputs.facts.roster
    names = sorted(name.removesuffix(REASON) for name in frame.columns if name.endswith(REASON))
    ids = {name: _definition_id(inputs.facts.setting.workspace, name) for name in names}
    teams = dict(zip(roster.frame["person"], roster.frame["team"], strict=True))
    for row in frame.iter_rows(named=True):
        person = row["person"]
        if not asked.wants(person, teams.get(person) or "", row.get("role") or ""):
            continue
        for name in (name for name in names if without_window(name) not in ENGINE):
            reason = row[f"{name}{REASON}"] or ""
            status = "ok" if not reason else "error" if reason in ERRORS else "no_data"
            yield MeasureValue(person, name, row[name], status, reason, ids[name], row[NUMBER])


def _definition_id(workspace: Workspace, name: str) -> str:
    """The id of what the figure of a plugin means, by a full name; empty for other names."""
    known = measure_name(name)
    spec = workspace.measures.get(known.measure) if known else None
    return spec.definition_id if spec else ""

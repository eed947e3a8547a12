"""A person's measures, targets and attributes as the trace tells them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.model.outcome import Measure
from appraise.model.role import Level
from appraise.model.status import MeasureStatus
from appraise.scoring.custom_specs import option_in_words
from appraise.scoring.names import measure_name
from appraise.scoring.states import UNREADABLE
from appraise.scoring.windows import is_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from appraise.model.workspace import MeasureSpec, Workspace
    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.evidence import Evidence
    from appraise.scoring.names import MeasureName
    from appraise.scoring.ports import Facts

ERRORS = frozenset({UNREADABLE, "ambiguous_target"})
"""Reasons that are somebody's mistake; the others are no data."""

_AGGREGATES = {
    "count": "number of rows",
    "count_distinct": "number of different",
    "sum": "sum of",
    "mean": "mean of",
    "min": "least of",
    "max": "greatest of",
    "latest": "latest",
    "earliest": "earliest",
    "custom": "the plugin's",
}
_WHOSE = {Level.PERSON: "", Level.TEAM: "of the team", Level.COMPANY: "of the company"}


def measure_nouns(
    asked: MeasuresAsked, evidence: Evidence, row: Mapping[str, Any], names: Iterable[str]
) -> tuple[Measure, ...]:
    """What a person's formulas read, in the order of the names.

    Args:
        asked: the request that the measures came from.
        evidence: the rows behind them, with this person's.
        row: the person's row of the input frame.
        names: full names of measures, targets, attributes and days; those that are no column are passed over.
    """
    return tuple(_noun(asked, evidence, row, name) for name in names if name in row)


def says(spec: MeasureSpec, name: MeasureName) -> str:
    """The definition in words: `sum of amount in payments where cleared, in the period before`."""
    if spec.title and spec.title != name.full:
        body = spec.title
    else:
        what = f" {spec.expression.text}" if spec.expression else ""
        kept = f" where {spec.where.text}" if spec.where else ""
        body = f"{_AGGREGATES[spec.aggregate]}{what} in {spec.source}{kept}"
        body = f"{spec.definition.rstrip('.')}, from {spec.source}{kept}" if spec.definition else body
    per = spec.first_per or spec.last_per
    extra = [
        ", ".join(f"{option.replace('_', ' ')} {option_in_words(value)}" for option, value in spec.options.items()),
        f"the {'first' if spec.first_per else 'last'} row of each {per}" if per else "",
        _WHOSE[name.level],
        f"over {name.window.words}" if name.window else "in the period before" if name.previous else "",
    ]
    return ", ".join([body, *(part for part in extra if part)])


def _noun(asked: MeasuresAsked, evidence: Evidence, row: Mapping[str, Any], name: str) -> Measure:
    reason = row.get(f"{name}?") or ""
    used = evidence.of(name, row["stretch"])
    known = measure_name(name)
    spec = evidence.measures.get(known.measure) if known else None
    facts = asked.tables.get(spec.source) if spec else None
    if known and facts and not is_log(facts.spec):
        known = replace(known, mark="")  # a table has no rows of other days
    source = spec.source if spec else _source_of(asked.workspace, name)
    return Measure(
        name=name,
        value=row[name],
        status=_status(row[name], reason),
        reason=reason,
        source=source,
        says=says(spec, known) + _whose_events(facts) + _without(facts) if spec and known else "",
        rows=row.get(f"{name}#") or sum(part.count for part in used),
        blanks=row.get(f"{name}~") or 0,
        as_of=facts.as_of if facts else None,
        used=used,
        definition_id=spec.definition_id if spec else "",
        notes=evidence.notes.get((name, row["stretch"]), ()),
    )


def _whose_events(facts: Facts | None) -> str:
    """By which rule events that name nobody became the person's, in words."""
    rule = facts.spec.credit if facts else None
    if rule is None:
        return ""
    kept = f" where {rule.where.text}" if rule.where else ""
    share = f"; the last gets {rule.split[0]:g} %, the first {rule.split[1]:g} %" if rule.split[1] else ""
    within = f"{rule.within} day{'s' * (rule.within != 1)}"
    return f", credited by the last of {rule.to}{kept} with the same {rule.same}, at most {within} before{share}"


def _without(facts: Facts | None) -> str:
    """Which rows another source took out, in words."""
    rule = facts.spec.leave_out if facts else None
    if rule is None:
        return ""
    kept = f" where {rule.where.text}" if rule.where else ""
    force = " and in force on the row's day" if rule.first_day or rule.last_day else ""
    return f", without rows whose {rule.same} is in {rule.source}{kept}{force}"


def _status(value: object, reason: str) -> MeasureStatus:
    if reason in ERRORS:
        return MeasureStatus.ERROR
    return MeasureStatus.NO_DATA if reason or value is None else MeasureStatus.OK


def _source_of(workspace: Workspace, name: str) -> str:
    """Where an attribute or a target stands; the engine's own days have no source."""
    if name.startswith("person."):
        return workspace.people.source
    *_, target = name.split("target.", 1)
    if "target." not in name:
        return ""
    named = workspace.targets.get(target)
    registers = (spec for spec in workspace.targets.values() if spec.columns)
    spec = named or next(registers, None)
    return spec.source if spec else ""

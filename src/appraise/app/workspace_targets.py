"""The `targets:` part of `appraise.yaml`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from appraise.app.workspace_people import source_problems
from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem, Severity
from appraise.model.workspace import TargetSpec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from appraise.app.workspace_section import Section
    from appraise.model.workspace import MeasureSpec, Workspace

FULL = 100.0
"""The percentage of a target from which a ramp has ended."""


def target_of(name: str, section: Section) -> TargetSpec:
    """A source of targets as declared."""
    return TargetSpec(
        name=name,
        source=section.text("source"),
        place=section.key_place(),
        value=section.expression("value"),
        per=section.text("per", "period"),
        columns=section.pairs("columns"),
        ramp=_ramp(section),
        weighted_by=_weighted_by(section, name),
    )


def target_problems(section: Section, spec: TargetSpec, sources: Collection[str]) -> list[Problem]:
    """What does not fit together in one source of targets."""
    thing = f"target '{spec.name}'"
    problems = source_problems(section, "source", thing, sources)
    if section.has("value") and section.has("columns"):
        message, hint = (
            f"{thing}: both 'value' and 'columns' are written",
            "'columns' is for a register of many targets",
        )
        problems.append(Problem(section.key_place("columns"), code="two-ways-to-say", message=message, hint=hint))
    if not section.has("value") and not section.has("columns"):
        message = f"{thing}: says neither 'value' nor 'columns'"
        hint = "write 'value: COLUMN' for a sheet of one target, 'columns' for a register"
        problems.append(Problem(section.key_place(), code="target-without-value", message=message, hint=hint))
    return problems


def shape_problems(section: Section, spec: TargetSpec, workspace: Workspace) -> list[Problem]:
    """What does not fit together in the ramp and the weights of one source of targets."""
    return [*_ramp_problems(section, spec), *_weight_problems(section, spec, workspace)]


def _ramp(section: Section) -> dict[str, tuple[float, ...]]:
    """The ramp of every target (under the empty name), or those of single targets of a register."""
    written = section.at("ramp")
    lists = (
        {"": written.data} if isinstance(written.data, list) else {name: part.data for name, part in written.parts()}
    )
    return {
        name: tuple(float(step) for step in steps if isinstance(step, int | float))
        for name, steps in lists.items()
        if isinstance(steps, list)
    }


def _weighted_by(section: Section, name: str) -> dict[str, str]:
    """The measures that rates are weighted by, by target."""
    written = section.at("weighted_by").data
    return {name: written} if isinstance(written, str) else section.pairs("weighted_by")


def _ramp_problems(section: Section, spec: TargetSpec) -> Iterator[Problem]:
    thing = f"target '{spec.name}'"
    if spec.ramp and spec.per == "rate" and not spec.columns:
        message, hint = f"{thing}: 'ramp' stands beside 'per: rate'", "a rate is the same for everybody: remove 'ramp'"
        yield Problem(section.key_place("ramp"), code="ramp-of-a-rate", message=message, hint=hint)
    for name, steps in spec.ramp.items():
        place = section.at("ramp").place(name) if name else section.place("ramp")
        if any(later < earlier for earlier, later in pairwise(steps)):
            message, hint = f"{thing}: the ramp falls", "write the percentages of the months of tenure in rising order"
            yield Problem(place, code="ramp-falls", message=message, hint=hint)
        elif steps and steps[-1] != FULL:
            message = f"{thing}: the ramp ends at {steps[-1]:g} percent, which stays for good"
            hint = "end with 100, unless nobody is ever to have the whole target"
            yield Problem(place, code="ramp-never-full", message=message, hint=hint, severity=Severity.WARNING)


def _weight_problems(section: Section, spec: TargetSpec, workspace: Workspace) -> Iterator[Problem]:
    thing, measures = f"target '{spec.name}'", workspace.measures
    if spec.weighted_by and spec.per != "rate" and not spec.columns:
        message, hint = f"{thing}: 'weighted_by' stands beside 'per: {spec.per}'", "write 'per: rate', or remove it"
        yield Problem(section.key_place("weighted_by"), code="weight-of-an-amount", message=message, hint=hint)
    for name, measure in spec.weighted_by.items():
        written = section.at("weighted_by")
        place = written.place(name) if isinstance(written.data, dict) else written.place()
        if measure not in measures:
            message = f"{thing}: 'weighted_by' names '{measure}', and there is no such measure"
            hint = did_you_mean(measure, measures) or "name a measure that is declared under measures:"
            yield Problem(place, code="unknown-weight", message=message, hint=hint)
        elif because := _not_by_days(measures[measure], workspace):
            message = f"{thing}: 'weighted_by' names '{measure}', which cannot be told for some of the days: {because}"
            hint = "name a measure that counts or adds up the rows of a log, such as what the rate divides by"
            yield Problem(place, code="weight-without-days", message=message, hint=hint)


def _not_by_days(measure: MeasureSpec, workspace: Workspace) -> str:
    """Why the days of a measure do not add up to the whole; empty where they do."""
    source = workspace.sources.get(measure.source)
    if measure.aggregate not in {"count", "sum"}:
        return f"it is a {measure.aggregate.replace('_', ' ')}"
    if measure.first_per or measure.last_per or measure.as_of:
        return "it tells a state"
    return f"source '{source.name}' has no date" if source is not None and not source.date else ""

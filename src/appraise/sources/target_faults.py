"""What is wrong with the targets in force: two of the same rank, months without one, scopes nobody can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem, Severity
from appraise.sources.facts import FILE, LINE
from appraise.sources.row_places import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.target_spec import TargetSpec
    from appraise.model.workspace import Workspace

_NEEDED = {"region": ("region",), "region+grade": ("region", "grade")}


def ambiguous_targets(name: str, parts: pl.DataFrame) -> list[Problem]:
    """One problem for each pair of rows that are in force at once for the same scope, naming both."""
    several = parts.filter(pl.col("_stretch").is_duplicated())
    pairs: dict[tuple[int, int], list[str]] = {}
    for _, group in several.group_by(["_stretch"], maintain_order=True):
        first, second = group["_row"].to_list()[:2]
        pairs.setdefault((first, second), []).append(group["person"][0])
    rows = {row["_row"]: row for row in several.unique("_row").select("_row", "scope", "of", FILE, LINE).to_dicts()}
    return [
        Problem(
            place_of(rows[second]),
            code="ambiguous-target",
            message=f"target '{name}': {rows[second]['scope']} '{rows[second]['of']}' has two on the same days, "
            f"in {place_of(rows[first])} and in {place_of(rows[second])}",
            hint="end the earlier row before the later one begins, or delete one; until then they have no target",
            person=persons[0] if len(set(persons)) == 1 else None,
        )
        for (first, second), persons in pairs.items()
    ]


def incomplete_targets(workspace: Workspace, name: str, judged: pl.DataFrame) -> list[Problem]:
    """A warning that names the first person with a target in some months only, and how many others there are."""
    partly = judged.filter(pl.col("has") & pl.col("lacks") & ~pl.col("is_rate"))
    partly = partly.unique("person", keep="first", maintain_order=True)
    if partly.is_empty():
        return []
    person, months = partly["person"][0], partly["months"][0].to_list()
    shown = ", ".join(f"{month:%Y-%m}" for month in months)
    spec = workspace.targets.get(name)
    return [
        Problem(
            spec.place if spec else workspace.place,
            code="incomplete-target",
            message=f"target '{name}': person '{person}'{_and_others(partly.height - 1)} has none for {shown}, "
            "and therefore none for the period",
            hint="write the missing months, 0 where nothing was asked",
            severity=Severity.WARNING,
            person=person if partly.height == 1 else None,
        )
    ]


def scopes_without_attribute(workspace: Workspace, name: str, rows: pl.DataFrame) -> list[Problem]:
    """A problem for each scope that needs an attribute which the workspace does not declare."""
    declared = set(workspace.people.attributes)
    return [
        Problem(
            workspace.people.place,
            code="scope-without-attribute",
            message=f"target '{name}': the scope '{scope}' needs the attribute {' and '.join(_NEEDED[scope])}",
            hint="declare it under people: attributes:",
        )
        for scope in sorted(set(rows["scope"].unique().to_list()) & set(_NEEDED))
        if not declared.issuperset(_NEEDED[scope])
    ]


def names_not_in_register(spec: TargetSpec, written: Sequence[str]) -> list[Problem]:
    """A warning for each target that `ramp` or `weighted_by` names and of which the register has no row.

    Args:
        spec: a register.
        written: the names of the targets in all its rows.
    """
    return [
        Problem(
            spec.place,
            code="target-not-in-register",
            message=f"target '{spec.name}': '{key}' names '{name}', of which source '{spec.source}' has no row",
            hint=did_you_mean(name, written) or "write the target's name as it stands in the register",
            severity=Severity.WARNING,
        )
        for key, named in (("ramp", spec.ramp), ("weighted_by", spec.weighted_by))
        for name in named
        if name and name not in written
    ]


def _and_others(others: int) -> str:
    return f" (and {others} more)" if others else ""

"""Every measure that a formula can name: those declared, and the numeric columns of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.expression import Expression
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.model.workspace import MeasureSpec
from appraise.scoring.bindings import UNREADABLE, bound_measure
from appraise.scoring.windows import is_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from appraise.model.workspace import SourceSpec, Workspace
    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.bindings import BoundMeasure
    from appraise.scoring.ports import Facts


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The measures by name; `implicit` are columns of tables, whose groups of one person have just one row."""

    measures: Mapping[str, MeasureSpec]
    implicit: frozenset[str]


def tables_of_facts(workspace: Workspace) -> list[SourceSpec]:
    """The tables whose numeric columns are measures, also the one that lists the people: it may be the only one."""
    people = workspace.people
    deciding = {spec.leave_out.source for spec in workspace.sources.values() if spec.leave_out}
    nobody = {name for name in deciding if (spec := workspace.sources.get(name)) and not (spec.person or spec.team)}
    other = {people.leave.source if people.leave else "", *(target.source for target in workspace.targets.values())}
    other |= nobody
    return [
        spec
        for spec in workspace.sources.values()
        if (spec.name not in other or spec.name == people.source) and not is_log(spec) and not spec.months_in_columns
    ]


def columns_of_facts(workspace: Workspace, table: SourceSpec, columns: Iterable[str]) -> list[str]:
    """Those of a table's columns that can be measures: none that says who, which team or period, none protected."""
    people = workspace.people
    keys = [table.person.column if table.person else "", table.team or "", table.period or ""]
    if table.name == people.source:
        keys += [*people.columns.values(), *people.attributes]
    taken = {snake_case(key) for key in keys} | workspace.protected
    return [column for column in columns if snake_case(column) not in taken]


def catalogue_of(
    workspace: Workspace, numeric: Mapping[str, Iterable[str]], wanted: frozenset[str]
) -> tuple[Catalogue, list[Problem]]:
    """The measures that are declared or stand in a table.

    Args:
        workspace: declares measures and sources.
        numeric: the numeric columns of each source, by its name.
        wanted: the measures that something uses; a clash of others is nobody's trouble.

    Returns:
        The catalogue, and a problem for each wanted name that two sources bring. A declared measure over a column of
        its own source may carry the column's name and then stands for it.
    """
    measures = dict(workspace.measures)
    problems = []
    for table in tables_of_facts(workspace):
        for column in sorted(columns_of_facts(workspace, table, numeric.get(table.name, ()))):
            owner = measures.setdefault(column, _implicit(table, column))
            if owner.source != table.name and column in wanted:
                problems.append(_twice(table, column, owner))
    return Catalogue(measures, frozenset(measures) - frozenset(workspace.measures)), problems


def numeric_columns(tables: Mapping[str, Facts]) -> dict[str, list[str]]:
    """The columns of each source that hold numbers."""
    return {
        name: [
            column
            for column, dtype in facts.frame.schema.items()
            if dtype == pl.Float64 and column[0] != "_" and not column.endswith(UNREADABLE)
        ]
        for name, facts in tables.items()
    }


def _implicit(table: SourceSpec, column: str) -> MeasureSpec:
    place = table.places.get(f"columns.{column}", table.place)
    return MeasureSpec(column, "sum", table.name, place, Expression(column, place))


def _twice(table: SourceSpec, column: str, owner: MeasureSpec) -> Problem:
    return Problem(
        table.places.get(f"columns.{column}", table.place),
        code="measure-name-twice",
        message=f"source '{table.name}': its column '{column}' is a measure by itself, but source '{owner.source}' "
        "has a measure of that name too",
        hint="rename one of the columns with 'columns'",
    )


def bound_measures(
    asked: MeasuresAsked, catalogue: Catalogue, wanted: frozenset[str]
) -> tuple[dict[str, BoundMeasure], list[Problem]]:
    """The wanted measures over the columns of their delivered sources, without those that do not fit them."""
    measures: dict[str, BoundMeasure] = {}
    problems: list[Problem] = []
    for name in sorted(wanted & set(catalogue.measures)):
        spec = catalogue.measures[name]
        facts = asked.tables.get(spec.source)
        if facts is None or not facts.frame.width:
            continue
        measure, found = bound_measure(spec, facts, asked.functions, alone=name in catalogue.implicit)
        problems += found
        if measure is not None:
            measures[name] = measure
    return measures, problems

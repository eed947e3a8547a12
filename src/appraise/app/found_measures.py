"""Columns of tables that hold numbers alone: measures by themselves, whether a template reads them or not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.naming import snake_case
from appraise.scoring.catalogue import columns_of_facts, tables_of_facts
from appraise.sources.clean.asked import Asked
from appraise.sources.clean.cells import cells_of
from appraise.sources.facts import PERSON, TEAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.app.pipeline import Facts
    from appraise.sources.facts import FactTable


def with_numbers_found(facts: Facts) -> tuple[Facts, frozenset[str]]:
    """The facts in which columns of numbers are numbers, and their names.

    Only tables with one row for each person (or team) are looked at, and only names that just one of them has.
    """
    workspace = facts.setting.workspace
    found: dict[str, list[pl.Series]] = {}
    for spec in tables_of_facts(workspace):
        table = facts.tables.get(spec.name)
        if table is not None and _has_one_row_each(table):
            own = columns_of_facts(workspace, spec, table.titles)
            found[spec.name] = [column for column in _numbers(table, own) if column.name not in workspace.measures]
    times = Counter(column.name for columns in found.values() for column in columns)
    kept = {name: [column for column in columns if times[column.name] == 1] for name, columns in found.items()}
    tables = {
        name: replace(table, frame=table.frame.with_columns(kept.get(name, []))) for name, table in facts.tables.items()
    }
    names = frozenset(column.name for columns in kept.values() for column in columns)
    return replace(facts, tables=tables), names


def _has_one_row_each(table: FactTable) -> bool:
    if table.spec.period or not table.frame.height:
        return False
    key = next((name for name in (PERSON, TEAM) if name in table.frame.columns), None)
    return table.frame.height == 1 if key is None else bool(table.frame[key].is_unique().all())


def _numbers(table: FactTable, names: list[str]) -> Iterator[pl.Series]:
    """The columns in which every cell that is not blank is a number."""
    declared = {snake_case(name) for name in table.spec.types}
    for column in (table.frame[name] for name in names if name in table.frame.columns):
        if column.dtype == pl.Float64:
            yield column
        elif column.dtype == pl.String and column.name not in declared:
            cells = cells_of(column, Asked("number", decimal_comma=table.spec.decimal_comma))
            if cells.values.count() == column.count() > 0:
                yield cells.values

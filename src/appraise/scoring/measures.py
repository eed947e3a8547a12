"""From facts to measures: one number per person and name, each with its reason where it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.model.kinds import Kind
from appraise.model.problem import Problem
from appraise.scoring.asked import MeasuresAsked
from appraise.scoring.batch_values import batch_values, whole_reason
from appraise.scoring.batches import NOW, batches_of, measure_names, spans_of
from appraise.scoring.catalogue import bound_measures, catalogue_of, numeric_columns, tables_of_facts
from appraise.scoring.columns_used import columns_used, kinds_of_measures
from appraise.scoring.days import POOLED_DAYS, pooled_days
from appraise.scoring.month_days import days_of_months, names_of_months
from appraise.scoring.states import SOURCE_MISSING, UNREADABLE, untold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.scoring.catalogue import Catalogue
    from appraise.scoring.names import MeasureName

__all__ = ["MeasuresAsked", "columns_used", "measures_of"]


def measures_of(asked: MeasuresAsked) -> tuple[pl.DataFrame, list[Problem]]:
    """One row per person and segment of the roster, in its order.

    Returns:
        person and four columns for each name N: `N` the value (null: none), `N?` the reason where there is none
        (`source_missing`, `stale`, `no_rows`, `unreadable`), `N#` the rows it was made of, and `N~` the rows left out
        because a cell they need is missing.
    """
    names = measure_names(asked.names)
    wanted = frozenset(name.measure for name in names)
    catalogue, problems = catalogue_of(asked.workspace, numeric_columns(asked.tables), wanted)
    measures, unbound = bound_measures(asked, catalogue, wanted)
    unknown = [name for name in names if name.measure not in catalogue.measures]
    problems += [*unbound, *_unknown(asked, unknown, catalogue)]
    batches = batches_of([name for name in names if name.measure in catalogue.measures], catalogue, asked.tables)
    days, of_months = asked.names & POOLED_DAYS, names_of_months(asked.names)
    spans = spans_of(asked, batches, days=bool(days))
    reasons = {name.full: SOURCE_MISSING for name in unknown}
    parts = [asked.people.segments.select("person")]
    parts += pooled_days(asked, spans[NOW].pools, days) if days else []
    parts += days_of_months(asked, of_months)
    for batch in batches:
        absent = whole_reason(asked, batch)
        lost = [name.full for name in batch.names if absent or name.measure not in measures]
        reasons |= dict.fromkeys(lost, absent or UNREADABLE)
        if not absent:
            values, found = batch_values(asked, batch, spans[batch.days], measures)
            problems += [problem for problem in found if problem not in problems]
            parts.append(values)
    parts += _without_value(asked, names, reasons)
    return _in_order(
        pl.concat(parts, how="horizontal"), [*(name.full for name in names), *sorted(days), *of_months]
    ), problems


def _without_value(asked: MeasuresAsked, names: Iterable[MeasureName], reasons: dict[str, str]) -> list[pl.DataFrame]:
    """The columns of the names that nobody has."""
    kinds = kinds_of_measures(asked.workspace, asked.functions) if reasons else {}
    return [
        untold(asked.people.segments.height, name.full, reasons[name.full], kinds.get(name.measure, Kind.NUMBER))
        for name in names
        if name.full in reasons
    ]


def _in_order(frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    return frame.select("person", *(f"{name}{mark}" for name in names for mark in ("", "?", "#", "~")))


def _unknown(asked: MeasuresAsked, names: Iterable[MeasureName], catalogue: Catalogue) -> list[Problem]:
    """A problem for each name that is no measure; none where it may be a column of a table that did not arrive."""
    tables = [asked.tables.get(spec.name) for spec in tables_of_facts(asked.workspace)]
    if any(facts is None or facts.status != "delivered" for facts in tables):
        return []
    return [
        Problem(
            asked.workspace.place,
            code="unknown-measure",
            message=f"measure '{measure}': there is no such measure, and no numeric column of a table is called so",
            hint=did_you_mean(measure, catalogue.measures) or "declare it under measures:",
        )
        for measure in sorted({name.measure for name in names})
    ]

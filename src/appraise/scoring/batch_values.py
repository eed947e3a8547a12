"""The values of measures that are made of the same rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from appraise.model.role import Level
from appraise.scoring.aggregates import values_by_group
from appraise.scoring.batches import keyed_rows
from appraise.scoring.custom_measures import custom_values
from appraise.scoring.custom_specs import custom_name, custom_problems
from appraise.scoring.pools import KEY
from appraise.scoring.single_rows import several_rows
from appraise.scoring.states import NO_ROWS, PEOPLED, SOURCE_MISSING, STALE, UNREADABLE, told, untold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.model.problem import Problem
    from appraise.scoring.asked import MeasuresAsked
    from appraise.scoring.batches import Batch, Span
    from appraise.scoring.bindings import BoundMeasure


def whole_reason(asked: MeasuresAsked, batch: Batch) -> str:
    """Why nobody has anything of a batch's source; the empty text where it is delivered."""
    facts = asked.tables.get(batch.source)
    if facts is None or facts.status != "delivered":
        return STALE if facts is not None and facts.status == STALE else SOURCE_MISSING
    return ""


def bound_here(batch: Batch, measures: Mapping[str, BoundMeasure]) -> list[tuple[str, BoundMeasure]]:
    """The batch's names with their measures, those that could be bound.

    A column of a table has one row for each person or for the company; where rows are pooled it is added up.
    """
    pooled = batch.level is not Level.PERSON
    return [
        (name.full, replace(measures[name.measure], alone=measures[name.measure].alone and not pooled))
        for name in batch.names
        if name.measure in measures
    ]


def batch_values(
    asked: MeasuresAsked, batch: Batch, span: Span, measures: Mapping[str, BoundMeasure]
) -> tuple[pl.DataFrame, list[Problem]]:
    """The four columns of each of the batch's names, for every segment of the roster; see `measures_of`.

    Args:
        asked: the request.
        batch: names of one delivered source that are made of the same rows.
        span: the batch's period and groups.
        measures: by name those that could be bound to the columns of their source; nobody has the others.
    """
    height = asked.people.segments.height
    bound = bound_here(batch, measures)
    rows = keyed_rows(asked, batch, span)
    if rows is None:
        return _side_by_side([untold(height, name, NO_ROWS, measure.kind) for name, measure in bound], height), []
    groups, problems = _groups(asked, batch, span, rows, bound) if bound else (None, [])
    if groups is None:
        return _side_by_side(
            [untold(height, name, UNREADABLE, measure.kind) for name, measure in bound], height
        ), problems
    facts = asked.tables[batch.source]
    peopled = span.pools.peopled(facts.spec, batch.level).to_frame(KEY).with_columns(pl.lit(value=True).alias(PEOPLED))
    keys = span.pools.people.select("person", span.pools.keys(facts.spec, batch.level).alias(KEY))
    people = keys.join(groups, on=KEY, how="left", maintain_order="left").join(
        peopled, on=KEY, how="left", maintain_order="left"
    )
    problems += several_rows(batch, people, rows, bound)
    return told(people.with_columns(pl.col(PEOPLED).fill_null(value=False)), bound), problems


def _groups(
    asked: MeasuresAsked, batch: Batch, span: Span, rows: pl.DataFrame, bound: list[tuple[str, BoundMeasure]]
) -> tuple[pl.DataFrame | None, list[Problem]]:
    if not batch.custom:
        return values_by_group(rows, [measure for _, measure in bound]), []
    measure = bound[0][1]
    if problems := custom_problems(asked.workspace, measure.spec, asked.custom):
        return None, problems
    return custom_values(rows, measure, asked.custom[custom_name(measure.spec)], span.period)


def _side_by_side(parts: list[pl.DataFrame], height: int) -> pl.DataFrame:
    return pl.concat(parts, how="horizontal") if parts else pl.DataFrame(height=height)

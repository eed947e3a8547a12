"""Measures that a plugin computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.errors import told
from appraise.model.problem import Problem
from appraise.plugin import MeasureRequest
from appraise.scoring.aggregates import ROWS, group_counts, marked_rows
from appraise.scoring.pools import KEY
from appraise.scoring.windows import DATE

if TYPE_CHECKING:
    from appraise.model.period import Period
    from appraise.model.workspace import MeasureSpec
    from appraise.plugin import CustomMeasure
    from appraise.scoring.bindings import BoundMeasure


MARKS = ("0.keep", "0.value", "0.doubt")
"""What `marked_rows` adds for measure number 0."""


def custom_values(
    rows: pl.DataFrame, measure: BoundMeasure, custom: CustomMeasure, period: Period
) -> tuple[pl.DataFrame | None, list[Problem]]:
    """The plugin's value for every group, in the columns of `values_by_group` as measure number 0.

    The plugin sees the key of the group as the person, so that a team's number is made of the team's pooled rows, and
    no row in which a column that it needs is missing. What it raises, or a frame of another shape, is one problem, and
    nobody has the measure.
    """
    marked = marked_rows(rows.lazy(), [(0, measure)]).collect()
    counts = marked.group_by(KEY).agg(pl.len().alias(ROWS), *group_counts(0, measure))
    request = _request(marked.filter(pl.col("0.keep")) if measure.tests_rows else marked, measure.spec, period)
    try:
        answer = custom.compute(request)
    except Exception as error:  # noqa: BLE001 -- whatever a plugin raises is its own fault, told as a problem
        return None, [_failed(measure, custom, told(error))]
    if fault := fault_of(answer):
        return None, [_failed(measure, custom, fault)]
    values = answer.select(pl.col("person").alias(KEY), pl.col("value").cast(pl.Float64).alias("0.value"))
    return counts.join(values, on=KEY, how="left"), []


def fault_of(answer: object) -> str:
    """What is wrong with the shape of a plugin's answer, else with what stands in it."""
    if not isinstance(answer, pl.DataFrame):
        return f"it gave {type(answer).__name__}, not a DataFrame"
    if not {"person", "value"} <= set(answer.columns):
        return "its frame has no columns 'person' and 'value'"
    return _fault_in(answer["person"], answer["value"])


def _fault_in(person: pl.Series, value: pl.Series) -> str:
    """A person is a text and has one value, which may be missing and is else a finite number."""
    if person.dtype not in (pl.String, pl.Null):
        return f"its column 'person' is {person.dtype}, not text"
    if not (value.dtype.is_numeric() or value.dtype == pl.Null):
        return f"its column 'value' is {value.dtype}, not a number"
    if person.is_duplicated().any():
        return "it gave somebody two values"
    finite = value.cast(pl.Float64).is_finite().fill_null(value=True).all()
    return "" if finite else "it gave a value that is no finite number"


def _request(kept: pl.DataFrame, spec: MeasureSpec, period: Period) -> MeasureRequest:
    """What the plugin is asked, from the rows of `marked_rows` that hold its filter."""
    whole = pl.col("0.value").is_not_null()
    rows, left_out = (_request_rows(kept.filter(part).drop(MARKS, strict=False), spec) for part in (whole, ~whole))
    return MeasureRequest(rows, period.start, period.end, spec.options, left_out)


def _request_rows(rows: pl.DataFrame, spec: MeasureSpec) -> pl.DataFrame:
    """`person`, for a log `date`, and the columns that the measure reads, all of the source's where it says none."""
    engine = [pl.col(KEY).alias("person"), *([pl.col(DATE).alias("date")] if DATE in rows.columns else [])]
    if spec.reads:
        return rows.select(*engine, *(pl.col(read.column).alias(read.name) for read in spec.reads))
    own = [name for name in rows.columns if name[0] != "_" and not name.endswith("!")]
    return rows.with_columns(engine).select(*own, *(name.meta.output_name() for name in engine))


def _failed(measure: BoundMeasure, custom: CustomMeasure, why: str) -> Problem:
    return Problem(
        measure.spec.place,
        code="custom-measure-failed",
        message=f"measure '{measure.spec.name}': the plugin's measure '{custom.name}' failed ({why})",
        hint="tell the plugin's author; until then nobody has this measure",
    )

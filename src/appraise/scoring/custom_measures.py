"""Measures that a plugin computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.documents.suggest import did_you_mean
from appraise.model.errors import told
from appraise.model.problem import Problem
from appraise.plugin import MeasureRequest
from appraise.scoring.aggregates import ROWS
from appraise.scoring.pools import KEY
from appraise.scoring.windows import DATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.model.period import Period
    from appraise.model.workspace import MeasureSpec
    from appraise.plugin import CustomMeasure
    from appraise.scoring.bindings import BoundMeasure


def custom_values(
    rows: pl.DataFrame, measure: BoundMeasure, custom: CustomMeasure, period: Period
) -> tuple[pl.DataFrame | None, list[Problem]]:
    """The plugin's value for every group, in the columns of `values_by_group` as measure number 0.

    The plugin sees the key of the group as the person, so that a team's number is made of the team's pooled rows. What
    it raises, or a frame of another shape, is one problem, and nobody has the measure.
    """
    kept = rows if measure.keeps is None else rows.filter(measure.keeps)
    counts = kept.group_by(KEY).agg(pl.len().cast(pl.Int64).alias("0.used"))
    try:
        answer = custom.compute(MeasureRequest(_request_rows(kept), period.start, period.end))
    except Exception as error:  # noqa: BLE001 -- whatever a plugin raises is its own fault, told as a problem
        return None, [_failed(measure, custom, told(error))]
    if fault := _fault_of(answer):
        return None, [_failed(measure, custom, fault)]
    values = answer.select(pl.col("person").alias(KEY), pl.col("value").cast(pl.Float64).alias("0.value"))
    return (
        rows.group_by(KEY)
        .agg(pl.len().alias(ROWS))
        .join(counts, on=KEY, how="left")
        .join(values, on=KEY, how="left")
        .with_columns(
            pl.col("0.used").fill_null(0),
            *(pl.lit(0, dtype=pl.Int64).alias(f"0.{part}") for part in ("empty", "undecided", "unreadable")),
        ),
        [],
    )


def _fault_of(answer: object) -> str:
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


def no_such_measure(spec: MeasureSpec, named: str, known: Iterable[str]) -> Problem:
    """The problem of a custom measure that no plugin brings."""
    return Problem(
        spec.expression.place if spec.expression else spec.place,
        code="unknown-custom-measure",
        message=f"measure '{spec.name}': no plugin brings a measure '{named}'",
        hint=did_you_mean(named, known) or "allow the plugin under plugins:, or correct the name",
    )


def _request_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """The source's columns, `person` and, for a log, `date`."""
    named = rows.with_columns(
        pl.col(KEY).alias("person"), *([pl.col(DATE).alias("date")] if DATE in rows.columns else [])
    )
    return named.select(name for name in named.columns if name[0] != "_" and not name.endswith("!"))


def _failed(measure: BoundMeasure, custom: CustomMeasure, why: str) -> Problem:
    return Problem(
        measure.spec.place,
        code="custom-measure-failed",
        message=f"measure '{measure.spec.name}': the plugin's measure '{custom.name}' failed ({why})",
        hint="tell the plugin's author; until then nobody has this measure",
    )

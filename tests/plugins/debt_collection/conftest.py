"""The shipped metrics, and what they give for rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from appraise.app.plugins import registry_for
from appraise.plugin import Kind, MeasureRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.plugin import CustomMeasure, MeasureExample

TYPES = {Kind.NUMBER: pl.Float64, Kind.DATE: pl.Date, Kind.YES_NO: pl.Boolean, Kind.TEXT: pl.String}


@pytest.fixture(scope="session")
def metrics() -> Mapping[str, CustomMeasure]:
    """The metrics of the shipped plugin, loaded as a workspace without plugins of its own loads them."""
    registry, problems = registry_for(Path(__file__).parent, ())
    assert problems == []
    return registry.measures


@pytest.fixture(scope="session")
def value(metrics: Mapping[str, CustomMeasure]) -> Callable[[str, MeasureExample], float | None]:
    """What a metric gives for the rows of an example, all of them one person's; None where it has no figure."""

    def given(name: str, example: MeasureExample) -> float | None:
        metric = metrics[name]
        types = {column.name: TYPES[column.kind] for column in (*metric.or_columns, *metric.columns)}
        types |= {"date": pl.Datetime("us")}
        columns = [pl.Series(name, rows, dtype=types[name]) for name, rows in example.rows.items() if name in types]
        rows = pl.DataFrame(columns).with_columns(person=pl.lit("E1"))
        options = {option.name: option.default for option in metric.options} | dict(example.options)
        answer = metric.compute(MeasureRequest(rows, example.start, example.end, options))
        return answer["value"].item() if answer.height else None

    return given

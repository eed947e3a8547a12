"""The metrics of debt collection: every worked example holds, and every metric says what it is."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from appraise.app.plugins import registry_for
from appraise.plugin import CustomMeasure, Kind, MeasureExample, MeasureRequest

TYPES = {Kind.NUMBER: pl.Float64, Kind.DATE: pl.Date, Kind.YES_NO: pl.Boolean, Kind.TEXT: pl.String}
CASES = Path(__file__).parents[3].parent / "shared" / "cases"
METRICS = dict(registry_for(Path(__file__).parent, ())[0].measures)
EXAMPLES = [
    pytest.param(metric, example, id=f"{metric.name}: {example.says}")
    for metric in METRICS.values()
    for example in metric.examples
]


def value(metric: CustomMeasure, example: MeasureExample) -> float | None:
    """What a metric gives for the rows of an example, all of them one person's."""
    schema = {column.name: TYPES[column.kind] for column in (*metric.or_columns, *metric.columns)}
    schema |= {"date": pl.Datetime("us")}
    columns = [pl.Series(name, values, dtype=schema[name]) for name, values in example.rows.items() if name in schema]
    rows = pl.DataFrame(columns).with_columns(person=pl.lit("E1"))
    options = {option.name: option.default for option in metric.options} | dict(example.options)
    answer = metric.compute(MeasureRequest(rows, example.start, example.end, options))
    assert answer["person"].to_list() == ["E1"]
    return answer["value"].item()


@pytest.mark.parametrize(("metric", "example"), EXAMPLES)
def test_every_worked_example_holds(metric: CustomMeasure, example: MeasureExample) -> None:
    """A metric gives what its worked example says, to the digits that are printed there."""
    assert value(metric, example) == pytest.approx(example.gives, abs=example.within or 1e-12)


@pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
def test_every_metric_says_what_it_is(metric: CustomMeasure) -> None:
    """Each has its formula, source, unit, range, columns and a worked example."""
    told = (metric.doc, metric.formula, metric.unit, metric.range, metric.reference, metric.columns, metric.examples)
    assert all(told)
    assert all(column.says for column in (*metric.columns, *metric.or_columns))
    assert all(option.says for option in metric.options)

"""The worked examples of plugins' measures, run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.model.errors import told
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.plugin import MeasureRequest
from appraise.scoring.custom_measures import fault_of
from appraise.scoring.states import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.declared import MeasureExample
    from appraise.plugin import CustomMeasure

SOMEBODY = "somebody"
"""Whose rows the rows of an example are."""

_CLOSE = 1e-9


def example_problems(owner: str, custom: CustomMeasure) -> Iterator[Problem]:
    """A problem for each worked example that does not come out.

    Args:
        owner: the plugin's name.
        custom: its measure.
    """
    for example in custom.examples:
        if fault := _fault(custom, example):
            yield Problem(
                Place(owner),
                code="plugin-example",
                message=f"plugin '{owner}': the measure '{custom.name}' does not keep its example '{example.says}', "
                f"{fault}",
                hint="mend the measure, or the example",
            )


def example_value(custom: CustomMeasure, example: MeasureExample) -> float | None:
    """What a measure gives for the rows of an example; None where it has no figure.

    Raises:
        ValueError: it gives no frame of the right shape.
        Exception: whatever the plugin raises.
    """
    answer = custom.compute(_request(custom, example))
    if fault := fault_of(answer):
        raise ValueError(fault)
    values = answer.filter(pl.col("person") == SOMEBODY)["value"]
    return values.item() if values.len() else None


def _fault(custom: CustomMeasure, example: MeasureExample) -> str:
    try:
        value = example_value(custom, example)
    except Exception as error:  # noqa: BLE001 -- whatever a plugin raises is its own fault, told as a problem
        return told(error)
    if value is None or example.gives is None:
        same = value == example.gives
    else:
        same = abs(value - example.gives) <= max(example.within, _CLOSE * max(1.0, abs(example.gives)))
    return "" if same else f"it gives {_shown(value)} and not {_shown(example.gives)}"


def _shown(value: float | None) -> str:
    return "no figure" if value is None else f"{value:.10g}"


def _request(custom: CustomMeasure, example: MeasureExample) -> MeasureRequest:
    """The rows of an example as those of a source: columns that the measure does not read are passed over."""
    kinds = {column.name: DTYPES[column.kind] for column in (*custom.or_columns, *custom.columns)}
    types = kinds | {"date": pl.Datetime("us")}
    columns = [pl.Series(name, rows, dtype=types[name]) for name, rows in example.rows.items() if name in types]
    rows = pl.DataFrame(columns).with_columns(person=pl.lit(SOMEBODY))
    options = {option.name: option.default for option in custom.options} | dict(example.options)
    return MeasureRequest(rows, example.start, example.end, options)

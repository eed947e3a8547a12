"""Worked examples of plugins' measures are run, and those that do not come out are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from appraise.model.kinds import Kind
from appraise.plugin import CustomMeasure, MeasureColumn, MeasureExample, MeasureOption
from appraise.scoring.custom_examples import example_problems

if TYPE_CHECKING:
    from appraise.plugin import MeasureRequest


def share(request: MeasureRequest) -> pl.DataFrame:
    """Percent of the rows that are at least the option; nobody has a figure without rows that are above 0."""
    kept = request.rows.filter(pl.col("amount") > 0)
    reached = pl.col("amount") >= request.number("least")
    return kept.group_by("person").agg((100.0 * reached.sum() / pl.len()).alias("value"))


def told(gives: float | None, *amounts: float | None, within: float = 0.0, least: float | None = None) -> list[str]:
    """What is said of a measure with this one example."""
    options = {} if least is None else {"least": least}
    rows = {"amount": amounts, "remark": ["not read"] * len(amounts)}
    example = MeasureExample("one", date(2026, 7, 1), date(2026, 9, 30), rows, gives, options, within)
    columns, options_known = (MeasureColumn("amount", Kind.NUMBER, ""),), (MeasureOption("least", 10.0, ""),)
    custom = CustomMeasure("share", share, "", columns=columns, options=options_known, examples=(example,))
    return [problem.message.partition(", ")[2] for problem in example_problems("ours", custom)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (told(50.0, 5, 10), []),
        (told(100.0, 5, 10, least=5.0), []),
        (told(33.3, 5, 5, 10), ["it gives 33.33333333 and not 33.3"]),
        (told(33.3, 5, 5, 10, within=0.05), []),
        (told(None, -1), []),
        (told(0.0, -1), ["it gives no figure and not 0"]),
        (told(None, 10), ["it gives 100 and not no figure"]),
    ],
    ids=["holds", "options", "too coarse", "rounded", "no figure", "no figure for 0", "a figure for none"],
)
def test_an_example_holds_or_is_told(said: list[str], found: list[str]) -> None:
    """The figure must be the one that is written, as exactly as it is written; no figure is not 0."""
    assert said == found


def test_what_a_measure_raises_is_told() -> None:
    """An example that the plugin fails on is one problem that names plugin, measure and example."""
    example = MeasureExample("two rows", date(2026, 7, 1), date(2026, 9, 30), {}, 1.0)
    custom = CustomMeasure("share", share, "", examples=(example,))
    problem = next(example_problems("ours", custom))
    assert (problem.code, problem.place.file) == ("plugin-example", "ours")
    assert problem.message.startswith("plugin 'ours': the measure 'share' does not keep its example 'two rows', ")


def test_an_answer_of_another_shape_is_told() -> None:
    """The answer is looked at as a run would."""
    example = MeasureExample("any", date(2026, 7, 1), date(2026, 9, 30), {"amount": [1]}, 1.0)
    custom = CustomMeasure("odd", lambda _: pl.DataFrame({"x": [1]}), "", examples=(example,))
    assert "its frame has no columns 'person' and 'value'" in next(example_problems("ours", custom)).message

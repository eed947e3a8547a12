"""The same facts give the same bytes, on one thread and on two, and in whatever order their rows stand."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from everything import tables

from appraise.app.appraisals import appraisals_of
from appraise.app.trace import trace_of

if TYPE_CHECKING:
    import polars as pl
    from companies import Company

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def shuffled(meridian: Company, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The collections company with the rows of every CSV file in another order."""
    company = meridian.copied_to(tmp_path_factory.mktemp("meridian") / "shuffled")
    chance = random.Random(2026)  # noqa: S311 -- an order, not a secret
    for path in sorted((company.root / "data").glob("*.csv")):
        heading, *rows = path.read_bytes().splitlines(keepends=True)
        assert rows[-1].endswith(b"\n")
        assert b'"' not in b"".join(rows) or all(row.count(b'"') % 2 == 0 for row in rows)
        chance.shuffle(rows)
        path.write_bytes(heading + b"".join(rows))
    return company


def of_threads(company: Company, threads: int) -> dict[str, Any]:
    """The hashes of everything, from a process of its own with that many threads."""
    given = {**os.environ, "POLARS_MAX_THREADS": str(threads), "PYTHONPATH": str(HERE)}
    words = [sys.executable, str(HERE / "everything.py"), str(company.root)]
    found: dict[str, Any] = json.loads(subprocess.run(words, env=given, check=True, capture_output=True).stdout)
    assert found.pop("threads") == threads
    return found


def test_the_number_of_threads_changes_no_byte(meridian: Company) -> None:
    """Results, measures, problems and explanations of everybody are the same on one thread and on two."""
    assert of_threads(meridian, 1) == of_threads(meridian, 2)


def test_the_order_of_rows_changes_no_byte(meridian: Company, shuffled: Company) -> None:
    """With shuffled sources everybody has the same ratings, scores, measures, targets and explanations.

    Only the lines that measures were counted from are others.
    """
    found = [company.scores() for company in (meridian, shuffled)]
    there, back = (tables(scores) for scores, _ in found)
    assert [(name, unlike(table, back[name])) for name, table in there.items()] == [(name, []) for name in there]
    codes = [Counter(problem.code for problem in problems) for _, problems in found]
    assert codes[0] == codes[1]
    traces = [json.dumps([without_lines(trace_of(one)) for one in appraisals_of(*each)]) for each in found]
    assert traces[0] == traces[1]


def without_lines(data: Any) -> Any:
    """A part of a trace without the numbers of rows."""
    if isinstance(data, dict):
        return {key: without_lines(value) for key, value in data.items() if key != "rows"}
    return [without_lines(each) for each in data] if isinstance(data, list | tuple) else data


def unlike(one: pl.DataFrame, other: pl.DataFrame) -> list[str]:
    """The columns that differ."""
    assert one.columns == other.columns
    return [name for name in one.columns if not one[name].equals(other[name], null_equal=True)]

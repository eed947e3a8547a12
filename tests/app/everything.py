"""Prints a hash of everything that a company's scores and explanations say: `python everything.py FOLDER`.

`results` and `measures` are the tables of everybody, `traces` the whole explanations, with the places of all rows.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from companies import Company

from appraise.app.appraisals import appraisals_of
from appraise.app.results import people_table, results_table
from appraise.app.trace import trace_of
from appraise.scoring.results import adjustment_results, gate_results, kra_results

if TYPE_CHECKING:
    from appraise.app.pipeline import Scores


def tables(scores: Scores) -> dict[str, pl.DataFrame]:
    """Every table of a scored company, as it is written or told, and the measures and targets that it was made of."""
    results = scores.results
    made = {"kras": kra_results, "gates": gate_results, "adjustments": adjustment_results}
    return {
        "people": people_table(scores),
        "results": results_table(scores),
        "measures": scores.inputs.frame,
        **{name: table(results) for name, table in made.items()},
    }


def hashes(company: Company) -> dict[str, str]:
    """A hash of each table and of all explanations."""
    scores, problems = company.scores()
    texts = {name: table.write_json() for name, table in tables(scores).items()}
    texts["problems"] = json.dumps([problem.data for problem in problems])
    texts["traces"] = json.dumps([trace_of(one) for one in appraisals_of(scores, problems)])
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}


if __name__ == "__main__":
    json.dump({"threads": pl.thread_pool_size(), **hashes(Company(Path(sys.argv[1])))}, sys.stdout)

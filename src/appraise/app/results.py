"""A scored company as tables for files; docs/results.md describes every column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from appraise.scoring.results import adjustment_results, gate_results, kpi_results, kra_results

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.app.pipeline import Scores

FORMAT = 1
"""Counts up when a column of `results_table` changes its meaning."""

_CARD = ("name", "team", "site", "manager", "role_title", "start", "end", "working_days", "available_days")
_RATING = (
    *("status", "reason", "overall", "label", "coverage"),
    *("uncapped", "base", "indicative", "capped_by", "provisional"),
)


def people_table(scores: Scores) -> pl.DataFrame:
    """One row per person of the period, in the order of their ids."""
    cards = scores.inputs.facts.roster.frame.select("person", *_CARD)
    joined = scores.results.people.join(cards, on="person", how="left", maintain_order="left")
    period = pl.lit(scores.inputs.facts.setting.period.id).alias("period")
    return joined.select(period, "person", *_CARD[:2], "role", *_RATING, *_CARD[2:])


def results_table(scores: Scores) -> pl.DataFrame:
    """One row per person, segment and KPI, with the person's rating and the KRA's score beside; see docs/results.md.

    A person who is on no template has one row without a KRA and a KPI.
    """
    people = people_table(scores).select("period", "person", "name", "team", "role", *_RATING)
    kras = kra_results(scores.results).select("person", "segment", "kra", kra_status="status", kra_score="score")
    kpis = kpi_results(scores.results).rename({"role": "segment_role", "status": "kpi_status", "reason": "kpi_reason"})
    rows = kpis.join(kras, on=["person", "segment", "kra"], how="left", maintain_order="left")
    joined = people.join(rows, on="person", how="left", maintain_order="left_right")
    first = ("segment", "segment_role", "kra", "kra_status", "kra_score")
    return joined.select(*people.columns, *first, *(name for name in kpis.columns if name not in {"person", *first}))


def workbook_sheets(scores: Scores) -> Mapping[str, pl.DataFrame]:
    """The sheets of the workbook for people who read rather than compute."""
    results = scores.results
    sheets = {
        "People": people_table(scores).drop("period"),
        "KRAs": kra_results(results),
        "KPIs": kpi_results(results),
        "Gates": gate_results(results),
        "Adjustments": adjustment_results(results),
    }
    return {name: frame for name, frame in sheets.items() if name in {"People", "KPIs"} or frame.height}

"""Files that others made: read whole, with the figures that were computed from them independently."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from appraise.model.workspace import MonthsInColumns, PersonKey
from appraise.sources.adapters import appraise_sources

if TYPE_CHECKING:
    from appraise.sources.facts import FactTable
    from tests.sources.conftest import Desk

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of outside data is not here")


def facts(desk: Desk, path: str, kinds: dict[str, str] | None = None, **said: Any) -> FactTable:
    """The clean facts of a file, without any problem."""
    adapters = {adapter.name: adapter for adapter in appraise_sources()}
    spec = desk.spec("facts", str(DATA / path), **said)
    tables, problems = desk.collect(spec, kinds={"facts": kinds or {}}, adapters=adapters)
    assert problems == []
    return tables["facts"]


def test_a_call_centre_s_workbook(desk: Desk) -> None:
    """5,000 calls of eight agents: text dates joined with time cells, durations, blanks on unanswered calls."""
    table = facts(
        desk,
        "call_centre/calls.xlsx",
        person=PersonKey("agent"),
        date=("date", "time"),
        columns={"answered": "Answered (Y/N)", "talk": "AvgTalkDuration"},
        types={"answered": "yes_no", "talk": "duration"},
    )
    frame = table.frame
    assert (frame.height, frame["_person"].n_unique(), frame["_line"].max()) == (5000, 8, 5001)
    assert (frame["answered"].sum(), table.blanks["talk"]) == (4054, 946)
    assert str(frame["_date"][0]) == "2021-01-01 09:12:58"
    assert frame["talk"][0] == 143.0


def test_daily_totals_with_percents_and_durations(desk: Desk) -> None:
    """`94.01%` is 94.01 and `00:02:14` is 134 seconds."""
    kinds = {"answer_rate": "number", "answered_calls": "number"}
    types = {"talk_duration_avg": "duration"}
    frame = facts(desk, "callcenter_daily/daily.csv", kinds, person=PersonKey("Sales Rep"), types=types).frame
    assert frame.select("answer_rate", "answered_calls", "talk_duration_avg").row(0) == (94.01, 204.0, 134.0)


def test_monthly_targets_in_utf_16(desk: Desk) -> None:
    """Wide months with a mark for the months before somebody was hired."""
    months = tuple(f"m{number:02d}" for number in range(1, 13))
    frame = facts(
        desk,
        "adventureworks/ResellerSalesTargets.csv",
        person=PersonKey("EmployeeID"),
        months_in_columns=MonthsInColumns("Year", months, "amount"),
        missing_marks=("-",),
    ).frame
    assert (frame.height, frame["amount"].null_count()) == (972, 163)
    first = frame.filter((pl.col("_person") == "61161660") & pl.col("amount").is_not_null())
    assert first.select("amount", pl.col("_date").dt.to_string("%Y-%m")).row(0) == (200.0, "2017-07")


def test_invoices_with_american_dates(desk: Desk) -> None:
    """Dates like 4/6/2013 by a declared format; a country code is an id."""
    said = {"person": PersonKey("countryCode"), "date": ("InvoiceDate",), "date_format": "mm/dd/yyyy"}
    frame = facts(desk, "receivables/invoices.csv", {"invoiceamount": "number"}, **said).frame
    assert (frame.height, str(frame["_date"][0])[:10], frame["invoiceamount"][0]) == (2466, "2013-01-02", 55.94)

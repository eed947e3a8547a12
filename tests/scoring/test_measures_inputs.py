"""The frame that formulas see: the roster, its days, measures and targets side by side."""

from __future__ import annotations

from datetime import date

import polars as pl

from appraise.model.calendar import working_days
from appraise.model.period import Calendar, Period
from appraise.scoring.inputs import input_frame

QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))


class Crowd:
    """A roster of two."""

    period = QUARTER
    segments = pl.DataFrame(
        {
            "person": ["A", "B"],
            "role": ["agent", None],
            "share": [6600, 0],
            "segment": [1, 1],
            "working_days": [66.0, 66.0],
            "person.grade": ["J1", None],
        }
    )

    def stretches(self) -> pl.DataFrame:
        """Everybody has one segment."""
        raise NotImplementedError

    def days_within(self, spans: pl.DataFrame) -> pl.DataFrame:
        """Nobody asks."""
        raise NotImplementedError(spans)

    def teams(self, kind: str, period: Period) -> pl.DataFrame:
        """Nobody is in a team."""
        raise NotImplementedError(kind, period)

    def own_teams(self, kinds: object) -> pl.DataFrame:
        """Nobody has one."""
        raise NotImplementedError(kinds)

    def present(self, period: Period) -> pl.DataFrame:
        """Nobody asks."""
        raise NotImplementedError(period)


def test_everything_a_formula_names_is_a_column() -> None:
    """Measures and targets stand beside the roster, each with its reason; the period's days are dates."""
    measures = pl.DataFrame({"person": ["A", "B"], "calls": [1.0, None], "calls?": [None, "stale"]})
    targets = pl.DataFrame(
        {"person": ["A", "B"], "target.calls": [5.0, 6.0], "target.calls?": pl.Series([None, None], dtype=pl.String)}
    )
    frame = input_frame(Crowd(), measures, targets, QUARTER)
    assert frame.row(1, named=True) == {
        "person": "B",
        "role": None,
        "stretch.share": 0,
        "stretch.number": 1,
        "working_days": float(working_days(Calendar(), QUARTER.start, QUARTER.end)),
        "person.grade": None,
        "period_start": QUARTER.start,
        "period_end": QUARTER.end,
        "calls": None,
        "calls?": "stale",
        "target.calls": 6.0,
        "target.calls?": None,
    }


def test_without_measures_and_targets_there_is_still_a_row_for_everybody() -> None:
    """People without anything to measure stay in the frame."""
    nothing = Crowd.segments.select("person")
    assert input_frame(Crowd(), nothing, nothing, QUARTER)["person"].to_list() == ["A", "B"]

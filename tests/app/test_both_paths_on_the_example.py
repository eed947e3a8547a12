"""Real companies scored in columns and one by one: what tables say and what explanations say is the same."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from companies import Company

from appraise.app.answers import result_of
from appraise.app.appraisals import appraisals_of
from appraise.app.bundled import bundled_folder
from appraise.app.results import results_table
from appraise.app.score import person_results
from appraise.model.plain import plain
from appraise.scoring.results import adjustment_results, gate_results, kra_results

if TYPE_CHECKING:
    from appraise.app.pipeline import Scores
    from appraise.model.outcome import Segment

PERSON = ("status", "reason", "overall", "label", "coverage", "uncapped", "base", "indicative", "capped_by")
KPI = ("value", "target", "attainment", "sample", "band", "score", "weight", "effective_weight", "contribution")
KRA = ("status", "score", "uncapped", "weight", "effective_weight", "contribution", "capped_by")
GATE = ("status", "reason", "caps", "cap_at")
ADJUSTMENT = ("applied", "added", "reason")

COMPANIES = [
    ("collections", "2026-Q3"),
    ("collections", "2026-Q2"),
    ("call_centre", "2026-Q1"),
    ("one_spreadsheet", "2026-Q3"),
]


class Both:
    """One company in one period, scored both ways."""

    def __init__(self, example: str, period: str) -> None:
        self.company = Company(bundled_folder("templates") / "examples" / example)
        self.period = period
        self.scores, problems = self.company.scores(period=period)
        self.appraisals = appraisals_of(self.scores, problems)

    def table(self, frame: pl.DataFrame, kind: str) -> dict[tuple[str, str], dict[str, Any]]:
        """The rows of a frame by person and the id of the thing."""
        return {(row["person"], row[kind]): row for row in frame.iter_rows(named=True)}

    def segments(self) -> list[tuple[str, Segment]]:
        """Everybody's stretch on a template, by id."""
        return [(one.person.id, segment) for one in self.appraisals for segment in one.segments]


@pytest.fixture(scope="module", params=COMPANIES, ids=" ".join)
def both(request: pytest.FixtureRequest) -> Both:
    """Every shipped company, the collections one also in the quarter before."""
    return Both(*request.param)


def picked(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Some fields of a noun as plain data."""
    return {name: plain(getattr(thing, name)) for name in names}


def hundredths(points: float | None) -> int:
    """Points with two decimals as a whole number."""
    whole = round((points or 0) * 100)
    assert whole / 100 == (points or 0)
    return whole


def test_everybody_is_in_both(both: Both) -> None:
    """The explanations are of the same people as the results, in the same order."""
    frame: pl.DataFrame = both.scores.results.people
    assert [one.person.id for one in both.appraisals] == frame["person"].to_list()
    assert frame.height > 0


def test_ratings_agree(both: Both) -> None:
    """Status, reason, overall, what it was before caps and adjustments, label and coverage are the same."""
    rows = both.scores.results.people.iter_rows(named=True)
    assert [{"person": one.person.id, **picked(one, PERSON)} for one in both.appraisals] == [
        {"person": row["person"], **{name: row[name] for name in PERSON}} for row in rows
    ]


def test_answers_agree(both: Both) -> None:
    """`score`, which reads the columns, answers what the explanations say, down to every KPI."""
    answers = list(person_results(both.scores, both.company.asked(period=both.period)))
    assert answers == [result_of(one) for one in both.appraisals]


def test_kpis_agree(both: Both) -> None:
    """Value, target, attainment, sample, band, score, weights and contribution of every KPI are the same."""
    table = both.table(results_table(both.scores).filter(pl.col("kpi").is_not_null()), "kpi")
    found = {}
    for person, segment in both.segments():
        for kra in segment.kras:
            for kpi in kra.kpis:
                state = {"kra": kra.id, "kpi_status": str(kpi.status), "kpi_reason": kpi.reason}
                found[person, kpi.id] = {**state, **picked(kpi, KPI)}
    assert found == {key: {name: row[name] for name in next(iter(found.values()))} for key, row in table.items()}


@pytest.mark.parametrize(
    ("kind", "fields"), [("kra", KRA), ("gate", GATE), ("adjustment", ADJUSTMENT)], ids=["KRAs", "gates", "adjustments"]
)
def test_the_rest_agrees(kind: str, fields: tuple[str, ...], both: Both) -> None:
    """KRAs, gates and adjustments are the same in tables and explanations."""
    frame = {"kra": kra_results, "gate": gate_results, "adjustment": adjustment_results}[kind](both.scores.results)
    rows = both.table(frame, kind)
    found = {
        (person, thing.id): picked(thing, fields)
        for person, segment in both.segments()
        for thing in getattr(segment, f"{kind}s")
    }
    assert found == {key: {name: row[name] for name in fields} for key, row in rows.items()}


def test_contributions_add_up_to_the_last_hundredth(both: Both) -> None:
    """KPIs' contributions make their KRA's, and KRAs' make the weighted score before adjustments and caps."""
    shown = [one for one in both.appraisals if one.base is not None]
    for one in shown:
        (segment,) = one.segments
        parts = [
            (hundredths(kra.contribution), [hundredths(kpi.contribution) for kpi in kra.kpis]) for kra in segment.kras
        ]
        assert [whole for whole, _ in parts] == [sum(kpis) for _, kpis in parts]
        assert sum(whole for whole, _ in parts) == hundredths(one.base)
    assert all(one.base is not None for one in both.appraisals if one.status == "rated")


def test_weights_in_force_make_a_whole(both: Both) -> None:
    """What is scored has a hundred percent of the weight between it; what is only watched has none."""
    for one in both.appraisals:
        kpis = [kpi for segment in one.segments for kra in segment.kras for kpi in kra.kpis]
        total = sum(kpi.effective_weight for kpi in kpis)
        assert total == pytest.approx(100 if any(kpi.effective_weight for kpi in kpis) else 0)
        assert {kpi.effective_weight for kpi in kpis if kpi.monitor} <= {0}


def test_an_overall_follows_from_what_is_shown(both: Both) -> None:
    """The overall is the base with the adjustments, held down by the lowest cap of a failed gate."""
    for one in (one for one in both.appraisals if one.status == "rated"):
        (segment,) = one.segments
        added = sum(hundredths(adjustment.added) for adjustment in segment.adjustments)
        caps = [hundredths(gate.cap_at) for gate in segment.gates if (gate.status, gate.caps) == ("fail", "overall")]
        before = hundredths(one.base) + added
        assert hundredths(one.uncapped) == before
        assert hundredths(one.overall) == min([before, *caps])


def test_a_result_on_disk_is_the_table_in_memory(meridian_scores: Scores) -> None:
    """Writing the table of results as Parquet loses nothing of it."""
    table, file = results_table(meridian_scores), io.BytesIO()
    table.write_parquet(file)
    file.seek(0)
    assert pl.read_parquet(file).equals(table)

"""Where figures come from: caps with their rows, numbers with their names, sources with their periods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from people import MEASURES, appraisal, areas, capped, context, kpi, large, missing, normal, with_gaps

from appraise.model.outcome import Step
from appraise.report.formulas import condition_in_words, name_in_words
from appraise.report.view import view_of

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal, KpiScore, Measure
    from appraise.report.pack import KpiRow


def row_of(one: KpiScore, members: int = 0) -> KpiRow:
    """The row of a KPI that stands alone."""
    kra = replace(areas(1, 1)[0], kpis=(one,))
    whole = appraisal((kra,))
    whole = replace(whole, person=replace(whole.person, team_members=members))
    return view_of(whole, context()).detail.kras[0].rows[0]


def measured(*measures: Measure, **changes: object) -> Appraisal:
    """The normal result with these measures."""
    whole = normal()
    held = replace(whole.segments[0], measures=measures)
    return replace(whole, segments=(held,), **changes)  # type: ignore[arg-type]  # the fields are named by the tests


def test_cap_shows_its_condition_its_figure_and_the_rows() -> None:
    """A cap is told with its condition in words, the figure that it read, and file, row and source of that."""
    view = view_of(capped(), context())
    assert view.working.gates[0].evidence == "Condition: confirmed above 0; here 1 (data/violations.csv, row 2) (c)."
    assert [note.words for note in view.detail.sources if note.letter == "c"] == [
        "violations (data/violations.csv), 1 record, as of 30 Sep 2026"
    ]


def test_cap_is_what_lowered_the_score_most() -> None:
    """Beside the KPIs that lowered the score stands the cap, first and with its points."""
    mover = view_of(capped(), context()).summary.movers[0].down
    assert (mover.title, mover.points.words) == ("The cap at 2.00", "−1.32")


def test_no_step_adds_anything_while_a_cap_holds() -> None:
    """While the overall is held the steps stand without points, and the note says why."""
    view = view_of(capped(), context())
    assert {change.adds for change in view.changes} == {""}
    assert view.changes_note.startswith("While the cap holds the overall at 2.00, no figure adds anything;")


def test_no_step_adds_anything_in_an_area_that_is_capped() -> None:
    """In an area that a rule holds down a better figure adds 0.00."""
    whole = normal()
    kras = tuple(replace(kra, capped_by="rule", uncapped=4.0) for kra in whole.segments[0].kras)
    held = replace(whole, segments=(replace(whole.segments[0], kras=kras),))
    assert {change.adds for change in view_of(held, context()).changes} == {"0.00"}


def test_below_the_middle_is_judged_by_the_score() -> None:
    """A KPI below the middle stands among what fell short, though its rounded effect on the overall is 0.00."""
    low, high = kpi(0, 2.94, 4, 4.0, 0.12), kpi(1, 3.5, 96, 96.0, 3.36)
    whole = appraisal((replace(areas(1, 2)[0], kpis=(low, high)),))
    summary = view_of(whole, context()).summary
    assert summary.sentences[1].startswith("Fell short: Monthly collection target attainment")
    assert (summary.movers[0].down.title, summary.movers[0].down.points.words) == (low.title, "0.00")


@pytest.mark.parametrize(
    ("direction", "value", "attainment", "said"),
    [
        ("higher", 704000.0, 150.0, "176% of target, counted to 150%"),
        ("higher", 413250.0, 103.31, "103.31% of target"),
        ("lower", 100000.0, 150.0, "175% of target, counted to 150%"),
    ],
)
def test_percent_of_target_is_real(direction: str, value: float, attainment: float, said: str) -> None:
    """Above its cap the percent of the target is printed as it is, with what it was counted as."""
    one = replace(kpi(0, 4.9, 100, 100.0, 4.9), direction=direction, value=value, attainment=attainment)
    assert row_of(one).working.split(" · ")[0] == said


def test_row_has_its_definition_and_numbers_with_names() -> None:
    """Each row says what is counted, and names each number that was put in."""
    row = row_of(kpi(1, 3.38, 100, 100.0, 3.38))
    assert row.definition == "Cases that fell due in the quarter and were closed in full."
    assert row.working.startswith("100 × 73 kept 1 ÷ 100 due 1 · bands 1–5 from 50 · 60 · 70 · 78 · 85%")


def test_row_without_a_score_shows_its_numbers_and_sources() -> None:
    """Below the reason why a KPI is not scored stand the numbers that there were, and their sources."""
    rows = [row for kra in view_of(with_gaps(), context()).detail.kras for row in kra.rows if row.reason]
    assert [row.working for row in rows] == ["100 × 73 kept 3 ÷ 100 due 3 (a, b)", "(a)"]


def test_figure_of_a_team_says_how_many_people() -> None:
    """A KPI of a team tells how many people it is made of."""
    one = replace(kpi(1, 3.38, 100, 100.0, 3.38), level="team")
    assert "figure of the team (13 people)" in row_of(one, 13).working


def test_moved_weight_stands_beside_the_declared_one() -> None:
    """Where weight of unscored KPIs was passed on both weights stand, and the counted ones add up to the whole."""
    view = view_of(with_gaps(), context())
    shares = [row.share for kra in view.detail.kras for row in kra.rows if row.bullet]
    assert set(shares) == {"10% (8.33%)"}
    assert "In brackets: the declared weight" in view.detail.legend
    assert "In brackets" not in view_of(normal(), context()).detail.legend


def test_period_before_is_named_at_its_source() -> None:
    """Rows of the period before are never counted as this period's."""
    calls = replace(MEASURES[0], name="calls_made", value=0.0, rows=0, used=())
    before = replace(MEASURES[0], name="prev.calls_made", rows=55)
    kras = tuple(
        replace(kra, kpis=tuple(replace(one, inputs=("calls_made", "prev.calls_made")) for one in kra.kpis))
        for kra in normal().segments[0].kras
    )
    whole = measured(calls, before)
    whole = replace(whole, segments=(replace(whole.segments[0], kras=kras),))
    assert [note.words for note in view_of(whole, context()).detail.sources] == [
        "calls, no records, as of 30 Sep 2026, 55 records in the period before"
    ]


def test_dense_tables_have_sources_without_letters() -> None:
    """Where no row refers to a letter, sources have none."""
    assert {note.letter for note in view_of(large(), context()).detail.sources} == {""}


@pytest.mark.parametrize(
    ("blanks", "unreadable", "said"),
    [
        (1, (), "1 record was {} (calls): a cell was blank."),
        (3, (), "3 records were {} (calls): a cell was blank."),
        (1, ("data/c.csv:7",), "1 record was {} (calls): a cell could not be read, see data/c.csv:7."),
        (
            2,
            ("data/c.csv:7",),
            "2 records were {} (calls): a cell was blank or could not be read, see data/c.csv:7.",
        ),
        (1, ("data/other.csv:7",), "1 record was {} (calls): a cell was blank."),
    ],
)
def test_records_left_out_are_named_with_the_reason(blanks: int, unreadable: tuple[str, ...], said: str) -> None:
    """Records that were left out are counted once for each source, with the KPI and whether a cell was unreadable."""
    used = (replace(MEASURES[0].used[0], file="data/c.csv"),)
    whole = measured(replace(MEASURES[0], name="x", blanks=blanks, used=used), unreadable=unreadable)
    one = replace(missing(2, 100), title="Calls", inputs=("x",))
    kra = replace(whole.segments[0].kras[0], kpis=(one,))
    whole = replace(whole, segments=(replace(whole.segments[0], kras=(kra,)),))
    assert view_of(whole, context()).summary.notice[-1] == said.format("left out of “Calls”")


def test_change_column_is_hidden_where_it_is_all_dashes() -> None:
    """Without any change to show the page knows that there is none."""
    assert view_of(normal(), context()).summary.shows_change is False


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("promises_kept", "promises kept"),
        ("prev.team.calls", "calls of the team in the period before"),
        ("company.target.sales", "target of sales of the company"),
    ],
)
def test_names_are_said_in_words(name: str, words: str) -> None:
    """A name of a formula is read as words, with whose and when."""
    assert name_in_words(name) == words


def test_condition_is_said_in_words() -> None:
    """A condition is read with its names and comparisons in words."""
    steps = (Step("a_b", 0, 3, "number", 1.0), Step("c", 13, 14, "number", 2.0))
    assert condition_in_words("a_b >= 1 and c != 2", steps) == "a b at least 1 and c other than 2"

"""A column may be written in an expression as its heading stands in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from companies import told

from appraise.app.check import check

if TYPE_CHECKING:
    from companies import Company

CALLS = """Agent,Day,Answered (Y/N),Status,Talk Time,Call-Back
E002,2026-07-03,Y,kept,10,1
E002,2026-07-04,N,kept,20,2
E002,2026-07-05,Y,broken,40,4
"""


def counted(shop: Company, measure: str) -> list[float]:
    """What a measure counts for the agent with calls."""
    shop.write("data/calls.csv", CALLS)
    shop.edit("appraise.yaml", "  people: data/people.csv\n", "  people: data/people.csv\n" + SOURCE)
    shop.write("appraise.yaml", f"{shop.text('appraise.yaml')}measures:\n  counted:\n    {measure}\n")
    shop.edit("templates/roles/agent.yaml", "formula: calls_made", "formula: counted")
    scores, problems = shop.scores()
    assert [problem for problem in problems if problem.is_error] == []
    return scores.inputs.frame.filter(scores.inputs.frame["person"] == "E002")["counted"].to_list()


SOURCE = "  calls: {path: data/calls.csv, person: Agent, date: Day}\n"


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        pytest.param("count: calls\n    where: Answered (Y/N)", 2.0, id="a filter that is a heading"),
        pytest.param("count: calls\n    where: answered_y_n", 2.0, id="its plain form"),
        pytest.param("count: calls\n    where: Status == 'kept' and answered_y_n", 1.0, id="a word in a filter"),
        pytest.param("sum: Talk Time\n    source: calls", 70.0, id="a heading with a blank"),
        pytest.param("sum: Call-Back\n    source: calls", 7.0, id="a heading that looks like a difference"),
        pytest.param("count_distinct: Status\n    source: calls", 2.0, id="a heading in capitals"),
        pytest.param("sum: talk_time - call_back\n    source: calls", 63.0, id="a difference stays one"),
    ],
)
def test_a_heading_is_read_as_its_column(shop: Company, measure: str, value: float) -> None:
    """Raw and plain forms mean the same column, alone and as a word of a longer expression."""
    assert counted(shop, measure) == [value]


def test_the_filter_of_a_source_may_name_headings(shop: Company) -> None:
    """Rows are left out by the heading, too."""
    shop.write("data/people.csv", shop.text("data/people.csv").replace("employee_id,", "Employee Id,", 1))
    shop.edit("appraise.yaml", "id: employee_id", "id: Employee Id")
    shop.edit("appraise.yaml", "where: job == 'Agent'", "where: Job == 'Agent'")
    assert list(shop.appraisals()) == ["E002", "E003", "E004", "E005"]


def test_a_text_in_quotes_is_no_heading(shop: Company) -> None:
    """What stands in quotes is a value, whatever columns there are."""
    assert counted(shop, "count: calls\n    where: Status == 'Status'") == [0.0]


def test_a_word_that_is_no_heading_stays_a_mistake(shop: Company) -> None:
    """Nothing is guessed: a column that no file has is told."""
    shop.edit("appraise.yaml", "where: job == 'Agent'", "where: Jobs == 'Agent'")
    assert "data/people.csv:1 source-column-missing" in told(check(shop.asked(), with_data=False).problems)

"""A label is a proposal until a named person decides, in the file under `decisions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from companies import told

from appraise.model.outcome import Decision

if TYPE_CHECKING:
    from companies import Company

HEADER = "person,label,reason,decided_by,on\n"
LINE = "E002,Outstanding,trained two colleagues,Asha Rao,2026-10-12\n"
DECIDED = Decision("Outstanding", "Asha Rao", "2026-10-12", "trained two colleagues")


def decided(shop: Company, lines: str, header: str = HEADER) -> Company:
    """The shop with a file of decisions."""
    shop.write("appraise.yaml", f"{shop.text('appraise.yaml')}decisions: data/decisions.csv\n")
    shop.write("data/decisions.csv", header + lines)
    return shop


def test_a_decision_stands_beside_the_proposal(shop: Company) -> None:
    """What was decided is in the trace; score and proposed label stay as they were worked out."""
    appraisals = decided(shop, LINE).appraisals()

    assert (appraisals["E002"].label, appraisals["E002"].decision) == ("Exceeds", DECIDED)
    assert appraisals["E003"].decision is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param(LINE.replace("Outstanding", "Outstandin"), "2 decision-label", id="label"),
        pytest.param(LINE.replace("Asha Rao", " "), "2 decision-by-nobody", id="nobody"),
        pytest.param(LINE.replace("2026-10-12", "12/10/26"), "2 date-unreadable", id="day"),
        pytest.param(LINE.replace("E002", "E999"), "2 decision-person", id="person"),
    ],
)
def test_a_decision_that_cannot_count_is_told(shop: Company, line: str, code: str) -> None:
    """It needs a label of the scale, a name, a day and somebody who is appraised; else the label stays a proposal."""
    company = decided(shop, line)
    _, problems = company.scores()

    assert told(problems) == [f"data/decisions.csv:{code}"]
    assert company.appraisals()["E002"].decision is None


def test_a_decision_is_about_the_last_period_that_had_ended(shop: Company) -> None:
    """One of October is about the third quarter, not about the second, and one of July not about the third."""
    early = LINE.replace("2026-10-12", "2026-07-15").replace("Outstanding", "Meets")
    company = decided(shop, LINE + early)

    assert company.appraisals()["E002"].decision == DECIDED
    second = company.appraisals(period="2026-Q2")["E002"].decision
    assert second is not None
    assert second.label == "Meets"


def test_a_column_says_which_period_a_decision_is_about(shop: Company) -> None:
    """A decision on an appeal may come late: the column `period` holds whatever its day."""
    late = LINE.replace("2026-10-12\n", "2027-03-01,2026-Q3\n")
    company = decided(shop, late, HEADER.replace("\n", ",period\n"))

    assert company.appraisals()["E002"].decision == Decision("Outstanding", "Asha Rao", "2027-03-01", DECIDED.reason)
    assert company.appraisals(period="2026-Q2")["E002"].decision is None


def test_the_last_decision_counts(shop: Company) -> None:
    """After a second look the later decision holds, wherever it stands in the file."""
    again = LINE.replace("2026-10-12", "2026-11-02").replace("Outstanding", "Exceeds")
    found = decided(shop, again + LINE).appraisals()["E002"].decision

    assert found is not None
    assert (found.label, found.on) == ("Exceeds", "2026-11-02")

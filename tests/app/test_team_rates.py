"""KPIs with `level: team` of a lead, from the files to the score: whose rows and whose targets count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from companies import Company

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.model.outcome import KpiScore

WORKSPACE = """\
company: Small
period: 2026-Q3
people:
  source: people
  columns: {id: id, role: job, manager: manager, team: team, from: first, to: last}
  roles: {Agent: agent, Lead: lead}
sources:
  people: data/people.csv
  promises: {path: data/promises.csv, person: id, date: due_on}
  register: {path: data/register.csv, person: id}
measures:
  due: {sum: promised, source: promises}
  kept: {sum: kept, source: promises}
targets:
  kept_amount: {source: register, value: amount, per: period}
"""
KPI = "      - {id: ID, title: ID, formula: FORMULA, level: LEVEL, direction: higher, weight: equal, score: SCORE}\n"
TEMPLATE = """\
role: ROLE
title: ROLE
version: 1.0.0
team: TEAM
kras:
  - id: work
    title: Work
    weight: 100
    kpis:
"""
BANDS, ATTAINED = "{bands: [40, 50, 60, 70]}", "{percent_of_target: {bands: [80, 95, 105, 120]}}"
PEOPLE = """\
id,job,manager,team,first,last
L1,Lead,,A,2020-01-01,
L2,Lead,,B,2020-01-01,
A1,Agent,L1,A,2020-01-01,
A2,Agent,L1,A,2020-01-01,2026-08-15
A3,Agent,L1,A,2020-01-01,2026-07-31
A3,Agent,L2,B,2026-08-01,
"""
PROMISES = """\
id,due_on,promised,kept
L1,2026-07-10,1000,0
A1,2026-07-10,100,80
A2,2026-08-10,30,10
A3,2026-07-10,20,10
A3,2026-08-10,500,450
"""
REGISTER = "id,amount\nL1,9999\nA1,60\nA2,40\nA3,46\n"


def template(role: str, team: str, level: str) -> str:
    """A template with a rate, and an amount against its target."""
    kpis = [("rate", "100 * kept / due", BANDS), ("kept_amount", "kept", ATTAINED)]
    text = TEMPLATE + "".join(
        KPI.replace("ID", name).replace("FORMULA", formula).replace("SCORE", score) for name, formula, score in kpis
    )
    return text.replace("ROLE", role).replace("TEAM", team).replace("LEVEL", level)


@pytest.fixture(scope="module", params=["same_team", "direct_reports", "all_reports"])
def kpis(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[tuple[str, str], KpiScore]:
    """The KPIs of both leads, whatever a team is."""
    root: Path = tmp_path_factory.mktemp("teams")
    made = Company(root)
    files = {"people": PEOPLE, "promises": PROMISES, "register": REGISTER}
    for name, text in files.items():
        made.write(f"data/{name}.csv", text)
    made.write("appraise.yaml", WORKSPACE)
    made.write("templates/roles/lead.yaml", template("lead", str(request.param), "team"))
    made.write("templates/roles/agent.yaml", template("agent", "same_team", "person"))
    appraisals = made.appraisals()
    return {(who, kpi.id): kpi for who in ("L1", "L2") for kpi in appraisals[who].segments[0].kras[0].kpis}


def test_a_rate_of_the_team_is_the_ratio_of_the_sums(kpis: dict[tuple[str, str], KpiScore]) -> None:
    """80 of 100, 10 of 30 and 10 of 20 are 100 of 150, 66.67 percent: never the mean of the three rates, 54.44.

    The second agent has left and counts; the third counts with the rows of the days in the team; the lead's own rows
    and those of the days in another team do not.
    """
    rate = kpis["L1", "rate"]
    assert (rate.value, rate.score) == (66.67, 4.67)


def test_who_changed_teams_brings_the_rows_of_the_days(kpis: dict[tuple[str, str], KpiScore]) -> None:
    """The other lead's team has the agent from August on, with 450 of 500."""
    assert kpis["L2", "rate"].value == 90.0


def test_an_amount_of_the_team_is_held_against_the_teams_target(kpis: dict[tuple[str, str], KpiScore]) -> None:
    """The team's target is that of its members, for their days in the team, without the lead's own.

    Of 66 working days the second agent has 33 (of 40 points 20) and the third, in July, 23 (of 46 points 16.03).
    """
    amount = kpis["L1", "kept_amount"]
    assert amount.value == 100.0
    assert amount.target == pytest.approx(60 + 40 * 33 / 66 + 46 * 23 / 66)
    assert amount.target is not None
    assert amount.attainment == pytest.approx(100 * 100 / amount.target, abs=0.005)

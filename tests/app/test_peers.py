"""A company whose people are compared with one another, from its files to the words of explanation and pack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from companies import Company
from jsonschema import Draft202012Validator
from rich.console import Console

from appraise.app.answers import result_of
from appraise.app.appraisals import appraisals_of
from appraise.app.bundled import schema_text
from appraise.app.check import check
from appraise.app.explain import explain
from appraise.app.score import person_results
from appraise.app.trace import trace_of
from appraise.cli.tree import explanation_tree

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.model.outcome import Appraisal

WORKSPACE = """
company: Tried
period: 2026-Q3
sources:
  people: {path: people.csv}
  facts: {path: facts.csv, person: id}
people:
  source: people
  columns: {id: id, name: name, site: site, role: job}
  attributes: [grade]
  roles: {Agent: agent}
"""
TEMPLATE = """
role: agent
title: Agent
version: 1.0.0
kras:
  - id: work
    title: Work
    weight: 100
    kpis:
      - id: quality
        title: Quality
        formula: quality
        unit: percent
        direction: higher
        weight: 40
        score: {percentile: {bands: [10, 35, 65, 90], peers: [role, site], else: {bands: [60, 70, 78, 85]}}}
      - id: delay
        title: Delay
        formula: delay
        unit: days
        decimals: 0
        direction: lower
        weight: 30
        score: {z_score: {bands: [-1.5, -0.5, 0.5, 1.5], else: {bands: [60, 45, 35, 25]}}}
      - id: csat
        title: Satisfied customers
        formula: 100 * top / answers
        unit: percent
        direction: higher
        weight: 30
        success_when_empty: false
        shrinkage: {of: answers, strength: 12, prior: 75}
        score: {bands: [60, 70, 78, 85]}
examples:
  - name: there are no peers in an example
    given: {quality: 78, delay: 40, top: 4, answers: 4}
    expect: {kpi.quality: 4.0, kpi.delay: 3.5, kpi.csat: 4.46}
"""


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """Thirty agents in the north and ten in the south."""
    made = Company(tmp_path)
    people = [f"E{place:02},Person {place},{'North' if place < 30 else 'South'},Agent,A" for place in range(40)]
    answers = ["4,4"] + ["20,25"] * 39
    facts = [f"E{place:02},{50 + place},{20 + place % 7},{each}" for place, each in enumerate(answers)]
    made.write("appraise.yaml", WORKSPACE)
    made.write("templates/roles/agent.yaml", TEMPLATE)
    made.write("people.csv", "\n".join(["id,name,site,job,grade", *people]))
    made.write("facts.csv", "\n".join(["id,quality,delay,top,answers", *facts]))
    return made


def told(appraisal: Appraisal, kpi: str) -> str:
    """The explanation of a KPI, with every line on one."""
    console = Console(width=400, no_color=True)
    with console.capture() as captured:
        console.print(explanation_tree(appraisal, kpi))
    return captured.get()


def explained(company: Company, person: str) -> Appraisal:
    """What `appraise explain` says of somebody."""
    answer = explain(company.asked(), person)
    assert answer.problems == ()
    assert answer.appraisal is not None
    return answer.appraisal


def test_the_template_is_sound(company: Company) -> None:
    """Nothing is wrong with it; its worked example is scored by the values themselves."""
    assert check(company.asked(), True).problems == ()


def test_explanations_are_of_the_same_scores(company: Company) -> None:
    """What the columns say of everybody is what the plain numbers say, and what one person's explanation says."""
    scores, problems = company.scores()
    appraisals = appraisals_of(scores, problems)
    assert list(person_results(scores, company.asked())) == [result_of(one) for one in appraisals]
    for one in (appraisals[0], appraisals[35]):
        assert explained(company, one.person.id) == one


def test_the_explanation_says_with_whom_somebody_was_compared(company: Company) -> None:
    """A percentile and a z-score are marked as relative, with the number of colleagues."""
    one = explained(company, "E29")
    assert (
        "relative: compared with 29 colleagues in the same role and site: "
        "percentile 98.33 (98.33% have a worse figure, with half of those who have the same)"
    ) in told(one, "quality")
    assert "bands of the percentile begin: 2 at 10, 3 at 35, 4 at 65, 5 at 90 (more is better)" in told(one, "quality")
    assert (
        "relative: compared with 39 colleagues in the same role: z-score 0.95 "
        "(0.95 standard deviations of 1.96 days better than the mean of 22.88 days)"
    ) in told(one, "delay")
    assert "next band" not in told(one, "quality")


def test_the_explanation_says_why_somebody_was_not_compared(company: Company) -> None:
    """With ten people on the site the figure itself is scored."""
    assert (
        "not compared with others, since 10 people in the same role and site have such a figure and 20 are needed; "
        "the figure itself is scored"
    ) in told(explained(company, "E30"), "quality")


def test_the_explanation_says_what_a_value_was_drawn_towards(company: Company) -> None:
    """Both figures are there: that of the few answers and the one that counts."""
    words = told(explained(company, "E00"), "csat")
    assert "with the numbers: 100 × 4 ÷ 4 = 100.00%" in words
    assert "100.00% of 4 answers, drawn towards 75.00% by 12 further answers: 81.25%" in words


def test_the_trace_keeps_its_schema(company: Company) -> None:
    """The figures of peers and priors are described like everything else."""
    trace = json.loads(json.dumps(trace_of(explained(company, "E00"))))
    validator = Draft202012Validator(json.loads(schema_text("trace")))
    quality, _, csat = trace["segments"][0]["kras"][0]["kpis"]
    assert [error.message for error in validator.iter_errors(trace) if "kpis" in error.absolute_path] == []
    among = {"peers": 30, "needed": 20, "among": ["role", "site"], "mean": None, "deviation": None}
    assert quality["compared"] == {"standing": 1.67, **among}
    before = {"value": 100.0, "cases": 4.0, "of": "answers", "strength": 12.0}
    assert csat["shrunk"] == {**before, "prior": 75.0, "peers": None, "needed": 20}


def test_an_attribute_has_to_be_declared(company: Company) -> None:
    """A name in `peers` that nobody declared is told with its place."""
    company.edit("templates/roles/agent.yaml", "peers: [role, site]", "peers: [role, person.grde]")
    (problem,) = check(company.asked(), False).problems
    assert (problem.code, problem.place.line, problem.hint) == ("unknown-name", 16, "did you mean 'person.grade'?")


def test_a_site_has_to_be_known(company: Company) -> None:
    """Peers of one site need the column that holds it."""
    company.edit("appraise.yaml", "site: site, ", "")
    company.edit("people.csv", "name,site,", "name,place,")
    (problem,) = check(company.asked(), False).problems
    assert (problem.code, problem.hint) == ("unknown-name", "declare it in appraise.yaml under `people: columns`")

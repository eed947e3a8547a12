"""The worked examples of a template: small cases in which only what is given is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from companies import Company, begun

from appraise.app.examples import example_results, failures_of, row_of
from appraise.app.setting import opened
from appraise.app.words import tools_of
from appraise.scoring.plan import plan_of

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.app.setting import Setting

AGENT = "templates/roles/agent.yaml"
HEAD = "examples:\n"
GATE = """\
gates:
  - id: calm
    when: shouting > 0
    caps: overall
    cap_at: 2
    says: Shouting caps the rating at 2.
"""


def setting_of(company: Company) -> Setting:
    """The workspace opened."""
    setting, problems = opened(company.asked())
    assert setting is not None, problems
    return setting


def results(company: Company, given: str, expect: str) -> list[str]:
    """What does not come out of one example of the agent."""
    text = company.text(AGENT).partition(HEAD)[0]
    company.write(AGENT, f"{text}{GATE}{HEAD}  - name: case\n    given: {{{given}}}\n    expect: {{{expect}}}\n")
    setting = setting_of(company)
    return [problem.message for problem in example_results(setting.roles["agent"], setting)]


@pytest.mark.parametrize("example", ["collections", "call_centre", "one_spreadsheet"])
def test_the_examples_of_every_shipped_template_come_out(example: str, tmp_path: Path) -> None:
    """Templates that ship have examples, and scoring gives what they expect, in every company that uses them."""
    setting = setting_of(begun(tmp_path / "w", example))

    for role in setting.assigned.values():
        assert role.examples != ()
        assert example_results(role, setting) == []
    assert setting.assigned != {}


def test_only_what_is_given_is_known(shop: Company) -> None:
    """A name that an example leaves out is missing, not zero: its KPI has no data, and its gate is unknown."""
    expect = (
        "kpi.calls: no_data, kpi.promise_kept: no_data, kpi.audit_score: 4.50, gate.calm: unknown, overall: blocked"
    )
    assert results(shop, "audit_score: 91.5", expect) == []


def test_zero_is_known(shop: Company) -> None:
    """A count of none that is given is a number."""
    expect = "kpi.calls: 1.00, kpi.promise_kept: zero_denominator, gate.calm: pass"
    assert results(shop, "calls_made: 0, promises_due: 0, promises_kept: 0, shouting: 0", expect) == []


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        ("kpi.calls: 4.8", ""),
        ("kpi.calls: 4.80", ""),
        ("kpi.calls: 4.79", "kpi.calls is 4.80, not 4.79"),
        ("kpi.calls: 5", "kpi.calls is 4.80, not 5.00"),
        ("kra.quality: 4.50", ""),
        ("kra.quality: not_scored", "kra.quality is 4.50, not not_scored"),
        ("kra.results: 4.80", ""),
        ("coverage: 64", ""),
        ("coverage: 60", "coverage is 64.00, not 60.00"),
        ("gate.calm: pass", "gate.calm is fail, not pass"),
        ("overall: 2", ""),
        ("overall: rated", ""),
        ("overall: blocked", "overall is 2.00, not blocked"),
        ("label: Needs improvement", ""),
        ("label: Meets", "label is Needs improvement, not Meets"),
    ],
)
def test_every_result_can_be_expected(expect: str, message: str, shop: Company) -> None:
    """KPIs, areas, gates, coverage, overall and label are compared to the second decimal, words as words."""
    found = results(shop, "calls_made: 1840, audit_score: 91.5, shouting: 1", expect)
    assert found == ([f"example 'case': {message}"] if message else [])


def test_every_expectation_that_fails_is_told(shop: Company) -> None:
    """Two wrong expectations of one example are two problems."""
    assert len(results(shop, "calls_made: 1840, shouting: 0", "kpi.calls: 1, kra.results: 1, gate.calm: pass")) == 2


def test_an_example_knows_nothing_of_the_data(shop: Company) -> None:
    """The row of an example has every name of the template and no other value than the given ones."""
    setting = setting_of(shop)
    plan, problems = plan_of(setting.roles["agent"], tools_of(setting))
    assert (problems, plan is None) == ([], False)
    (example,) = setting.roles["agent"].examples

    row = row_of(plan, example)

    assert {name: row[name] for name in plan.names} == {
        "audit_score": 91.5,
        "calls_made": 1840.0,
        "promises_due": 64.0,
        "promises_kept": 49.0,
    }
    assert failures_of(plan, example) == []

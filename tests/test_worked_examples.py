"""Every worked example of every shipped template and example company is a test of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from appraise.app.asked import Asked
from appraise.app.beginning import example_names
from appraise.app.examples import failures_of
from appraise.app.setting import Setting, opened
from appraise.app.words import example_tools_of
from appraise.model.role import Example, Role
from appraise.scoring.plan import plan_of

ROOT = Path(__file__).parents[1]
COMPANIES = ROOT / "templates" / "examples"
NOW = datetime(2026, 10, 5, tzinfo=UTC)
OF_COMPANIES = {"collection_process_lead", "tele_collection_agent"}


@dataclass(frozen=True)
class Case:
    """An example of a template, in a company that has what it names."""

    company: str
    role: Role
    example: Example

    def __str__(self) -> str:
        """The name of the test."""
        return f"{self.company}-{self.role.key}-{self.example.name}"


@cache
def setting_of(company: str) -> Setting:
    """An example company opened."""
    setting, problems = opened(Asked(COMPANIES / company, NOW))
    assert setting is not None, problems
    return setting


def cases() -> list[Case]:
    """Every example of the templates of every example company, the shipped ones that its people are on among them."""
    return [
        Case(company, draft.role, example)
        for company in example_names()
        for draft in setting_of(company).concerned.values()
        for example in draft.role.examples
    ]


@pytest.mark.parametrize("case", cases(), ids=str)
def test_an_example_comes_out(case: Case) -> None:
    """Scoring gives what the example expects."""
    plan, problems = plan_of(case.role, example_tools_of(setting_of(case.company)))
    assert problems == []
    assert plan is not None
    assert [problem.message for problem in failures_of(plan, case.example)] == []


def test_no_shipped_template_is_passed_over() -> None:
    """Every shipped template is in the cases above, or checked whole by tests/test_shipped_templates.py."""
    shipped = {path.stem for path in (ROOT / "templates" / "roles").glob("*.yaml")}
    tried = {case.role.place.file for case in cases() if case.role.place.file.startswith("shipped ")}
    assert {Path(file).stem for file in tried} == OF_COMPANIES <= shipped

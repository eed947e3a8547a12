"""A company that scores as its old system does: by a key of `appraise.yaml` or of a template."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from companies import Company, begun, told

from appraise.app.check import check
from appraise.app.run import run
from appraise.scoring.policies import POLICIES

if TYPE_CHECKING:
    from pathlib import Path

AGENT = "templates/roles/agent.yaml"


def with_policy(company: Company, policy: str) -> Company:
    """The company with the policy of that name."""
    company.write("appraise.yaml", f"{company.text('appraise.yaml')}\npolicy: {policy}\n")
    return company


def test_the_policy_of_the_workspace_holds_for_everybody(shop: Company) -> None:
    """Whoever has a template that names none is scored by it, and nobody without."""
    before = {one.person.id: one.segments[0].policy for one in shop.appraisals().values() if one.segments}
    after = with_policy(shop, "frappe").appraisals().values()
    assert set(before.values()) == {""}
    assert {one.segments[0].policy for one in after if one.segments} == {"frappe"}
    assert {one.segments[0].min_coverage for one in after if one.segments} == {0.0}


def test_the_policy_of_a_template_wins(shop: Company) -> None:
    """A template that names its own is scored by that."""
    shop.write(AGENT, f"{shop.text(AGENT)}\npolicy: sap_average\n")
    after = with_policy(shop, "frappe").appraisals().values()
    assert {one.segments[0].policy for one in after if one.segments} == {"sap_average"}


@pytest.mark.parametrize(
    ("example", "policy"), list(zip(["collections", "call_centre", "one_spreadsheet"], POLICIES, strict=True))
)
def test_a_company_can_switch_without_touching_its_templates(tmp_path: Path, example: str, policy: str) -> None:
    """No template warns of the workspace's policy, and worked examples stay what their template means."""
    company = with_policy(begun(tmp_path / "w", example), policy)
    assert told(check(company.asked(), with_data=False).problems) == []


def test_a_misspelt_policy_is_told_with_the_one_that_was_meant(shop: Company) -> None:
    """Nothing is scored by a policy that nobody knows."""
    with_policy(shop, "sap_averge")
    problem = next(one for one in check(shop.asked(), with_data=False).problems if one.code == "not-allowed-value")
    assert (problem.place.file, problem.hint) == ("appraise.yaml", "did you mean 'sap_average'?")


def test_the_record_of_a_run_names_the_policy(shop: Company) -> None:
    """Whoever reads the folder later sees by whose rules it came about."""
    run(with_policy(shop, "okr_clamped").asked())
    record = json.loads((shop.out / "run.json").read_text("utf-8"))
    assert [template["policy"] for template in record["templates"]] == ["okr_clamped"]
    trace = json.loads(next(iter(sorted((shop.out / "appraisals").glob("*.json")))).read_text("utf-8"))
    assert '"policy": "okr_clamped"' in json.dumps(trace)

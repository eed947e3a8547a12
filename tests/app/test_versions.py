"""Versions of a role's template in a company: which counts, what is pinned, and what a changed one costs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from companies import Company, told

from appraise.app.check import check
from appraise.app.ready import ready
from appraise.app.roles import list_roles, show_role
from appraise.app.run import run
from appraise.app.setting import opened

AGENT = "templates/roles/agent.yaml"
NEWER = "templates/roles/agent_2026_08.yaml"
STRICTER = """role: agent
version: 2.0.0
effective: 2026-08-15
extends: agent
kras:
  - id: quality
    kpis:
      - id: audit_score
        score: {bands: [80, 88, 92, 97]}
examples:
  - name: good audits are no longer enough
    given: {audit_score: 91.5}
    expect: {kpi.audit_score: 3.88}
"""
CHANGED = ["templates/roles/agent.yaml:6 template-changed-in-cycle"]


@pytest.fixture
def two(shop: Company) -> Company:
    """The shop with a second, stricter version of its template from the middle of August."""
    shop.write(NEWER, STRICTER)
    return shop


def pin(company: Company, text: str) -> None:
    """Add pinned versions to the company's rules."""
    company.write("appraise.yaml", f"{company.text('appraise.yaml')}\ntemplate_versions:\n{text}")


def counting(company: Company, **said: Any) -> dict[str, str]:
    """The first day and the key of the versions of `agent` that count."""
    setting, _ = opened(company.asked(**said))
    assert setting is not None
    return {str(day): key for day, key in setting.editions["agent"]}


def test_a_version_begins_inside_the_period(two: Company) -> None:
    """The version of the first day has the role's id, the one that begins in the period its version behind it."""
    setting, problems = opened(two.asked())
    assert setting is not None
    assert problems == []
    assert counting(two) == {"2026-07-01": "agent", "2026-08-15": "agent@2.0.0"}
    assert {key: role.version for key, role in setting.assigned.items()} == {"agent": "1.0.0", "agent@2.0.0": "2.0.0"}
    assert setting.cuts == {"agent": setting.editions["agent"]}


@pytest.mark.parametrize(
    ("period", "version"), [("2026-Q2", "1.0.0"), ("2026-Q4", "2.0.0"), ("2026-M07", "1.0.0"), ("2026-M09", "2.0.0")]
)
def test_one_version_counts_in_other_periods(two: Company, period: str, version: str) -> None:
    """Before and after the change there is one version, under the role's own id, and nothing is cut."""
    setting, _ = opened(two.asked(period=period))
    assert setting is not None
    assert [(key, role.version) for key, role in setting.assigned.items()] == [("agent", version)]
    assert setting.cuts == {}


def test_every_version_is_checked(two: Company) -> None:
    """A mistake in a version, and an example that does not come out, are told whichever period is asked about."""
    two.edit(NEWER, "kpi.audit_score: 3.88", "kpi.audit_score: 4.00")
    for period in ("2026-Q2", "2026-Q3", "2026-Q4"):
        assert told(check(two.asked(period=period), with_data=False).problems) == [f"{NEWER}:13 example-fails"]
    two.edit(AGENT, "formula: calls_made", "formula: calls_maid")
    assert told(check(two.asked(period="2026-Q4"), with_data=False).problems) == [f"{AGENT}:24 unknown-name"]


def test_a_measure_of_an_old_version_is_used(two: Company) -> None:
    """A measure that only a version of another period reads is not called unused."""
    two.write("appraise.yaml", two.text("appraise.yaml") + "\nmeasures:\n  sold: {sum: promises_due, source: people}\n")
    two.write("templates/roles/agent_2027.yaml", STRICTER.replace("2.0.0", "3.0.0").replace("2026-08-15", "2027-01-01"))
    assert "unused-measure" in {problem.code for problem in check(two.asked(), with_data=False).problems}
    two.edit("templates/roles/agent_2027.yaml", "        score:", "        applies_when: sold > 0\n        score:")
    assert "unused-measure" not in {problem.code for problem in check(two.asked(), with_data=False).problems}


def test_a_pinned_version_counts_for_the_whole_period(two: Company) -> None:
    """A pin holds for its own period alone."""
    pin(two, "  2026-Q3: {agent: 1.0.0}\n  2026-Q2: {agent: 2.0.0}\n")
    assert counting(two) == {"2026-07-01": "agent"}
    setting, problems = opened(two.asked(period="2026-Q2"))
    assert setting is not None
    assert (setting.assigned["agent"].version, problems) == ("2.0.0", [])
    assert counting(two, period="2026-Q4") == {"2026-10-01": "agent"}


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("  2026-Q7: {agent: 1.0.0}\n", "unknown-period", "write 2026-M07 for a month"),
        ("  2026-Q3: {agnet: 1.0.0}\n", "unknown-role", "did you mean 'agent'?"),
        ("  2026-Q3: {agent: 1.0.1}\n", "unknown-version", "did you mean '1.0.0'?"),
        ("  2025-Q1: {agent: 7.5.3}\n", "unknown-version", "there is 1.0.0 and 2.0.0; keep the file of a version"),
        ("  2026-Q3: {agent: 1.0}\n", "wrong-type", ""),
        ("  2026-Q3: agent\n", "wrong-type", ""),
    ],
)
def test_a_pin_of_nothing_is_an_error(two: Company, text: str, code: str, hint: str) -> None:
    """A pinned version that is not there stops the scoring, for any period: nobody is scored by other rules."""
    pin(two, text)
    workspace, problems = ready(two.asked())
    assert workspace is None
    assert [problem.place.file for problem in problems] == ["appraise.yaml"]
    assert problems[0].hint.startswith(hint)
    assert problems[0].code == code


def test_no_version_is_in_force_yet(shop: Company) -> None:
    """Where the earliest version counts from a later day it is taken for the whole period, with a warning."""
    shop.edit(AGENT, "version: 1.0.0", "version: 1.0.0\neffective: 2026-09-01")
    (problem,) = check(shop.asked(), with_data=False).problems
    assert (str(problem.place), problem.code, problem.is_error) == (f"{AGENT}:7:12", "not-yet-in-force", False)
    assert problem.message == (
        "role 'agent': no version is in force on 1 Jul 2026; "
        "version 1.0.0 is taken for the whole period, though it counts from 1 Sep 2026"
    )
    assert counting(shop) == {"2026-07-01": "agent"}
    pin(shop, "  2026-Q3: {agent: 1.0.0}\n")
    assert check(shop.asked(), with_data=False).problems == ()


def test_versions_are_listed(two: Company) -> None:
    """Every version of a role is listed, with its days in the period."""
    lines = [line for line in list_roles(two.asked()).roles if line.id == "agent"]
    assert [(line.version, line.effective, str(line.first_day), str(line.last_day), line.pinned) for line in lines] == [
        ("1.0.0", "", "2026-07-01", "2026-08-14", False),
        ("2.0.0", "2026-08-15", "2026-08-15", "2026-09-30", False),
    ]
    pin(two, "  2026-Q3: {agent: 2.0.0}\n")
    lines = [line for line in list_roles(two.asked()).roles if line.id == "agent"]
    assert [(line.version, str(line.first_day), line.pinned) for line in lines] == [
        ("1.0.0", "None", False),
        ("2.0.0", "2026-07-01", True),
    ]


@pytest.mark.parametrize("period", ["2026-Q2", "2026-Q3", "2026-Q4"])
@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
def test_any_version_can_be_shown(two: Company, version: str, period: str) -> None:
    """`ROLE@VERSION` names any version, whichever is in force."""
    answer = show_role(two.asked(period=period), f"agent@{version}")
    assert answer.role is not None
    assert (answer.problems, answer.role.version) == ((), version)


def test_a_version_that_is_not_there_is_not_shown(two: Company) -> None:
    """A version that no template has is answered with those there are."""
    (problem,) = show_role(two.asked(), "agent@4").problems
    assert (problem.code, problem.message) == ("unknown-version", "role 'agent' has no version 4")
    assert problem.hint == "there is 1.0.0 and 2.0.0"


@pytest.mark.parametrize("mistake", ["kras: [\n", "extends: agnet\n"])
def test_an_unusable_version_lets_nobody_be_scored_by_the_other(two: Company, mistake: str) -> None:
    """A version that may count and cannot be used keeps people from a score by the one before; a pin settles it."""
    two.write(NEWER, f"role: agent\nversion: 2.0.0\neffective: 2026-08-15\n{mistake}")
    scores, problems = two.scores()
    assert set(scores.results.people["reason"]) == {"template_unusable"}
    assert "version-unusable" in {problem.code for problem in problems}
    (appraisal, *_) = two.appraisals().values()
    assert "version-unusable" in {problem.code for problem in appraisal.problems}
    pin(two, "  2026-Q3: {agent: 1.0.0}\n")
    assert "template_unusable" not in set(two.scores()[0].results.people["reason"])


def firsts(company: Company) -> list[tuple[str, str]]:
    """Version and first SHA-256 of the templates in `run.json`."""
    record = json.loads((company.out / "run.json").read_bytes())
    return [(one["version"], one["sha256"]) for one in record["first_templates"]]


def test_a_template_that_changed_is_told_in_every_later_run(shop: Company) -> None:
    """A changed template of the same version is warned of until it is as it was, and two like runs write the same."""
    assert run(shop.asked()).problems == ()
    first, noted = shop.hashes(), firsts(shop)
    assert run(shop.asked()).problems == ()
    assert shop.hashes() == first

    before = shop.text(AGENT)
    shop.edit(AGENT, "[70, 80, 88, 95]", "[70, 80, 88, 96]")
    shop.edit(AGENT, "kpi.audit_score: 4.50", "kpi.audit_score: 4.44")
    assert told(check(shop.asked(), with_data=False).problems) == CHANGED
    changed = run(shop.asked())
    assert told(changed.problems) == CHANGED
    assert changed.problems[0].message == (
        "role 'agent': the template changed since the first run of 2026-Q3, but its version is still 1.0.0"
    )
    assert (changed.problems[0].is_error, firsts(shop)) == (False, noted)
    second = shop.hashes()
    assert told(run(shop.asked()).problems) == CHANGED
    assert shop.hashes() == second

    shop.write(AGENT, before)
    assert run(shop.asked()).problems == ()
    assert shop.hashes() == first


def test_a_new_version_is_noted_beside_the_first(shop: Company) -> None:
    """With a new version there is nothing to warn of; the version that was used before is remembered."""
    run(shop.asked())
    ((_, sha256),) = firsts(shop)
    text = shop.text(AGENT)
    shop.edit(AGENT, "version: 1.0.0", "version: 1.0.1")
    assert run(shop.asked()).problems == ()
    assert [version for version, _ in firsts(shop)] == ["1.0.0", "1.0.1"]
    shop.write(AGENT, text.replace("title: Calls made", "title: Calls"))
    assert told(run(shop.asked()).problems) == CHANGED
    assert dict(firsts(shop))["1.0.0"] == sha256


@pytest.mark.parametrize("written", ["", "[]", '{"first_templates": 3}', '{"first_templates": [{"role": "agent"}]}'])
def test_a_record_that_cannot_be_read_tells_nothing(shop: Company, written: str) -> None:
    """Where somebody spoilt `run.json` the run begins to take notes anew."""
    shop.write("out/2026-Q3/run.json", written)
    assert run(shop.asked()).problems == ()
    assert [version for version, _ in firsts(shop)] == ["1.0.0"]

"""The role templates of a workspace: those there are, one in words, and the beginning of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from companies import Company, told

from appraise.app.check import check
from appraise.app.new_role import Beginning, new_role
from appraise.app.roles import list_roles, show_role

if TYPE_CHECKING:
    from pathlib import Path

AGENT = "templates/roles/agent.yaml"


def test_own_and_shipped_templates_are_listed(shop: Company) -> None:
    """The workspace's templates and those that ship, by id, with their file and size."""
    answer = list_roles(shop.asked())

    assert answer.problems == ()
    listed = [(line.id, line.file, line.kras, line.kpis) for line in answer.roles]
    assert listed[:2] == [
        ("agent", AGENT, 2, 3),
        ("collection_process_lead", "shipped templates/roles/collection_process_lead.yaml", 3, 5),
    ]
    assert ("telecaller", "shipped templates/roles/telecaller.yaml", 9, 18) in listed
    assert listed == sorted(listed)


def test_the_nearest_template_of_a_name_counts(shop: Company) -> None:
    """A template of the workspace takes the place of a shipped one with the same id."""
    shop.write(
        "templates/roles/tele_collection_agent.yaml",
        shop.text(AGENT).replace("role: agent", "role: tele_collection_agent"),
    )

    lines = {line.id: line for line in list_roles(shop.asked()).roles}

    assert lines["tele_collection_agent"].file == "templates/roles/tele_collection_agent.yaml"
    assert lines["tele_collection_agent"].kpis == 3


def test_a_broken_template_is_not_in_the_list(shop: Company) -> None:
    """A template with a mistake cannot be used; the mistake is told beside the others."""
    shop.edit(AGENT, "title: Promises kept", "titel: Promises kept")

    answer = list_roles(shop.asked())

    assert "agent" not in {line.id for line in answer.roles}
    assert {problem.place.file for problem in answer.problems} == {AGENT}


def test_a_template_is_shown_in_words(shop: Company) -> None:
    """Every KPI's formula is said in plain language."""
    answer = show_role(shop.asked(), "agent")

    assert (answer.problems, answer.role is None) == ((), False)
    assert set(answer.words) == {"promise_kept", "calls", "audit_score"}
    assert answer.words["calls"] == "calls made"
    assert "promises kept" in answer.words["promise_kept"]
    assert "_" not in "".join(answer.words.values())


def test_a_template_is_shown_after_extending(shop: Company) -> None:
    """A template that extends another is shown as the whole that it comes to."""
    shop.write(
        "templates/roles/senior.yaml",
        "role: senior\ntitle: Senior Agent\nversion: 1.0.0\nextends: agent\n"
        "kras:\n  - {id: quality, title: Quality first}\n",
    )

    answer = show_role(shop.asked(), "senior")

    assert answer.problems == ()
    assert answer.role is not None
    assert [kra.title for kra in answer.role.kras] == ["Results", "Quality first"]
    assert set(answer.words) == {"promise_kept", "calls", "audit_score"}


def test_a_broken_template_is_shown_with_its_mistakes(shop: Company) -> None:
    """Who asks for a template with a mistake gets what can be read of it, and the mistakes of this file alone."""
    shop.edit(AGENT, "title: Calls made", "titel: Calls made")
    shop.edit(AGENT, "formula: calls_made", "formula: 100 * (")
    shop.write("templates/roles/other.yaml", "role: other\n")

    answer = show_role(shop.asked(), "agent")

    assert told(answer.problems) == [f"{AGENT}:23 unknown-key"]
    assert answer.words["calls"] == "100 * ("


def test_a_template_that_cannot_be_read_at_all(shop: Company) -> None:
    """A file that is no YAML is answered with what is wrong in it, not with the claim that it is not there."""
    shop.write(AGENT, shop.text(AGENT) + "kras: [\n")

    answer = show_role(shop.asked(), "agent")

    assert ([problem.code for problem in answer.problems], answer.role) == (["yaml-syntax"], None)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("agnet", "did you mean 'agent'?"), ("x", "there are: agent, collection_process_lead, ")],
)
def test_an_unknown_template(name: str, hint: str, shop: Company) -> None:
    """A name that no template has is guessed, or answered with those there are."""
    (problem,) = show_role(shop.asked(), name).problems
    assert (str(problem.place), problem.code) == ("templates/roles", "unknown-role")
    assert problem.hint.startswith(hint)


def test_a_new_template_can_be_read_at_once(shop: Company) -> None:
    """What `roles new` writes is a sound template whose only open names are the measures to be chosen."""
    assert new_role(shop.asked(), Beginning("field_agent")).files == ("templates/roles/field_agent.yaml",)

    answer = show_role(shop.asked(), "field_agent")
    assert answer.problems == ()
    assert answer.role is not None
    assert (answer.role.id, answer.role.title) == ("field_agent", "Field Agent")
    assert {problem.code for problem in check(shop.asked(), with_data=False).problems} == {"unknown-name"}


def test_a_new_template_with_its_columns_is_sound(shop: Company) -> None:
    """With the columns that its formula names in the spreadsheet, the new template passes with its example."""
    new_role(shop.asked(), Beginning("field_agent"))
    shop.write(
        "data/people.csv",
        shop.text("data/people.csv").replace("\n", ",1,2\n").replace("score,1,2", "score,done,planned"),
    )

    problems = check(shop.asked(), with_data=True).problems

    assert [problem.code for problem in problems if problem.is_error] == []


@pytest.mark.parametrize("name", ["Field Agent", "../agent", "1st", "", "agént", "a/b", "a.b"])
def test_an_id_that_no_template_can_have(name: str, shop: Company) -> None:
    """An id is made of small letters, digits and _: nothing else becomes a file."""
    (problem,) = new_role(shop.asked(), Beginning(name)).problems
    assert problem.code == "role-id"
    assert [path.name for path in (shop.root / "templates").rglob("*.yaml")] == ["agent.yaml"]


def test_nothing_is_overwritten(shop: Company) -> None:
    """A template that is there already stays as it is."""
    before = shop.text(AGENT)

    (problem,) = new_role(shop.asked(), Beginning("agent")).problems

    assert (str(problem.place), problem.code) == (AGENT, "role-exists")
    assert shop.text(AGENT) == before


def test_no_roles_without_a_workspace(tmp_path: Path) -> None:
    """A folder that is no workspace has no templates, and the answer says how to make one."""
    assert told(list_roles(Company(tmp_path).asked()).problems) == ["appraise.yaml:0 no-workspace"]
    assert told(show_role(Company(tmp_path).asked(), "agent").problems) == ["appraise.yaml:0 no-workspace"]

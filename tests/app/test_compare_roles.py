"""Two templates compared: every rule that differs, and what that does to the people on them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from companies import Company, told

from appraise.app.compare_roles import RolesCompared, compare_roles
from appraise.app.differences import Change

AGENT = "templates/roles/agent.yaml"
NEW = "drafts/agent.yaml"
GATE = "gates:\n  - {id: calm, when: calls_made < 1, cap_at: 2, says: Calls are made.}\n"
BONUS = "adjustments:\n  - {id: mentor, when: calls_made > 2000, add: 0.1, says: Trained a colleague.}\n"


def compared(company: Company, *edits: tuple[str, str], before: str = "") -> RolesCompared:
    """The template of the agents against a copy of it in a file, in which texts are replaced."""
    text = company.text(AGENT).replace("examples:\n", f"{before}examples:\n")
    company.write(AGENT, text)
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    company.write(NEW, text)
    return compare_roles(company.asked(), ("agent", NEW), with_data=False)


def changes(answer: RolesCompared) -> list[tuple[str, str, str, str | None, str | None]]:
    """The changes without the titles."""
    assert answer.problems == ()
    return [(one.thing, one.id, one.kind, one.before, one.after) for one in answer.changes]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("version: 1.0.0", "version: 2.0.0", ("template", "agent", "version", "1.0.0", "2.0.0")),
        (
            "title: Agent\n",
            "title: Agent\nmin_coverage: 80\n",
            (
                "template",
                "agent",
                "min_coverage",
                "60 % of the weight must be scored",
                "80 % of the weight must be scored",
            ),
        ),
        ("title: Results", "title: Outcome", ("kra", "results", "title", "Results", "Outcome")),
        (
            "bands: [60, 70, 78, 85]",
            "bands: [60, 70, 80, 85]",
            (
                "kpi",
                "promise_kept",
                "score",
                "2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in between",
                "2 from 60 %, 3 from 70 %, 4 from 80 %, 5 from 85 %; 1 at 50 % and below, evenly in between",
            ),
        ),
        (
            "formula: calls_made",
            "formula: calls_made / 2",
            ("kpi", "calls", "formula", "calls made", "calls made divided by 2"),
        ),
        ("cap_at: 2", "cap_at: 1.5", ("gate", "calm", "cap_at", "at 2 at most", "at 1.5 at most")),
        (
            "when: calls_made < 1",
            "when: calls_made < 2",
            ("gate", "calm", "when", "calls made is below 1", "calls made is below 2"),
        ),
        ("add: 0.1", "add: 0.2", ("adjustment", "mentor", "add", "+0.1 points", "+0.2 points")),
        ("  - {id: calm,", "  - {id: quiet, when: calls_made < 1, cap_at: 3, says: Be quiet.}\n  - {id: calm,",
         ("gate", "quiet", "added", None, "Be quiet.")),
        (BONUS, "", ("adjustment", "mentor", "removed", "Trained a colleague.", None)),
    ],
)  # fmt: skip
def test_every_changed_key_is_told(
    old: str, new: str, change: tuple[str, str, str, str | None, str | None], shop: Company
) -> None:
    """A key that says something else is told by the thing's id, with its words before and after."""
    assert changes(compared(shop, (old, new), before=GATE + BONUS)) == [change]


def test_equal_rules_are_equal(shop: Company) -> None:
    """Other lines, comments, and other examples change no rule."""
    edits = (("title: Agent\n", "# a note\n\ntitle: Agent\n"), ("kpi.promise_kept: 3.83, ", ""))
    answer = compared(shop, *edits)
    assert changes(answer) == []


def test_kpis_come_go_and_move(shop: Company) -> None:
    """A KPI is known by its id, in whichever area it stands."""
    shop.write(
        NEW,
        "role: agent\ntitle: Agent\nversion: 2.0.0\nkras:\n  - id: quality\n    title: Quality\n    weight: 100\n"
        "    kpis:\n"
        "      - {id: calls, title: Calls made, formula: calls_made, decimals: 0, direction: higher, weight: 50, "
        "score: {bands: [400, 800, 1200, 2000]}}\n"
        "      - {id: talk, title: Talks, formula: calls_made, decimals: 0, direction: higher, weight: 50, "
        "score: {bands: [400, 800, 1200, 2000]}}\n",
    )

    answer = compare_roles(shop.asked(), (AGENT, NEW), with_data=False)

    assert answer.problems == ()
    found = [(one.thing, one.id, one.kind) for one in answer.changes]
    assert ("kra", "results", "removed") in found
    assert ("kpi", "promise_kept", "removed") in found
    assert ("kpi", "talk", "added") in found
    assert Change("kra", "kpi", "calls", "Results", "Quality", "Calls made") in answer.changes


def test_formulas_that_are_said_alike_are_told_as_written(shop: Company) -> None:
    """Where words do not show the difference, the text of the file does."""
    shop.edit(AGENT, "formula: calls_made", "formula: calls_made * 2 / 2")
    answer = compared(shop, ("formula: calls_made * 2 / 2", "formula: (calls_made * 2) / 2"))
    assert changes(answer) == [("kpi", "calls", "formula", "calls_made * 2 / 2", "(calls_made * 2) / 2")]


@pytest.mark.parametrize("name", ["agent", "agent@1.0.0", AGENT])
def test_a_template_is_named_in_three_ways(name: str, shop: Company) -> None:
    """By its role's id, with its version, or by its file."""
    answer = compare_roles(shop.asked(), (name, "agent"), with_data=False)
    assert (answer.problems, answer.changes) == ((), ())
    assert answer.before is not None
    assert (answer.before.id, answer.before.version) == ("agent", "1.0.0")


def test_versions_of_one_role_are_compared(shop: Company) -> None:
    """The version that is not in force yet stands in the workspace beside the one that is."""
    later = shop.text(AGENT).replace("version: 1.0.0", "version: 2.0.0\neffective: 2027-01-01")
    shop.write("templates/roles/agent-2.yaml", later.replace("[60, 70, 78, 85]", "[50, 60, 70, 80]"))

    answer = compare_roles(shop.asked(), ("agent@1.0.0", "agent@2.0.0"), with_data=True)

    assert [one.kind for one in answer.changes] == ["version", "effective", "score"]
    assert answer.people is not None
    assert all((move.change or 0) >= 0 for move in answer.people)
    assert any((move.change or 0) > 0 for move in answer.people)


def test_a_file_is_looked_for_where_one_is(shop: Company, tmp_path: Path) -> None:
    """A path counts from the folder that one is in; it may extend a template of the workspace."""
    (tmp_path / "mine.yaml").write_text("role: mine\ntitle: Mine\nversion: 1.0.0\nextends: agent\n", "utf-8")
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        answer = compare_roles(shop.asked(), ("agent", "mine.yaml"), with_data=True)
    finally:
        os.chdir(here)

    assert changes(answer) == [("template", "mine", "title", "Agent", "Mine")]
    assert answer.people is not None
    assert [move.change for move in answer.people if move.change] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("agnet", "templates/roles:0 unknown-role"),
        ("agent@3.0.0", "templates/roles:0 unknown-version"),
        ("nothing.yaml", "nothing.yaml:0 no-template-file"),
    ],
)
def test_a_template_that_is_not_there(name: str, expected: str, shop: Company) -> None:
    """What cannot be found is a problem, and nothing is compared."""
    answer = compare_roles(shop.asked(), ("agent", name), with_data=True)
    assert told(answer.problems) == [expected]
    assert (answer.before, answer.after, answer.people) == (None, None, None)


def test_a_beginning_is_no_template(shop: Company) -> None:
    """A file that others extend and that is not complete cannot be compared."""
    shop.write("templates/roles/senior.yaml", "role: senior\ntitle: Senior\nversion: 1.0.0\nextends: begun\n")
    shop.write("drafts/begun.yaml", "role: begun\ntitle: Begun\nversion: 1.0.0\n")
    answer = compare_roles(shop.asked(), ("agent", "drafts/begun.yaml"), with_data=False)
    assert told(answer.problems) == ["drafts/begun.yaml:0 no-template-file"]


def test_mistakes_of_a_file_are_told_and_nobody_is_scored(shop: Company) -> None:
    """A template with a mistake is compared as far as it can be read."""
    shop.write(NEW, shop.text(AGENT).replace("title: Calls made", "titel: Calls made"))
    answer = compare_roles(shop.asked(), ("agent", NEW), with_data=True)
    assert {problem.code for problem in answer.problems} == {"unknown-key"}
    assert answer.after is not None
    assert answer.people is None


def test_people_are_scored_on_both(shop: Company) -> None:
    """Everybody who is on the role has a result on either template; on the one in force it is that of `score`."""
    compared(shop, ("bands: [60, 70, 78, 85]", "bands: [70, 80, 88, 95]"))
    answer = compare_roles(shop.asked(), ("agent", NEW), with_data=True)
    people, _ = shop.scores()

    assert answer.people is not None
    assert {move.person: move.before.overall for move in answer.people} == dict(
        people.results.people.select("person", "overall").iter_rows()
    )
    assert all((move.change or 0) <= 0 for move in answer.people)
    assert any(move.change for move in answer.people)


def test_the_other_way_round_is_the_opposite(shop: Company) -> None:
    """Comparing B with A gives every change and every move the other way round."""
    compared(shop, ("bands: [60, 70, 78, 85]", "bands: [70, 80, 88, 95]"))
    there = compare_roles(shop.asked(), ("agent", NEW), with_data=True)
    back = compare_roles(shop.asked(), (NEW, "agent"), with_data=True)

    assert [(one.before, one.after) for one in there.changes] == [(one.after, one.before) for one in back.changes]
    assert there.people is not None
    assert back.people is not None
    assert [(move.before, move.after) for move in there.people] == [(move.after, move.before) for move in back.people]


def test_nobody_is_on_a_role_that_the_workspace_gives_to_nobody(shop: Company) -> None:
    """Two shipped templates that nobody here has move nobody."""
    names = ("collection_process_lead", "tele_collection_agent")
    answer = compare_roles(shop.asked(), names, with_data=True)
    assert answer.people == ()


def test_without_a_workspace(tmp_path: Path) -> None:
    """A folder that is no workspace is told as everywhere."""
    answer = compare_roles(Company(tmp_path).asked(), ("a", "b"), with_data=True)
    assert told(answer.problems) == ["appraise.yaml:0 no-workspace"]

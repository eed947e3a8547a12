"""How templates are found in layers, extended and merged."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Any, TypeAlias

from appraise.roles.library import Folder, RoleRequest, load_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from appraise.model.problem import Problem
    from appraise.roles.library import Draft

    Load: TypeAlias = Callable[..., tuple[Mapping[str, Draft], list[Problem]]]

BASE = """role: base
title: Base
version: 1.0.0
approved_by: HR
kras:
  - id: work
    title: Work
    weight: 60
    kpis:
      - {id: calls, title: Calls, formula: calls, direction: higher, weight: 70, score: {bands: [10, 20, 30, 40]}}
      - {id: talk, title: Talk, formula: talk, direction: higher, weight: 30, score: {bands: [10, 20, 30, 40]}}
  - id: conduct
    title: Conduct
    weight: 40
    kpis:
      - {id: complaints, title: Complaints, formula: complaints, weight: 100, score: {pass_fail: {at_most: 0}}}
gates:
  - {id: violations, when: violations > 0, cap_at: 2, says: A violation.}
examples:
  - {name: none, given: {calls: 3}, expect: {gate.violations: unknown}}
"""
CHILD = """role: child
title: Child
version: 2.0.0
extends: base
kras:
  - id: work
    weight: 50
    kpis:
      - {id: calls, score: {bands: [11, 21, 31, 41]}}
  - id: extra
    title: Extra
    weight: 10
    kpis:
      - {id: sales, title: Sales, formula: sales, direction: higher, weight: 100, score: {bands: [1, 2, 3, 4]}}
"""


def told(problems: list[Problem]) -> list[str]:
    """Place, code and message of problems."""
    return [f"{problem.place} {problem.code} {problem.message}" for problem in problems]


def test_a_template_is_laid_over_the_one_it_extends(load: Load) -> None:
    """KRAs and KPIs merge by id and key by key; new ones come last; examples and approvals are not inherited."""
    drafts, problems = load({"base.yaml": BASE, "child.yaml": CHILD})
    child = drafts["child"].role
    assert told(problems) == []
    assert [(kra.id, str(kra.weight)) for kra in child.kras] == [("work", "50"), ("conduct", "40"), ("extra", "10")]
    assert [(kpi.id, str(kpi.weight)) for kpi in child.kras[0].kpis] == [("calls", "70"), ("talk", "30")]
    assert getattr(child.kpis[0].method, "bands").starts == (11.0, 21.0, 31.0, 41.0)  # noqa: B009 -- a union of methods
    assert (child.title, child.approved_by, child.examples, len(child.gates)) == ("Child", "", (), 1)


def test_places_lead_to_the_file_a_thing_came_from(load: Load) -> None:
    """What was inherited is found in the template that it was inherited from."""
    child = load({"base.yaml": BASE, "child.yaml": CHILD})[0]["child"].role
    assert [str(kpi.formula.place) for kpi in child.kpis[:2]] == ["base.yaml:10:44", "base.yaml:11:42"]
    assert str(child.kpis[0].places["starts.0"]) == "child.yaml:9:37"
    assert str(child.gates[0].when.place) == "base.yaml:18:28"


def test_the_hash_is_of_all_files(load: Load) -> None:
    """A role is known by the bytes of its own file and then of those that it extends."""
    drafts, _ = load({"base.yaml": BASE, "child.yaml": CHILD})
    assert drafts["base"].role.sha256 == hashlib.sha256(BASE.encode()).hexdigest()
    assert drafts["child"].role.sha256 == hashlib.sha256((CHILD + BASE).encode()).hexdigest()


def test_what_is_removed_is_gone(load: Load) -> None:
    """`remove` takes inherited KRAs, KPIs and gates away by id."""
    text = BASE.replace("role: base", "role: child\nextends: base\nremove: [talk, violations, kra.conduct]")
    text = text.split("kras:")[0] + "kras: [{id: work, weight: 100, kpis: [{id: calls, weight: 100}]}]\n"
    drafts, problems = load({"base.yaml": BASE, "child.yaml": text})
    role = drafts["child"].role
    assert (told(problems), [kpi.id for kpi in role.kpis], role.gates) == ([], ["calls"], ())


def test_what_is_not_there_cannot_be_removed(load: Load) -> None:
    """A misspelt `remove` is told, because the thing would stay."""
    problems = load({"base.yaml": BASE, "child.yaml": CHILD + "remove: [violatons]\n"})[1]
    assert told(problems) == [
        "child.yaml:15:10 unknown-removal 'remove' names 'violatons', and nothing of that id is inherited"
    ]
    assert problems[0].hint == "did you mean 'violations'?"


def test_a_circle_names_every_role(load: Load) -> None:
    """Templates that extend each other are no templates."""
    files = {f"{one}.yaml": CHILD.replace("child", one).replace("base", two) for one, two in ("ab", "bc", "ca")}
    problems = load(files)[1]
    assert [problem.message for problem in problems if problem.place.file == "a.yaml"] == [
        "'extends' goes round in a circle: a -> b -> c -> a"
    ]
    assert {problem.code for problem in problems} == {"circular-extends"}


def test_the_nearest_folder_wins(load: Load) -> None:
    """Of two templates for a role the one in the nearer folder counts, and it may extend the other."""
    near = CHILD.replace("role: child", "role: base")
    drafts, problems = load({"mine.yaml": near}, {"base.yaml": BASE})
    assert told(problems) == []
    assert (drafts["base"].role.title, len(drafts["base"].role.kras)) == ("Child", 3)


def test_a_role_has_one_template_in_a_folder(load: Load) -> None:
    """Two templates for one role in one folder are told with both names, and the first one counts."""
    drafts, problems = load({"a.yaml": BASE, "b.yaml": BASE})
    assert told(problems) == [
        (
            "b.yaml:3:10 duplicate-role role 'base' is already in a.yaml in version 1.0.0, "
            "and two templates of one role are two versions"
        )
    ]
    assert drafts["base"].sound


def test_a_bad_template_stops_no_other(tmp_path: Path, schema: Mapping[str, Any]) -> None:
    """Sound templates are loaded, whatever the others look like."""
    for name, text in {"a.yaml": "a: [", "b.yaml": BASE, "c.yaml": "role: c\ntitle: !x C\n", "d.txt": "no"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    roles, problems = load_roles(RoleRequest([Folder(tmp_path, "roles"), Folder(tmp_path / "none", "none")], schema))
    assert list(roles) == ["base"]
    assert {problem.place.file for problem in problems} == {"roles/a.yaml", "roles/c.yaml"}


def test_a_template_that_others_extend_may_be_unfinished(load: Load) -> None:
    """Weights that do not total 100 are no fault of a mere beginning, which is then no role of its own."""
    drafts, problems = load({"base.yaml": BASE.replace("weight: 40", "weight: 30"), "child.yaml": CHILD})
    assert sorted(drafts) == ["child"]
    assert told(problems) == ["child.yaml:5:1 weights-total the weights of the KRAs total 90, not 100 (50 + 30 + 10)"]


def test_what_is_wrong_with_a_base_is_told_once(load: Load) -> None:
    """A mistake in an extended template is not told again by every template that extends it."""
    files = {"base.yaml": BASE.replace("violations > 0", "violations >"), "child.yaml": CHILD.replace("2.0.0", "x")}
    files["base.yaml"] = files["base.yaml"].replace("[10, 20, 30, 40]}}\n      -", "[10, 20, 30]}}\n      -")
    problems = load(files)[1]
    assert [f"{problem.place} {problem.code}" for problem in problems] == [
        "base.yaml:10:97 wrong-band-count",
        "child.yaml:3:10 wrong-format",
    ]


def test_what_an_heir_breaks_is_told_in_its_own_file(load: Load) -> None:
    """Where the own file says something about the broken part, the place is there."""
    problems = load({"base.yaml": BASE, "child.yaml": CHILD.replace("extends: base", "extends: base\nremove: [talk]")})[
        1
    ]
    assert told(problems) == ["child.yaml:9:5 weights-total KRA 'work': the weights of its KPIs total 70, not 100"]


def test_what_an_inheritance_breaks_names_the_heir(load: Load) -> None:
    """A problem in one file that is caused by another names the role that has it."""
    child = "role: child\ntitle: Child\nversion: 2.0.0\nextends: base\nremove: [talk]\n"
    problems = load({"base.yaml": BASE, "child.yaml": child})[1]
    assert told(problems) == [
        "base.yaml:9:5 weights-total KRA 'work': the weights of its KPIs total 70, not 100 (inherited by role 'child')"
    ]


def test_one_way_to_say_a_cap_takes_the_place_of_the_other(load: Load) -> None:
    """A template that caps by severity inherits no `cap_at`, and one with `cap_at` inherits no severity."""
    head = "title: Child\nversion: 2.0.0\n"
    graded = (
        f"role: graded\nextends: base\n{head}gates:\n  - id: violations\n    severity: violations\n"
        "    caps_by_severity: [{from: 1, cap_at: 3}, {from: 2, cap_at: 1}]\n"
    )
    plain = f"role: plain\nextends: graded\n{head}gates:\n  - {{id: violations, cap_at: 2.5}}\n"
    roles, problems = load({"base.yaml": BASE, "graded.yaml": graded, "plain.yaml": plain})
    gates = {name: roles[name].role.gates[0] for name in ("graded", "plain")}
    assert told(problems) == []
    assert [(each.start, each.cap_at) for each in gates["graded"].caps_by_severity] == [(1.0, 3.0), (2.0, 1.0)]
    assert math.isnan(gates["graded"].cap_at)
    assert (gates["plain"].cap_at, gates["plain"].severity, gates["plain"].caps_by_severity) == (2.5, None, ())
    assert gates["plain"].says == "A violation."

"""Versions of one role: which of them counts in a period, and from which day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

import pytest

from appraise.model.period import Period
from appraise.model.problem import Problem
from appraise.roles.editions import editions_in, known_versions
from appraise.roles.library import Draft

Load: TypeAlias = Callable[..., tuple[Mapping[str, Draft], list[Problem]]]

QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))


def template(version: str, effective: str = "", extends: str = "", title: str = "Agent") -> str:
    """A template of the role `agent`; one that extends another takes its KRAs over."""
    said = f"role: agent\nversion: {version}\n" + (f"effective: {effective}\n" if effective else "")
    if extends:
        return f"{said}extends: {extends}\n"
    kpi = "{id: calls, title: Calls, formula: calls, direction: higher, weight: 100, score: {bands: [1, 2, 3, 4]}}"
    return f"{said}title: {title}\nkras:\n  - id: work\n    title: Work\n    weight: 100\n    kpis:\n      - {kpi}\n"


def told(problems: list[Problem]) -> list[str]:
    """Place, code and message of problems."""
    return [f"{problem.place} {problem.code} {problem.message}" for problem in problems]


def starts(load: Load, *days: str, pinned: str = "") -> list[tuple[str, str, str]]:
    """First day in the quarter, key and version of the editions that count, for versions 1, 2, 3 … from these days."""
    files = {f"{number}.yaml": template(f"{number}.0.0", day) for number, day in enumerate(days, start=1)}
    drafts, _ = load(files)
    found = editions_in(QUARTER, drafts, {"agent": pinned} if pinned else {})
    assert len(found.drafts) + len(found.others) == len(days)
    assert all(key == draft.role.key for key, draft in found.drafts.items())
    return [(str(day), key, found.drafts[key].role.version) for day, key in found.starts["agent"]]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([""], [("2026-07-01", "agent", "1.0.0")], id="one that always held"),
        pytest.param(["2026-01-01"], [("2026-07-01", "agent", "1.0.0")], id="one from before"),
        pytest.param(["", "2026-07-01"], [("2026-07-01", "agent", "2.0.0")], id="a new one on the first day"),
        pytest.param(["", "2026-10-01"], [("2026-07-01", "agent", "1.0.0")], id="a new one after the period"),
        pytest.param(
            ["", "2026-08-15"],
            [("2026-07-01", "agent", "1.0.0"), ("2026-08-15", "agent@2.0.0", "2.0.0")],
            id="a new one in the period",
        ),
        pytest.param(
            ["2026-09-30", "2026-07-02", "2025-01-01", "2026-06-30"],
            [
                ("2026-07-01", "agent", "4.0.0"),
                ("2026-07-02", "agent@2.0.0", "2.0.0"),
                ("2026-09-30", "agent@1.0.0", "1.0.0"),
            ],
            id="four, two of them in the period",
        ),
        pytest.param(["2026-09-01"], [("2026-07-01", "agent", "1.0.0")], id="none yet"),
        pytest.param(
            ["2026-09-01", "2026-08-01"],
            [("2026-07-01", "agent", "2.0.0"), ("2026-09-01", "agent@1.0.0", "1.0.0")],
            id="none yet of two",
        ),
        pytest.param(["2027-01-01", "2028-01-01"], [("2026-07-01", "agent", "1.0.0")], id="none for long"),
    ],
)
def test_which_versions_count(days: list[str], expected: list[tuple[str, str, str]], load: Load) -> None:
    """The version in force on the first day counts for the period, and each later one in it from its own day."""
    assert starts(load, *days) == expected


@pytest.mark.parametrize(("days", "version"), [(["", "2026-08-15"], "1.0.0"), (["", "", "2027-01-01"], "3.0.0")])
def test_a_pinned_version_counts_alone(days: list[str], version: str, load: Load) -> None:
    """A pinned version counts for the whole period, whatever else is effective, before it or in it."""
    days = [day or f"2025-01-0{number}" for number, day in enumerate(days, start=1)]
    assert starts(load, *days, pinned=version) == [("2026-07-01", "agent", version)]


def test_a_version_of_an_unknown_day_stops_the_guessing(load: Load) -> None:
    """Where one version's day cannot be read nobody knows which counts: it stands alone, and it is not sound."""
    drafts, problems = load({"1.yaml": template("1.0.0"), "2.yaml": template("2.0.0", "2026-02-30")})
    found = editions_in(QUARTER, drafts, {})
    assert [problem.code for problem in problems] == ["not-a-date"]
    assert [(key, draft.role.version, draft.sound) for key, draft in found.drafts.items()] == [
        ("agent", "2.0.0", False)
    ]


def test_versions_are_known_in_the_order_of_their_days(load: Load) -> None:
    """The versions of a role are listed from the earliest to the latest."""
    drafts, _ = load({"a.yaml": template("3.0.0", "2026-08-01"), "b.yaml": template("1.0.0")})
    assert (known_versions(drafts.values(), "agent"), known_versions(drafts.values(), "x")) == (("1.0.0", "3.0.0"), ())
    assert sorted(drafts) == ["agent@1.0.0", "agent@3.0.0"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param(
            template("1.0.0", "2026-08-15"),
            "b.yaml:2:10 duplicate-role role 'agent' is already in a.yaml in version 1.0.0, "
            "and two templates of one role are two versions",
            id="the same version",
        ),
        pytest.param(
            template("2.0.0", "2026-01-01"),
            "b.yaml:3:12 duplicate-role role 'agent': version 2.0.0 counts from 2026-01-01, "
            "and so does version 1.0.0 in a.yaml",
            id="the same day",
        ),
        pytest.param(
            "role: agent\neffective: 2026-08-15\nextends: agent\n",
            "b.yaml:1:7 duplicate-role role 'agent' is already in a.yaml in version 1.0.0, "
            "and two templates of one role are two versions",
            id="the same version, taken over",
        ),
    ],
)
def test_two_versions_differ_in_number_and_day(second: str, expected: str, load: Load) -> None:
    """Two templates of one role in a folder with one version or one day are told with both files; the first counts."""
    drafts, problems = load({"a.yaml": template("1.0.0", "2026-01-01"), "b.yaml": second})
    assert (told(problems), list(drafts)) == ([expected], ["agent"])
    assert drafts["agent"].role.place.file == "a.yaml"


def test_only_one_version_has_always_held(load: Load) -> None:
    """Of the versions of a role only one may say no day."""
    problems = load({f"{version}.yaml": template(f"{version}.0.0") for version in "12"})[1]
    said = "version 2.0.0 counts from the beginning, and so does version 1.0.0 in 1.yaml"
    assert told(problems) == [f"2.yaml:1:7 duplicate-role role 'agent': {said}"]


def test_the_nearest_folder_has_all_versions(load: Load) -> None:
    """A company's versions of a role take the place of all versions of a folder further away."""
    drafts, problems = load(
        {"mine.yaml": template("1.0.0")}, {"a.yaml": template("5.0.0"), "b.yaml": template("6.0.0", "2026-08-01")}
    )
    assert ([(key, draft.role.version) for key, draft in drafts.items()], problems) == ([("agent", "1.0.0")], [])


@pytest.mark.parametrize(
    ("effective", "title"),
    [
        ("2026-06-30", "First"),
        ("2026-07-31", "Second"),
        ("2026-08-01", "Third"),
        ("2020-01-01", "First"),
        ("", "Third"),
    ],
)
def test_the_version_in_force_is_extended(effective: str, title: str, load: Load) -> None:
    """A template extends the version in force on the day from which it counts itself, or the latest without a day."""
    parents = [("1.0.0", "2026-01-01", "First"), ("2.0.0", "2026-07-01", "Second"), ("3.0.0", "2026-08-01", "Third")]
    files = {f"{version}.yaml": template(version, day, title=title) for version, day, title in parents}
    child = template("1.0.0", effective, extends="agent").replace("role: agent", "role: child")
    drafts, problems = load({"child.yaml": child, **files})
    assert (problems, drafts["child"].role.title) == ([], title)


def test_a_version_extends_the_one_before_it(load: Load) -> None:
    """A template that extends its own id takes over the version before it, else the role in a folder further away."""
    files = {"3.yaml": template("3.0.0", "2026-09-01", extends="agent"), "1.yaml": template("1.0.0", extends="agent")}
    files |= {"2.yaml": template("2.0.0", "2026-08-01", extends="agent") + "title: Second\n"}
    drafts, problems = load(files, {"far.yaml": template("9.0.0", "2026-01-01", title="Far")})
    titles = {draft.role.version: draft.role.title for draft in drafts.values()}
    assert (problems, titles) == ([], {"1.0.0": "Far", "2.0.0": "Second", "3.0.0": "Second"})


def test_a_bad_version_is_not_taken_for_a_beginning(load: Load) -> None:
    """Weights that do not total 100 are told in a version, also where a later version of the role extends it."""
    files = {"1.yaml": template("1.0.0").replace("weight: 100\n", "weight: 90\n")}
    files |= {"2.yaml": template("2.0.0", "2026-08-01", extends="agent")}
    drafts, problems = load(files)
    assert [f"{problem.place.file} {problem.code}" for problem in problems] == ["1.yaml weights-total"]
    assert [draft.sound for draft in drafts.values()] == [False, False]

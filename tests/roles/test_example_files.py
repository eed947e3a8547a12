"""The templates of tests/examples: good ones have no problem, bad ones just those that their first comment names."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from appraise.model.problem import Problem

    Check: TypeAlias = Callable[[bytes, str], list[Problem]]

EXAMPLES = Path(__file__).parents[1] / "examples"
EXPECTED = re.compile(r"\d+:\d+ [a-z0-9-]+")


def expected_in(path: Path) -> list[str]:
    """What the first comment of a bad template announces."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return EXPECTED.findall("\n".join(takewhile(lambda line: line.startswith("#"), lines)))


@pytest.mark.parametrize("path", sorted((EXAMPLES / "good").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_good_template_has_no_problem(path: Path, check: Check) -> None:
    """Nothing is found where nothing is wrong."""
    assert [f"{one.place} {one.code}" for one in check(path.read_bytes(), path.name)] == []


@pytest.mark.parametrize("path", sorted((EXAMPLES / "bad").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_bad_template_has_the_problems_it_names(path: Path, check: Check) -> None:
    """Each mistake is told once, at its line and column, with its code, and nothing else is."""
    problems = check(path.read_bytes(), path.name)
    assert [f"{one.place.line}:{one.place.column} {one.code}" for one in problems] == expected_in(path)
    assert problems != []


def test_twenty_mistakes_are_twenty_problems(check: Check) -> None:
    """One mistake neither hides another nor is told twice."""
    path = EXAMPLES / "bad" / "twenty_mistakes.yaml"
    problems = check(path.read_bytes(), path.name)
    assert len({(one.place, one.code) for one in problems}) == len(problems) == 20

"""Cases of our own of the same kinds, with other numbers: they need nothing from outside."""

from __future__ import annotations

from pathlib import Path

import filed
import own_cases
import own_filed
import pytest
import solved
from trials import Desk


@pytest.mark.parametrize("name", own_cases.OWN)
def test_a_case_of_a_template(desk: Desk, name: str) -> None:
    """What was worked out by hand comes out on both ways of scoring."""
    kind, given, expected = own_cases.OWN[name]
    assert solved.KINDS[kind](desk, given) == expected


@pytest.mark.parametrize("name", own_filed.OWN)
def test_a_case_of_files(tmp_path: Path, name: str) -> None:
    """What was worked out by hand comes out of a company on disk."""
    kind, given, expected = own_filed.OWN[name]
    assert filed.KINDS[kind](tmp_path, given) == expected


def test_every_kind_has_a_case_of_our_own() -> None:
    """No kind of tricky case is tried with handed-down numbers alone."""
    own = [*own_cases.OWN.values(), *own_filed.OWN.values()]
    assert {kind for kind, _, _ in own} == {*solved.KINDS, *filed.KINDS}

"""Cases of our own of the same kinds, with other numbers: they need nothing from outside."""

from __future__ import annotations

import pytest
from own_cases import OWN
from solved import KINDS
from trials import Desk


@pytest.mark.parametrize("name", OWN)
def test_a_case_of_our_own(desk: Desk, name: str) -> None:
    """What was worked out by hand comes out on both ways of scoring."""
    kind, given, expected = OWN[name]
    assert KINDS[kind](desk, given) == expected


def test_every_kind_has_a_case_of_our_own() -> None:
    """No kind of tricky case is tried with handed-down numbers alone."""
    assert {kind for kind, _, _ in OWN.values()} == set(KINDS)

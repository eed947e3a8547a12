"""Every tricky case gives what was worked out by hand, on both ways of scoring."""

from __future__ import annotations

from typing import Any

import handed
import pytest
from solved import KINDS
from trials import Desk

WORDS_ALONE = {"note", "shown"}
"""What is said in words: ours are others, and are pinned where they are printed."""
ROLL_UP = ("overall", "level", "scored_weight")


def in_figures(expected: Any, case: str) -> Any:
    """What a case expects, without the words, and of case 23 what is roll-up."""
    if isinstance(expected, list):
        return [in_figures(each, case) for each in expected]
    if not isinstance(expected, dict):
        return expected
    kept = expected.items()
    if case == "missing_feedback_and_anonymity":
        kept = [(key, value) for key, value in kept if key in ROLL_UP]
    return {key: in_figures(value, "") for key, value in kept if key not in WORDS_ALONE}


@handed.needed
@pytest.mark.parametrize("case", KINDS)
def test_a_tricky_case(desk: Desk, case: str) -> None:
    """What comes out of the case's input is what the case expects."""
    told = handed.tricky()[case]
    assert KINDS[case](desk, told["input"]) == in_figures(told["expected"], case)

"""Sentences that say what is wrong and what to do."""

from __future__ import annotations

import pytest

from appraise.sources.advice import fault_and_cure


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("the file is empty: export it again", ("the file is empty", "export it again")),
        ("it failed (KeyError: 'x'): save it", ("it failed (KeyError: 'x')", "save it")),
        ("it failed (KeyError: 'x')", ("it failed (KeyError: 'x')", "")),
        ("no cure", ("no cure", "")),
        ("a: b: c", ("a", "b: c")),
    ],
)
def test_the_cure_follows_the_first_colon(sentence: str, parts: tuple[str, str]) -> None:
    """A colon in brackets belongs to the fault."""
    assert fault_and_cure(sentence) == parts

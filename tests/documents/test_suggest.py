"""When a word is suggested for another."""

from __future__ import annotations

import pytest

from appraise.documents.suggest import did_you_mean


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("wieght", "did you mean 'weight'?"),
        ("Weight", "did you mean 'weight'?"),
        ("min-sample", "did you mean 'min_sample'?"),
        ("colour", ""),
        ("weight", ""),
        ("", ""),
        ("w" * 10_000, ""),
    ],
)
def test_only_close_words_are_suggested(word: str, hint: str) -> None:
    """A known word is suggested where it is close enough to be a slip of the pen."""
    assert did_you_mean(word, ["weight", "title", "min_sample"]) == hint

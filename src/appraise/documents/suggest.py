"""Guessing what somebody meant to write."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_WORD = 100
"""Longer words get no suggestion: the comparison is quadratic in the length."""

MOST_WORDS = 5_000
"""More known words than this are not searched."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint `did you mean 'x'?` for the known word that is closest, or the empty text where none is close."""
    words = sorted(set(known))
    if not word or len(word) > LONGEST_WORD or len(words) > MOST_WORDS:
        return ""
    folded = {candidate.casefold(): candidate for candidate in words}
    same = folded.get(word.casefold().replace("-", "_").replace(" ", "_"))
    close = [same] if same else [folded[match] for match in get_close_matches(word.casefold(), folded, 1, 0.7)]
    return f"did you mean '{close[0]}'?" if close and close[0] != word else ""

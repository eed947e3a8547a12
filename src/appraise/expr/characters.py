"""Characters that have no place in an expression, because nobody can see them or they pass for others."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
"""Unicode categories of characters without a picture of their own."""

BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Characters that are drawn as nothing although their category says otherwise."""

LOOKALIKES = {
    "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "÷": "/", "≥": ">=", "≤": "<=", "≠": "!=",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "«": '"', "»": '"',
}  # fmt: skip
"""What word processors put in place of what was typed."""


class Strange(NamedTuple):
    """A character that must go: where it is, what it is, and what to do."""

    position: int
    message: str
    hint: str


def strange_character(text: str) -> Strange | None:
    """The first character that an expression must not hold, also inside quotes; line ends are allowed.

    A text is refused rather than repaired where Unicode would write it in another way (NFKC): `ｋｐｉ` is not `kpi`.
    """
    for position, character in enumerate(text):
        if character in " \n":
            continue
        if character == "\t":
            return Strange(position, "there is a tab", "use spaces")
        if unicodedata.category(character) in INVISIBLE or character in BLANK or 0xFE00 <= ord(character) <= 0xFE0F:
            named = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            return Strange(position, f"there is an invisible character ({named})", "delete it and type the spot again")
    plain = unicodedata.normalize("NFKC", text)
    if plain == text:
        return None
    position = next((at for at, (old, new) in enumerate(zip(text, plain, strict=False)) if old != new), len(plain))
    position = min(position, len(text) - 1)
    return Strange(position, f"'{text[position]}' is a look-alike of a plain character", "type it with plain letters")

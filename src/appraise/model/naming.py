"""How a column of a file is called in an expression."""

from __future__ import annotations

import re


def snake_case(name: str) -> str:
    """A column's name as an expression writes it: `Answered (Y/N)` is `answered_y_n`."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_")

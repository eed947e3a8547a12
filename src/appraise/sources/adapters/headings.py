"""The first line of a table: what its columns are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_COLUMNS = 2_000


def headings_of(cells: Sequence[str | None], line: int) -> list[str]:
    """The column names of a header, each once; a blank one is called after its position (`column_3`).

    Raises:
        ValueError: two columns have the same name, or there are more than a table can have.
    """
    if len(cells) > MOST_COLUMNS:
        raise ValueError(f"line {line} has {len(cells)} columns, the most is {MOST_COLUMNS}: is the separator right?")
    names = [" ".join((cell or "").split()) or f"column_{number}" for number, cell in enumerate(cells, start=1)]
    for number, name in enumerate(names):
        if name in names[:number]:
            first = names.index(name) + 1
            raise ValueError(
                f"line {line}: two columns are called '{name}' (columns {first} and {number + 1}): rename one of them, "
                "or say `header_row: none` if the file has no headings"
            )
    return names


def positions(width: int, line: int) -> list[str]:
    """The column names of a table without a header: `column_1` for the first one, and so on.

    Raises:
        ValueError: there are more than a table can have.
    """
    return headings_of([None] * width, line)


def named_by_position(name: str) -> bool:
    """Whether the heading was blank in the file."""
    return name.startswith("column_") and name.removeprefix("column_").isdigit()

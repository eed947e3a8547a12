"""Numbers as the terminal writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.kinds import Value

NOTHING = "–"


def score(value: float | None) -> str:
    """A score with its two decimals."""
    return NOTHING if value is None else f"{value:.2f}"


def percent(value: float | None) -> str:
    """A share without needless decimals: `92 %`."""
    return NOTHING if value is None else f"{loose(value)} %"


def loose(value: float, decimals: int = 6) -> str:
    """A number with thousands apart and no more decimals than it has."""
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Value) -> str:
    """Any value of an expression."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return loose(value)
    return value if isinstance(value, str) else day(value)


def day(value: date | None) -> str:
    """`30 Sep 2026`."""
    return NOTHING if value is None else f"{value.day} {value:%b %Y}"

"""How somebody's target was worked out, in words: parts of it for newcomers and absence, values that change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from appraise.sources.facts import FILE, LINE
from appraise.sources.target_ramps import FULL
from appraise.sources.target_rates import RATE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from appraise.sources.target import Target

Notes = dict[tuple[str, str], tuple[str, ...]]
"""By the full name of a target and the segment of a person."""

MOST_NOTES = 12
"""So many parts of one target are told; the rest are told as a number."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def target_notes(targets: Mapping[str, Target], persons: Collection[str]) -> Notes:
    """What there is to say of these persons' own targets; nothing where a target is one row's value as it stands."""
    notes: Notes = {}
    for name, target in targets.items():
        own = _notable(target.amounts.filter(pl.col("person").is_in(list(persons))))
        weights = _weights(target.parts)
        for (stretch,), rows in own.group_by(["stretch"], maintain_order=True):
            found = rows.to_dicts()
            told = [_of_amount(row) for row in found if row["per"] != RATE]
            told += _of_rates([row for row in found if row["per"] == RATE], weights.get(str(stretch), {}), target)
            if told:
                notes[f"target.{name}", str(stretch)] = _short(told)
    return notes


def _notable(amounts: pl.DataFrame) -> pl.DataFrame:
    """The amounts and rates of those segments of which there is more to say than one row's value."""
    whole = (pl.col("available") == pl.col("base")) | pl.col("base").is_null() | (pl.col("per") == "day")
    partly = ((pl.col("ramp") != FULL) | ~whole).any()
    several = pl.struct(FILE, LINE).n_unique() > 1
    return amounts.filter((partly | several).over("stretch")) if amounts.height else amounts


def _of_amount(row: dict[str, Any]) -> str:
    if row["value"] is None:
        return f"{_span(row)}: its row has no value"
    days = f"{_number(row['available'])} of {_number(row['base'])} working days"
    if row["per"] == "day":
        days = f"{_number(row['available'])} days at {_number(row['value'])}"
    whole = row["per"] != "day" and row["available"] == row["base"]
    parts = [
        f"{_number(row['ramp'])} % in the {_ordinal(row['tenure'])} month of tenure" if row["ramp"] != FULL else "",
        "" if whole else days,
    ]
    asked = "" if row["per"] == "day" else f" of {_number(row['value'])}"
    said = ", ".join(part for part in parts if part)
    return f"{_span(row)}: {_number(row['amount'])}{asked} ({_scope(row)}){', ' if said else ''}{said}"


def _of_rates(rows: list[dict[str, Any]], weights: Mapping[int, float | None], target: Target) -> Iterable[str]:
    if len({row["value"] for row in rows}) <= 1:
        return []
    by = f"weighed by {target.measure}" if target.measure else "weighed by available days"
    parts = [f"{_number(row['value'])} ({_scope(row)}) with weight {_number(weights.get(row['_row']))}" for row in rows]
    return [f"the mean of {' and '.join(parts)}, {by}"]


def _weights(parts: pl.DataFrame) -> dict[str, dict[int, float | None]]:
    """By segment and row what the row weighs."""
    rates = parts.filter(pl.col("per").fill_null("") == RATE)
    if rates["value"].n_unique() <= 1:
        return {}
    found: dict[str, dict[int, float | None]] = {}
    for stretch, row, weight in rates.group_by("stretch", "_row", maintain_order=True).agg(_sum()).iter_rows():
        found.setdefault(stretch, {})[row] = weight
    return found


def _sum() -> pl.Expr:
    return pl.when(pl.col("weight").null_count() == 0).then(pl.col("weight").sum()).alias("weight")


def _span(row: dict[str, Any]) -> str:
    if row["per"] == "month":
        return f"{row['month']:%B %Y}"
    return "the period" if row["per"] == "period" else f"{row['month']:%B %Y}, by days"


def _scope(row: dict[str, Any]) -> str:
    return f"{row['scope']} {row['of']}".strip()


def _ordinal(month: int) -> str:
    return _ORDINALS[month - 1] if month <= len(_ORDINALS) else f"{month}th"


def _number(number: float | None) -> str:
    if number is None:
        return "unknown"
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".")


def _short(told: list[str]) -> tuple[str, ...]:
    rest = len(told) - MOST_NOTES
    return (*told[:MOST_NOTES], f"and {rest} further parts") if rest > 0 else tuple(told)

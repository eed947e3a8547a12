"""Makes a company to appraise: the measures of any number of people, the same ones every time."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import polars as pl

AREAS = ("calls", "promises", "payments", "quality", "disputes", "compliance", "training", "service")


def measures_of(people: int) -> pl.DataFrame:
    """One row per person: 56 measures, 8 targets and two more; some values are missing, some people lack most."""
    dice = random.Random(2026)  # noqa: S311 -- invented figures, not secrets
    rows = [_row(dice, f"P{number:06}") for number in range(people)]
    return pl.DataFrame(rows, orient="row", schema=dict.fromkeys(columns(), pl.Float64) | {"person": pl.String})


def columns() -> list[str]:
    """The names of the columns, in their order."""
    names = ["kept", "due", "done", "items", "faulty", "late"]
    return [
        "person",
        "available_days",
        "violations",
        *(f"{area}_{name}" for area in AREAS for name in names),
        *(f"target.{area}" for area in AREAS),
    ]


def _row(dice: random.Random, person: str) -> list[float | str | None]:
    skill = dice.uniform(0.5, 1.0)
    missing = 0.5 if dice.random() < 0.02 else 0.015
    events = [value for _ in AREAS for value in _area(dice, skill)]
    targets = [float(dice.randrange(100, 300, 5)) for _ in AREAS]
    known = [None if dice.random() < missing else value for value in (*events, *targets)]
    violations = None if dice.random() < 0.002 else float(dice.random() < 0.01)
    return [person, float(dice.randint(40, 66)), violations, *known]


def _area(dice: random.Random, skill: float) -> tuple[float, ...]:
    due = dice.randint(0, 150)
    items = dice.randint(0, 300)
    return (
        float(int(due * min(1.0, skill * dice.uniform(0.8, 1.1)))),
        float(due),
        float(int(200 * skill * dice.uniform(0.7, 1.4))),
        float(items),
        float(int(items * (1 - skill) * dice.uniform(0, 0.2))),
        float(dice.randint(0, int(30 * (1.1 - skill)))),
    )


if __name__ == "__main__":
    measures_of(int(sys.argv[1])).write_parquet(Path(sys.argv[2]))

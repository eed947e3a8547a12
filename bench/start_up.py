"""How long `appraise --help` takes, beside an empty Python and one that imports click."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench.measure import run, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

CONTENDERS = {
    "appraise --help": ("-m", "appraise", "--help"),
    "import click": ("-c", "import click"),
    "an empty Python": ("-c", "pass"),
}


def tables(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, str]]:  # noqa: ARG001 -- as its neighbours
    """CPU seconds of the whole process, warm."""
    found = {name: [run(*words) for _ in range(2 * options.repeats)] for name, words in CONTENDERS.items()}
    rows = [
        (name, f"{median(each.cpu for each in runs):.3f}", f"{median(each.wall for each in runs):.3f}")
        for name, runs in found.items()
    ]
    yield "Starting up", table(("command", "CPU seconds (median)", "wall seconds (median)"), rows)

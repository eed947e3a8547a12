"""From a frame of measures to a label for everybody: ours, a naive script and hand-written SQL."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from bench.measure import Run, run, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

OURS, NAIVE, SQL = "appraise", "naive simpleeval script", "hand-written DuckDB SQL"
MODULES = {OURS: "bench.ours", NAIVE: "bench.naive", SQL: "bench.duck"}


def tables(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, str]]:
    """The comparison, whether all agree, and how the cost of ours grows with the company."""
    sizes = {OURS: options.people, NAIVE: options.naive_people, SQL: options.people}
    for people in {*sizes.values()}:
        _make(people, folder)
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(options.repeats):
        for name, people in sizes.items():
            runs[name].append(_score(name, people, folder))
    yield f"Scoring {options.people:,} people on 40 KPIs, measures frame to label", _comparison(runs, sizes)
    yield "Do they agree?", _agreement(options.naive_people, folder)
    yield "Cost per person as the company grows", _growth(options, folder)


def _make(people: int, folder: Path) -> None:
    # Made in another process: a child's peak memory counts from that of the process that started it.
    run("-m", "bench.company", str(people), str(folder / f"{people}.parquet"))


def _score(name: str, people: int, folder: Path) -> Run:
    return run("-m", MODULES[name], str(folder / f"{people}.parquet"), str(_result(name, people, folder)))


def _result(name: str, people: int, folder: Path) -> Path:
    return folder / f"{people}-{MODULES[name]}.parquet"


def _comparison(runs: dict[str, list[Run]], sizes: dict[str, int]) -> str:
    most = max(sizes.values())
    seconds = {name: median(each.seconds for each in found) * most / sizes[name] for name, found in runs.items()}
    rows = [
        (
            name if sizes[name] == most else f"{name} ({sizes[name]:,} people, scaled)",
            f"{seconds[name]:.3f}",
            f"{seconds[name] / seconds[OURS]:.2f}",
            f"{median(each.said['first'] for each in found) * most / sizes[name]:.3f}",
            f"{median(each.peak for each in found):.0f}",
        )
        for name, found in runs.items()
    ]
    return table(("contender", "seconds (median)", "times ours", "seconds of a first call", "peak MiB"), rows)


def _agreement(people: int, folder: Path) -> str:
    for name in MODULES:
        _score(name, people, folder)
    compared = run("-m", "bench.agree", *(str(_result(name, people, folder)) for name in MODULES)).said["compared"]
    rows = [
        (name, *(str(found[what]) for what in ("people", "labels", "overall")))
        for name, found in zip(MODULES, compared, strict=True)
    ]
    return table(("contender", "people", "labels unlike ours", "overall scores unlike ours"), rows)


def _growth(options: argparse.Namespace, folder: Path) -> str:
    rows = []
    for people in (options.people // 4, options.people // 2, options.people, options.people * 2):
        _make(people, folder)
        found = [_score(OURS, people, folder) for _ in range(min(options.repeats, 3))]
        seconds = median(each.seconds for each in found)
        rows.append((f"{people:,}", f"{seconds:.3f}", f"{1e6 * seconds / people:.2f}", f"{found[0].peak:.0f}"))
    return table(("people", "seconds (median)", "microseconds per person", "peak MiB"), rows)

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
SEGMENTS = "segments, targets and teams"
CASES = {"the plain case": MODULES[OURS], SEGMENTS: "bench.segments"}


def tables(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, str]]:
    """The comparison, whether all agree, what segments cost, and how the cost of ours grows with the company."""
    sizes = {OURS: options.people, NAIVE: options.naive_people, SQL: options.people}
    for people in {*sizes.values()}:
        _make(people, folder)
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(options.repeats):
        for name, people in sizes.items():
            runs[name].append(_score(MODULES[name], people, folder))
    yield f"Scoring {options.people:,} people on 40 KPIs, measures frame to label", _comparison(runs, sizes)
    yield "Do they agree?", _agreement(options.naive_people, folder)
    yield f"Scoring {options.people:,} people, a fifth of them in two segments", _segments(options, folder)
    yield "Cost per person as the company grows", _growth(options, folder)


def _make(people: int, folder: Path) -> None:
    # Made in another process: a child's peak memory counts from that of the process that started it.
    run("-m", "bench.company", str(people), str(folder / f"{people}.parquet"))


def _score(module: str, people: int, folder: Path) -> Run:
    return run("-m", module, str(folder / f"{people}.parquet"), str(_result(module, people, folder)))


def _result(module: str, people: int, folder: Path) -> Path:
    return folder / f"{people}-{module}.parquet"


def _segments(options: argparse.Namespace, folder: Path) -> str:
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(options.repeats):
        for name, module in CASES.items():
            runs[name].append(_score(module, options.people, folder))
    wall = {name: min(each.seconds for each in found) for name, found in runs.items()}
    cpu = {name: min(each.said["cpu"] for each in found) for name, found in runs.items()}
    plain = next(iter(CASES))
    ratios = {name: (wall[name] / wall[plain], cpu[name] / cpu[plain]) for name in CASES}
    rows = [
        (name, f"{wall[name]:.3f}", f"{of_wall:.2f}", f"{cpu[name]:.3f}", f"{of_cpu:.2f}")
        for name, (of_wall, of_cpu) in ratios.items()
    ]
    return table(("company", "seconds (best)", "times plain", "CPU seconds (best)", "times plain"), rows)


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
    for module in MODULES.values():
        _score(module, people, folder)
    paths = [str(_result(module, people, folder)) for module in MODULES.values()]
    compared = run("-m", "bench.agree", *paths).said["compared"]
    rows = [
        (name, *(str(found[what]) for what in ("people", "labels", "overall")))
        for name, found in zip(MODULES, compared, strict=True)
    ]
    return table(("contender", "people", "labels unlike ours", "overall scores unlike ours"), rows)


def _growth(options: argparse.Namespace, folder: Path) -> str:
    rows = []
    for people in (options.people // 4, options.people // 2, options.people, options.people * 2):
        _make(people, folder)
        found = [_score(MODULES[OURS], people, folder) for _ in range(min(options.repeats, 3))]
        seconds = median(each.seconds for each in found)
        rows.append((f"{people:,}", f"{seconds:.3f}", f"{1e6 * seconds / people:.2f}", f"{found[0].peak:.0f}"))
    return table(("people", "seconds (median)", "microseconds per person", "peak MiB"), rows)

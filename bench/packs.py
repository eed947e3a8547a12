"""From finished pages to PDFs: ours with two workers, a plain WeasyPrint loop, and drafts through PlutoPrint."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.measure import ContenderFailed, Run, run, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

OURS, LOOP, DRAFT = "appraise, two workers", "plain WeasyPrint loop", "PlutoPrint drafts"
MODULES = {OURS: "bench.press", LOOP: "bench.loop", DRAFT: "bench.draft"}
TURNS = 3


def tables(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, str]]:
    """Wall seconds from a start to the last file, start-up included; then what more packs do to a worker's memory."""
    pages = _pages(options.packs, folder)
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(min(options.repeats, TURNS)):
        for name in MODULES:
            runs[name].append(_draw(name, pages))
    yield f"Drawing {options.packs} packs of the same HTML", _comparison(runs, options.packs)
    few = options.packs // 10
    peaks = {few: _draw(OURS, _pages(few, folder)).peak, options.packs: median(run.peak for run in runs[OURS])}
    rows = [(str(packs), f"{peak:.0f}") for packs, peak in peaks.items()]
    yield "Memory of a worker", table(("packs", "peak MiB of the largest process"), rows)


def _pages(packs: int, folder: Path) -> Path:
    pages = folder / f"pages-{packs}"
    pages.mkdir()
    run("-m", "bench.pages", str(packs), str(pages))
    return pages


def _draw(name: str, pages: Path) -> Run:
    with tempfile.TemporaryDirectory(prefix="appraise-bench-") as pdfs:
        ran = run("-m", MODULES[name], str(pages), pdfs)
        drawn, wanted = (len([*Path(place).glob(kind)]) for place, kind in ((pdfs, "*.pdf"), (pages, "*.html")))
    if drawn != wanted:
        raise ContenderFailed(f"{name} drew {drawn} of {wanted} packs")
    return ran


def _comparison(runs: dict[str, list[Run]], packs: int) -> str:
    wall = {name: median(each.wall for each in found) for name, found in runs.items()}
    rows = [
        (
            name,
            f"{wall[name]:.1f}",
            f"{wall[LOOP] / wall[name]:.2f}",
            f"{1000 * median(each.cpu for each in found) / packs:.0f}",
            f"{median(each.peak for each in found):.0f}",
        )
        for name, found in runs.items()
    ]
    return table(
        ("contender", "wall seconds (median)", "times the loop's speed", "CPU ms per pack", "peak MiB of a process"),
        rows,
    )

"""Runs one contender in a process of its own and says what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall and CPU seconds of the whole process, its peak memory in MiB, and what it said as JSON."""

    wall: float
    cpu: float
    peak: float
    said: dict[str, Any]

    @property
    def seconds(self) -> float:
        """The seconds of the job itself where the contender says them, else of the whole process."""
        return float(self.said.get("seconds", self.wall))


class ContenderFailed(Exception):
    """A contender did not end well; its own words are above."""


def run(*words: str) -> Run:
    """Runs `python WORDS` from start to end; processes that it starts count for CPU, the largest one for the peak."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    text = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ContenderFailed(" ".join(words))
    last = text.strip().rpartition("\n")[2]
    said = json.loads(last) if last.startswith("{") else {}
    kibibytes = used.ru_maxrss if sys.platform != "darwin" else used.ru_maxrss / 1024
    return Run(wall, used.ru_utime + used.ru_stime, kibibytes / 1024, said)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, so that it can be pasted into docs/benchmarks.md as it is."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [heads, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )

"""Times a job inside a contender's process."""

from __future__ import annotations

import json
import time
from statistics import median
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
Result = TypeVar("Result")


def timed(job: Callable[[], Result], rounds: int = ROUNDS) -> Result:
    """Does the job some times, says its seconds as JSON, and gives what came of it last.

    `first` and `seconds`, the median, are wall seconds; `cpu` are the fewest CPU seconds of all threads together.
    """
    seconds: list[float] = []
    cpu: list[float] = []
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        result = job()
        seconds.append(time.perf_counter() - started)
        cpu.append(time.process_time() - used)
    print(json.dumps({"first": seconds[0], "seconds": median(seconds), "cpu": min(cpu)}))
    return result

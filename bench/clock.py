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
    """Does the job some times, says its first and its median seconds as JSON, and gives what came of it last."""
    seconds: list[float] = []
    for _ in range(rounds):
        started = time.perf_counter()
        result = job()
        seconds.append(time.perf_counter() - started)
    print(json.dumps({"first": seconds[0], "seconds": median(seconds)}))
    return result

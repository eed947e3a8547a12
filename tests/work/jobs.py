"""Jobs for the tests of workers: well-behaved, slow, deadly and broken ones."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

if sys.platform != "win32":
    import resource


def start(settings: Any) -> dict[str, Any]:
    """The settings and this process are the state."""
    return {"settings": settings, "pid": os.getpid()}


def start_badly(settings: Any) -> None:
    """Fail before the first item."""
    raise ValueError(f"cannot start with {settings}")


def start_deadly(settings: Any) -> None:
    """Leave before the first item."""
    os._exit(settings)


def do(state: dict[str, Any], item: Any) -> Any:
    """Obey the item: a word says how to fail, everything else is given back with the worker's process id."""
    acts = {
        "hang": lambda: time.sleep(60),
        "exit": lambda: os._exit(3),
        "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "raise": lambda: _raise("a bad item"),
        "interrupt": _raise_interrupt,
        "unpicklable": lambda: lambda: None,
        "eat": lambda: len(bytearray(4 * 1024**3)),
        "pid": lambda: state["pid"],
        "settings": lambda: state["settings"],
        "deep": _pages_asked_for,
        "environment": lambda: os.environ.get("APPRAISE_TEST"),
    }
    return acts[item]() if isinstance(item, str) and item in acts else item


def _pages_asked_for() -> int:
    """How many pages of memory the system had to give for calls from many depths of the stack."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    _descend(400)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _descend(depth: int) -> None:
    for _ in range(200):
        _broad(depth, depth, depth, depth, depth, depth, depth, depth)
    if depth:
        _descend(depth - 1)


def _broad(*numbers: int) -> int:
    first, second, third, fourth, fifth, sixth, seventh, eighth = numbers
    return max(first, second, third, fourth, fifth, sixth, seventh, eighth)


def _raise(words: str) -> None:
    raise ValueError(words)


def _raise_interrupt() -> None:
    raise KeyboardInterrupt

"""The life of one worker process: limits first, then the job's start, then one item after the other."""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import sys
import traceback
from dataclasses import dataclass
from types import FunctionType
from typing import TYPE_CHECKING, Any

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

READY = "ready"
RAISED = "raised"
SUCCEEDED = ""
ROOM = 1 << 16
"""Words of the interpreter's stack that are laid out at once before an item: half a MiB."""


@dataclass(frozen=True, slots=True)
class Spawn:
    """What a worker needs to begin; `memory` is in MiB, 0 for no limit."""

    start: str
    do: str
    settings: Any
    environment: Mapping[str, str]
    memory: int


def memory_is_limited() -> bool:
    """Whether this system can limit a process's memory; on Windows it cannot."""
    return sys.platform != "win32"


def live(pipe: Connection, spawn: Spawn) -> None:
    """Serve until the pipe is closed. An interrupt is the parent's to handle: it kills its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _hush()
    os.environ.update(spawn.environment)
    _limit_memory(spawn.memory)
    try:
        do = _imported(spawn.do)
        state = _imported(spawn.start)(spawn.settings)
    except Exception as failure:  # noqa: BLE001 -- the parent tells the user
        pipe.send((RAISED, _told(failure)))
        return
    try:
        pipe.send((READY, ""))
        while True:
            pipe.send_bytes(_answer(do, state, pipe.recv()))
    except (EOFError, OSError):
        return


def _answer(do: Any, state: Any, item: Any) -> bytes:
    """The pickled answer to one item: its result, or what it raised."""
    try:
        result = _roomy(do, state, item)
    except Exception as failure:  # noqa: BLE001 -- one item's failure is an answer
        return pickle.dumps((RAISED, _told(failure)))
    except BaseException:  # noqa: BLE001 -- an item that wants to leave takes its worker along, without a traceback
        os._exit(1)
    try:
        return pickle.dumps((SUCCEEDED, result))
    except Exception as failure:  # noqa: BLE001 -- pickle raises what the objects raise
        return pickle.dumps((RAISED, f"the result cannot be sent: {_told(failure)}"))


def _call(do: Any, state: Any, item: Any) -> Any:
    return do(state, item)


_roomy = FunctionType(_call.__code__.replace(co_stacksize=ROOM), globals())
"""Calls with a frame so large that all calls below it find room in one block of the interpreter's stack.

CPython lays its frames into blocks of 16 KiB, and gives a block back as soon as it is empty: a loop whose calls cross
the edge of a block asks the system for memory at each of them. Packs did, 10,000 times each, a fifth of their time.
"""


def _hush() -> None:
    """Close the standard streams: what a library prints would run through the parent's progress bar or JSON."""
    sys.stdout.flush()
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(quiet, stream)
    os.close(quiet)


def _imported(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _told(failure: Exception) -> str:
    last = traceback.extract_tb(failure.__traceback__)[-1:]
    where = f" ({os.path.basename(last[0].filename)}:{last[0].lineno})" if last else ""  # noqa: PTH119 -- a name, no path
    return f"{type(failure).__name__}: {failure}"[:500] + where


def _limit_memory(mebibytes: int) -> None:
    if sys.platform != "win32" and mebibytes:
        limit = mebibytes * 1024 * 1024
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        except (OSError, ValueError):  # macOS refuses limits on address space
            return

"""Running what a plugin brought: whatever it raises is an error of its own, and it cannot write into our answers."""

from __future__ import annotations

import functools
import signal
import sys
import threading
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from appraise.model.errors import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_START = 20.0
"""Seconds that loading a plugin or asking for what it declares may take."""

_CALLED = {
    "appraise_sources": ("read",),
    "appraise_functions": ("scalar", "column"),
    "appraise_measures": ("compute",),
    "appraise_scorers": ("score",),
    "appraise_renderers": ("render",),
}
"""What of a declaration is called later, by hook."""

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class PluginFault(Exception):
    """A plugin wanted to end the program, or took too long."""


class _TimeIsUp(BaseException):
    """Ends what a plugin does, also where it catches every Exception."""


@contextmanager
def on_its_own(seconds: float = 0.0) -> Iterator[None]:
    """Let a plugin run: what it prints goes to standard error, and what it raises comes out as an Exception.

    Args:
        seconds: how long it may take, 0 for any time; only told where the system has timers, in the main thread.

    Raises:
        PluginFault: it raised what no program survives, such as SystemExit, or took too long.
    """
    try:
        with redirect_stdout(sys.stderr), _within(seconds):
            yield
    except _TimeIsUp as up:
        raise PluginFault(f"it took more than {seconds:g} seconds") from up
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as fault:
        raise PluginFault(told(fault)) from fault


def guarded(hook: str, item: Any) -> Any:
    """The declaration with everything in it that is called later running on its own."""
    called = {name: _guarded(getattr(item, name)) for name in _CALLED.get(hook, ())}
    return replace(item, **called) if called else item


def _guarded(call: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    @functools.wraps(call, updated=())
    def run(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        with on_its_own():
            return call(*args, **kwargs)

    return run


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""The one boundary: what becomes of an exception that reaches the top."""

from __future__ import annotations

import errno
import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appraise import __version__
from appraise.cli.diagnostics import FORMAT, show_problems
from appraise.cli.show import print_json
from appraise.hooks.load import MODULE_PREFIX
from appraise.model.errors import AppraiseError, told
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

FINE, ERRORS_FOUND, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes of the command."""

_THE_SYSTEM_REFUSES = frozenset(
    {
        errno.EACCES,
        errno.EBUSY,
        errno.EEXIST,
        errno.EIO,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.ELOOP,
        errno.EMFILE,
        errno.ENAMETOOLONG,
        errno.ENFILE,
    }
)


def exit_code_of(failure: BaseException, words: Sequence[str]) -> int:
    """Tell the user about a failure, in the form that was asked for, and give the exit code.

    Args:
        failure: whatever was raised.
        words: the command line, to know whether JSON was asked for.
    """
    match failure:
        case click.Abort() | KeyboardInterrupt():
            code = _tell(words, INTERRUPTED, _problem("interrupted", "what was finished is kept", code="interrupted"))
        case click.UsageError():
            code = _usage(failure, words)
        case AppraiseError():
            code = _tell(words, ERRORS_FOUND, *failure.problems)
        case SystemExit():
            code = failure.code if isinstance(failure.code, int) else ERRORS_FOUND
        case BrokenPipeError():
            code = _nobody_reads()
        case OSError() if failure.errno in _THE_SYSTEM_REFUSES:
            code = _tell(words, ERRORS_FOUND, _refusal(failure))
        case MemoryError():
            message, hint = "there is not enough memory for this", "close other programs, or split what is read"
            code = _tell(words, ERRORS_FOUND, _problem(message, hint, code="out-of-memory"))
        case _ if plugin := _plugin_in(failure):
            code = _tell(words, ERRORS_FOUND, _plugin_failed(plugin, failure))
        case _:
            code = _bug(failure, words)
    return code


def _plugin_in(failure: BaseException) -> str:
    """The plugin out of whose code the failure came, empty where none of it is a plugin's."""
    names = [str(frame.f_globals.get("__name__", "")) for frame, _ in traceback.walk_tb(failure.__traceback__)]
    return next((name for name in reversed(names) if name.startswith(MODULE_PREFIX)), "")


def _plugin_failed(module: str, failure: BaseException) -> Problem:
    name = module.removeprefix(MODULE_PREFIX)
    message = f"plugin '{name}': failed while it was used ({told(failure)})"
    hint = "mend it, or take it out of 'plugins: allow:'"
    return Problem(Place(f"plugins/{name}"), code="plugin-failed", message=message, hint=hint)


def _tell(words: Sequence[str], code: int, *problems: Problem) -> int:
    if "--json" in words:
        answer = {"format": FORMAT, "problems": [problem.data for problem in problems]}
        print_json(answer)
    show_problems(problems, _root(words))
    return code


def _usage(failure: click.UsageError, words: Sequence[str]) -> int:
    if "--json" not in words:
        failure.show()
        return USAGE
    help_path = failure.ctx.command_path if failure.ctx else "appraise"
    return _tell(words, USAGE, _problem(_lowered(failure.format_message()), f"see {help_path} --help", code="usage"))


def _bug(failure: BaseException, words: Sequence[str]) -> int:
    """Keep what a developer needs in a file; the command line of it has no secrets, and no values are recorded."""
    trace = "".join(traceback.format_exception(failure))
    text = (
        f"appraise {__version__}, Python {platform.python_version()}, {platform.platform()}\n{list(words)}\n\n{trace}"
    )
    descriptor, log = tempfile.mkstemp(prefix="appraise-bug-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    message = f"this is a bug in appraise, not in your files ({type(failure).__name__}); the details are in {log}"
    return _tell(words, BUG, _problem(message, "please report it with that file", code="bug-in-appraise"))


def _refusal(failure: OSError) -> Problem:
    shown = str(failure.filename or "")
    message = f"the system refuses: {(failure.strerror or type(failure).__name__).lower()}"
    hint = "check the permissions and the free space there"
    return Problem(Place(shown or "appraise"), code="system-refuses", message=message, hint=hint)


def _nobody_reads() -> int:
    """Whoever read our output has left, as `head` does: stop without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE


def _problem(message: str, hint: str, *, code: str) -> Problem:
    return Problem(Place("appraise"), code, message, hint)


def _root(words: Sequence[str]) -> Path:
    """The workspace that the command line names, to show its lines."""
    for number, word in enumerate(words):
        if word in {"-w", "--workspace"} and number + 1 < len(words):
            return Path(words[number + 1])
        if word.startswith("--workspace="):
            return Path(word.partition("=")[2])
    return Path()


def _lowered(message: str) -> str:
    first = message[:1] if message[1:2].isupper() else message[:1].lower()  # SOURCE_DATE_EPOCH stays as it is
    return (first + message[1:]).rstrip(".")

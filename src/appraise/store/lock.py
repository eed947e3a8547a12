"""One run at a time in a folder: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from appraise.model.errors import FolderLocked
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE = ".lock"
"""It stays in the folder, empty when nobody writes there: removing it would let two runs hold two files of one name."""

_BEYOND_THE_TEXT = 1 << 20


@contextmanager
def locked(folder: Path, shown: str) -> Iterator[None]:
    """Hold the folder for this process.

    Args:
        folder: made where it is not there.
        shown: its name in messages, as the user writes it.

    Raises:
        FolderLocked: another living process holds it; the problem names it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("a+", encoding="ascii") as file:
        if not _take(file):
            raise FolderLocked([_problem(file, shown)])
        try:
            _write(file, str(os.getpid()))
            yield
        finally:
            _write(file, "")
            _release(file)


def _problem(file: IO[str], shown: str) -> Problem:
    file.seek(0)
    holder = file.read(32).strip()
    who = f"another run (process {holder})" if holder.isdigit() else "another run"
    message = f"folder '{shown}': {who} is writing it"
    return Problem(Place(shown), code="folder-locked", message=message, hint="wait until it has ended, or stop it")


def _write(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> bool:
        """Lock a byte far behind the text, so that others can still read who it is."""
        try:
            file.seek(_BEYOND_THE_TEXT)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: IO[str]) -> None:
        file.seek(_BEYOND_THE_TEXT)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)

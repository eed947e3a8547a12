"""Failures that end a request, as against problems, which are values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.model.problem import Problem


_LONGEST = 300
_WHERE_IN_MEMORY = re.compile(r" at 0x[0-9a-fA-F]+")


def steady(text: str) -> str:
    """The text on one line and without addresses in memory, which differ in every run."""
    return " ".join(_WHERE_IN_MEMORY.sub("", text).split())


def told(fault: BaseException) -> str:
    """What somebody else's code raised, on one line and the same in every run: `ValueError: what it says`."""
    name = type(fault).__name__
    try:
        says = steady(str(fault))
    except Exception:  # noqa: BLE001 -- an exception can fail even at saying what it is
        says = ""
    return f"{name}: {says}"[:_LONGEST] if says else name


class AppraiseError(Exception):
    """The request cannot go on; carries the problems that say why, at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems; the first one is the text of the exception."""
        super().__init__(problems[0].message)
        self.problems = tuple(problems)


class WorkspaceUnreadable(AppraiseError):
    """There is no usable `appraise.yaml` where one was looked for."""


class UnknownPerson(AppraiseError):
    """A person was asked for who is not in the people source."""


class FolderLocked(AppraiseError):
    """Another run is writing the same output folder."""

"""Showing an answer: problems and a table for people, or one JSON object for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from appraise.cli.diagnostics import FORMAT, console, show_problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType
    from rich.progress import TaskID

    from appraise.model.problem import Problem

Fields: TypeAlias = Mapping[str, Any]
"""What a JSON answer holds beside `format` and `problems`."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How the user wants to be answered, and the folder whose lines problems quote."""

    as_json: bool
    root: Path

    def answer(self, problems: tuple[Problem, ...], fields: Callable[[], Fields], *parts: RenderableType) -> int:
        """Show what was asked for and the problems; gives the exit code.

        Args:
            problems: what was found; errors among them make the exit code 1.
            fields: makes what JSON holds beside the problems.
            parts: what people see, in order.
        """
        if self.as_json:
            print_json({"format": FORMAT, "problems": [problem.data for problem in problems], **fields()})
        else:
            screen = console()
            for part in parts:
                screen.print(part, soft_wrap=isinstance(part, str | Text))
        show_problems(problems, self.root)
        return int(any(problem.is_error for problem in problems))

    @contextmanager
    def watching(self) -> Iterator[Callable[[str, int, int], None]]:
        """Shows how far long stages are while it lasts: a bar, on a terminal only."""
        screen = console(to_stderr=True)
        if self.as_json or not screen.is_terminal:
            yield _quiet
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=screen, transient=True) as bars:
            yield _Watched(bars)


def print_json(answer: Fields) -> None:
    """Write one JSON object in UTF-8, whatever the terminal's encoding; half a letter becomes its JSON escape."""
    text = json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _quiet(_stage: str, _done: int, _total: int) -> None:
    """No terminal, no bar."""


class _Watched:
    """Moves one bar per stage, and takes it away when the stage is done."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._stages: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        if stage not in self._stages:
            self._stages[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._stages[stage], completed=done, total=total, visible=done < total)

"""Companies on disk for the tests of requests: shipped examples in a folder of their own, changed as a test needs."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from appraise.app.appraisals import appraisals_of
from appraise.app.asked import Asked
from appraise.app.beginning import begin
from appraise.app.pipeline import scores_of
from appraise.app.ready import ready

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from appraise.app.answers import Ran
    from appraise.app.pipeline import Scores
    from appraise.model.outcome import Appraisal
    from appraise.model.problem import Problem

NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
"""A Monday shortly after 2026-Q3."""


@dataclass(frozen=True)
class Company:
    """A workspace in a folder."""

    root: Path

    @property
    def out(self) -> Path:
        """Where the run of the third quarter writes."""
        return self.root / "out" / "2026-Q3"

    def asked(self, **said: Any) -> Asked:
        """A request of October 2026 about this workspace."""
        return Asked(self.root, **{"now": NOW, **said})

    def text(self, name: str) -> str:
        """The text of a file."""
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        """Put a file there, with the line ends of the text."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = self.text(name)
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def copied_to(self, folder: Path) -> Company:
        """The same company in another folder, with all that was written there."""
        shutil.copytree(self.root, folder)
        return Company(folder)

    def hashes(self) -> dict[str, str]:
        """The SHA-256 of every file that runs wrote, by its path in `out/`."""
        top = self.root / "out"
        files = sorted(path for path in top.rglob("*") if path.is_file())
        return {path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def scores(self, **said: Any) -> tuple[Scores, list[Problem]]:
        """The company scored, with every problem that was met."""
        workspace, problems = ready(self.asked(**said))
        assert workspace is not None, problems
        scores, found = scores_of(workspace)
        return scores, [*problems, *found]

    def appraisals(self, **said: Any) -> dict[str, Appraisal]:
        """Everybody's appraisal, by id."""
        return {one.person.id: one for one in appraisals_of(*self.scores(**said))}


@dataclass(frozen=True)
class Run:
    """A company after a run, with the answer of it."""

    company: Company
    answer: Ran


def begun(folder: Path, example: str) -> Company:
    """A new company from a shipped example."""
    assert begin(folder, example).problems == ()
    return Company(folder)


def told(problems: Iterable[Problem]) -> list[str]:
    """Problems as `file:line code`, in their order."""
    return [f"{problem.place.file}:{problem.place.line} {problem.code}" for problem in problems]

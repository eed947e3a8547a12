"""Worked examples as tests of pytest: a template is a file of tests, each of its examples one test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from appraise.app.asked import Asked
from appraise.app.example_cases import example_cases
from appraise.app.setting import TEMPLATES
from appraise.app.workspace import FILE
from appraise.roles.files import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.app.example_cases import ExampleCase
    from appraise.model.problem import Problem


def collect(config: pytest.Config, workspace: Path) -> None:
    """Let pytest find the templates of a workspace, wherever else it looks for tests."""
    root = workspace.resolve()
    if not (root / FILE).is_file():
        raise pytest.UsageError(f"--appraise {workspace}: there is no {FILE} in this folder")
    config.pluginmanager.register(_Workspace(root), "appraise_workspace")
    looked_at = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    templates = root / TEMPLATES
    if not any(templates.is_relative_to(path) or path.is_relative_to(templates) for path in looked_at):
        config.args.append(str(templates))


class _Workspace:
    """The templates of one workspace, read when the first of them is collected."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: tuple[tuple[ExampleCase, ...], list[Problem]] | None = None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A template of the workspace is a file of tests."""
        path = file_path.resolve()
        if path.parent != self._root / TEMPLATES or path.suffix not in SUFFIXES or path.name.startswith("."):
            return None
        file: TemplateFile = TemplateFile.from_parent(parent, path=file_path, workspace=self)
        return file

    def tests_of(self, name: str) -> tuple[list[ExampleCase], list[str]]:
        """The examples of a template by the name of its file, and the mistakes that keep them from being tried."""
        if self._read is None:
            self._read = example_cases(Asked(self._root, datetime.now(UTC)))
        cases, problems = self._read
        shown = f"{TEMPLATES}/{name}"
        mistakes = [one for one in problems if one.is_error and one.place.file in {shown, FILE}]
        return [case for case in cases if case.file == shown], [_told(one) for one in mistakes]


class TemplateFile(pytest.File):
    """A role template."""

    def __init__(self, *, workspace: _Workspace, **given: Any) -> None:
        super().__init__(**given)
        self._workspace = workspace

    def collect(self) -> Iterator[WorkedExample]:
        """Every example of the template."""
        cases, mistakes = self._workspace.tests_of(self.path.name)
        if mistakes:
            raise self.CollectError("\n".join(mistakes))
        for case in cases:
            item: WorkedExample = WorkedExample.from_parent(self, name=case.example.name, case=case)
            yield item


class ExampleFails(Exception):
    """An example does not come out; the message tells every expectation that is not met, by line."""


class WorkedExample(pytest.Item):
    """One worked example of a template."""

    def __init__(self, *, case: ExampleCase, **given: Any) -> None:
        super().__init__(**given)
        self._case = case

    def runtest(self) -> None:
        """Score the example, and compare it with what it expects."""
        failures = self._case.failures()
        if failures:
            raise ExampleFails("\n".join(_told(problem) for problem in failures))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What does not come out, without a word of Python."""
        if isinstance(excinfo.value, ExampleFails):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the example stands, and what it is called."""
        return self.path, max(self._case.example.place.line - 1, 0), self.name


def _told(problem: Problem) -> str:
    """A problem as `appraise check` tells it, without the line of the file."""
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{problem.place}: {problem.severity}: {problem.message}{hint} [{problem.code}]"

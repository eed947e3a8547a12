"""Problems on the terminal, with the line they are about and a caret, and as JSON."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from appraise.app.bundled import bundled_folder
from appraise.model.secrets import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from appraise.model.problem import Problem

FORMAT = 1
"""The format number of every JSON answer."""

MOST_OF_A_KIND = 20
"""More problems with the same code in the same file are counted, not printed; JSON has them all."""

_LARGEST_FILE = 1_048_576
_WIDEST_LINE = 160
_LINES = {".yaml", ".yml", ".csv", ".tsv", ".txt", ".html", ".j2", ".css", ".py"}
_PIPE_WIDTH = 160
_SHIPPED = "shipped "
_JOINERS = "\u200c\u200d"


def console(*, to_stderr: bool = False) -> Console:
    """Where people read: colours on terminals alone, and room for whole lines where nobody's screen sets the width."""
    stream = sys.stderr if to_stderr else sys.stdout
    said = os.environ.get("COLUMNS", "")
    width = int(said) if said.isdecimal() and int(said) else None if stream.isatty() and not said else _PIPE_WIDTH
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=width)


def show_problems(problems: Sequence[Problem], root: Path, *, to_stderr: bool = True) -> None:
    """Print problems in the order they come, each with its line where the file can be read, then how many there are.

    Args:
        problems: what was found.
        root: the workspace's folder, in which the files of places are looked for.
        to_stderr: whether they accompany an answer or are the answer.
    """
    if not problems:
        return
    screen = console(to_stderr=to_stderr)
    lines = _Lines(root)
    printed: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        kind = (problem.place.file, problem.code)
        printed[kind] += 1
        if printed[kind] <= MOST_OF_A_KIND:
            for text in (_headline(problem), *_excerpt(problem, lines)):
                screen.print(text, soft_wrap=True)
    for (file, code), count in printed.items():
        if count > MOST_OF_A_KIND:
            screen.print(f"{harmless(file)}: {count - MOST_OF_A_KIND} more of [{code}]; --json lists them all")
    screen.print(_tally(problems), soft_wrap=True)


def harmless(text: str) -> str:
    """The text without characters that command a terminal or turn its writing around; joiners of scripts stay."""
    return "".join(
        character if character.isprintable() or character in _JOINERS else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def _headline(problem: Problem) -> Text:
    colour = "bold red" if problem.is_error else "bold yellow"
    text = Text(f"{harmless(str(problem.place))}: ", style="bold")
    text.append(f"{problem.severity}: ", style=colour)
    text.append(harmless(problem.message), style="not bold")
    if problem.hint:
        text.append(f"; {harmless(problem.hint)}", style="not bold")
    text.append(f" [{problem.code}]", style="not bold dim")
    return text


def _excerpt(problem: Problem, lines: _Lines) -> Iterable[Text]:
    """The source line and the caret below it."""
    line = lines.at(problem.place.file, problem.place.line)
    if line is None or not line.strip():
        return ()
    start = max(problem.place.column - 1, 0)
    shown = Text(f"{problem.place.line:>5} | ", style="dim").append(harmless(line[:_WIDEST_LINE]), style="not dim")
    if not problem.place.column or start >= _WIDEST_LINE:
        return (shown,)
    length = max(1, min(problem.place.length, len(line) - start, _WIDEST_LINE - start))
    gap = cell_len(harmless(line[:start]))
    carets = "^" * max(1, cell_len(harmless(line[start : start + length])))
    return shown, Text("      | ", style="dim").append(" " * gap + carets, style="not dim bold red")


def _tally(problems: Sequence[Problem]) -> str:
    errors = sum(problem.is_error for problem in problems)
    counts = [(errors, "error"), (len(problems) - errors, "warning")]
    return " and ".join(f"{count:,} {word}{'s' if count != 1 else ''}" for count, word in counts if count)


class _Lines:
    """Lines of text files inside the workspace; a file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, tuple[str, ...]] = {}

    def at(self, file: str, number: int) -> str | None:
        """The line, its tabs as single blanks and without passwords; None where it cannot be shown."""
        if number < 1:
            return None
        if file not in self._files:
            self._files[file] = self._read(file)
        lines = self._files[file]
        return masked(lines[number - 1]).replace("\t", " ") if number <= len(lines) else None

    def _path(self, file: str) -> Path:
        """Where the file is; what ships with the program is named `shipped templates/…`."""
        if file.startswith(_SHIPPED):
            folder, _, inner = file.removeprefix(_SHIPPED).partition("/")
            return bundled_folder(folder) / inner
        return self._root / file

    def _read(self, file: str) -> tuple[str, ...]:
        path = self._path(file)
        try:
            if path.suffix.lower() not in _LINES or path.stat().st_size > _LARGEST_FILE:
                return ()
            return tuple(_decoded(path.read_bytes()).splitlines())
        except (OSError, ValueError):
            return ()


def _decoded(content: bytes) -> str:
    """The text of a file in the encoding that its first bytes tell, else in UTF-8, else as a Western European one."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

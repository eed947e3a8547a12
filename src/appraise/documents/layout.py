"""What the parser cannot say of a line: that its colon is missing, or how far it and its neighbours are indented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ruamel.yaml.error import MarkedYAMLError

_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:-(?: +|$))*)(?P<key>[^\W\d][\w.-]*)?(?P<rest>.*)")
_COMMENT = re.compile(r"(^| +)#.*")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a file: what stands before its first word, that word, and what follows, without remarks."""

    number: int
    indent: int
    dashes: str
    key: str
    rest: str

    @property
    def column(self) -> int:
        """How many characters stand before the key."""
        return self.indent + len(self.dashes)

    @property
    def is_key(self) -> bool:
        """Whether it is a key with its colon."""
        return bool(self.key) and (self.rest == ":" or self.rest.startswith(": "))

    @property
    def lacks_colon(self) -> bool:
        """Whether it looks like a key with its value, and has no colon with a blank."""
        return bool(self.key) and ": " not in self.rest and not self.rest.endswith(":")

    @property
    def depth(self) -> str:
        """How far it is indented, in words."""
        spaces = "1 space" if self.indent == 1 else f"{self.indent} spaces"
        return f"{spaces} and '{self.dashes.rstrip()}'" if self.dashes else spaces


def layout_problem(error: MarkedYAMLError, lines: Sequence[str], shown: str) -> Problem | None:
    """The missing colon or the wrong indentation that the parser stumbled over; None where it is something else."""
    mark = error.problem_mark
    if mark is None:
        return None
    found = " ".join(str(part) for part in (error.context, error.problem) if part)
    if "could not find expected ':'" in found and error.context_mark is not None:
        return _missing_colon(list(_lines(lines[: error.context_mark.line + 1])), shown)
    above = list(_lines(lines[: mark.line]))
    if "expected '<document start>'" in found:
        return _missing_colon(above, shown)
    here = next(_lines(lines[mark.line : mark.line + 1], mark.line), None)
    return _misplaced(here, above, (mark.column, found, shown)) if here else None


def _misplaced(here: _Line, above: Sequence[_Line], told: tuple[int, str, str]) -> Problem | None:
    """The same for a line that the parser found where none can stand, at a column, with its words."""
    column, found, shown = told
    if "mapping values are not allowed" in found and here.is_key and column == here.column + len(here.key):
        return _missing_colon(above, shown) or _wrong_depth(here, above, shown)
    if "expected <block end>" in found and column == here.indent:
        return _wrong_depth(here, above, shown)
    return None


def _lines(lines: Sequence[str], before: int = 0) -> Iterator[_Line]:
    """The lines with something in them, beside remarks; `before` counts those above the first."""
    for number, text in enumerate(lines, start=before + 1):
        bare = _COMMENT.sub("", text).rstrip()
        found = _LINE.fullmatch(bare)
        if bare and found:
            yield _Line(number, len(found["indent"]), found["dashes"], found["key"] or "", found["rest"])


def _missing_colon(above: Sequence[_Line], shown: str) -> Problem | None:
    """The last of the lines has no colon, and does not go on with the text of the one before it."""
    if not above or not above[-1].lacks_colon:
        return None
    line, before = above[-1], above[-2] if len(above) > 1 else None
    text_before = before is not None and before.is_key and len(before.rest) > 1
    if before is not None and text_before and line.indent > before.column and not line.dashes:
        return None
    value = line.rest.removeprefix(":").strip()
    written = f"{line.key}: {value}" if value else f"{line.key}:"
    if line.rest.startswith(":"):
        message = f"after '{line.key}:' a blank is missing"
    else:
        message = f"after '{line.key}' the colon is missing"
    hint = f"write `{written if len(written) <= _LONGEST else written[: _LONGEST - 1] + '…'}`"
    if before is not None and text_before and " " in before.rest.strip(": ") and not line.rest.startswith(":"):
        hint += ", or indent the line if it goes on with the text above"
    place = Place(shown, line.number, line.column + 1, len(line.key) + (1 if line.rest.startswith(":") else 0))
    return Problem(place, code="yaml-syntax", message=message, hint=hint)


def _wrong_depth(here: _Line, above: Sequence[_Line], shown: str) -> Problem | None:
    """The line stands at a depth at which nothing above it stands."""
    open_lines = _open_lines(above, dashes=bool(here.dashes))
    if not open_lines or here.indent in open_lines:
        return None
    depth = min(open_lines, key=lambda one: (abs(one - here.indent), -one))
    beside = open_lines[depth]
    others = dict.fromkeys((above[-1], beside))
    neighbours = ", ".join(f"line {line.number} with {line.depth}" for line in others)
    message = f"this line begins with {here.depth.split(' and ')[0]}, {neighbours}"
    what = "'-'" if here.dashes else f"'{here.key}'"
    spaces = f"write {depth} space{'' if depth == 1 else 's'}" if depth else "write no space"
    hint = f"{spaces} before {what}, to put it under {'the one' if here.dashes else repr(beside.key)} above"
    place = Place(shown, here.number, here.indent + 1, max(1, len(here.dashes) + len(here.key)))
    return Problem(place, code="yaml-syntax", message=message, hint=hint)


def _open_lines(above: Sequence[_Line], *, dashes: bool) -> dict[int, _Line]:
    """The lines that a further one can belong beside, by how many characters stand before their keys or dashes."""
    found: dict[int, _Line] = {}
    for line in above:
        if line.is_key or line.dashes:
            found = {depth: one for depth, one in found.items() if depth < line.indent}
            if line.dashes == "" or dashes:
                found[line.indent] = line
            if line.is_key and not dashes:
                found[line.column] = line
    return found

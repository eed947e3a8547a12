"""Reading a YAML file into a document, or into the problems that say why it cannot be."""

from __future__ import annotations

import errno
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from appraise.documents import refusals
from appraise.documents.compose import Composer
from appraise.documents.layout import layout_problem
from appraise.documents.nodes import Document, Scalar
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Document", "parse_document", "read_document"]

LARGEST_FILE = 1_048_576
"""Bytes; a template of forty KPIs has about thirty thousand."""

_INVALID = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")
_LINE_END = re.compile(r"\r\n|\n|\r")
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("'\\t'", "a tab stands where only spaces can", "indent with spaces"),
    ("mapping values are not allowed", "a second ': ' stands in one line", "put a text that holds ': ' in quotes"),
    (
        "a flow mapping",
        "inside { } something stands here that is neither , nor }",
        "put a text that holds a comma, quote, bracket or ': ' in quotes",
    ),
    (
        "a flow sequence",
        "inside [ ] something stands here that is neither , nor ]",
        "put a text that holds a comma, quote, bracket or ': ' in quotes, and close what is open",
    ),
    (
        "expected <block end>",
        "this does not fit what stands before it",
        "put the whole text in quotes if it begins with one; indent a line like those it belongs to",
    ),
    (
        "could not find expected ':'",
        "a line that is neither a key with ': ' nor part of a text",
        "put ': ' behind the key, or indent the further lines of a long text",
    ),
    ("quoted scalar", "a quote is opened and never closed", "close it, or take it away"),
    ("cannot start any token", "a text cannot begin with this character", "put the text in quotes"),
)
"""What the parser says, what that means, and what to do."""


def read_document(path: Path, shown: str) -> tuple[Document | None, list[Problem]]:
    """Read a file of at most 1 MiB in UTF-8.

    Args:
        path: the file.
        shown: its name in messages.

    Returns:
        The document, also where it has problems that leave the rest readable (a duplicate key), and the problems.
    """
    try:
        content = _beginning(path)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = f"the file cannot be read: {reason}"
        hint = "check the name and the permissions of the file"
        return None, [Problem(Place(shown), code="cannot-read-file", message=message, hint=hint)]
    if len(content) > LARGEST_FILE:
        message = "the file is larger than 1 MiB"
        hint = "split it, or keep the facts in a table"
        return None, [Problem(Place(shown), code="file-too-large", message=message, hint=hint)]
    text, problems = _decoded(content, shown)
    return (None, problems) if problems else _parsed(text, shown, content)


def _beginning(path: Path) -> bytes:
    """The bytes of a file up to what is too large; a pipe or device, whose end may never come, is not opened."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is a pipe or a device, no ordinary file")
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def parse_document(text: str, shown: str) -> tuple[Document | None, list[Problem]]:
    """The same for a text that was read already."""
    if len(text) > LARGEST_FILE:
        message = "the text is larger than 1 MiB"
        hint = "split it, or keep the facts in a table"
        return None, [Problem(Place(shown), code="file-too-large", message=message, hint=hint)]
    return _parsed(text.removeprefix("\ufeff"), shown, text.encode("utf-8", "surrogatepass"))


def _decoded(content: bytes, shown: str) -> tuple[str, list[Problem]]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "the file is UTF-16, not UTF-8"
        hint = "save it as UTF-8"
        return "", [Problem(Place(shown), code="not-utf8", message=message, hint=hint)]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8-sig", "replace")
        place = _place_at(readable, len(readable), shown)
        message = f"the file is not UTF-8: byte {error.start} is 0x{content[error.start]:02X}"
        return "", [Problem(place, code="not-utf8", message=message, hint="save it as UTF-8")]


def _place_at(text: str, offset: int, shown: str) -> Place:
    ends = list(_LINE_END.finditer(text, 0, offset))
    return Place(shown, len(ends) + 1, offset - (ends[-1].end() if ends else 0) + 1)


def _parsed(text: str, shown: str, content: bytes) -> tuple[Document | None, list[Problem]]:
    invalid = _INVALID.search(text)
    if invalid:
        place = _place_at(text, invalid.start(), shown)
        message = f"invalid character U+{ord(invalid.group()):04X} at position {invalid.start()}"
        return None, [Problem(place, code="invalid-character", message=message, hint="remove it")]
    composer = Composer(text, shown, tuple(_LINE_END.split(text)))
    try:
        composer.compose()
    except MarkedYAMLError as error:
        return None, _with_syntax_problem(composer.problems, _syntax_problem(error, composer.lines, shown))
    except (YAMLError, ValueError, OverflowError, LookupError, AttributeError, AssertionError, TypeError) as error:
        # Beside its own errors the parser lets some of Python's through, as for "\UFFFFFFFF".
        return None, [*composer.problems, _odd_problem(error, text, shown)]
    problems = sorted(composer.problems, key=lambda problem: problem.place)
    root = composer.root
    if isinstance(root, Scalar) and not root.raw:
        root = None
    if root is None:
        return None, problems or [refusals.empty(Place(shown, 1, 1))]
    return Document(root, shown, composer.lines, content, frozenset(problem.place for problem in problems)), problems


def _with_syntax_problem(problems: list[Problem], syntax: Problem) -> list[Problem]:
    """Where a comma in braces broke the same line, that is the reason, and it alone is told."""
    commas = [problem for problem in problems if problem.code == "comma-in-braces"]
    if not commas or commas[-1].place.line != syntax.place.line:
        return [*problems, syntax]
    told = replace(commas[-1], hint="quote it: put the whole text in quotes")
    return [*(problem for problem in problems if problem is not commas[-1]), told]


def _syntax_problem(error: MarkedYAMLError, lines: tuple[str, ...], shown: str) -> Problem:
    return layout_problem(error, lines, shown) or _said_by_the_parser(error, shown)


def _said_by_the_parser(error: MarkedYAMLError, shown: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
    found = " ".join(str(part) for part in (error.context, error.problem) if part)
    unknown = ("", f"this is no YAML: {found}", "look at this line and the one before")
    _, message, hint = next((words for words in _WORDS if words[0] in found), unknown)
    return Problem(place, code="yaml-syntax", message=message, hint=hint)


def _odd_problem(error: Exception, text: str, shown: str) -> Problem:
    message = f"this is no YAML: {type(error).__name__}"
    hint = "look for an odd escape such as \\U or a line that begins with %"
    found = _NO_CHARACTER.search(text)
    place = _place_at(text, found.start(), shown) if found else Place(shown)
    return Problem(place, code="yaml-syntax", message=message, hint=hint)

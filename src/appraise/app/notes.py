"""What managers wrote beforehand: the notes file, person by person."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.place import Place
from appraise.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

HEADER = ("person", "section", "text")
SECTIONS = ("paragraph", "strength", "action", "target")
"""The manager's paragraph, strengths, development actions and next targets."""

LONGEST = 4_000
"""Characters of one note; a pack has to stay a pack."""

_ENCODING = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the notes file."""

    person: str
    section: str
    text: str
    place: Place


def notes_of(root: Path, shown: str | None, people: Collection[str]) -> tuple[Notes, list[Problem]]:
    """The notes by person and section, and what is wrong with the file; without a file there are none."""
    if shown is None:
        return {}, []
    try:
        text = (root / shown).read_text(_ENCODING)
    except FileNotFoundError:
        message, hint = f"notes: there is no file '{shown}'", "write it, or take `notes` out of appraise.yaml"
        return {}, [Problem(Place(shown), code="notes-missing", message=message, hint=hint)]
    except (OSError, UnicodeDecodeError):
        message, hint = "notes: the file cannot be read as UTF-8 text", "save it as CSV in UTF-8"
        return {}, [Problem(Place(shown), code="notes-unreadable", message=message, hint=hint)]
    notes, problems = _read(text, shown)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for note in notes:
        problems += _doubts(note, people)
        sections = found.setdefault(note.person, {})
        sections[note.section] = (*sections.get(note.section, ()), note.text[:LONGEST])
    return found, problems


Notes = dict[str, dict[str, tuple[str, ...]]]
"""The texts of each section, by person."""


def _read(text: str, shown: str) -> tuple[list[Note], list[Problem]]:
    lines = csv.DictReader(text.splitlines(keepends=True))
    absent = [name for name in HEADER if name not in (lines.fieldnames or ())]
    if absent:
        message = f"notes: the first line lacks {' and '.join(repr(name) for name in absent)}"
        hint = f"begin the file with the line {','.join(HEADER)}"
        return [], [Problem(Place(shown, 1), code="notes-header", message=message, hint=hint)]
    return list(_notes(lines, shown)), []


def _notes(lines: csv.DictReader[str], shown: str) -> Iterator[Note]:
    for row in lines:
        person, section, text = ((row[name] or "").strip() for name in HEADER)
        if text:
            yield Note(person, section, text, Place(shown, lines.line_num))


def _doubts(note: Note, people: Collection[str]) -> list[Problem]:
    """Warnings about a note that will stand nowhere."""
    problems = []
    if note.section not in SECTIONS:
        message = f"notes: '{note.section[:60]}' is no section of a pack, so the note is not printed"
        hint = did_you_mean(note.section, SECTIONS) or f"write {', '.join(SECTIONS)}"
        problems.append(_warning(note, message, code="notes-section", hint=hint))
    if note.person not in people:
        message = f"notes: nobody with the id '{note.person[:60]}' is appraised, so the note is not printed"
        hint = did_you_mean(note.person, people) or "correct the id"
        problems.append(_warning(note, message, code="notes-person", hint=hint))
    if len(note.text) > LONGEST:
        message = f"notes: the note has {len(note.text):,} characters, and only {LONGEST:,} are printed"
        problems.append(_warning(note, message, code="notes-length", hint="shorten it"))
    return problems


def _warning(note: Note, message: str, *, code: str, hint: str) -> Problem:
    return Problem(note.place, code=code, message=message, hint=hint, severity=Severity.WARNING)

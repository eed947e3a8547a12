"""The notes file: what managers wrote beforehand reaches the pack, and what cannot is told with its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypdf
import pytest
from companies import told

from appraise.app.notes import LONGEST, notes_of
from appraise.app.run import run
from appraise.model.problem import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from companies import Company

    from appraise.app.notes import Notes
    from appraise.model.problem import Problem

PEOPLE = {"E002", "E003"}
HEADER = "person,section,text\n"


def read(folder: Path, content: str | bytes) -> tuple[Notes, list[Problem]]:
    """The notes of a file with this content."""
    (folder / "notes.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return notes_of(folder, "notes.csv", PEOPLE)


def test_no_file_no_notes(tmp_path: Path) -> None:
    """A company that names no notes file has none, which is no problem."""
    assert notes_of(tmp_path, None, PEOPLE) == ({}, [])


def test_notes_come_by_person_and_section_in_their_order(tmp_path: Path) -> None:
    """Several lines of a section are several points, in the order of the file; blank lines are passed over."""
    notes, problems = read(
        tmp_path,
        HEADER
        + "E002,action,Plan the calls\nE003,paragraph,Well done\n,,\nE002,action, Listen to own calls \n"
        + "E002,strength,Calm\nE002,target,95 %\n",
    )

    assert problems == []
    assert notes == {
        "E002": {"action": ("Plan the calls", "Listen to own calls"), "strength": ("Calm",), "target": ("95 %",)},
        "E003": {"paragraph": ("Well done",)},
    }


def test_a_note_may_have_several_lines_and_any_column_order(tmp_path: Path) -> None:
    """A quoted text keeps its line breaks; a byte order mark and further columns disturb nobody."""
    notes, problems = read(
        tmp_path, '\ufefftext,by,section,person\r\n"First line,\nsecond line",Leela,paragraph,E002\r\n'
    )

    assert (notes, problems) == ({"E002": {"paragraph": ("First line,\nsecond line",)}}, [])


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("E002,strenght,Calm", "notes-section", "did you mean 'strength'?"),
        ("E002,,Calm", "notes-section", "write paragraph, strength, action, target"),
        ("E022,action,Plan", "notes-person", "did you mean 'E002'?"),
        (f"E002,action,{'x' * (LONGEST + 1)}", "notes-length", "shorten it"),
    ],
    ids=["misspelt section", "no section", "nobody", "too long"],
)
def test_a_doubtful_note_is_a_warning_at_its_line(line: str, code: str, hint: str, tmp_path: Path) -> None:
    """A note that will not be printed as it stands costs nobody a rating; its line is told."""
    _, (problem,) = read(tmp_path, f"{HEADER}E003,action,Fine\n{line}\n")

    assert (str(problem.place), problem.code, problem.hint) == ("notes.csv:3", code, hint)
    assert problem.severity is Severity.WARNING


def test_a_note_that_is_too_long_is_cut(tmp_path: Path) -> None:
    """A pack has to stay a pack: no more than the longest note is printed."""
    notes, _ = read(tmp_path, f"{HEADER}E002,action,{'x' * (LONGEST + 1)}\n")
    assert notes["E002"]["action"] == ("x" * LONGEST,)


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        (None, "notes.csv", "notes-missing"),
        (b"\xff\xfe\x00", "notes.csv", "notes-unreadable"),
        (b"person,text\nE002,Hello\n", "notes.csv:1", "notes-header"),
        (b"", "notes.csv:1", "notes-header"),
        (b"person,section,text\nE002,action\n", "", ""),
    ],
    ids=["no such file", "no text", "a column too few", "empty", "a short line without a text"],
)
def test_a_file_that_is_no_notes_file(content: bytes | None, place: str, code: str, tmp_path: Path) -> None:
    """What is wrong with the file as a whole is one problem; no content makes it fail otherwise."""
    notes, problems = notes_of(tmp_path, "notes.csv", PEOPLE) if content is None else read(tmp_path, content)

    assert [(str(one.place), one.code) for one in problems] == ([(place, code)] if code else [])
    assert notes == {}


def test_notes_are_printed_for_whom_they_are(shop: Company) -> None:
    """The manager's words stand in the pack of that person and in no other; the note is text, not HTML."""
    shop.write("appraise.yaml", shop.text("appraise.yaml") + "notes: data/notes.csv\n")
    shop.write("data/notes.csv", f"{HEADER}E002,paragraph,Ben helped <b>two</b> colleagues this quarter.\n")

    assert told(run(shop.asked(people=("E002", "E003"))).problems) == []

    words = {
        person: " ".join(page.extract_text() for page in pypdf.PdfReader(shop.out / f"packs/North/{person}.pdf").pages)
        for person in ("E002", "E003")
    }
    assert "Ben helped <b>two</b> colleagues this quarter." in " ".join(words["E002"].split())
    assert "colleagues this quarter" not in " ".join(words["E003"].split())
    assert "data/notes.csv" in json.loads((shop.out / "run.json").read_bytes())["files"]

"""Writing whole files, the same bytes for the same data."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from appraise.store.writing import UNFINISHED, json_bytes, sha256_of, write_bytes, write_json, write_text


def test_a_file_is_written_with_its_folder_and_fingerprint(tmp_path: Path) -> None:
    """Writing makes the folder and tells the SHA-256 of the bytes."""
    path = tmp_path / "a" / "b.txt"

    digest = write_text(path, "Grüße\n")

    assert path.read_bytes() == "Grüße\n".encode()
    assert digest == sha256_of(path) == hashlib.sha256("Grüße\n".encode()).hexdigest()


def test_nothing_but_the_file_remains(tmp_path: Path) -> None:
    """No temporary file is left beside a finished one."""
    write_bytes(tmp_path / "a", b"1")
    write_bytes(tmp_path / "a", b"2")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"2")]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When the new name cannot be taken, the temporary file is removed."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "full").write_text("x")

    with pytest.raises(OSError, match=r"."):
        write_bytes(tmp_path / "taken", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    assert not list(tmp_path.glob(f"{UNFINISHED}*"))


def test_json_is_the_same_for_the_same_data(tmp_path: Path) -> None:
    """Keys are sorted, letters stay readable, and the file ends with a line end."""
    write_json(tmp_path / "x.json", {"b": [1, 2.5, None, True], "a": "हेमा"})

    assert (tmp_path / "x.json").read_text(
        "utf-8"
    ) == '{\n "a": "हेमा",\n "b": [\n  1,\n  2.5,\n  null,\n  true\n ]\n}\n'


def test_json_holds_no_number_that_others_cannot_read() -> None:
    """Not-a-number is refused, never written."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"a": float("nan")})


def test_half_a_letter_becomes_an_escape() -> None:
    """A lone surrogate is written so that every reader accepts the file."""
    assert json_bytes("\ud800") == b'"\\ud800"\n'

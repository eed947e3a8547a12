"""One run at a time in a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from appraise.model.errors import FolderLocked
from appraise.store.lock import LOCK_FILE, locked

HOLDER = """
import sys
from pathlib import Path
from appraise.store.lock import locked
with locked(Path(sys.argv[1]), "out"):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_living_run_keeps_the_folder_and_is_named(tmp_path: Path) -> None:
    """A second run is told which process writes the folder; once that ends, however hard, the folder is free."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        with pytest.raises(FolderLocked) as refused, locked(tmp_path, "out/2026-Q3"):
            pass
        holder.kill()

    problem = refused.value.problems[0]
    assert (problem.code, problem.message) == (
        "folder-locked",
        f"folder 'out/2026-Q3': another run (process {holder.pid}) is writing it",
    )
    with locked(tmp_path, "out/2026-Q3"):
        pass


def test_a_stale_lock_is_taken_over(tmp_path: Path) -> None:
    """What a dead process left in the lock file keeps nobody out."""
    (tmp_path / LOCK_FILE).write_text("999999")

    with locked(tmp_path, "out"):
        assert (tmp_path / LOCK_FILE).read_text() != "999999"

    assert (tmp_path / LOCK_FILE).read_text() == ""


def test_the_folder_is_free_after_a_failure(tmp_path: Path) -> None:
    """A run that raises lets the folder go."""
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "new", "out"):
        raise ZeroDivisionError

    with locked(tmp_path / "new", "out"):
        pass

"""Of the templates that ship only those that somebody needs are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from appraise.roles.heads import head_of, needed


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with a base, an heir that uses a library, a role that nobody asks for, and something unclear."""
    files = {
        "base.yaml": "role: base\ntitle: B\n",
        "heir.yaml": "role: heir\nextends: base\nkras: [{kpis: [{use: ours.cei}]}]\n",
        "ours.yaml": "library: ours\nkpis: []\n",
        "theirs.yaml": "library: theirs\nkpis: []\n",
        "other.yaml": 'role: "other"\n',
        "unclear.yaml": "{role: flow}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "files"),
    [
        pytest.param({"heir"}, ["base", "heir", "ours", "unclear"], id="an heir brings its base and its library"),
        pytest.param({"other"}, ["other", "unclear"], id="a role alone"),
        pytest.param(set(), ["unclear"], id="nobody asks"),
        pytest.param({"hair"}, ["base", "heir", "other", "ours", "theirs", "unclear"], id="a name that no file has"),
    ],
)
def test_only_what_is_needed_is_read(wanted: set[str], files: list[str], shelf: Path) -> None:
    """What a role extends and uses comes with it; for a mistyped name all are read, so that a hint can help."""
    heads = [head_of(path) for path in sorted(shelf.iterdir())]

    assert sorted(path.stem for path in needed(wanted, [], heads)) == files


def test_what_the_companys_own_templates_need_is_read(shelf: Path, tmp_path: Path) -> None:
    """A template of the nearest folder is always read, so what it extends and uses is needed too."""
    own = tmp_path / "mine.yaml"
    own.write_text("role: mine\nextends: base\nkras: [{kpis: [{use: theirs.dso}]}]\n", "utf-8")
    heads = [head_of(path) for path in sorted(shelf.iterdir()) if path != own]

    assert sorted(path.stem for path in needed((), [head_of(own)], heads)) == ["base", "theirs", "unclear"]

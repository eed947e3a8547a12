"""Adapters that ask for it read in a child process, which may die without harm."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from appraise.hooks.load import PluginFolder, find_plugins, load_plugins
from appraise.hooks.registry import registry_of
from appraise.plugin import RawTable, ReadRequest, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from appraise.plugin import SourceAdapter

PLUGIN = """
import os
import polars as pl
from appraise.plugin import RawTable, SourceAdapter, Unread, hookimpl

def read(request):
    word = request.path.read_text()
    if word == "die":
        os.abort()
    if word == "raise":
        raise KeyError("inside")
    if word == "refuse":
        raise ValueError("line 7: not like this")
    if word == "eat":
        return bytearray(64 * 2**30)
    frame = pl.DataFrame({"sheet": [request.sheet], "here": [os.getpid()]})
    return RawTable(frame, pl.Series([4]), (Unread(9, "torn", "here"),), 3, ("a note",))

@hookimpl
def appraise_sources():
    return [SourceAdapter("odd", (".odd",), read, "Odd files.", isolated=True)]
"""


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[SourceAdapter]:
    """An adapter of a workspace's own plugin that asks for isolation."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "odd_files.py").write_text(PLUGIN)
    manager, problems = load_plugins(find_plugins([PluginFolder(folder, "plugins")], ["plugins/odd_files.py"]))
    assert problems == []
    yield registry_of(manager)[0].adapters["odd"]
    sys.modules.pop("appraise_plugin_odd_files", None)


def read(odd: SourceAdapter, folder: Path, word: str) -> RawTable:
    """What the adapter gives for a file with this word."""
    path = folder / "facts.odd"
    path.write_text(word)
    return odd.read(ReadRequest(path, sheet="Calls"))


def test_a_plugin_from_a_folder_is_loaded_again_in_the_child(odd: SourceAdapter, tmp_path: Path) -> None:
    """The whole table comes back, made by another process."""
    raw = read(odd, tmp_path, "good")
    assert (raw.frame["sheet"].to_list(), raw.lines.to_list()) == (["Calls"], [4])
    assert (raw.unread, raw.header_line, raw.notes) == ((Unread(9, "torn", "here"),), 3, ("a note",))
    assert raw.frame["here"][0] != __import__("os").getpid()


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("die", "the reader broke down on it"),
        ("eat", "the file needs more memory than reading may take"),
        ("raise", r"adapter 'odd' failed \(KeyError: 'inside'\)"),
        ("refuse", "line 7: not like this"),
    ],
)
def test_a_child_that_fails_is_an_answer(odd: SourceAdapter, tmp_path: Path, word: str, says: str) -> None:
    """Dying, eating memory, raising and refusing are all a sentence for the user."""
    with pytest.raises(ValueError, match=says):
        read(odd, tmp_path, word)


def test_a_file_that_is_not_there_needs_no_child(odd: SourceAdapter, tmp_path: Path) -> None:
    """It is an OSError as from any adapter."""
    with pytest.raises(FileNotFoundError):
        odd.read(ReadRequest(tmp_path / "gone.odd"))


def test_workbooks_are_read_in_a_child(tmp_path: Path) -> None:
    """The shipped Excel adapter gives the same table from there."""
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data)
    workbook.add_worksheet().write_column("A1", ["id", "0017", "17"])
    workbook.close()
    path = tmp_path / "facts.xlsx"
    path.write_bytes(data.getvalue())
    registry, _ = registry_of(load_plugins(find_plugins([], []))[0])
    raw = registry.adapters["excel"].read(ReadRequest(path))
    assert (raw.frame["id"].to_list(), raw.lines.to_list()) == (["0017", "17"], [2, 3])

"""Reading a file in a child process with limits, so that no file can take the program down with it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from appraise.hooks.load import MODULE_PREFIX
from appraise.plugin import RawTable, ReadRequest, Unread

if TYPE_CHECKING:
    import pluggy

    from appraise.plugin import SourceAdapter

MOST_SECONDS = 120
MOST_BYTES = 2 * 2**30
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from appraise.hooks.child import main; main()"
ANSWER, TABLE = "answer.json", "table.arrow"


@dataclass(frozen=True, slots=True)
class IsolatedReader:
    """Reads as the adapter does, in a child that loads the adapter again by its plugin and name.

    `plugin` is what the plugin was registered as, `path` its file or folder where it is a workspace's own. A child
    costs more than the reading: what it read for a heading is `kept` until the rows are asked for too.
    """

    adapter: str
    plugin: str
    path: Path | None
    kept: dict[tuple[ReadRequest, int, int], RawTable] = field(default_factory=dict)

    def __call__(self, request: ReadRequest) -> RawTable:
        """The table.

        Raises:
            OSError: the file cannot be opened.
            ValueError: the adapter says why it cannot be read, or was stopped by a limit.
        """
        if not request.path.is_file():
            raise FileNotFoundError(2, "there is no such file", str(request.path))
        whole, state = replace(request, rows=None), request.path.stat()
        key = (whole, state.st_mtime_ns, state.st_size)
        table = self.kept.pop(key, None) or self._read(whole)
        if request.rows is None:
            return table
        self.kept[key] = table
        return replace(table, frame=table.frame.head(request.rows), lines=table.lines.head(request.rows))

    def _read(self, request: ReadRequest) -> RawTable:
        with TemporaryDirectory(prefix="appraise-") as folder:
            self._run(request, Path(folder))
            return _answer(Path(folder))

    def _run(self, request: ReadRequest, folder: Path) -> None:
        order = {
            "adapter": self.adapter,
            "plugin": self.plugin,
            "path": str(self.path) if self.path else None,
            "folder": str(folder),
            "bytes": MOST_BYTES,
            "request": {
                "path": str(request.path.absolute()),
                "sheet": request.sheet,
                "header_row": request.header_row,
                "encoding": request.encoding,
                "separator": request.separator,
                "rows": request.rows,
                "url": request.url,
                "parameters": request.parameters,
            },
        }
        words = [sys.executable, "-c", _START, json.dumps(sys.path)]
        try:
            subprocess.run(  # noqa: S603 -- this very interpreter, with words of our own
                words, input=json.dumps(order).encode(), capture_output=True, timeout=MOST_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise ValueError(f"reading it took more than {MOST_SECONDS} seconds: save the data as CSV") from None


def isolated(adapter: SourceAdapter, plugin: str, manager: pluggy.PluginManager) -> SourceAdapter:
    """The adapter reading in a child process where it asks for that, else the adapter itself."""
    if not adapter.isolated:
        return adapter
    return replace(adapter, read=IsolatedReader(adapter.name, plugin, _own_path(manager.get_plugin(plugin))))


def _own_path(plugin: object) -> Path | None:
    """The file or folder of a workspace's own plugin, None for one that can be imported by name."""
    if not getattr(plugin, "__name__", "").startswith(MODULE_PREFIX):
        return None
    file = Path(getattr(plugin, "__file__", ""))
    return file.parent if file.name == "__init__.py" else file


def _answer(folder: Path) -> RawTable:
    try:
        answer = json.loads((folder / ANSWER).read_bytes())
    except (OSError, ValueError):
        gigabytes = MOST_BYTES // 2**30
        raise ValueError(
            f"the reader broke down on it, or needed more than {gigabytes} GB: save the data as CSV"
        ) from None
    if "fault" in answer:
        raise OSError(answer["number"], answer["fault"]) if answer["number"] else ValueError(answer["fault"])
    frame = pl.read_ipc((folder / TABLE).read_bytes())
    lines = frame.drop_in_place(answer["lines"]).alias("line")
    unread = tuple(Unread(line, says, column) for line, says, column in answer["unread"])
    return RawTable(frame, lines, unread, answer["header_line"], tuple(answer["notes"]), answer["fingerprint"])

"""What runs in the child process: one adapter reads one file within limits."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from appraise.hooks.load import load_module
from appraise.model.errors import told
from appraise.plugin import RawTable, ReadRequest

LINES = "\0line"


def main() -> None:
    """Read the order from standard input, and write the table and the answer into its folder."""
    order = json.loads(sys.stdin.buffer.read())
    os.environ["POLARS_MAX_THREADS"] = "1"
    logging.disable()
    _limit(order["bytes"])
    folder = Path(order["folder"])
    answer = _answer(order, folder)
    partial = folder / "answer.partial"
    partial.write_text(json.dumps(answer), encoding="utf-8")
    partial.replace(folder / "answer.json")


def _answer(order: dict[str, Any], folder: Path) -> dict[str, Any]:
    try:
        raw = _read(order)
        raw.frame.with_columns(raw.lines.alias(LINES)).write_ipc(folder / "table.arrow")
    except OSError as fault:
        return {"fault": fault.strerror or str(fault), "number": fault.errno or 5}
    except ValueError as fault:
        return {"fault": str(fault), "number": 0}
    except MemoryError:
        return {"fault": "the file needs more memory than reading may take: save the data as CSV", "number": 0}
    except Exception as fault:  # noqa: BLE001 -- a plugin may raise anything, and the parent must hear of it
        return {"fault": f"adapter '{order['adapter']}' failed ({told(fault)})", "number": 0}
    return {
        "lines": LINES,
        "unread": [(item.line, item.says, item.column) for item in raw.unread],
        "header_line": raw.header_line,
        "notes": list(raw.notes),
        "fingerprint": raw.fingerprint,
    }


def _read(order: dict[str, Any]) -> RawTable:
    """The table that the named adapter of the named plugin reads."""
    plugin = load_module(order["plugin"], Path(order["path"]) if order["path"] else None)
    declared = plugin.appraise_sources()  # type: ignore[attr-defined]  # a plugin with this hook declared the adapter
    adapter = next(adapter for adapter in declared if adapter.name == order["adapter"])
    wanted = dict(order["request"])
    wanted["parameters"] = tuple((name, value) for name, value in wanted["parameters"])
    raw = adapter.read(ReadRequest(path=Path(wanted.pop("path")), **wanted))
    if not isinstance(raw, RawTable):
        raise TypeError("it gave no table")
    return raw


def _limit(most_bytes: int) -> None:
    """Bound the memory and the CPU time of this process where the system can."""
    try:
        import resource  # noqa: PLC0415 -- Windows has no such module
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, most_bytes), (resource.RLIMIT_CPU, 100)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

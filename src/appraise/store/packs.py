"""Which packs are finished, so that nothing is drawn again when nothing changed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from appraise.store.writing import sha256_of, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = 1
INDEX = "packs.json"
JOURNAL = "packs.journal"
"""One line per pack that was finished since the index was last written; a killed run loses none of them."""


@dataclass(frozen=True, slots=True)
class PackRecord:
    """A finished pack: whose it is, its path in the run folder, the SHA-256 of what it was drawn from and of itself."""

    person: str
    file: str
    drawn_from: str
    sha256: str


def finished_packs(folder: Path) -> dict[str, PackRecord]:
    """The packs that are recorded and still there as they were written, by person."""
    records = {record.person: record for record in [*_index(folder), *_journal(folder)]}
    return {person: record for person, record in sorted(records.items()) if _is_whole(folder, record)}


def record_pack(folder: Path, record: PackRecord) -> None:
    """Note one finished pack at once; call it when the file itself is safely written."""
    line = json.dumps(asdict(record), sort_keys=True)
    with (folder / JOURNAL).open("a", encoding="ascii") as journal:
        journal.write(f"{line}\n")
        journal.flush()
        os.fsync(journal.fileno())


def close_packs(folder: Path, records: Iterable[PackRecord]) -> None:
    """Write the index of all packs in order of the person, and forget the journal."""
    ordered = sorted(records, key=lambda record: record.person)
    write_json(folder / INDEX, {"format": FORMAT, "packs": [asdict(record) for record in ordered]})
    (folder / JOURNAL).unlink(missing_ok=True)


def _index(folder: Path) -> list[PackRecord]:
    """The records of the index; a file that is no index counts as none."""
    data = _loaded(_text(folder / INDEX))
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("packs"), list):
        return []
    return [record for entry in data["packs"] if (record := _record(entry))]


def _journal(folder: Path) -> list[PackRecord]:
    """The records of the journal; a last line that was cut short counts as none."""
    lines = _text(folder / JOURNAL).splitlines()
    return [record for line in lines if (record := _record(_loaded(line)))]


def _text(path: Path) -> str:
    """The text of a file; empty where there is none."""
    try:
        return path.read_text("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""


def _loaded(text: str) -> Any:
    """The data of a JSON text, None for any other; one that is nested too deep is none of ours."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _record(entry: object) -> PackRecord | None:
    names = PackRecord.__slots__
    if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in names):
        return None
    return PackRecord(*(entry[name] for name in names))


def _is_whole(folder: Path, record: PackRecord) -> bool:
    path = folder / record.file
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        return inside and path.is_file() and sha256_of(path) == record.sha256
    except (OSError, ValueError, RuntimeError):  # no such name can be, or links lead round in a circle
        return False

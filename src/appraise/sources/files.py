"""Which files a source is made of in a period, and what their adapters read in them."""

from __future__ import annotations

import errno
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.calendar import period_before
from appraise.model.errors import told
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.plugin import RawTable, ReadRequest
from appraise.sources.advice import fault_and_cure
from appraise.sources.databases import asked_of_database
from appraise.sources.facts import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.model.period import Period
    from appraise.model.workspace import SourceSpec
    from appraise.plugin import SourceAdapter
    from appraise.sources.facts import Reading

PERIOD_MARK = "{period}"
_GLOB = re.compile(r"[*?\[]")
_LINE = re.compile(r"line (\d+): (.*)", re.DOTALL)
_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of a source: where it is, how the user writes it, and its period where the path names one."""

    path: Path
    shown: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what stands in it."""

    file: FoundFile
    source_file: SourceFile
    raw: RawTable


def files_of(spec: SourceSpec, reading: Reading) -> tuple[FoundFile, ...]:
    """The files of a source, in the order of their names; with `{period}` in the path, the period's come first."""
    path = spec.path
    if path is None:
        return ()
    if PERIOD_MARK not in path:
        return tuple(_found(reading.root, path, None))
    return tuple(
        file
        for period in _periods(spec, reading)
        for file in _found(reading.root, path.replace(PERIOD_MARK, period.id), period)
    )


def _periods(spec: SourceSpec, reading: Reading) -> list[Period]:
    """The periods whose files are read: the appraised one, the one before, and of a log as many as its KPIs count."""
    periods = [reading.period, reading.previous]
    while spec.date and periods[-1].start > reading.first_day:
        periods.append(period_before(reading.calendar, periods[-1]))
    return periods


def read_file(
    file: FoundFile, spec: SourceSpec, reading: Reading, rows: int | None = None
) -> tuple[ReadFile | None, list[Problem]]:
    """What the source's adapter finds in a file, or None with the problem that says why it cannot be read.

    Args:
        file: the file.
        spec: how the workspace describes its layout.
        reading: has the adapters.
        rows: how many data rows are wanted, None for all.
    """
    adapter, problems = _adapter_of(file, spec, reading)
    if adapter is None:
        return None, problems
    request = ReadRequest(file.path, spec.sheet, spec.header_row, spec.encoding, spec.separator, rows)
    if spec.url is not None:
        request, unset = asked_of_database(request, spec, reading)
        if unset:
            return None, unset
    try:
        _refuse_odd_file(file.path)
        raw = adapter.read(request)
        sha256 = raw.fingerprint or _sha256(file.path)
    except (OSError, ValueError) as fault:
        return None, [_unreadable(file, spec, fault)]
    except Exception as fault:  # noqa: BLE001 -- a plugin may raise anything, and costs its one source
        return None, [_adapter_failed(file, adapter, told(fault))]
    if not _is_table(raw):
        return None, [_adapter_failed(file, adapter, "it gave no table with one line number for every row")]
    return ReadFile(file, SourceFile(file.shown, sha256, raw.frame.height), raw), []


def _refuse_odd_file(path: Path) -> None:
    """Raise on a pipe or a device: its end may never come."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is a pipe or a device, no ordinary file")


def _is_table(raw: object) -> bool:
    """Whether a plugin gave what it should."""
    return isinstance(raw, RawTable) and raw.lines.dtype.is_integer() and len(raw.lines) == raw.frame.height


def _found(root: Path, path: str, period: Period | None) -> list[FoundFile]:
    """The files of a path or pattern; one that the system cannot look for (too long, no such pattern) finds none."""
    whole = root / path
    try:
        if whole.is_file() or not _GLOB.search(path):
            return [FoundFile(whole, _shown(whole, root), period)] if whole.exists() else []
        if _leads_out(path):
            return []
        matches = [match for match in root.glob(path) if match.is_file() and not match.name.startswith((".", "~$"))]
    except (OSError, ValueError, NotImplementedError):
        return []
    found = [FoundFile(match, _shown(match, root), period) for match in matches]
    return sorted(found, key=lambda file: file.shown)


def _leads_out(pattern: str) -> bool:
    """Whether a pattern would search the whole disk; `check` names it as a mistake."""
    return Path(pattern).is_absolute() or ".." in Path(pattern).parts


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _adapter_of(file: FoundFile, spec: SourceSpec, reading: Reading) -> tuple[SourceAdapter | None, list[Problem]]:
    place = spec.places.get("adapter") or spec.places.get("path") or spec.place
    if spec.adapter is not None:
        if adapter := reading.adapters.get(spec.adapter):
            return adapter, []
        hint = did_you_mean(spec.adapter, reading.adapters) or f"there are {_listed(reading.adapters)}"
        message = f"source '{spec.name}': there is no adapter '{spec.adapter}'"
        return None, [Problem(place, code="unknown-adapter", message=message, hint=hint)]
    suffix = file.path.suffix.lower()
    for adapter in reading.adapters.values():
        if suffix in adapter.suffixes:
            return adapter, []
    message = f"source '{spec.name}': no adapter reads '{suffix}' files ({file.shown})"
    known = _listed({each for adapter in reading.adapters.values() for each in adapter.suffixes})
    hint = f"save it as one of {known}, or name its kind with 'adapter:'"
    return None, [Problem(place, code="no-adapter", message=message, hint=hint)]


def _unreadable(file: FoundFile, spec: SourceSpec, fault: OSError | ValueError) -> Problem:
    says = f"cannot be opened ({fault.strerror or fault})" if isinstance(fault, OSError) else str(fault)
    line = 0
    if found := _LINE.fullmatch(says):
        line, says = int(found[1]), found[2]
    says, cure = fault_and_cure(says)
    cure = f"{cure or 'see docs/sources.md for what can be read'}; its columns are not known until the file can be read"
    message, hint = f"source '{spec.name}': {says}", cure
    return Problem(Place(file.shown, line), code="source-unreadable", message=message, hint=hint)


def _adapter_failed(file: FoundFile, adapter: SourceAdapter, says: str) -> Problem:
    return Problem(
        Place(file.shown),
        code="adapter-failed",
        message=f"adapter '{adapter.name}': failed on this file ({says})",
        hint="tell the author of the plugin, or save the data as CSV",
    )


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))

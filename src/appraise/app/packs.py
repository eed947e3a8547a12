"""Drawing packs: whose changed, by workers that can be killed, each recorded as soon as it is written."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from appraise.app.bundled import bundled_folder
from appraise.app.earlier import previous_of
from appraise.app.pack_problems import given_up, lost, unwritten
from appraise.model.plain import plain
from appraise.report.context import Decision, PackContext
from appraise.report.designs import DesignFolder, Designs
from appraise.report.fonts import VARIABLE, write_font_list
from appraise.report.logo import logo_of
from appraise.report.look import Look
from appraise.report.press import PressSettings
from appraise.report.view import view_of
from appraise.store.packs import PackRecord, finished_packs, record_pack
from appraise.store.runs import run_folder
from appraise.store.writing import json_bytes, sha256_of, write_bytes, write_text
from appraise.work.local import Crew, Job, Task, work_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from appraise.app.asked import Progress
    from appraise.app.notes import Notes
    from appraise.app.setting import Setting
    from appraise.model.outcome import Appraisal
    from appraise.model.problem import Problem
    from appraise.report.pack import PackView
    from appraise.report.press import Rendered
    from appraise.store.runs import RunFolder
    from appraise.work.local import Done

STAGE = "packs"
"""What the progress of drawing is called."""

_MOST_SLOW = 4
_NO_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})

START, RENDER = "appraise.report.pdf:start_renderer", "appraise.report.pdf:render"
"""What a worker runs once, and for each pack."""


@dataclass(frozen=True, slots=True)
class Press:
    """How the packs of a run are drawn: by which designs, in which look, under which run id."""

    settings: PressSettings
    run: str
    notes: Notes
    setting: Setting
    folder: RunFolder

    @property
    def earlier(self) -> Path:
        """The folder of the run of the period before, whether there was one or not."""
        return run_folder(self.setting.workspace.root, self.setting.previous.id, ()).path

    @property
    def fingerprint(self) -> str:
        """A hash of all that shapes every pack: designs, fonts, look, and the versions of what draws them."""
        digest = hashlib.sha256(version("weasyprint").encode())
        for folder in self.settings.designs.folders:
            for path in sorted(path for path in folder.path.rglob("*") if path.is_file()):
                digest.update(path.relative_to(folder.path).as_posix().encode())
                digest.update(sha256_of(path).encode())
        look = self.settings.look
        digest.update(f"{look.paper} {look.accent} {look.logo_name}".encode() + look.logo)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Printed:
    """The records of all packs that are there now; of those asked for, how many are there and were there before."""

    records: Mapping[str, PackRecord]
    packs: int
    unchanged: int
    problems: tuple[Problem, ...]


def press_of(setting: Setting, notes: Notes, run: str, folder: RunFolder, *, standalone: bool = False) -> Press:
    """The press of a run; with `standalone` each pack is also written as an HTML page."""
    reports = setting.workspace.reports
    look = Look(reports.paper, reports.accent, *_logo(setting))
    return Press(PressSettings(designs_of(setting), look, standalone), run, notes, setting, folder)


def designs_of(setting: Setting) -> Designs:
    """Where designs are looked up: the workspace, then plugins, then what ships with the program."""
    root = setting.workspace.root
    own, shipped = root / "reports", bundled_folder("reports")
    brought = [DesignFolder(design.folder, f"design {name}") for name, design in setting.registry.designs.items()]
    last = [] if own.resolve() == shipped.resolve() else [DesignFolder(shipped, "shipped reports")]
    return Designs((DesignFolder(own, "reports"), *brought, *last))


def print_packs(press: Press, appraisals: Iterable[Appraisal], progress: Progress) -> Printed:
    """Draw the packs that are not there as they should be; one that cannot be drawn costs itself alone."""
    finished = finished_packs(press.folder.path)
    sheets = _sheets(press, appraisals)
    tasks = [Task(sheet.view.key, sheet.view) for sheet in sheets if not _is_drawn(press, sheet, finished)]
    desk = _Desk(press, sheets, finished, _Count(progress, len(tasks)))
    with tempfile.TemporaryDirectory(prefix="appraise-") as scratch:
        fonts = write_font_list(press.settings.designs, Path(scratch))
        job = Job(START, RENDER, press.settings, {VARIABLE: str(fonts)})
        with suppress(_GivenUp):
            work_through(tasks, job, Crew(workers=max(1, min(_cores(), len(tasks)))), desk.take)
    there = sum(1 for sheet in sheets if sheet.view.key in desk.records)
    return Printed(desk.records, there, len(sheets) - len(tasks), tuple(desk.problems))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a pack shows, and the fingerprint of everything that shapes it."""

    view: PackView
    drawn_from: str


def _sheets(press: Press, appraisals: Iterable[Appraisal]) -> list[_Sheet]:
    shape = press.fingerprint.encode()
    views = [view_of(appraisal, _context(press, appraisal)) for appraisal in appraisals]
    return [_Sheet(view, hashlib.sha256(shape + json_bytes(plain(view))).hexdigest()) for view in views]


def _is_drawn(press: Press, sheet: _Sheet, finished: Mapping[str, PackRecord]) -> bool:
    """Whether the pack is there, drawn from just this, under just this name."""
    person, folder = sheet.view.key, press.folder
    record = finished.get(person)
    wants_page = press.settings.standalone and not page_of(folder, person).is_file()
    drawn = record is not None and (record.drawn_from, record.file) == (sheet.drawn_from, folder.packs[person])
    return drawn and not wants_page


class _GivenUp(Exception):
    """No pack can be drawn in time."""


class _Count:
    """Counts finished packs for whoever watches."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, total

    @property
    def waiting(self) -> int:
        return self._total - self._done

    def one_more(self) -> None:
        self._done += 1
        self._progress(STAGE, self._done, self._total)


class _Desk:
    """Takes finished packs from the workers, writes and records them one by one."""

    def __init__(
        self, press: Press, sheets: Iterable[_Sheet], finished: Mapping[str, PackRecord], count: _Count
    ) -> None:
        self.records = dict(finished)
        self.problems: list[Problem] = []
        self._press = press
        self._drawn_from = {sheet.view.key: sheet.drawn_from for sheet in sheets}
        self._count = count
        self._slow, self._drew = 0, False

    def take(self, done: Done) -> None:
        """Write one pack, or note why there is none; where the first ones all take too long, nobody waits for more."""
        if done.failure:
            self.problems.append(lost(done))
            self._slow += done.failure in {"deadline", "not_started"}
        else:
            self._keep(done.key, done.result)
            self._drew = True
        self._count.one_more()
        if self._slow == _MOST_SLOW and not self._drew and self._count.waiting:
            self.problems.append(given_up(self._slow, self._count.waiting))
            raise _GivenUp

    def _keep(self, person: str, drawn: Rendered) -> None:
        """Write a pack; what stands in its way costs it alone, a full or locked disk costs the run."""
        self.problems += drawn.problems
        if not drawn.pdf:
            return
        try:
            self._write(person, drawn)
        except OSError as fault:
            if fault.errno in _NO_DISK:
                raise
            self.records.pop(person, None)
            folder = self._press.folder
            self.problems.append(unwritten(person, f"{folder.shown}/{folder.packs[person]}", fault))

    def _write(self, person: str, drawn: Rendered) -> None:
        folder = self._press.folder
        sha256 = write_bytes(folder.pack(person), drawn.pdf)
        if drawn.html:
            write_text(page_of(folder, person), drawn.html)
        record = PackRecord(person, folder.packs[person], self._drawn_from[person], sha256)
        record_pack(folder.path, record)
        self.records[person] = record


def page_of(folder: RunFolder, person: str) -> Path:
    """Where the pack of a person stands as an HTML page."""
    return folder.pack(person).with_suffix(".html")


def _context(press: Press, appraisal: Appraisal) -> PackContext:
    setting, workspace, person = press.setting, press.setting.workspace, appraisal.person.id
    return PackContext(
        company=workspace.company,
        contact=workspace.contact,
        language=workspace.reports.language,
        logo=press.settings.look.logo_name,
        run_id=press.run,
        created=setting.asked.day_made(setting.period.end),
        notes=press.notes.get(person, {}),
        decision=Decision(**asdict(appraisal.decision)) if appraisal.decision is not None else None,
        previous=previous_of(press.earlier / press.folder.traces[person], appraisal),
    )


def _logo(setting: Setting) -> tuple[str, bytes]:
    """The name under which designs know the logo, and its bytes; empty where there is none to read."""
    shown = setting.workspace.reports.logo
    content = logo_of(setting.workspace.root / shown)[0] if shown else b""
    return (f"logo{PurePath(shown).suffix.lower()}", content) if shown and content else ("", b"")


def _cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""The folder of a run, `out/<period>/`: where everything in it stands, and what of it is out of date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.store.names import file_names
from appraise.store.writing import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

OUT = "out"
"""The top folder of everything that is written; git ignores it."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A person to be filed: the id and the team, which may be blank."""

    person: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The places of a run's files.

    `traces` and `packs` map a person's id to the path inside the folder, with forward slashes:
    `appraisals/E001.json`, `packs/West-1/E001.pdf`.
    """

    path: Path
    shown: str
    traces: Mapping[str, str]
    packs: Mapping[str, str]

    @property
    def run(self) -> Path:
        """What was run on what, `run.json`."""
        return self.path / "run.json"

    @property
    def parquet(self) -> Path:
        """The results as a table for programs."""
        return self.path / "results.parquet"

    @property
    def workbook(self) -> Path:
        """The results as a workbook for people."""
        return self.path / "results.xlsx"

    def trace(self, person: str) -> Path:
        """The trace of one person."""
        return self.path / self.traces[person]

    def pack(self, person: str) -> Path:
        """The pack of one person."""
        return self.path / self.packs[person]


def run_folder(root: Path, period: str, people: Iterable[Filed]) -> RunFolder:
    """Where the files of a run go.

    Args:
        root: the workspace's folder.
        period: the period's id; it becomes a safe folder name like every other id.
        people: everybody in the results; file names are unique among all of them, whatever their team.
    """
    everybody = list(people)
    folder = file_names([period], "period")[period]
    names = file_names((filed.person for filed in everybody), "person")
    teams = file_names((filed.team for filed in everybody), "no-team")
    return RunFolder(
        path=root / OUT / folder,
        shown=f"{OUT}/{folder}",
        traces={filed.person: f"appraisals/{names[filed.person]}.json" for filed in everybody},
        packs={filed.person: f"packs/{teams[filed.team]}/{names[filed.person]}.pdf" for filed in everybody},
    )


def left_over(folder: RunFolder) -> tuple[str, ...]:
    """Packs and traces in the folder that belong to nobody in the results, as paths inside it, in order."""
    wanted = {*folder.packs.values(), *folder.traces.values()}
    found = [
        path.relative_to(folder.path).as_posix()
        for pattern in ("packs/*/*.pdf", "appraisals/*.json")
        for path in folder.path.glob(pattern)
    ]
    return tuple(sorted(name for name in found if name not in wanted))


def remove_unfinished(folder: RunFolder) -> None:
    """Remove what a killed run was writing; only for the one that holds the folder's lock."""
    for path in folder.path.rglob(f"{UNFINISHED}*"):
        path.unlink(missing_ok=True)

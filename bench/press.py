"""The engine's own packs: two workers that can be killed, each finished pack written safely at once."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from appraise.report.fonts import VARIABLE, write_font_list
from appraise.store.writing import write_bytes
from appraise.work.local import Crew, Job, Task, work_through
from bench.people import settings, views

if TYPE_CHECKING:
    from appraise.work.local import Done


class PackFailed(Exception):
    """A pack of the benchmark could not be drawn."""


def main(pages: Path, pdfs: Path) -> None:
    """Draws as many packs as there are pages, from the views those pages were made of."""
    given = settings()

    def keep(done: Done) -> None:
        if done.failure or not done.result.pdf:
            raise PackFailed(done.said or done.result.problems)
        write_bytes(pdfs / f"{done.key}.pdf", done.result.pdf)

    with tempfile.TemporaryDirectory() as folder:
        fonts = write_font_list(given.designs, Path(folder))
        job = Job("appraise.report.pdf:start_renderer", "appraise.report.pdf:render", given, {VARIABLE: str(fonts)})
        tasks = [Task(view.key, view) for view in views(len([*pages.glob("*.html")]))]
        work_through(tasks, job, Crew(workers=2), keep)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Draw one pack of each kind, to look at: `python tests/report/gallery.py FOLDER [a4|letter] [NAME …]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from people import gallery

from appraise.report.designs import DesignFolder, Designs
from appraise.report.fonts import VARIABLE, write_font_list
from appraise.report.look import Look
from appraise.report.press import PressSettings
from appraise.report.view import view_of
from appraise.work.local import Crew, Done, Job, Task, work_through

ROOT = Path(__file__).parents[2]


def main(folder: Path, paper: str, names: list[str]) -> None:
    """Draw them in a worker, with the fonts of the designs alone."""
    designs = Designs((DesignFolder(ROOT / "reports", "reports"),))
    packs = {name: pack for name, pack in gallery().items() if not names or name in names}
    tasks = [Task(name, view_of(*pack)) for name, pack in packs.items()]

    def keep(done: Done) -> None:
        if done.failure:
            sys.stdout.write(f"{done.key:12} {done.failure}: {done.said}\n")
            return
        drawn = done.result
        (folder / f"{done.key}-{paper}.pdf").write_bytes(drawn.pdf)
        (folder / f"{done.key}-{paper}.html").write_text(drawn.html, encoding="utf-8")
        sys.stdout.write(f"{done.key:12} {drawn.pages} pages {len(drawn.pdf):7} bytes {1000 * done.seconds:5.0f} ms\n")
        for problem in drawn.problems:
            sys.stdout.write(f"  {problem.place}: {problem.message}\n")

    with tempfile.TemporaryDirectory() as fonts:
        environment = {VARIABLE: str(write_font_list(designs, Path(fonts)))}
        settings = PressSettings(designs, Look(paper=paper), standalone=True)
        job = Job("appraise.report.pdf:start_renderer", "appraise.report.pdf:render", settings, environment)
        work_through(tasks, job, Crew(workers=1), keep)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target, sys.argv[2] if len(sys.argv) > 2 else "a4", sys.argv[3:])

"""Writes the packs as HTML pages that stand alone: `python -m bench.pages COUNT FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from appraise.report.look import style_of
from appraise.report.page import Pages
from bench.people import settings, views


def main(count: int, folder: Path) -> None:
    """One page per person, with the style sheet inside."""
    given = settings()
    style, _ = style_of(given.look, given.designs)
    pages = Pages(given.designs)
    for view in views(count):
        html, problems = pages.html_of(view, style=style)
        if problems:
            raise ValueError(problems[0].message)
        (folder / f"{view.key}.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

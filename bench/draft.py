"""Drafts through PlutoPrint: the same pages, without tags."""

from __future__ import annotations

import sys
from pathlib import Path

import plutoprint


def main(pages: Path, pdfs: Path) -> None:
    """Draws every page of a folder as a draft."""
    for page in sorted(pages.glob("*.html")):
        book = plutoprint.Book(plutoprint.PAGE_SIZE_A4)
        book.load_html(page.read_text(encoding="utf-8"), base_url=page.resolve().parent.as_uri())
        book.write_to_pdf(str(pdfs / f"{page.stem}.pdf"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

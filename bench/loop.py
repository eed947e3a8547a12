"""What one writes on the first afternoon: WeasyPrint in a loop over the finished pages."""

from __future__ import annotations

import sys
from pathlib import Path

from weasyprint import HTML


def main(pages: Path, pdfs: Path) -> None:
    """Draws every page of a folder as a tagged PDF."""
    for page in sorted(pages.glob("*.html")):
        HTML(filename=page).write_pdf(pdfs / f"{page.stem}.pdf", pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

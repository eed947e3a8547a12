"""A job for workers of the tests: draw a finished page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.report.pdf import Press
    from appraise.report.press import Rendered


def draw(press: Press, html: str) -> Rendered:
    """The page as a PDF."""
    return press.page(html, "page")

"""The lesser default style draws what the whole one draws, and gives way where a design needs more."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf
import pytest
from people import context, gallery, normal
from test_pdf import drawn, packs, text_of

from appraise.report.defaults import needs_all
from appraise.report.page import html_of
from appraise.report.view import view_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appraise.report.designs import Designs

ALL = "<!-- footnote -->"
"""A page that says this anywhere is drawn with the whole sheet."""


def test_lesser_sheet_draws_the_same(designs: Designs, tmp_path: Path) -> None:
    """With the lesser sheet and with the whole one, packs are the same to the byte."""
    pages = {name: html_of(view_of(*gallery()[name]), designs)[0] for name in ("standard", "devanagari", "blocked")}
    whole = {name: page.replace("</body>", f"{ALL}</body>") for name, page in pages.items()}
    one = drawn(pages, designs, tmp_path / "a", job="pages:draw")
    two = drawn(whole, designs, tmp_path / "b", job="pages:draw")
    assert {needs_all(page) for page in pages.values()} == {False}
    assert {name: one[name].result.pdf == two[name].result.pdf for name in pages} == dict.fromkeys(pages, True)


def test_footnotes_of_a_design_are_drawn(workspace: Callable[[dict[str, str]], Designs], tmp_path: Path) -> None:
    """A design that asks for footnotes gets them, with their numbers."""
    design = "<style>i { float: footnote }</style><p>Here<i>there</i></p>"
    done = packs({"a": view_of(normal(), context())}, workspace({"employee/changes.html.j2": design}), tmp_path)
    assert "Here1" in text_of(done["a"])
    assert "1. there" in text_of(done["a"])


def test_margin_boxes_of_a_design_are_drawn(
    workspace: Callable[[dict[str, str]], Designs], designs: Designs, tmp_path: Path
) -> None:
    """A style sheet that fills another margin box gets it where the whole sheet puts it."""
    found = designs.find("pack.css")
    assert found is not None
    style = found[0].read_text(encoding="utf-8") + '@page { @top-right-corner { content: "corner" } }'
    mine = workspace({"pack.css": style})
    page = html_of(view_of(normal(), context()), mine)[0]
    done = drawn({"one": page, "two": page.replace("</body>", f"{ALL}</body>")}, mine, tmp_path, job="pages:draw")
    assert done["one"].result.pdf == done["two"].result.pdf
    assert "corner" in pypdf.PdfReader(io.BytesIO(done["one"].result.pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    "text",
    [
        "i { float: footnote }",
        "@page { @footnote { margin: 0 } }",
        "i { position: note() }",
        "i::note-call { color: red }",
        "p { display: list-item }",
        "@import url(more.css);",
        "<style>p { margin: 0 }</style>",
        '<link rel="stylesheet" href="more.css"/>',
    ],
)
def test_what_may_need_the_whole_sheet_gets_it(text: str) -> None:
    """Footnotes, notes, list items by style, and style sheets that nobody looked into."""
    assert needs_all(text)

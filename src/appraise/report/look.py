"""What a company may set about the look of its packs: paper, one accent colour, a logo."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.report.designs import Designs

PAPERS = {"a4": "A4; margin: 16mm 16mm 19mm", "letter": "letter; margin: 12mm 16mm 16mm"}
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
STYLE_SHEET = "pack.css"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """Paper (`a4` or `letter`), accent (`#rrggbb`) and the bytes of the logo, whose name ends in .svg, .png or .jpg."""

    paper: str = "a4"
    accent: str = "#0072B2"
    logo_name: str = ""
    logo: bytes = b""

    @property
    def logo_type(self) -> str:
        """The media type of the logo, empty for a kind of file that cannot be one."""
        return LOGO_TYPES.get("." + self.logo_name.rpartition(".")[2].lower(), "")

    @property
    def logo_data(self) -> str:
        """The logo as an address for a page that has to stand alone; empty where there is none."""
        if not self.logo or not self.logo_type:
            return ""
        return f"data:{self.logo_type};base64,{base64.b64encode(self.logo).decode('ascii')}"


def style_of(look: Look, designs: Designs) -> tuple[str, list[Problem]]:
    """The style sheet: the nearest `pack.css`, after the paper and the accent of the company."""
    place = Place("appraise.yaml")
    problems = []
    if not _COLOUR.fullmatch(look.accent):
        message = f"reports: accent '{look.accent}' is no colour"
        problems.append(Problem(place, code="accent-unreadable", message=message, hint='write it like "#0072B2"'))
    if look.paper not in PAPERS:
        message = f"reports: paper '{look.paper}' is not known"
        problems.append(Problem(place, code="paper-unknown", message=message, hint="write a4 or letter"))
    found = designs.find(STYLE_SHEET)
    if found is None:
        message = f"design '{STYLE_SHEET}': no such file in the folders of designs"
        problems.append(Problem(Place(STYLE_SHEET), code="design-missing", message=message, hint="see docs/packs.md"))
    if problems or found is None:
        return "", problems
    head = f"@page {{ size: {PAPERS[look.paper]} }}\n:root {{ --accent: {look.accent} }}\n"
    return head + found[0].read_text(encoding="utf-8"), []

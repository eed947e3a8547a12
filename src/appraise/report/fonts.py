"""A private list of fonts, so that the bytes of a PDF do not depend on the machine that draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.report.designs import Designs

VARIABLE = "FONTCONFIG_FILE"
"""The environment variable by which a drawing process is told of the list; it has to be set before its first import."""


def write_font_list(designs: Designs, folder: Path) -> Path:
    """Write the list of the fonts of all design folders into `folder`, beside its cache, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    folders = "".join(f"<dir>{escape(str(fonts))}</dir>" for fonts in designs.font_folders())
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><reset-dirs/>{folders}<cachedir>{escape(str(folder / 'cache'))}</cachedir>"
        "<config><rescan><int>0</int></rescan></config></fontconfig>\n"
    )
    path = folder / "fonts.conf"
    path.write_text(text, encoding="utf-8")
    return path

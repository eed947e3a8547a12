"""Whether a company's logo can be printed: found out before the first pack is drawn, so that it costs none."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from appraise.report.look import LOGO_TYPES

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
_DEEPEST, _MOST_PARTS, _MOST_REPEATS = 50, 5_000, 50
_PNG = b"\x89PNG\r\n\x1a\n"
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?\s*(?!#)[^\s)]", re.IGNORECASE)
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def logo_of(path: Path) -> tuple[bytes, str]:
    """The bytes of a logo, or none and in words why it cannot be printed."""
    if not path.is_file():
        return b"", "there is no such file"
    if path.suffix.lower() not in LOGO_TYPES:
        return b"", "it is no picture in SVG, PNG or JPEG (.svg, .png, .jpg)"
    try:
        if path.stat().st_size > LARGEST:
            return b"", "it is larger than 2 MiB"
        content = path.read_bytes()
    except OSError as refusal:
        return b"", f"it cannot be read ({(refusal.strerror or type(refusal).__name__).lower()})"
    fault = {".svg": _svg_fault, ".png": _png_fault, ".jpg": _jpeg_fault}[path.suffix.lower()](content)
    return (b"", fault) if fault else (content, "")


def _png_fault(content: bytes) -> str:
    if not content.startswith(_PNG) or len(content) < 33 or b"IEND" not in content[-64:]:
        return "it is no whole PNG"
    width, height = struct.unpack(">II", content[16:24])
    return _size_fault(width, height)


def _jpeg_fault(content: bytes) -> str:
    """Walks the segments up to the one with the size."""
    at = 2
    while content.startswith(b"\xff\xd8") and content[at : at + 1] == b"\xff" and at + 9 <= len(content):
        if content[at + 1] in _SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return _size_fault(width, height) if b"\xff\xd9" in content[-64:] else "it is no whole JPEG"
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return "it is no whole JPEG"


def _size_fault(width: int, height: int) -> str:
    return "" if 0 < width * height <= MOST_PIXELS else f"it has {width:,} × {height:,} points, the most are 25 million"


def _svg_fault(content: bytes) -> str:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return "it has a DOCTYPE, which no picture needs"
    try:
        root = ET.fromstring(content.decode("utf-8-sig"))  # noqa: S314 -- it declares no entities, and expat loads nothing
    except (ET.ParseError, ValueError, RecursionError):
        return "it is no SVG that can be read"
    if root.tag.rpartition("}")[2] != "svg":
        return "it is no SVG that can be read"
    if _depth(root) > _DEEPEST or sum(1 for _ in root.iter()) > _MOST_PARTS:
        return f"it has more than {_DEEPEST} levels or {_MOST_PARTS:,} parts"
    return _reference_fault(root)


def _depth(root: ET.Element) -> int:
    """How many levels there are, as far as they matter."""
    level, depth = [root], 0
    while level and depth <= _DEEPEST:
        level, depth = [child for element in level for child in element], depth + 1
    return depth


def _reference_fault(root: ET.Element) -> str:
    """A picture shows what stands in it, and repeats nothing that repeats something."""
    for element in root.iter():
        words = [*element.attrib.values(), element.text or ""]
        if any(not element.get(href, "#").strip().startswith("#") for href in _HREFS) or any(
            _ELSEWHERE.search(word) for word in words
        ):
            return "it refers to something outside itself"
    nested = any(_is_use(inner) for element in root.iter() if element.get("id") for inner in element.iter())
    often = sum(1 for element in root.iter() if _is_use(element)) > _MOST_REPEATS
    return f"it repeats parts (use) inside parts, or more than {_MOST_REPEATS} times" if nested or often else ""


def _is_use(element: ET.Element) -> bool:
    return element.tag.rpartition("}")[2] == "use"

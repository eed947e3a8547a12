"""An .xlsx file as the ZIP package it is: checked for bombs and entities before any reader sees it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from appraise.sources.adapters.disguises import refuse_disguise

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_PART = 256 * 2**20
"""Bytes that one part may unpack to."""

LARGEST_RATIO = 200
"""How many times its packed size a part may unpack to; real sheets are at 10 to 40."""

_SMALL = 2**20
_MOST_PARTS = 5_000
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_FOREIGN = re.compile(rb"\A(?:\xff\xfe|\xfe\xff|.{0,80}encoding=[\"'](?!utf-8|us-ascii))", re.IGNORECASE | re.DOTALL)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, the XML of its cells and of the formats, and whether dates count from 1904."""

    name: str
    cells: bytes
    styles: bytes
    is_1904: bool


def sheet_of(path: Path, wanted: str | None) -> Sheet:
    """The named sheet, or the first visible one.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no workbook, is made to harm, or has no such sheet.
    """
    with path.open("rb") as file:
        if (start := file.read(512))[:4] != b"PK\x03\x04":
            refuse_disguise(start)
            raise ValueError("this is not an Excel workbook: save it as .xlsx from Excel")
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_bombs(package)
            return _sheet(package, wanted)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ET.ParseError, RuntimeError) as fault:
        raise ValueError(f"the workbook is damaged ({fault}): open and save it in Excel") from None


def _refuse_bombs(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > _MOST_PARTS:
        raise ValueError(f"the workbook has {len(parts)} parts, more than {_MOST_PARTS}: copy the data to a new one")
    for part in parts:
        if part.file_size > LARGEST_PART:
            raise ValueError(f"a part of the workbook unpacks to {part.file_size:,} bytes: save the data as CSV")
        if part.file_size > _SMALL and part.file_size > LARGEST_RATIO * max(part.compress_size, 1):
            times = part.file_size // max(part.compress_size, 1)
            raise ValueError(f"a part of the workbook unpacks to {times} times its size: save the data as CSV")


def _sheet(package: zipfile.ZipFile, wanted: str | None) -> Sheet:
    workbook = ET.fromstring(_part(package, "xl/workbook.xml"))  # noqa: S314 -- checked in _part
    relations = ET.fromstring(_part(package, "xl/_rels/workbook.xml.rels"))  # noqa: S314 -- checked in _part
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    sheets = [item for item in workbook.iter() if item.tag.endswith("}sheet")]
    visible = [item for item in sheets if item.get("state", "visible") == "visible"] or sheets
    chosen = visible[0] if wanted is None and visible else None
    for item in sheets:
        if item.get("name") == wanted:
            chosen = item
    if chosen is None:
        names = ", ".join(f"'{item.get('name')}'" for item in sheets)
        raise ValueError(f"there is no sheet '{wanted}' (found: {names}): correct `sheet:`")
    target = targets.get(chosen.get(_RELATION), "")
    part = target.removeprefix("/") if target.startswith("/") else normpath(join("xl", target))
    styles = _part(package, "xl/styles.xml") if "xl/styles.xml" in package.namelist() else b""
    is_1904 = any(item.get("date1904") in {"1", "true"} for item in workbook.iter() if item.tag.endswith("workbookPr"))
    return Sheet(chosen.get("name") or "", _part(package, part), styles, is_1904)


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part, which must be UTF-8 XML without a DOCTYPE."""
    try:
        data = package.read(name)
    except KeyError:
        raise ValueError(f"this is not an Excel workbook, it has no {name}: save it as .xlsx from Excel") from None
    if _ENTITIES.search(data):
        raise ValueError("the workbook has a DTD (DOCTYPE), which no Excel file needs: save the data as CSV")
    if _FOREIGN.search(data):
        raise ValueError("the workbook is not written in UTF-8: open and save it in Excel")
    return data

"""Areas and KPIs out of a spreadsheet with a row for each KPI."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.role import Direction
from appraise.plugin import ReadRequest
from appraise.roles.outlines.outline import KpiOutline, KraOutline, Outline, number_in
from appraise.sources.adapters.delimited import read_delimited
from appraise.sources.adapters.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLUMNS = ("kra", "kra_weight", "kpi", "weight", "unit", "direction", "b2", "b3", "b4", "b5")
"""What a table may have; `kra` and `kpi` it must."""

_NEEDED = ("kra", "kpi")
_BANDS = COLUMNS[-4:]
_READERS = {".csv": read_delimited, ".tsv": read_delimited, ".xlsx": read_workbook}
_ALL = Decimal(100)

Weighing = TypeVar("Weighing", KraOutline, KpiOutline)


def outline_of_table(path: Path) -> tuple[Outline, list[Problem]]:
    """The areas in the order of the rows; a blank `kra` is that of the row above, and so is a blank `kra_weight`.

    Weights that total 1, as cells shown in percent do, are taken times 100.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        return _unusable(path, f"'{path.suffix}' files are not read", "save the table as .xlsx or .csv")
    try:
        raw = reader(ReadRequest(path))
    except (OSError, ValueError) as fault:
        return _unusable(path, str(getattr(fault, "strerror", "") or fault), "save the table as .xlsx or .csv")
    headings = {name.strip().casefold().replace(" ", "_"): name for name in raw.frame.columns}
    absent = [name for name in _NEEDED if name not in headings]
    if absent:
        return _unusable(path, f"has no column '{absent[0]}'", f"its columns are {', '.join(COLUMNS)}")
    found: list[tuple[Place, dict[str, str]]] = []
    for line, row in zip(raw.lines.to_list(), raw.frame.iter_rows(named=True), strict=True):
        cells = {name: _text(row[headings[name]]) for name in COLUMNS if name in headings}
        found.append((Place(str(path), line), cells))
    return _outline(found)


def _outline(rows: Sequence[tuple[Place, Mapping[str, str]]]) -> tuple[Outline, list[Problem]]:
    areas: dict[str, KraOutline] = {}
    problems: list[Problem] = []
    last = ""
    for place, row in rows:
        title = row["kra"] or last
        if not title or not row["kpi"]:
            continue
        last = title
        weight, told = _number(row, "kra_weight", place)
        kpi, doubts = _kpi(row, place)
        problems += [*told, *doubts]
        kra = areas.setdefault(title, KraOutline(title, weight=weight))
        areas[title] = replace(kra, kpis=(*kra.kpis, kpi))
    return Outline(tuple(_in_percent([replace(kra, kpis=_in_percent(kra.kpis)) for kra in areas.values()]))), problems


def _kpi(row: Mapping[str, str], place: Place) -> tuple[KpiOutline, list[Problem]]:
    weight, problems = _number(row, "weight", place)
    bands = []
    for name in _BANDS:
        start, told = _number(row, name, place)
        problems += told
        bands += [] if start is None else [start]
    if bands and len(bands) < len(_BANDS) and not problems:
        problems.append(_unclear(place, "only some of b2, b3, b4 and b5 are filled", "fill all of them or none"))
    direction = row.get("direction", "").lower()
    if direction and direction not in list(Direction):
        problems.append(_unclear(place, f"direction '{direction[:40]}'", "write higher, lower or range"))
        direction = ""
    said = Direction(direction) if direction else None
    return KpiOutline(row["kpi"], weight, row.get("unit", "")[:40], said, tuple(bands)), problems


def _number(row: Mapping[str, str], name: str, place: Place) -> tuple[Decimal | None, list[Problem]]:
    written = row.get(name, "")
    number = number_in(written)
    if written and number is None:
        return None, [_unclear(place, f"{name} '{written[:40]}' is no number", "write it like 12.5, or leave it blank")]
    return number, []


def _in_percent(outlines: Sequence[Weighing]) -> tuple[Weighing, ...]:
    """Weights as percent, where they are parts of 1."""
    given = [one.weight for one in outlines]
    if None in given or sum(weight for weight in given if weight is not None) != 1:
        return tuple(outlines)
    return tuple(replace(one, weight=(one.weight or Decimal(0)) * _ALL) for one in outlines)


def _text(cell: object) -> str:
    """A cell as people see it: a whole number without its `.0`."""
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    return "" if cell is None else " ".join(str(cell).split())


def _unclear(place: Place, says: str, hint: str) -> Problem:
    return Problem(place, code="outline-unclear", message=f"{says}: the row cannot be understood", hint=hint)


def _unusable(path: Path, says: str, hint: str) -> tuple[Outline, list[Problem]]:
    problem = Problem(Place(str(path)), code="outline-unreadable", message=f"file '{path}': {says}", hint=hint)
    return Outline(()), [problem]

"""An outline as the YAML of a template, in which every guess and gap is marked `# TODO`."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from appraise.model.role import Direction
from appraise.roles.outlines.guesses import DECIMALS, bands_of, direction_of, unit_of
from appraise.roles.outlines.outline import KpiOutline, KraOutline
from appraise.roles.outlines.weights import weights_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from appraise.roles.outlines.outline import Outline

MARK = "# TODO: "
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ().'/&%+-]*[A-Za-z0-9).%]", re.ASCII)
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "nan", "inf"})
LONGEST_TITLE = 200
_LONGEST_ID = 60
_MOST_DECIMALS = 6

_HEAD = """\
# yaml-language-server: $schema=../../schemas/role.schema.json
# Begun by `appraise roles new`. What is marked TODO is a guess or a gap: decide it, and take the mark away.
# `definition: …` under a KPI says exactly what is counted; docs/templates.md tells all other keys.
language: 1
"""
_TAIL = f"""\
{MARK}add worked examples, so that everybody sees what scores what, and `appraise check` works them out
# examples:
#   - name: on target
#     given: {{NAME_IN_A_FORMULA: 75, ANOTHER: 100}}
#     expect: {{kpi.{{0}}: 3.50}}
"""


def template_text(role: str, outline: Outline) -> str:
    """The file of the template, which keeps the schema.

    Args:
        role: the id.
        outline: has at least one area, and weights that can be.
    """
    ids = _Ids()
    lines = [
        f"role: {role}",
        f"title: {scalar_of(outline.title[:LONGEST_TITLE] or role.replace('_', ' ').title())}",
        "version: 0.1.0",
    ]
    weights = weights_of(outline.kras)
    equal = "all areas weigh the same; write weights that total 100 if some matter more"
    lines.append(_marked("kras:", equal if "equal" in weights and len(weights) > 1 else ""))
    for kra, weight in zip(outline.kras, weights, strict=True):
        lines += _kra(kra, weight, ids)
    return _HEAD + "\n".join(lines) + "\n" + _TAIL.replace("{0}", ids.first)


def id_of(title: str, otherwise: str) -> str:
    """A title in small letters, digits and _, beginning with a letter."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "")).strip("_")
    name = name if name[:1].isalpha() or not name else f"{otherwise}_{name}"
    return name[:_LONGEST_ID].strip("_") or otherwise


def todos_in(text: str) -> list[tuple[int, str]]:
    """What is still to be decided in a template: line and remark."""
    found = [(number, line.rpartition(MARK)) for number, line in enumerate(text.splitlines(), start=1)]
    return [(number, remark) for number, (_, mark, remark) in found if mark]


def scalar_of(text: str) -> str:
    """The text as YAML, in quotes where it would be read as something else."""
    shown = "".join(character for character in text if character.isprintable())
    if _PLAIN.fullmatch(shown) and shown.lower() not in _WORDS_OF_YAML and " #" not in shown:
        return shown
    return json.dumps(shown, ensure_ascii=False)


class _Ids:
    """Gives every area and every KPI an id of its own."""

    def __init__(self) -> None:
        self.first = ""
        self._used: set[tuple[str, str]] = set()

    def new(self, kind: str, title: str) -> str:
        name = wanted = id_of(title, kind)
        number = 1
        while (kind, name) in self._used:
            number += 1
            name = f"{wanted}_{number}"
        self._used.add((kind, name))
        if kind == "kpi":
            self.first = self.first or name
        return name


def _kra(kra: KraOutline, weight: str, ids: _Ids) -> Iterator[str]:
    yield f"  - id: {ids.new('kra', kra.title)}"
    yield f"    title: {scalar_of(kra.title[:LONGEST_TITLE])}"
    if kra.purpose:
        yield f"    purpose: {scalar_of(kra.purpose)}"
    yield f"    weight: {weight}"
    kpis = kra.kpis or (KpiOutline(f"A KPI of {kra.title}"),)
    weights = weights_of(kpis)
    said = "" if len(kpis) == 1 or "equal" not in weights else "all KPIs of this area weigh the same"
    yield _marked("    kpis:", said if kra.kpis else "the area has no KPI yet; this one is made up")
    for kpi, kpi_weight in zip(kpis, weights, strict=True):
        yield from _kpi(kpi, "100" if len(kpis) == 1 else kpi_weight, ids)


def _kpi(kpi: KpiOutline, weight: str, ids: _Ids) -> Iterator[str]:
    name = ids.new("kpi", kpi.title)
    unit, direction = kpi.unit or unit_of(kpi.title), kpi.direction or direction_of(kpi.title, kpi.bands)
    bands = kpi.bands or bands_of(unit, direction)
    guessed = ["direction"] if kpi.direction is None and not kpi.bands else []
    guessed = ["unit", *guessed] if unit and not kpi.unit else guessed
    yield f"      - id: {name}"
    yield f"        title: {scalar_of(kpi.title[:LONGEST_TITLE])}"
    yield _marked(f"        formula: {name}", "a measure, a column, or arithmetic such as 100 * a / b")
    if unit:
        yield f"        unit: {scalar_of(unit)}"
    yield f"        decimals: {_decimals(unit, bands)}"
    yield _marked(
        f"        direction: {direction.value}", f"{' and '.join(guessed)} guessed from the title" * bool(guessed)
    )
    yield f"        weight: {weight}"
    if weight == "0":
        yield "        monitor: true"
    yield _score(kpi, direction, bands)


def _score(kpi: KpiOutline, direction: Direction, bands: tuple[Decimal, ...]) -> str:
    if direction is Direction.RANGE:
        ranges = "[[80, 300], [110, 260], [140, 240], [170, 220]]"
        return _marked(
            f"        score: {{bands: {{ranges: {ranges}}}}}", "a guess: the ranges that score 2, 3, 4 and 5"
        )
    starts = ", ".join(f"{start:f}" for start in bands)
    return _marked(f"        score: {{bands: [{starts}]}}", "" if kpi.bands else "a guess: where 2, 3, 4 and 5 begin")


def _decimals(unit: str, bands: tuple[Decimal, ...]) -> int:
    """As many as the unit usually has, and as many as the bands need."""
    exponents = [band.normalize().as_tuple().exponent for band in bands]
    needed = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return min(_MOST_DECIMALS, max(needed, DECIMALS.get(unit, 2)))


def _marked(line: str, todo: str) -> str:
    return f"{line}  {MARK}{todo}" if todo else line

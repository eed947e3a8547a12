"""A template on the terminal, as a document that is read from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from appraise.cli.diagnostics import harmless
from appraise.cli.figures import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from appraise.app.template_words import TemplateWords, Told
    from appraise.model.role import Kpi, Role

WIDEST = 108
"""Longer lines are hard to read; a page of a printer has room for as much."""

_USUAL = {
    "missing": "exclude",
    "rollup": "arithmetic",
}
"""What most parts of a template say: told once at its beginning, and not with each part again."""

_NO_DATA = (
    "a KPI without data, or with nothing to count, is left out unless it says otherwise; its weight {}. "
    "Missing is never zero"
)

_LINES: Mapping[str, tuple[str, ...]] = {
    "only where": ("applies_when",),
    "whose": ("level",),
    "value": ("formula", "members", "by_month", "matures_after", "unit", "decimals", "direction"),
    "target": ("target",),
    "score": ("method", "max_score", "min_score"),
    "sample": ("min_sample", "shrinkage"),
    "no data": ("missing", "success_when_empty"),
    "read with": ("pair_with",),
    "influence": ("controllability",),
    "kind": ("category",),
    "source": ("reference", "definition_id"),
}
"""The lines of a KPI: a label, and the keys whose words stand there."""

_ELSEWHERE = frozenset({"title", "weight", "monitor", "definition", *(key for keys in _LINES.values() for key in keys)})


class Page:
    """A document that is never wider than people like to read."""

    def __init__(self, *parts: RenderableType) -> None:
        self._group = Group(*parts)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the parts in a narrower space, without the blanks that would fill lines up."""
        narrow = options.update(width=min(options.max_width, WIDEST))
        for line in console.render_lines(self._group, narrow, pad=False):
            while line and not line[-1].text.strip():
                line.pop()
            if line:
                yield from line[:-1]
                yield line[-1]._replace(text=line[-1].text.rstrip())
            yield Segment.line()


def template_page(role: Role, words: TemplateWords) -> Page:
    """The whole template: what it is, what counts how much, and every rule in words."""
    return Page(
        *_opening(role, words),
        *_glance(role),
        *(part for place, kra in enumerate(words.kras) for part in _area(role, place, kra)),
        *_section("Gates", [_gate(gate) for gate in words.gates]),
        *_section("Adjustments", [_adjustment(one) for one in words.adjustments], _limit(words)),
        *_section("Worked examples", [_example(one) for one in words.examples]),
    )


def _opening(role: Role, words: TemplateWords) -> Iterator[RenderableType]:
    said = words.role.words
    yield _text(role.title, "bold")
    parts = [f"role {role.id}", f"version {role.version}"]
    parts += [f"in force from {said['effective']}"] if "effective" in said else []
    parts += [f"approved by {said['approved_by']}"] if "approved_by" in said else []
    yield _text(", ".join(parts))
    yield _text(role.place.file, "dim")
    yield Text()
    lines = {"scale": said["scale"], "rating": said["min_coverage"]}
    lines["area"] = "the weighted mean of its KPIs" if _has_usual_areas(role) else ""
    lines["policy"] = said.get("policy", "")
    lines["no data"] = _no_data(role, said["unscored_weight"])
    lines["team"] = said["team"] if any(kpi.level == "team" or kpi.members for kpi in role.kpis) else ""
    lines["accepted"] = said.get("accepted", "")
    yield _grid(lines)


def _no_data(role: Role, goes: str) -> str:
    """What is told once for all KPIs, where there is one that leaves its weight to others."""
    usual = any(str(kpi.missing) == _USUAL["missing"] for kpi in role.kpis)
    return _NO_DATA.format(goes) if usual else ""


def _has_usual_areas(role: Role) -> bool:
    return any(kra.rollup == _USUAL["rollup"] for kra in role.kras)


def _glance(role: Role) -> Iterator[RenderableType]:
    """What counts how much: every area and KPI with its weight in the overall."""
    yield Text()
    yield _rule("What counts how much")
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for kra in role.kras:
        table.add_row(_text(kra.title, "bold"), _text(percent(float(kra.weight)), "bold"))
        for kpi in kra.kpis:
            share = float(kra.weight * kpi.weight / 100)
            table.add_row(_text(f"  {kpi.title}"), _text("watched only" if kpi.monitor else percent(share)))
    yield table


def _area(role: Role, place: int, told: Told) -> Iterator[RenderableType]:
    kra = role.kras[place]
    yield Text()
    yield _rule(f"{kra.title}, {told.words['weight']}")
    yield from (_text(_capital(told.words[key])) for key in ("purpose", "category") if key in told.words)
    if kra.rollup != _USUAL["rollup"]:
        yield _grid({"score": told.words["rollup"]})
    for kpi, words in zip(kra.kpis, told.parts, strict=True):
        yield Text()
        yield from _kpi(kpi, words.words)


def _kpi(kpi: Kpi, words: Mapping[str, str]) -> Iterator[RenderableType]:
    heading = Text(harmless(kpi.title), style="bold")
    yield heading.append(harmless(f" · {words.get('monitor') or words['weight']}"), style="not bold")
    if "definition" in words:
        yield Padding(_text(words["definition"]), (0, 0, 0, 2))
    told = {key: text for key, text in words.items() if _USUAL.get(key) != str(getattr(kpi, key, ""))}
    lines = {label: "; ".join(told[key] for key in keys if key in told) for label, keys in _LINES.items()}
    others = {key.replace("_", " "): text for key, text in told.items() if key not in _ELSEWHERE}
    yield _grid({**lines, **others})


def _gate(told: Told) -> tuple[str, dict[str, str]]:
    words = told.words
    lines = {"caps": f"{words['caps']} {words.get('caps_by_severity', words['cap_at'])}", "where": words["when"]}
    lines |= {"only where": words.get("applies_when", ""), "severity": words.get("severity", "")}
    if "open_when" in words:
        lines["provisional"] = f"where {words['open_when']}. {words.get('says_open', '')}"
    return words.get("says", told.id), lines


def _adjustment(told: Told) -> tuple[str, dict[str, str]]:
    return told.words.get("says", told.id), {"adds": told.words["add"], "where": told.words["when"]}


def _limit(words: TemplateWords) -> str:
    return _capital(words.role.words["adjustments_limit"])


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _example(told: Told) -> tuple[str, dict[str, str]]:
    return told.id, {"given": told.words.get("given", "nothing"), "comes to": told.words.get("expect", "")}


def _section(title: str, things: Sequence[tuple[str, Mapping[str, str]]], about: str = "") -> Iterator[RenderableType]:
    if not things:
        return
    yield Text()
    yield _rule(title)
    if about:
        yield _text(about)
    for place, (name, lines) in enumerate(things):
        if place or about:
            yield Text()
        yield _text(name, "bold")
        yield _grid(lines)


def _grid(lines: Mapping[str, str]) -> RenderableType:
    """Labels with what they say, indented; nothing where there is nothing to say."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=10)
    grid.add_column(overflow="fold")
    for label, text in lines.items():
        if text:
            grid.add_row(label, _text(text))
    return Padding(grid, (0, 0, 0, 2))


def _rule(title: str) -> Rule:
    return Rule(_text(title, "bold cyan"), align="left", style="dim")


def _text(text: str, style: str = "") -> Text:
    return Text(harmless(text), style=style)

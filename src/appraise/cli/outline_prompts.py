"""Asking for a new template's areas and KPIs on a terminal, with a guess for every answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from appraise.model.place import Place
from appraise.model.role import Direction
from appraise.roles.outlines.guesses import bands_of, direction_of, unit_of
from appraise.roles.outlines.outline import KpiOutline, KraOutline, Outline, number_in, numbers_in
from appraise.roles.outlines.weights import weight_problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

_STARTS = 4


def outline_asked(title: str) -> Outline:
    """The outline that somebody types in; questions go to standard error, so that JSON stays clean."""
    click.echo("A blank answer ends a list, or takes what stands in brackets. Ctrl-C writes nothing.", err=True)
    title = _asked("Title of the job", title)
    kras: list[KraOutline] = []
    while name := _asked(f"Area (KRA) {len(kras) + 1}"):
        weight = _weight("  its weight in percent (blank: all weigh the same)")
        kras.append(KraOutline(name, _kpis(), _asked("  what it is for, in a sentence"), weight))
    return _that_adds_up(Outline(tuple(kras), title))


def _that_adds_up(outline: Outline) -> Outline:
    """The outline without its weights where they cannot come to 100: nobody has to type all of it again."""
    problems = list(weight_problems(outline, Place("")))
    for problem in problems:
        click.echo(f"{problem.message}: for now all weigh the same", err=True)
    if not problems:
        return outline
    bare = [
        replace(kra, weight=None, kpis=tuple(replace(kpi, weight=None) for kpi in kra.kpis)) for kra in outline.kras
    ]
    return replace(outline, kras=tuple(bare))


def _kpis() -> tuple[KpiOutline, ...]:
    kpis: list[KpiOutline] = []
    while title := _asked(f"  KPI {len(kpis) + 1}"):
        unit = _asked("    unit", unit_of(title) or "number")
        direction = Direction(_asked("    better is: higher, lower or range", direction_of(title).value, _direction))
        weight = _weight("    its weight in the area (blank: all weigh the same)")
        kpis.append(KpiOutline(title, weight, unit, direction, _bands(unit, direction)))
    return tuple(kpis)


def _bands(unit: str, direction: Direction) -> tuple[Decimal, ...]:
    """Where the scores begin; what is only confirmed stays a guess and is marked as one."""
    if direction is Direction.RANGE:
        return ()
    guess = ", ".join(f"{start:f}" for start in bands_of(unit, direction))
    written = _asked("    where the scores 2, 3, 4 and 5 begin", guess, _starts)
    return () if written == guess else numbers_in(written) or ()


def _weight(question: str) -> Decimal | None:
    return number_in(_asked(question, check=_number))


def _asked(question: str, default: str = "", check: Callable[[str], str] | None = None) -> str:
    answer: Any = click.prompt(question, default=default, show_default=bool(default), value_proc=check, err=True)
    return str(answer).strip()


def _number(written: str) -> str:
    if written.strip() and number_in(written) is None:
        raise click.BadParameter("write a number like 25, or nothing")
    return written


def _direction(written: str) -> str:
    if written.strip().lower() not in list(Direction):
        raise click.BadParameter("write higher, lower or range")
    return written.strip().lower()


def _starts(written: str) -> str:
    if len(numbers_in(written) or ()) != _STARTS:
        raise click.BadParameter("write four numbers with commas: 60, 70, 78, 85")
    return written

"""Two templates side by side: what changed, who moves, and how many have each label then."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from appraise.cli.diagnostics import harmless
from appraise.cli.figures import NOTHING, score
from appraise.cli.tables import REASONS, table_of, titled
from appraise.cli.template import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from appraise.app.compare_roles import RolesCompared
    from appraise.app.differences import Change
    from appraise.app.moves import Move, Rated
    from appraise.model.role import Role

_THINGS = {"template": "template", "kra": "area", "kpi": "KPI", "gate": "gate", "adjustment": "adjustment"}
_SHORT = 78
"""Two texts that together are not longer stand on one line."""


def comparison(answer: RolesCompared) -> Iterator[RenderableType]:
    """The changes, then the people; nothing where one of the templates is not there."""
    before, after = answer.before, answer.after
    if before is None or after is None:
        return
    yield Text(harmless(f"{_called(before)} → {_called(after, before)}"), style="bold")
    yield Text(harmless(f"{before.place.file} → {after.place.file}"), style="dim")
    yield Text()
    if not answer.changes:
        yield "the rules are the same"
    for (thing, name), changes in groupby(answer.changes, key=lambda change: (change.thing, change.id)):
        yield from _changed(thing, name, list(changes))
    if answer.people is None or answer.period is None:
        return
    yield Text()
    if not answer.people:
        yield f"nobody is on either role in {answer.period.title}"
        return
    yield titled(f"People in {answer.period.title}", _people(answer.people))
    yield titled("How many have each label", _labels(answer.people, (before, after)))
    yield _summary(answer.people)


def compared_json(answer: RolesCompared) -> dict[str, Any]:
    """The changes, and everybody before and after; `people` is null where nobody was scored."""
    changes = [
        {"kind": one.kind, "thing": one.thing, "id": one.id, "before": one.before, "after": one.after}
        for one in answer.changes
    ]
    people = None
    if answer.people is not None:
        people = [
            {"person": one.person, "before": _rated(one.before), "after": _rated(one.after)} for one in answer.people
        ]
    return {"changes": changes, "people": people}


def _rated(one: Rated) -> dict[str, Any]:
    return {"overall": one.overall, "label": one.label, "status": one.status, "reason": one.reason}


def _called(role: Role, other: Role | None = None) -> str:
    """The template with its version; the version alone beside another one of the same role."""
    known = other is not None and (role.id, role.title) == (other.id, other.title)
    return role.version if known else f"{role.title} ({role.id}), version {role.version}"


def _changed(thing: str, name: str, changes: Sequence[Change]) -> Iterator[RenderableType]:
    """A thing with what is different about it."""
    title = changes[0].title
    heading = _THINGS[thing] if thing == "template" else f"{_THINGS[thing]} {title}"
    line = Text(harmless(heading), style="bold")
    line.append("" if title == name or thing == "template" else harmless(f" ({name})"), style="not bold dim")
    if changes[0].kind in {"added", "removed"}:
        line.append(f" {changes[0].kind}", style="green" if changes[0].kind == "added" else "red")
        says = changes[0].after or changes[0].before or ""
        yield line.append("" if says == title else harmless(f": {says}"), style="not bold")
        return
    yield line
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=12)
    grid.add_column(overflow="fold")
    for change in changes:
        grid.add_row(harmless(f"  {change.kind.replace('_', ' ')}"), _both(change))
    yield Page(grid)


def _both(change: Change) -> Text:
    """The words before and after: on one line where they are short."""
    before, after = harmless(change.before or "nothing"), harmless(change.after or "nothing")
    if len(before) + len(after) <= _SHORT:
        return Text.assemble((before, "red"), " → ", (after, "green"))
    return Text.assemble((f"− {before}", "red"), "\n", (f"+ {after}", "green"))


def _people(moves: Sequence[Move]) -> Table:
    columns = ("person", "name", "before", "after", "change", "label")
    return table_of(columns, [_row(move) for move in moves])


def _row(move: Move) -> tuple[str, ...]:
    change = NOTHING if move.change is None else f"{move.change:+.2f}".replace("-", "−").replace("+0.00", "0.00")
    before, after = _label(move.before), _label(move.after)
    label = before if before == after else f"{before} → {after}"
    return move.person, move.name, score(move.before.overall), score(move.after.overall), change, label


def _label(one: Rated) -> str:
    """The label, or why there is none."""
    if one.label is not None:
        return one.label
    reason = REASONS.get(one.reason, one.reason)
    return (f"{one.status}: {reason}" if reason else one.status).replace("_", " ")


def _labels(moves: Sequence[Move], roles: tuple[Role, Role]) -> Table:
    """How many people have each label before and after, the lowest label first, and those without one."""
    before, after = (Counter(rated.label for rated in side) for side in zip(*_sides(moves), strict=True))
    known = [label for role in roles for label in sorted(role.scale.labels, key=lambda one: one.start)]
    names = list(dict.fromkeys(one.label for one in known))
    rows = [(name, str(before[name]), str(after[name])) for name in names]
    if before[None] or after[None]:
        rows.append(("without a rating", str(before[None]), str(after[None])))
    return table_of(("label", "before", "after"), rows)


def _sides(moves: Sequence[Move]) -> Iterator[tuple[Rated, Rated]]:
    return ((move.before, move.after) for move in moves)


def _summary(moves: Sequence[Move]) -> str:
    changes = [move.change for move in moves if move.change is not None]
    up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    labels = sum(move.before.label != move.after.label for move in moves)
    stay, unrated = len(changes) - up - down, len(moves) - len(changes)
    people = f"{len(moves):,} {'person' if len(moves) == 1 else 'people'}"
    others = f", {unrated:,} not rated on both" if unrated else ""
    return f"{people}: {up:,} up, {down:,} down, {stay:,} with the same score{others}; {labels:,} with another label"

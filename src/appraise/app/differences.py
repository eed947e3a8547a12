"""What changed between two templates, thing by thing and key by key, in words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from appraise.app.kpi_words import KPI_WORDS
from appraise.app.rule_words import ADJUSTMENT_WORDS, GATE_WORDS, KRA_WORDS, ROLE_WORDS
from appraise.app.wording import Telling, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from appraise.app.wording import Wording
    from appraise.model.role import Role

    Words = Mapping[str, Callable[[Telling[Any]], str]]

_OF_NO_KEY = frozenset(
    {"id", "place", "places", "sha256", "edition", "kras", "kpis", "gates", "adjustments", "examples"}
    | {"equal_kras", "equal_kpis"}
)
"""Fields that are no key with a rule of its own: names, places, and the things that are compared for themselves."""

_KEYS = {"method": "score"}
"""Keys of a template whose field has another name."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change: `kind` is `added`, `removed` or the key that says something else now, `before` and `after` in words.

    `thing` is `template`, `kra`, `kpi`, `gate` or `adjustment`, `title` what people call it. A KPI that moved has the
    kind `kra`.
    """

    kind: str
    thing: str
    id: str
    before: str | None
    after: str | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two templates, and what their rules are said with."""

    before: Role
    after: Role
    wording: Wording


def changes_between(before: Role, after: Role, wording: Wording) -> tuple[Change, ...]:
    """Everything that is another rule in the second template, in the order of the templates.

    Places, order and the way in which a rule is written make no difference; worked examples are no rules.
    """
    pair = _Pair(before, after, wording)
    return (
        *_keys(pair, "template", (before, after), ROLE_WORDS),
        *_things(pair, "kra", (before.kras, after.kras), KRA_WORDS),
        *_moved(pair),
        *_things(pair, "kpi", (before.kpis, after.kpis), KPI_WORDS),
        *_things(pair, "gate", (before.gates, after.gates), GATE_WORDS),
        *_things(pair, "adjustment", (before.adjustments, after.adjustments), ADJUSTMENT_WORDS),
    )


def _things(pair: _Pair, thing: str, lists: tuple[Sequence[Any], Sequence[Any]], words: Words) -> Iterator[Change]:
    """Things of one kind that were added or removed, and the keys of those that both templates have."""
    old, new = ({one.id: one for one in things} for things in lists)
    for name in dict.fromkeys([*old, *new]):
        if name not in new:
            yield Change("removed", thing, name, _says(old[name]), None, _title(old[name]))
        elif name not in old:
            yield Change("added", thing, name, None, _says(new[name]), _title(new[name]))
        else:
            yield from _keys(pair, thing, (old[name], new[name]), words)


def _keys(pair: _Pair, thing: str, both: tuple[Any, Any], words: Words) -> Iterator[Change]:
    """The keys that say something else."""
    old, new = both
    for name in (one.name for one in fields(old) if one.name not in _OF_NO_KEY):
        raw = bare(getattr(old, name)), bare(getattr(new, name))
        if raw[0] == raw[1]:
            continue
        said = _said(pair, both, name, words)
        # Two formulas may be said alike: a measure can have the title of another.
        before, after = said if said[0] != said[1] else (_written(raw[0]), _written(raw[1]))
        yield Change(_KEYS.get(name, name), thing, new.id, before or None, after or None, _title(new))


def _said(pair: _Pair, both: tuple[Any, Any], name: str, words: Words) -> tuple[str, str]:
    """What a key says in both templates; nothing where it has no words."""
    if name not in words:
        return "", ""
    old, new = both
    said = words[name]
    return said(Telling(old, pair.before, pair.wording)), said(Telling(new, pair.after, pair.wording))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _moved(pair: _Pair) -> Iterator[Change]:
    """KPIs that are in another area now."""
    old, new = ({kpi.id: (kra, kpi) for kra in role.kras for kpi in kra.kpis} for role in (pair.before, pair.after))
    for name, (kra, kpi) in new.items():
        if name in old and old[name][0].id != kra.id:
            yield Change("kra", "kpi", name, old[name][0].title, kra.title, kpi.title)


def _says(thing: Any) -> str:
    """What a thing is about, in its own words."""
    return str(getattr(thing, "says", "") or _title(thing))


def _title(thing: Any) -> str:
    """What people call a thing; a gate or an adjustment has no title, and is called by its id."""
    return str(getattr(thing, "title", "") or thing.id)

"""Laying a template over the one that it extends: by id and key by key, every value keeping its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.nodes import Document, Entry, ListNode, MappingNode, Node, Scalar
from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.model.place import Place

OWN_KEYS = frozenset({"role", "extends", "remove", "examples", "effective", "approved_by", "accepted"})
"""What a template says for itself alone: what was approved, accepted or worked out of the one is not of the other."""

LISTS = {"kras": "kra", "gates": "gate", "adjustments": "adjustment"}


def laid_over(own: Document, beneath: Document) -> tuple[Document, list[Problem]]:
    """The template `own` completed by what `beneath` says and `remove` does not take away.

    Entries of `kras`, `kpis`, `gates` and `adjustments` with the same id become one, key by key; new ones come last.
    """
    if not isinstance(own.root, MappingNode) or not isinstance(beneath.root, MappingNode):
        return own, []
    removed, problems = _removals(own, beneath)
    inherited = {key: entry for key, entry in beneath.root.entries.items() if not _own(key)}
    for key, kind in LISTS.items():
        if key in inherited:
            inherited[key] = Entry(inherited[key].key_place, _without(inherited[key].node, kind, removed))
    entries = dict(own.root.entries)
    for key, entry in inherited.items():
        mine = entries.get(key)
        if mine is None:
            entries[key] = entry
        elif key in LISTS:
            entries[key] = Entry(mine.key_place, _merged_list(entry.node, mine.node))
    refused = own.refused | beneath.refused
    return Document(MappingNode(entries, own.root.place), own.shown, own.lines, own.content, refused), problems


def _own(key: str) -> bool:
    return key in OWN_KEYS or key.startswith("x-")


def _merged_list(beneath: Node, own: Node) -> Node:
    if not isinstance(beneath, ListNode) or not isinstance(own, ListNode):
        return own
    waiting: dict[str, Node] = {}
    further = []
    for item in own.items:
        name = _id(item)
        if name and name not in waiting and any(_id(other) == name for other in beneath.items):
            waiting[name] = item
        else:
            further.append(item)
    merged = [_merged_item(item, waiting[_id(item)]) if _id(item) in waiting else item for item in beneath.items]
    return ListNode((*merged, *further), own.place)


def _merged_item(beneath: Node, own: Node) -> Node:
    if not isinstance(beneath, MappingNode) or not isinstance(own, MappingNode):
        return own
    entries = {**_without_other_caps(beneath.entries, own.entries), **own.entries}
    if "kpis" in beneath.entries and "kpis" in own.entries:
        mine = own.entries["kpis"]
        entries["kpis"] = Entry(mine.key_place, _merged_list(beneath.entries["kpis"].node, mine.node))
    return MappingNode(entries, own.place)


def _without_other_caps(beneath: Mapping[str, Entry], own: Mapping[str, Entry]) -> dict[str, Entry]:
    """What is inherited without the one way to say a gate's cap where the own template says the other."""
    by_severity = {"severity", "caps_by_severity"}
    dropped = by_severity if "cap_at" in own else {"cap_at"} if by_severity & own.keys() else set()
    return {key: entry for key, entry in beneath.items() if key not in dropped}


def _without(node: Node, kind: str, removed: frozenset[str]) -> Node:
    """The list without removed entries, and KRAs without removed KPIs."""
    if not isinstance(node, ListNode):
        return node
    kept: list[Node] = []
    for item in node.items:
        if f"{kind}.{_id(item)}" in removed:
            continue
        if isinstance(item, MappingNode) and kind == "kra" and "kpis" in item.entries:
            kpis = item.entries["kpis"]
            left = Entry(kpis.key_place, _without(kpis.node, "kpi", removed))
            kept.append(MappingNode({**item.entries, "kpis": left}, item.place))
        else:
            kept.append(item)
    return ListNode(tuple(kept), node.place)


def _removals(own: Document, beneath: Document) -> tuple[frozenset[str], list[Problem]]:
    known = set(_names(beneath.root))
    removed, problems = set(), []
    for word, place in _words(own.node("remove")):
        matching = {name for name in known if word in (name, name.split(".", 1)[1])}
        removed |= matching
        if not matching:
            message = f"'remove' names '{word[:80]}', and nothing of that id is inherited"
            hint = (
                did_you_mean(word, {name.split(".", 1)[1] for name in known}) or "write the id of something inherited"
            )
            problems.append(Problem(place, code="unknown-removal", message=message, hint=hint))
    return frozenset(removed), problems


def _words(node: Node | None) -> Iterator[tuple[str, Place]]:
    for item in node.items if isinstance(node, ListNode) else ():
        if isinstance(item, Scalar) and isinstance(item.value, str):
            yield item.value, item.place


def _names(root: Node) -> Iterator[str]:
    """`kra.x`, `kpi.y` … of everything that has an id."""
    entries = root.entries if isinstance(root, MappingNode) else {}
    for key, kind in {**LISTS, "kpis": "kpi"}.items():
        found = entries[key].node if key in entries else None
        for item in found.items if isinstance(found, ListNode) else ():
            if _id(item):
                yield f"{kind}.{_id(item)}"
            if kind == "kra":
                yield from _names(item)


def _id(node: Node) -> str:
    entry = node.entries.get("id") if isinstance(node, MappingNode) else None
    return entry.node.raw if entry and isinstance(entry.node, Scalar) else ""

"""New nodes out of the nodes of files, every value keeping its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.nodes import Entry, ListNode, MappingNode, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from appraise.model.place import Place


def items(node: Node | None) -> tuple[MappingNode, ...]:
    """The mappings in a list; none where there is no list."""
    found = node.items if isinstance(node, ListNode) else ()
    return tuple(item for item in found if isinstance(item, MappingNode))


def entries(node: Node, key: str) -> Mapping[str, Entry]:
    """The entries of the mapping under a key; none where there is no mapping."""
    found = node.entries[key].node if isinstance(node, MappingNode) and key in node.entries else None
    return found.entries if isinstance(found, MappingNode) else {}


def text(node: Node, key: str) -> str:
    """The scalar under a key as it is written, or the empty text."""
    found = node.entries[key].node if isinstance(node, MappingNode) and key in node.entries else None
    return found.raw if isinstance(found, Scalar) else ""


def scalar(value: str, place: Place) -> Scalar:
    """A text that stands in no file, at the place that it comes from."""
    return Scalar(value, value, place, place)


def mapping(given: Mapping[str, Node], place: Place) -> MappingNode:
    """A mapping that stands in no file."""
    return MappingNode({key: Entry(node.place, node) for key, node in given.items()}, place)


def laid(own: Node, beneath: MappingNode) -> MappingNode:
    """The keys of both; where both have one, the value of `own`."""
    given = own.entries if isinstance(own, MappingNode) else {}
    return MappingNode({**beneath.entries, **given}, own.place)


def without(node: MappingNode, keys: Collection[str]) -> MappingNode:
    """The mapping without some of its keys."""
    return MappingNode({key: entry for key, entry in node.entries.items() if key not in keys}, node.place)


def changed(node: Node, key: str, change: Callable[[Sequence[Node]], Sequence[Node]]) -> Node:
    """The mapping with the items of the list under the key changed; as it is where there is no such list."""
    entry = node.entries.get(key) if isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or entry is None or not isinstance(entry.node, ListNode):
        return node
    listed = ListNode(tuple(change(entry.node.items)), entry.node.place)
    return MappingNode({**node.entries, key: Entry(entry.key_place, listed)}, node.place)

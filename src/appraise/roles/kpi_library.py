"""KPIs that are defined once, in a library, for the templates of several roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from appraise.documents.nodes import ListNode, MappingNode
from appraise.model.problem import Problem
from appraise.roles.trees import entries, items, laid, mapping, scalar, text, without

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from appraise.documents.nodes import Document, Node

LEFT_TO_ROLES = frozenset({"weight", "monitor", "variants"})
"""What of a KPI the templates that use it say, and what only a library has."""


@dataclass(frozen=True, slots=True)
class KpiLibrary:
    """A file with `library:`; `layer` counts folders from the nearest, `readable` says that nothing was refused."""

    name: str
    layer: int
    document: Document
    readable: bool

    @property
    def kpis(self) -> Mapping[str, MappingNode]:
        """Its KPIs by id."""
        return {name: item for item in items(self.document.node("kpis")) if (name := text(item, "id"))}


def nearest_libraries(found: Sequence[KpiLibrary]) -> tuple[dict[str, KpiLibrary], list[Problem]]:
    """The library of each name in the nearest folder; two of one name in one folder are a problem."""
    libraries: dict[str, KpiLibrary] = {}
    problems = []
    for library in found:
        first = libraries.setdefault(library.name, library)
        if first is not library and first.layer == library.layer:
            message = f"library '{library.name}' is already in {first.document.shown}"
            place = library.document.place("library")
            problems.append(Problem(place, code="duplicate-library", message=message, hint="rename one of them"))
    return libraries, problems


def trial_of(library: KpiLibrary) -> Document:
    """A template that uses every KPI of the library in every variant, so that a check sees all of it."""
    place = library.document.place("library")
    name = scalar(library.name, place)
    kpis = ListNode(tuple(_weighing(kpi) for kpi in _all_of(library)), place)
    kra = mapping({"id": name, "title": name, "weight": scalar("equal", place), "kpis": kpis}, place)
    root: dict[str, Node] = {
        "role": name,
        "title": name,
        "version": scalar("1", place),
        "kras": ListNode((kra,), place),
    }
    own = library.document.root.entries if isinstance(library.document.root, MappingNode) else {}
    root |= {key: own[key].node for key in ("language", "scale") if key in own}
    return replace(library.document, root=mapping(root, place))


def _all_of(library: KpiLibrary) -> Iterator[MappingNode]:
    """Every KPI, and after it those of its variants."""
    for kpi in items(library.document.node("kpis")):
        yield without(kpi, LEFT_TO_ROLES)
        for name, variant in entries(kpi, "variants").items():
            called = mapping({"id": scalar(f"{text(kpi, 'id')}_{name}", variant.node.place)}, variant.node.place)
            yield laid(called, without(laid(variant.node, kpi), LEFT_TO_ROLES))


def _weighing(kpi: MappingNode) -> MappingNode:
    return laid(mapping({"weight": scalar("equal", kpi.place)}, kpi.place), kpi)

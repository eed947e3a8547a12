"""Writing out the KPIs that a template takes from libraries: `{use: collections.cei, variant: seed_wording}`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.documents.nodes import Document, MappingNode
from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem
from appraise.roles.kpi_library import LEFT_TO_ROLES
from appraise.roles.trees import changed, entries, laid, mapping, scalar, text, without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from appraise.documents.nodes import Node
    from appraise.model.place import Place
    from appraise.roles.files import Template
    from appraise.roles.kpi_library import KpiLibrary

_OF_THE_USE = frozenset({"use", "variant"})
_OF_EVERY_KPI = frozenset({"id", "title", "formula", "score"})


def with_used_kpis(template: Template, libraries: Mapping[str, KpiLibrary]) -> tuple[Template, list[Problem]]:
    """The template with every `use` written out: the library's keys under the template's own.

    The content, of which the template's fingerprint is made, then also holds the libraries that it uses. A KPI that
    cannot be found counts as refused, so that nobody asks for the keys it would have brought.
    """
    reader, own = _Reader(libraries), template.document
    root = changed(own.root, "kras", reader.kras)
    if not reader.used and not reader.problems:
        return template, []
    used = [libraries[name] for name in sorted(reader.used)]
    content = b"\0".join([own.content, *(library.document.content for library in used)])
    document = Document(root, own.shown, own.lines, content, own.refused | reader.refused)
    readable = template.readable and not reader.problems and all(library.readable for library in used)
    return replace(template, document=document, readable=readable), reader.problems


class _Reader:
    """Writes out KPIs, and keeps which libraries they came from and what was wrong."""

    def __init__(self, libraries: Mapping[str, KpiLibrary]) -> None:
        self.used: set[str] = set()
        self.refused: frozenset[Place] = frozenset()
        self.problems: list[Problem] = []
        self._libraries = libraries

    def kras(self, kras: Sequence[Node]) -> list[Node]:
        return [changed(kra, "kpis", lambda kpis: [self._kpi(kpi) for kpi in kpis]) for kra in kras]

    def _kpi(self, kpi: Node) -> Node:
        if not isinstance(kpi, MappingNode) or not _OF_THE_USE & set(kpi.entries):
            return kpi
        problem = _problem(kpi, self._libraries)
        if problem is not None:
            self.problems.append(problem)
            self.refused |= {kpi.place}
            return without(kpi, _OF_THE_USE)
        self.used.add(text(kpi, "use").partition(".")[0])
        whole = _laid_out(kpi, self._libraries)
        if not set(whole.entries) >= _OF_EVERY_KPI:  # which is told of the library
            self.refused |= {kpi.place}
        return whole


def _laid_out(kpi: MappingNode, libraries: Mapping[str, KpiLibrary]) -> MappingNode:
    """The library's KPI in the wanted variant, under the template's own keys and with the name of its definition.

    With a formula of its own it is another figure, which has no right to the name.
    """
    called, variant = text(kpi, "use"), text(kpi, "variant")
    library, _, name = called.partition(".")
    found = libraries[library].kpis[name]
    beneath = laid(entries(found, "variants")[variant].node, found) if variant else found
    if "formula" in kpi.entries:
        return laid(without(kpi, _OF_THE_USE), without(beneath, LEFT_TO_ROLES))
    place = kpi.entries["use"].node.place
    definition = mapping({"definition_id": scalar(f"{called}.{variant}" if variant else called, place)}, place)
    return laid(without(kpi, _OF_THE_USE), laid(definition, without(beneath, LEFT_TO_ROLES)))


def _problem(kpi: MappingNode, libraries: Mapping[str, KpiLibrary]) -> Problem | None:
    """Why the KPI cannot be taken from a library, if it cannot."""
    called, variant = text(kpi, "use"), text(kpi, "variant")
    if not called:
        message, hint = "'variant' chooses nothing without 'use'", "add `use: LIBRARY.KPI`, or leave it out"
        return Problem(kpi.entries["variant"].key_place, code="variant-without-use", message=message, hint=hint)
    library, _, name = called.partition(".")
    if library not in libraries:
        message = f"'use' names the library '{library[:80]}', and there is none of that name"
        hint = did_you_mean(library, libraries) or f"there is {', '.join(sorted(libraries)) or 'none at all'}"
        return Problem(kpi.entries["use"].node.place, code="unknown-library", message=message, hint=hint)
    kpis = libraries[library].kpis
    if name not in kpis:
        message = f"'use' names '{name[:80]}', and the library '{library}' has no such KPI"
        hint = did_you_mean(name, kpis) or "write `use: LIBRARY.KPI` with the id of a KPI in it"
        return Problem(kpi.entries["use"].node.place, code="unknown-library-kpi", message=message, hint=hint)
    variants = entries(kpis[name], "variants")
    if variant and variant not in variants:
        message = f"'{called}' has no variant '{variant[:80]}'"
        hint = did_you_mean(variant, variants) or f"there is {', '.join(variants) or 'none: leave it out'}"
        return Problem(kpi.entries["variant"].node.place, code="unknown-variant", message=message, hint=hint)
    return None

"""Naming the thing of a template that a path lies in, by its id and never by its number in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from appraise.documents.nodes import Document

_KINDS = {"kras": "KRA", "kpis": "KPI", "gates": "gate", "adjustments": "adjustment", "examples": "example"}


def thing_of(document: Document) -> Callable[[tuple[str | int, ...]], str]:
    """A function from paths to names such as `KPI 'promise_kept'`; the empty text for the file as a whole."""

    def named(path: tuple[str | int, ...]) -> str:
        found, data = "", document.data
        for above, step in zip(("", *path), path, strict=False):
            data = _child(data, step)
            if isinstance(step, int) and above in _KINDS:
                found = _name(_KINDS[str(above)], data) or f"a {_KINDS[str(above)]} {_within(found)}".strip()
        return found

    return named


def _child(data: Any, step: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None


def _name(kind: str, data: Any) -> str:
    if not isinstance(data, dict):
        return ""
    name = data.get("name" if kind == "example" else "id") or data.get("title")
    return f"{kind} '{str(name)[:80]}'" if isinstance(name, str | int | float) else ""


def _within(found: str) -> str:
    return f"of {found}" if found else ""

"""Where a schema knows a key that was written elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST = 8
"""Levels of keys that are searched."""

MOST_HOMES = 3
"""A key that is known in more places than this belongs to none in particular."""

_MANY = "*"


def home_of(key: str, schema: Mapping[str, Any]) -> str:
    """Under what the key belongs, in words, or the empty text where the schema knows it nowhere or in too many places.

    Args:
        key: the key as written.
        schema: the whole schema.
    """
    if key not in str(schema):
        return ""
    homes = list(dict.fromkeys(_said(path) for name, path in _keys(schema, schema, ()) if name == key))
    return f"it belongs {' or '.join(homes)}" if 0 < len(homes) <= MOST_HOMES else ""


def _keys(part: Any, schema: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every key that can be written, with the keys above it; `*` stands for chosen names and entries of lists."""
    if not isinstance(part, dict) or len(path) > DEEPEST:
        return
    if "$ref" in part:
        yield from _keys(_target(part["$ref"], schema), schema, path)
    for keyword in ("anyOf", "oneOf", "allOf"):
        for branch in part.get(keyword, []):
            yield from _keys(branch, schema, path)
    for name, inner in part.get("properties", {}).items():
        yield name, path
        yield from _keys(inner, schema, (*path, name))
    for keyword in ("additionalProperties", "items"):
        yield from _keys(part.get(keyword), schema, (*path, _MANY))


def _target(reference: str, schema: Mapping[str, Any]) -> Any:
    found: Any = schema
    for step in reference.removeprefix("#/").split("/"):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _said(path: tuple[str, ...]) -> str:
    names = [name for name in path if name != _MANY]
    if not names:
        return "to the file itself, without blanks before it"
    return f"under an entry of {names[-1]}:" if path[-1] == _MANY else f"under {names[-1]}:"

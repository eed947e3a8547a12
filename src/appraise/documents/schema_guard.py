"""Reading a JSON Schema, refusing what could fetch, recurse or run for ever."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_STEPS = 10_000
"""Subschemas that may have to be tried on one and the same value."""

LONGEST_LIMIT = 1_000_000

_IN_PLACE = ("allOf", "anyOf", "oneOf")
_IN_PLACE_SINGLE = ("not", "if", "then", "else", "$ref")
_NESTED_QUANTIFIER = re.compile(r"\([^()]*[+*][^()]*\)\s*[+*{]|\([^()]*\|[^()]*\)\s*[+*]")


class SchemaUnusable(ValueError):
    """The schema itself cannot be used; the text says why."""


def load_schema(text: str) -> Mapping[str, Any]:
    """A JSON Schema of draft 2020-12 that only refers to its own parts.

    Raises:
        SchemaUnusable: it is no such schema, or checking with it could fetch something or never end.
    """
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SchemaUnusable(f"no JSON: {error}") from error
    if not isinstance(schema, dict):
        raise SchemaUnusable("a schema is a JSON object")
    if schema.get("$schema", DIALECT) != DIALECT:
        raise SchemaUnusable(f"only the dialect {DIALECT} is understood")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise SchemaUnusable(f"no valid schema at {error.json_path}: {error.message[:200]}") from error
    for part in _parts(schema):
        _check_part(part, schema)
    _steps(schema, schema, {}, ())
    return schema


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def _check_part(part: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    reference = part.get("$ref")
    if isinstance(reference, str):
        _target(reference, schema)
    if any(key in part for key in ("$dynamicRef", "$recursiveRef")):
        raise SchemaUnusable("dynamic references are not understood")
    pattern = part.get("pattern")
    if isinstance(pattern, str) and _NESTED_QUANTIFIER.search(pattern):
        raise SchemaUnusable(f"the pattern {pattern!r} repeats a repetition, which can run for ever")
    if part.get("uniqueItems") is True and not isinstance(part.get("maxItems"), int):
        raise SchemaUnusable("uniqueItems needs maxItems beside it, or a long list takes for ever")
    for key in ("minLength", "maxLength", "minItems", "maxItems"):
        if isinstance(part.get(key), int | float) and part[key] > LONGEST_LIMIT:
            raise SchemaUnusable(f"{key} is larger than {LONGEST_LIMIT:,}")


def _target(reference: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if not reference.startswith("#"):
        raise SchemaUnusable(f"the reference {reference!r} leads out of the schema")
    found: Any = schema
    for step in reference[1:].strip("/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if name:
            found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise SchemaUnusable(f"the reference {reference!r} leads nowhere")
    return found


def _steps(part: Any, schema: Mapping[str, Any], known: dict[int, int], above: tuple[int, ...]) -> int:
    """How many subschemas are tried in place; a cycle without any step into the value would never end."""
    if not isinstance(part, dict):
        return 1
    if id(part) in above:
        raise SchemaUnusable("the schema refers to itself in a circle")
    if id(part) not in known:
        inner = [one for key in _IN_PLACE for one in part.get(key, [])]
        inner += [part[key] for key in _IN_PLACE_SINGLE if key in part and key != "$ref"]
        inner += [_target(part["$ref"], schema)] if "$ref" in part else []
        known[id(part)] = 1 + sum(_steps(one, schema, known, (*above, id(part))) for one in inner)
        if known[id(part)] > MOST_STEPS:
            raise SchemaUnusable("checking one value takes too many steps")
        for deeper in _deeper(part):
            _steps(deeper, schema, known, ())
    return known[id(part)]


def _deeper(part: Mapping[str, Any]) -> Iterator[Any]:
    """Subschemas that apply further down in the value."""
    for key in ("properties", "patternProperties", "$defs", "dependentSchemas"):
        yield from part.get(key, {}).values()
    for key in ("items", "additionalProperties", "contains", "propertyNames", "unevaluatedProperties"):
        yield part.get(key)
    yield from part.get("prefixItems", [])

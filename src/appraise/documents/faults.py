"""A JSON Schema error in the words of somebody who writes templates: problem, code and cure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from appraise.model.place import Place

Path: TypeAlias = tuple[str | int, ...]

TYPE_WORDS: Mapping[str, str] = {
    "number": "a number",
    "integer": "a whole number",
    "string": "a text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping (keys with values)",
    "null": "empty",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a document breaks its schema: the path of the value (or unknown key) and the problem to tell.

    Missing keys have the path of the mapping that lacks them, and `lacking` names those of which one would do.
    """

    path: Path
    problem: Problem
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What a problem is about: its place, the thing's name with a colon (or nothing), and the key."""

    place: Place
    thing: str
    path: Path

    @property
    def what(self) -> str:
        """`'weight'`, `an entry of 'bands'` or `the file`."""
        keys = [step for step in self.path if isinstance(step, str)]
        if not keys:
            return "an entry" if self.path else "the file"
        return f"an entry of '{keys[-1]}'" if isinstance(self.path[-1], int) else f"'{keys[-1]}'"


def unknown_key(site: Site, key: str, known: list[str], home: str = "") -> Problem:
    """A key that the schema does not know there; `home` says where it does, if in few places."""
    meant = "" if home and " or " not in home else did_you_mean(key, known)
    hint = meant or home or (f"known here: {', '.join(known)}" if known else "")
    return Problem(site.place, code="unknown-key", message=f"{site.thing}unknown key '{key[:60]}'", hint=hint)


def missing_key(site: Site, key: str, schema: Mapping[str, Any]) -> Problem:
    """A key that must be there."""
    examples = schema.get("properties", {}).get(key, {}).get("examples", [])
    simple = bool(examples) and isinstance(examples[0], str | int | float)
    hint = f"add it, for example `{key}: {examples[0]}`" if simple else "add it"
    return Problem(site.place, code="missing-key", message=f"{site.thing}missing key '{key}'", hint=hint)


def wrong_type(site: Site, value: Any, wanted: str) -> Problem:
    """A text for a number, a list for a text, nothing at all …."""
    if value is None:
        message = f"{site.thing}{site.what} has no value"
        return Problem(site.place, code="wrong-type", message=message, hint=f"write {wanted}, or remove the key")
    message = f"{site.thing}{site.what} must be {wanted}, not {told(value)}"
    return Problem(site.place, code="wrong-type", message=message, hint=_type_hint(value, wanted))


def not_allowed_value(site: Site, value: Any, allowed: list[Any]) -> Problem:
    """A word that is none of the known ones."""
    words = ", ".join(str(word) for word in allowed)
    message = f"{site.thing}{site.what} must be {'one of ' if len(allowed) > 1 else ''}{words}, not {told(value)}"
    hint = did_you_mean(value, [str(word) for word in allowed]) if isinstance(value, str) else ""
    return Problem(
        site.place,
        code="not-allowed-value",
        message=message,
        hint=hint or f"write {'one of ' if len(allowed) > 1 else ''}{words}",
    )


def out_of_range(site: Site, error: Any) -> Problem:
    """A number beyond its limits."""
    limit = error.validator_value
    words = {
        "minimum": f"must be at least {limit}",
        "maximum": f"must be at most {limit}",
        "exclusiveMinimum": f"must be more than {limit}",
        "exclusiveMaximum": f"must be less than {limit}",
        "multipleOf": f"must be a multiple of {limit}",
    }[str(error.validator)]
    if error.validator == "minimum" and limit == 0:
        words = "must not be negative"
    message = f"{site.thing}{site.what} {words}, it is {told(error.instance)}"
    return Problem(site.place, code="out-of-range", message=message, hint="change the number")


def wrong_format(site: Site, value: Any, says: str) -> Problem:
    """A text that does not look as it must."""
    message = f"{site.thing}{site.what} cannot be {told(value)}"
    return Problem(site.place, code="wrong-format", message=message, hint=says or "see the examples in the manual")


def wrong_length(site: Site, error: Any) -> Problem:
    """A list, mapping or text that is too short or too long."""
    limit = error.validator_value
    keyword = str(error.validator)
    unit = {"Items": "entries", "Length": "characters", "Properties": "keys"}[keyword[3:]]
    few = keyword.startswith("min")
    if few and limit == 1:
        message, hint = f"{site.thing}{site.what} is empty", "write something, or remove the key"
    elif not few and limit == 1:
        message, hint = f"{site.thing}{site.what} has more than one of its {unit}", "keep one of them"
    else:
        message = f"{site.thing}{site.what} must have {'at least' if few else 'at most'} {limit} {unit}"
        hint = "add what is missing" if few else "take some away"
    return Problem(site.place, code="wrong-length", message=message, hint=hint)


def repeated_entry(site: Site, entries: list[Any]) -> Problem:
    """A list that holds the same twice."""
    seen = [entry for number, entry in enumerate(entries) if entry in entries[:number]]
    message = f"{site.thing}{site.what} has {told(seen[0])} more than once"
    return Problem(site.place, code="repeated-entry", message=message, hint="keep it once")


def one_of_keys(site: Site, keys: Iterable[str]) -> Problem:
    """Keys of which just one may stand."""
    words = ", ".join(f"'{key}'" for key in keys)
    message = f"{site.thing}{site.what} needs just one of {words}"
    return Problem(site.place, code="one-of-keys", message=message, hint="keep one of them")


def unfit(site: Site, value: Any) -> Problem:
    """Whatever no other words were found for."""
    message = f"{site.thing}{site.what} cannot be {told(value)}"
    return Problem(site.place, code="unfit-value", message=message, hint="see the manual of the key")


def told(value: Any) -> str:
    """A value in words, short, and without what may be a secret."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = re.sub(r"://.*", "://…", value, flags=re.DOTALL).replace("\n", "\\n")
        return f"the text '{text if len(text) <= 40 else text[:37] + '…'}'"
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else str(value)


def _type_hint(value: Any, wanted: str) -> str:
    if isinstance(value, str) and "number" in wanted:
        return _number_hint(value.strip()) or f"write {wanted}"
    if isinstance(value, str) and wanted == TYPE_WORDS["boolean"]:
        return "write true or false; yes and no are texts"
    if isinstance(value, int | float) and "text" in wanted:
        return f'put it in quotes: "{told(value)}"'
    return f"write {wanted}"


def _number_hint(text: str) -> str:
    """How a number that is written in another manner is written here."""
    if text.endswith("%"):
        return f"write {text[:-1].strip()}, without the percent sign"
    if re.fullmatch(r"[-+]?[0-9]{1,3}([ ,_'’][0-9]{3})+(\.[0-9]+)?|[-+]?[0-9]+(_[0-9]+)+", text):
        digits = re.sub(r"[ ,_'’]", "", text)
        return f"write {digits}"
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", text):
        return f"write {text.replace(',', '.')}"
    return "write the number without quotes" if re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text) else ""

"""What of YAML is refused, in words: one function per reason, each giving the problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.model.place import Place


def tag(place: Place, name: str) -> Problem:
    """`!!python/object`, `!include` and all others."""
    message = f"tag '{name[:60]}' not allowed"
    return Problem(place, code="tag-refused", message=message, hint="remove it: text needs no mark, numbers are known")


def anchor(place: Place, name: str) -> Problem:
    """`&name`."""
    message = f"anchor '&{name[:60]}' not allowed"
    return Problem(place, code="anchor-refused", message=message, hint="write the value out, or use `extends`")


def alias(place: Place, name: str, *, recursive: bool) -> Problem:
    """`*name`; recursive where it stands inside what it refers to."""
    message = f"{'recursive ' if recursive else ''}alias '*{name[:60]}' not allowed"
    return Problem(place, code="alias-refused", message=message, hint="write the value out, or use `extends`")


def merge(place: Place) -> Problem:
    """The key `<<`."""
    message = "merge key '<<' not allowed"
    return Problem(place, code="merge-refused", message=message, hint="write the keys out, or use `extends`")


def directive(place: Place) -> Problem:
    """`%YAML` and `%TAG` change what the rest of the file means."""
    message = "a line that begins with % changes how the file is read, which is not allowed"
    return Problem(place, code="directive-refused", message=message, hint="remove the line")


def second_document(place: Place) -> Problem:
    """More than one document in a file."""
    message = "a second document begins here: one document per file"
    return Problem(place, code="several-documents", message=message, hint="remove the line `---` or make two files")


def duplicate_key(place: Place, key: str, first: Place) -> Problem:
    """The same key twice in one mapping."""
    message = f"the key '{key[:60]}' stands here twice, first in line {first.line}"
    return Problem(place, code="duplicate-key", message=message, hint="remove one of the two")


def key_that_is_no_text(place: Place, written: str) -> Problem:
    """A number, yes/no, nothing, list or mapping as a key."""
    message = (
        f"the key {written[:60]} is no text: keys must be text" if written else "a key is empty: keys must be text"
    )
    hint = f'put it in quotes: "{written[:60]}"' if written else "write a word before the colon"
    return Problem(place, code="key-not-text", message=message, hint=hint)


def list_as_key(place: Place) -> Problem:
    """A list or a mapping in the place of a key, as in `{{ x }}`."""
    message = "a list or mapping stands here as a key: keys must be text"
    return Problem(place, code="key-not-text", message=message, hint="put the text in quotes")


def comma_in_braces(place: Place, key: str, text: str) -> Problem:
    """The trap of `{formula: min(a, b)}`: the comma ends the text, and `b)` becomes a key without a value."""
    message = f"the text of '{key}' ends at the comma, because inside {{ }} a comma ends a text"
    return Problem(place, code="comma-in-braces", message=message, hint=f'quote it: {key}: "{text[:80]}"')


def key_without_value(place: Place, key: str) -> Problem:
    """A lone word inside braces."""
    message = f"'{key[:60]}' stands inside {{ }} without a value"
    hint = "put a space behind the colon" if ":" in key else f"write '{key[:60]}: VALUE', or put the text in quotes"
    return Problem(place, code="key-without-value", message=message, hint=hint)


def too_deep(place: Place, deepest: int) -> Problem:
    """Lists in lists in lists."""
    message = f"nesting deeper than {deepest} levels"
    return Problem(place, code="too-deep", message=message, hint="no file needs that: take brackets away")


def too_many_values(place: Place, most: int) -> Problem:
    """A file beyond every use."""
    message = f"the file holds more than {most:,} values"
    return Problem(place, code="too-many-values", message=message, hint="split it, or keep the facts in a table")


def empty(place: Place) -> Problem:
    """Nothing but blanks and comments."""
    return Problem(place, code="empty-file", message="the file is empty", hint="write something in it or delete it")

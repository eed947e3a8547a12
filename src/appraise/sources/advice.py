"""Sentences of the form `what is wrong: what to do`, which adapters and converters speak in."""

from __future__ import annotations

import re

_PART = re.compile(r"\([^()]*\)|: ")


def fault_and_cure(sentence: str) -> tuple[str, str]:
    """The sentence before its first colon, and what follows; a colon in brackets is none, and the cure may be empty."""
    for part in _PART.finditer(sentence):
        if part[0] == ": ":
            return sentence[: part.start()], sentence[part.end() :]
    return sentence, ""

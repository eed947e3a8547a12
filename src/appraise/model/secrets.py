"""Passwords that stand where none should: found, and never shown."""

from __future__ import annotations

import re

_IN_ADDRESS = re.compile(r"(://[^\s:/@'\"]{0,200}:)(?!\$\{)[^\s'\"]{1,200}(?=@)")
_UNDER_KEY = re.compile(
    r"(?i)(\b(?:pass(?:word|wd)?|pwd|secret(?:_key)?|token|api_?key)\b['\"]?\s*[:=]\s*['\"]?)(?!\$\{)[^\s'\",}]+"
)


def holds_password(text: str) -> bool:
    """Whether the text is an address with a password in it; one from the environment (`${NAME}`) is none."""
    return _IN_ADDRESS.search(text) is not None


def masked(text: str) -> str:
    """The text with a star for every character of a password, so that what stands behind keeps its place."""
    for pattern in (_IN_ADDRESS, _UNDER_KEY):
        text = pattern.sub(lambda found: found[1] + "*" * (len(found[0]) - len(found[1])), text)
    return text

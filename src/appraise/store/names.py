"""File names from ids: readable where an id is safe on every system, else a short form with a fingerprint."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
_LOOKS_FINGERPRINTED = re.compile(r".*-(?:[0-9a-f]{12}|[0-9a-f]{64})", re.IGNORECASE)
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin", "conout", "clock"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)
"""Names that Windows keeps for devices, with any ending."""

_SHORT, _WHOLE = 12, 64
_LONGEST_READABLE_PART = 40


def file_names(ids: Iterable[str], blank: str = "id") -> dict[str, str]:
    """A file name without suffix for every id.

    Every name is made of ASCII letters, digits, dot, hyphen and underscore, begins with a letter or digit, has at most
    105 characters, is no device of Windows, and differs from every other even where capitals make no difference. A
    safe id is its own name, with hyphens for blanks (`West 1` is `West-1`), unless another id comes to the same; the
    order of the ids has no say.

    Args:
        ids: all ids that get a file in the same folder.
        blank: the readable part of the name where an id has no letter or digit to show.
    """
    every = sorted(set(ids))
    plain = {id_: id_.replace(" ", "-") for id_ in every}
    names = {id_: plain[id_] if _is_safe(plain[id_]) else _fingerprinted(id_, blank, _SHORT) for id_ in every}
    for length in (_SHORT, _WHOLE):
        for id_ in _clashing(names):
            names[id_] = _fingerprinted(id_, blank, length)
    return names


def _is_safe(name: str) -> bool:
    if not _SAFE.fullmatch(name) or _LOOKS_FINGERPRINTED.fullmatch(name):
        return False
    return name.split(".", maxsplit=1)[0].casefold() not in _DEVICES


def _clashing(names: dict[str, str]) -> list[str]:
    """The ids whose names some disks take for one."""
    owners: dict[str, list[str]] = {}
    for id_, name in names.items():
        owners.setdefault(name.casefold(), []).append(id_)
    return [id_ for group in owners.values() if len(group) > 1 for id_ in group]


def _fingerprinted(id_: str, blank: str, length: int) -> str:
    plain = unicodedata.normalize("NFKD", id_).encode("ascii", "ignore").decode("ascii")
    readable = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:_LONGEST_READABLE_PART].strip("-")
    fingerprint = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:length]
    return f"{readable or blank}-{fingerprint}"

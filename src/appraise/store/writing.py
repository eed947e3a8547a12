"""Writing files so that a reader finds the old bytes or the new ones, and never half of them."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

UNFINISHED = ".writing-"
"""How the names of files begin that are not finished yet."""

_CHUNK = 1 << 20


def write_bytes(path: Path, content: bytes) -> str:
    """Write a file all at once, making its folder where needed.

    Returns:
        The SHA-256 of the content, in hexadecimal.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644 & ~_umask())
        Path(temporary).replace(path)
    except BaseException as failure:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(failure, OSError):
            raise OSError(failure.errno, failure.strerror, str(path)) from failure  # of the file, not of the draft
        raise
    _settle(path.parent)
    return hashlib.sha256(content).hexdigest()


def write_text(path: Path, text: str) -> str:
    """Write a text in UTF-8 all at once, with the line ends it has; gives its SHA-256."""
    return write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, data: Any) -> str:
    """Write plain data as JSON, the same bytes for the same data: sorted keys, no not-a-number; gives its SHA-256."""
    return write_bytes(path, json_bytes(data))


def json_bytes(data: Any) -> bytes:
    """Plain data as the bytes that `write_json` writes."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")  # a lone surrogate becomes its JSON escape


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _settle(folder: Path) -> None:
    """Make the new name survive a power cut; Windows cannot open folders, and needs it not."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    """The permissions that new files of this process go without; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

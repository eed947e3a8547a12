"""From the bytes of a text file to its lines, and which lines have bytes that are no text."""

from __future__ import annotations

import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

SAVE_AS = "save the file as UTF-8, or say `encoding: cp1252` if that is what it is"


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of a file with their ends, and by line number the first byte (from 0, in the file) that is no UTF-8."""

    lines: list[str]
    undecodable: dict[int, int]


def text_of(data: bytes, declared: str | None) -> Text:
    """The lines of a file in its declared encoding, or in the one its byte order mark tells, or in UTF-8.

    In UTF-8 a line with wrong bytes is kept, and told; in any other encoding wrong bytes spoil the file.

    Raises:
        ValueError: the encoding is unknown, or the data is in another one.
    """
    encoding = declared or _marked(data)
    if encoding is None:
        return _utf8(data)
    try:
        text = data.decode(encoding)
    except LookupError:
        raise ValueError(f"encoding '{encoding}' is unknown: utf-8, utf-16 and cp1252 are common ones") from None
    except UnicodeError as fault:
        byte = getattr(fault, "start", 0)
        line = data.count(b"\n", 0, byte) + 1
        raise ValueError(f"line {line}: is not {encoding} (byte {byte}): {SAVE_AS}") from None
    return Text(_lines(text.removeprefix("\ufeff")), {})


def _marked(data: bytes) -> str | None:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) and len(data) % 2 == 0:
        return "utf-16"
    if b"\0" in data[:64]:
        raise ValueError("the file holds NUL bytes: it may be UTF-16, say `encoding: utf-16-le`, or no text at all")
    return None


def _utf8(data: bytes) -> Text:
    data = data.removeprefix(BOM_UTF8)
    try:
        return Text(_lines(data.decode()), {})
    except UnicodeDecodeError:
        lines = _lines(data.decode(errors="surrogateescape"))
        return Text(lines, _undecodable(lines))


def _undecodable(lines: list[str]) -> dict[int, int]:
    found, offset = {}, 0
    for number, line in enumerate(lines, start=1):
        written = line.encode(errors="surrogateescape")
        try:
            written.decode()
        except UnicodeDecodeError as fault:
            found[number] = offset + fault.start
        offset += len(written)
    return found


def _lines(text: str) -> list[str]:
    """The lines with their ends; only newline and carriage return end one, as in a CSV file."""
    return list(io.StringIO(text, newline=""))

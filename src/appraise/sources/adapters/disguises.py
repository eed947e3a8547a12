"""Files that are not what their name says: a web page or a workbook saved as CSV."""

from __future__ import annotations

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "this is a ZIP or Excel file: name it .xlsx, or save it as CSV"),
    (b"PK\x05\x06", "this is an empty ZIP file: export the data again"),
    (
        b"\xd0\xcf\x11\xe0",
        "this is an old Excel (.xls) or a password-protected file: save it as .xlsx without password",
    ),
    (b"%PDF", "this is a PDF: ask for the data as CSV or Excel"),
    (b"\x1f\x8b", "this is a gzip file: unpack it first"),
    (b"PAR1", "this is a Parquet file: name it .parquet"),
)
_PAGES = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")
_LOOK = 512


def refuse_disguise(data: bytes) -> None:
    """Stop at data that is no text table.

    Raises:
        ValueError: it starts like a file of another kind.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ValueError("the file is empty: export it again")
    for start, says in _STARTS:
        if data.startswith(start):
            raise ValueError(says)
    if data[:_LOOK].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        raise ValueError("this is HTML (a web page, perhaps a login or error page), not CSV: export the data again")

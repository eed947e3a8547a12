"""A logo that cannot be printed is found out before it costs a pack."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from appraise.report.logo import logo_of

if TYPE_CHECKING:
    from pathlib import Path

ENTITY = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


def svg(inner: str, before: str = "") -> bytes:
    """A picture with something in it."""
    names = "xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink'"
    return f"{before}<svg {names} width='10' height='10'>{inner}</svg>".encode()


def png(width: int, height: int) -> bytes:
    """A PNG of this size in points, all black."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0" * 9))]
    chunks = [*parts, (b"IEND", b"")]
    made = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def jpeg(width: int, height: int) -> bytes:
    """The outline of a JPEG of this size."""
    head = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08"
    return head + struct.pack(">HH", height, width) + b"\0" * 12 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", svg("<defs><g id='a'><rect/></g></defs><use x:href='#a' fill='url(#b)'/>")),
        ("logo.png", png(8, 8)),
        ("LOGO.PNG", png(8, 8)),
        ("logo.jpg", jpeg(8, 8)),
    ],
)
def test_a_picture_is_taken_as_it_is(name: str, content: bytes, tmp_path: Path) -> None:
    """SVG that needs nothing else, PNG and JPEG."""
    (tmp_path / name).write_bytes(content)
    assert logo_of(tmp_path / name) == (content, "")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("file.svg", svg("<image x:href='file:///etc/passwd'/>"), "outside itself"),
        ("web.svg", svg("<use href='http://127.0.0.1:9/a#b'/>"), "outside itself"),
        ("style.svg", svg("<style>@import url(file:///etc/passwd);</style>"), "outside itself"),
        ("fill.svg", svg("<rect style='fill:url( \"http://127.0.0.1:9/#a\")'/>"), "outside itself"),
        ("script.svg", svg("<a href='javascript:alert(1)'/>"), "outside itself"),
        ("entity.svg", svg("<text>&x;</text>", ENTITY), "DOCTYPE"),
        ("circle.svg", svg("<g id='a'><use href='#a'/></g>"), "repeats parts"),
        ("bomb.svg", svg("<use href='#a'/>" * 51), "repeats parts"),
        ("deep.svg", svg("<g>" * 60 + "</g>" * 60), "50 levels"),
        ("page.svg", b"<html/>", "no SVG"),
        ("noise.svg", b"\0\1\xff", "no SVG"),
        ("other.svg", svg("").decode().encode("utf-16"), "no SVG"),
        ("empty.svg", b"", "no SVG"),
        ("bomb.png", png(20_000, 20_000), "20,000 × 20,000 points"),
        ("cut.png", png(8, 8)[:40], "no whole PNG"),
        ("post.png", b"%!PS-Adobe-3.0 EPSF-3.0", "no whole PNG"),
        ("bomb.jpg", jpeg(60_000, 60_000), "60,000 × 60,000 points"),
        ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x00", "no whole JPEG"),
        ("large.png", png(8, 8) + b"\0" * 2**21, "2 MiB"),
        ("logo.eps", b"%!PS", "no picture"),
        ("folder.png", None, "no such file"),
    ],
)
def test_what_would_cost_every_pack_is_no_logo(name: str, content: bytes | None, says: str, tmp_path: Path) -> None:
    """What draws packs would fetch, fail or run for ever on it."""
    if content is None:
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(content)
    found, fault = logo_of(tmp_path / name)
    assert (found, says in fault) == (b"", True)

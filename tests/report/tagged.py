"""Reads the tags of a PDF: what a screen reader is told, in the order in which it is told."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdf

if TYPE_CHECKING:
    from collections.abc import Iterator

MARGIN = "margin"
Said = dict[tuple[int, Any], str]


@dataclass(frozen=True)
class Element:
    """A structure element: its kind without the slash, its entries, and what it holds."""

    kind: str
    entries: dict[str, Any]
    kids: tuple[Element, ...]
    content: tuple[tuple[int, int], ...]
    text: str

    def all(self, *kinds: str) -> Iterator[Element]:
        """It and all below it, of these kinds where some are given."""
        if not kinds or self.kind in kinds:
            yield self
        for kid in self.kids:
            yield from kid.all(*kinds)

    def attribute(self, name: str) -> Any:
        """An attribute, None where there is none."""
        return self.entries.get("/A", {}).get(name)


class Tagged:
    """A tagged PDF."""

    def __init__(self, data: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(data))
        self.root = self.reader.trailer["/Root"]
        self.said = _said(self.reader)
        self._pages = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages)}
        self.tree = self._element(self.root["/StructTreeRoot"]["/K"][0].get_object(), 0)

    @property
    def margins(self) -> list[str]:
        """What stands outside the document, page by page."""
        return [self.said.get((number, MARGIN), "") for number in range(len(self.reader.pages))]

    def _element(self, entries: Any, page: int) -> Element:
        here = self._pages[entries.raw_get("/Pg").idnum] if "/Pg" in entries else page
        kids, content, text = [], [], []
        for item in entries["/K"].get_object():
            kid = item.get_object()
            if isinstance(kid, int):
                content.append((here, int(kid)))
                text.append(self.said.get((here, int(kid)), ""))
            else:
                kids.append(self._element(kid, here))
                text.append(kids[-1].text)
        return Element(entries["/S"][1:], dict(entries), tuple(kids), tuple(content), " ".join(" ".join(text).split()))


def _said(reader: pypdf.PdfReader) -> Said:
    """The text of each piece of marked content; a figure has none."""
    said: Said = defaultdict(str)
    for number, page in enumerate(reader.pages):
        marks: list[Any] = []

        def before(operator: bytes, operands: Any, *_: Any, number: int = number, marks: list[Any] = marks) -> None:
            if operator in {b"BDC", b"BMC"}:
                entries = operands[1] if operator == b"BDC" else {}
                marks.append(int(entries["/MCID"]) if "/MCID" in entries else MARGIN)
                said[number, marks[-1]] += " "
            elif operator == b"EMC":
                marks.pop()

        def text(piece: str, *_: Any, number: int = number, marks: list[Any] = marks) -> None:
            if piece.strip():
                said[number, marks[-1]] += piece

        page.extract_text(visitor_operand_before=before, visitor_text=text)
    return dict(said)

"""Mends the tags of a drawn PDF, so that its tables and footers are heard as they are seen.

WeasyPrint 70 gives header cells no scope, miscounts columns beside cells that span rows, begins a new table on each
page, and tags the footers as text of the document.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure.boxes import TableBox

from appraise.report.headers import Cell, headers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ARTIFACT = ("/Artifact", b"<</Type /Pagination>>")
SCOPES = {"column": "/Column", "row": "/Row", "group": "/Row"}
WRITTEN = {"col": "column", "colgroup": "column", "row": "row", "rowgroup": "group"}


def mend_tags(document: Any, pdf: Any) -> None:
    """Finish a PDF, as WeasyPrint's `finisher`: one table where there is one, its headers, footers as artifacts."""
    tree = _Tree(pdf)
    names: dict[str, bytes] = {}
    for parts in _tables(document):
        cells = _joined(tree, parts)
        for cell, headers in headers_of(cells):
            if cell.scope:
                cell.tag["ID"] = _name(cell)
                cell.tag["A"]["Scope"] = SCOPES[cell.scope]
                names[_name(cell)] = cell.tag.reference
            cell.tag["A"].pop("Headers", None)
            if headers:
                cell.tag["A"]["Headers"] = f"[{' '.join(map(_name, headers))}]"
    if names:
        pairs = " ".join(f"{name} {names[name].decode()}" for name in sorted(names))
        tree.root["IDTree"] = f"<</Names [{pairs}]>>"
    tree.drop_unlinked()
    tree.set_aside()


def _name(cell: Cell) -> str:
    return f"({cell.tag.number:06})"


def _tables(document: Any) -> list[list[Any]]:
    """The boxes of each table: one, or one per page that it stands on."""
    tables: dict[Any, list[Any]] = defaultdict(list)
    for page in document.pages:
        waiting = [page._page_box]  # noqa: SLF001 -- the boxes are nowhere else
        while waiting:
            box = waiting.pop()
            if isinstance(box, TableBox) and box.element_tag == "table":
                tables[box.element].append(box)
            waiting.extend(reversed(getattr(box, "children", ())))
    return list(tables.values())


def _joined(tree: _Tree, parts: Sequence[Any]) -> list[Cell]:
    """The cells of a table that goes on over pages, after making one table of it in the tree."""
    cells: list[Cell] = []
    first: Any = None
    rows = 0
    for part in parts:
        table: Any = None
        for group in part.children:
            repeated = group.is_header and first is not None
            for row in group.children:
                made = list(_cells(row, group, rows))
                rows += 1
                if made:
                    table = tree.above(made[0].tag, "/Table")
                    cells.extend([] if repeated else made)
        if first is not None and table is not None:
            tree.move_rows(table, first)
        first = first if first is not None else table
    return cells


def _cells(row: Any, group: Any, number: int) -> Iterator[Cell]:
    for cell in row.children:
        tag = getattr(cell, "mark", None)
        if tag is not None:
            scope = ""
            if cell.element_tag == "th":
                scope = WRITTEN.get(cell.element.get("scope", ""), "column" if group.is_header else "row")
            rows, columns = range(number, number + cell.rowspan), range(cell.grid_x, cell.grid_x + cell.colspan)
            yield Cell(tag, scope, rows, columns, group.element)


class _Tree:
    """The structure tree of a PDF, and what of its content is no part of it."""

    def __init__(self, pdf: Any) -> None:
        self._objects = pdf.objects
        self.root = self._at(pdf.catalog["StructTreeRoot"])
        self._document = self._at(self.root["K"][0])
        self._aside: dict[bytes, set[int]] = defaultdict(set)

    def _at(self, reference: bytes) -> Any:
        return self._objects[int(reference.split()[0])]

    def above(self, element: Any, kind: str) -> Any:
        """The nearest element of this kind that holds the element."""
        while element["S"] != kind:
            element = self._at(element["P"])
        return element

    def move_rows(self, table: Any, first: Any) -> None:
        """Give the rows of a table to the one that it goes on from; its repeated headings are no content."""
        for reference in table["K"]:
            kid = self._at(reference)
            if kid["S"] == "/THead":
                self._drop(kid)
            else:
                kid["P"] = first.reference
                first["K"].append(reference)
        self._at(table["P"])["K"].remove(table.reference)
        table.clear()

    def drop_unlinked(self) -> None:
        """Take what stands in the margins out of the tree, which holds it by no branch."""
        root, linked = self._document.reference, set(self._document["K"])
        for element in self._objects:
            stands_apart = isinstance(element, dict) and element.get("P") == root
            if stands_apart and element.reference not in linked:
                self._drop(element)

    def _drop(self, element: Any) -> None:
        for kid in element.get("K", ()):
            if isinstance(kid, int):
                self._aside[element["Pg"]].add(kid)
            else:
                self._drop(self._at(kid))
        element.clear()

    def set_aside(self) -> None:
        """Mark the content of what was dropped as artifacts; it comes last on a page as a rule."""
        tables = self._at(self.root["ParentTree"])["Nums"]
        for reference, numbers in self._aside.items():
            page = self._at(reference)
            owners = tables[2 * page["StructParents"] + 1]
            operations = self._at(page["Contents"]).stream
            place = len(operations)
            for number in numbers:
                owners[number] = "null"
            while numbers and place:
                place -= 1
                if operations[place] == b"BDC" and operations[place - 1].get("MCID") in numbers:
                    numbers.remove(operations[place - 1]["MCID"])
                    operations[place - 2 : place] = ARTIFACT

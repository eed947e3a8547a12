"""What a screen reader is told of a pack: tags, order, headers and names; and what a validator says of it."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from people import context, gallery, named
from tagged import MARGIN, Element, Tagged
from test_pdf import packs

from appraise.report.headers import Cell, headers_of
from appraise.report.view import view_of

if TYPE_CHECKING:
    from appraise.report.designs import Designs
    from appraise.report.press import Rendered

KINDS = ("normal", "large", "unrated", "roleless", "arabic")
SCRIPT = Path(__file__).parents[2] / "scripts" / "validate-pdf"
SVG = "{http://www.w3.org/2000/svg}svg"


@pytest.fixture(scope="module")
def drawn(designs: Designs, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    """Packs that differ in what they hold, one with a character that no font has."""
    views = {name: view_of(*gallery()[name]) for name in KINDS} | {"boxes": view_of(named("李雷"), context())}
    return packs(views, designs, tmp_path_factory.mktemp("packs"), standalone=True)


@pytest.fixture(scope="module")
def tagged(drawn: dict[str, Rendered]) -> dict[str, Tagged]:
    """The same, read."""
    return {name: Tagged(drawn[name].pdf) for name in KINDS}


@pytest.fixture(scope="module")
def pages(drawn: dict[str, Rendered]) -> dict[str, ET.Element]:
    """The bodies of the same packs as pages that stand alone."""
    bodies = {name: ET.fromstring(drawn[name].html).find("body") for name in KINDS}  # noqa: S314 -- our own pages
    return {name: body for name, body in bodies.items() if body is not None}


@pytest.mark.parametrize("name", KINDS)
def test_document_names_itself(tagged: dict[str, Tagged], name: str) -> None:
    """Title, language and bookmarks are there, and a reader shows the title instead of the name of the file."""
    pdf, view = tagged[name], view_of(*gallery()[name])
    root = pdf.root
    assert pdf.reader.metadata is not None
    assert (pdf.reader.metadata.title, root["/Lang"]) == (view.title, view.language)
    assert (root["/MarkInfo"]["/Marked"].value, root["/ViewerPreferences"]["/DisplayDocTitle"].value) == (True, True)
    headings = ["".join(one.text.split()) for one in pdf.tree.all("H1", "H2", "H3")]
    assert len(pdf.reader.outline) > 0
    assert ["".join(str(mark["/Title"]).split()) for mark in _marks(pdf.reader.outline)][1:] == headings[1:]


def _marks(outline: list[Any]) -> list[Any]:
    return [mark for one in outline for mark in (_marks(one) if isinstance(one, list) else [one])]


@pytest.mark.parametrize("name", KINDS)
def test_headings_go_down_in_order(tagged: dict[str, Tagged], name: str) -> None:
    """One heading of the first level, and no level is left out."""
    levels = [int(one.kind[1]) for one in tagged[name].tree.all("H1", "H2", "H3", "H4", "H5", "H6")]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize("name", ["normal", "large", "unrated", "roleless"])
def test_reading_order_is_the_order_of_the_page(
    tagged: dict[str, Tagged], pages: dict[str, ET.Element], name: str
) -> None:
    """Read by its tags, a pack says every word of its page, once and in the order of sense."""
    assert _letters(_without_markers(tagged[name].tree)) == _letters(_words(pages[name]))


def _without_markers(element: Element) -> str:
    if element.kind == "Lbl":
        return ""
    return " ".join(map(_without_markers, element.kids)) if element.kids else element.text


def _words(element: ET.Element) -> str:
    inner = "" if element.tag == SVG else (element.text or "") + " ".join(map(_words, element))
    return f"{inner} {element.tail or ''}"


def _letters(text: str) -> str:
    return "".join(text.split()).casefold()


@pytest.mark.parametrize("name", KINDS)
def test_content_is_tagged_once_or_a_margin(tagged: dict[str, Tagged], name: str) -> None:
    """Whatever is marked stands at one place of the tree; footers are artifacts, on each page."""
    pdf = tagged[name]
    content = [place for element in pdf.tree.all() for place in element.content]
    assert len(content) == len(set(content))
    assert set(content) == {place for place in pdf.said if place[1] != MARGIN}
    count = len(pdf.reader.pages)
    for number, margin in enumerate(pdf.margins, start=1):
        assert f"{number}/{count}" in margin
    assert f"1/{count}" not in pdf.tree.text


@pytest.mark.parametrize("name", KINDS)
def test_charts_say_a_sentence(tagged: dict[str, Tagged], pages: dict[str, ET.Element], name: str) -> None:
    """Each chart is one figure with a whole sentence in place of the drawing."""
    said = [str(figure.entries.get("/Alt", "")) for figure in tagged[name].tree.all("Figure")]
    assert len(said) == len(list(pages[name].iter(SVG)))
    assert [words for words in said if not (words.endswith(".") and " " in words and words[0].isupper())] == []


@pytest.mark.parametrize("name", KINDS)
def test_tables_are_told_whole(tagged: dict[str, Tagged], pages: dict[str, ET.Element], name: str) -> None:
    """A table is one table however many pages it takes: a caption, then rows, whose headers have scope and a name."""
    tree = tagged[name].tree
    tables = list(tree.all("Table"))
    assert len(tables) == len(list(pages[name].iter("table")))
    for table in tables:
        kinds = [kid.kind for kid in table.kids]
        assert (kinds[0], set(kinds[1:]) <= {"THead", "TBody"}, kinds.count("THead") < 2) == ("Caption", True, True)
        assert table.kids[0].text
        heads = list(table.all("TH"))
        assert [head.text for head in heads if head.attribute("/Scope") not in {"/Row", "/Column"}] == []
        known = {str(head.entries["/ID"]) for head in heads}
        assert {str(name) for cell in table.all("TD") for name in cell.attribute("/Headers") or ()} <= known
    every = {str(head.entries["/ID"]) for head in tree.all("TH")}
    assert set(tagged[name].root["/StructTreeRoot"].get("/IDTree", {}).get("/Names", [])[::2]) == every


@pytest.mark.parametrize("name", ["normal", "large"])
def test_figure_is_told_with_its_headers(tagged: dict[str, Tagged], name: str) -> None:
    """Wherever it stands, a target is told as that of its KPI, in its area."""
    view = view_of(*gallery()[name])
    (table,) = (one for one in tagged[name].tree.all("Table") if _letters(view.detail.legend) in _letters(one.text))
    titles = {str(head.entries["/ID"]): head.text for head in table.all("TH")}
    told = [[titles[str(one)] for one in cell.attribute("/Headers") or ()] for cell in table.all("TD")]
    targets = [heads for heads in told if heads and heads[-1] == "Target"]
    rows = [(kra.title, row.title) for kra in view.detail.kras for row in kra.rows]
    assert [(heads[0].startswith(kra), heads[1]) for heads, (kra, _) in zip(targets, rows, strict=True)] == [
        (True, title) for _, title in rows
    ]


def test_row_header_speaks_to_the_next_one() -> None:
    """Two pairs of term and words in a row do not take each other's term."""
    row = [Cell({}, "row" if place % 2 == 0 else "", range(1), range(place, place + 1), "rows") for place in range(4)]
    assert [heads for _, heads in headers_of(row)] == [[], [row[0]], [], [row[2]]]


def test_headers_span() -> None:
    """A cell beside a header of two rows belongs to it in both, and below a header of two columns in each."""
    wide = Cell({}, "column", range(1), range(1, 3), "head")
    tall = Cell({}, "row", range(1, 3), range(1), "rows")
    cells = [
        Cell({}, "", range(row, row + 1), range(column, column + 1), "rows") for row in (1, 2) for column in (1, 2)
    ]
    told = dict(headers_of([wide, tall, *cells]))
    assert [told[cell] for cell in cells] == [[tall, wide]] * 4


def _validate(files: list[Path]) -> subprocess.CompletedProcess[str]:
    ready = subprocess.run([SCRIPT, "--ready"], capture_output=True, text=True, check=False)
    if ready.returncode:
        pytest.skip(f"veraPDF is not at hand ({' '.join(ready.stdout.split())}); scripts/validate-pdf gets it")
    return subprocess.run([SCRIPT, *files], capture_output=True, text=True, check=False)


def test_validator_finds_nothing(drawn: dict[str, Rendered], tmp_path: Path) -> None:
    """By veraPDF, no rule of PDF/UA-1 fails in any kind of pack."""
    files = [tmp_path / f"{name}.pdf" for name in KINDS]
    for file in files:
        file.write_bytes(drawn[file.stem].pdf)
    done = _validate(files)
    assert (done.stdout.splitlines()[-1:], done.returncode) == ([f"{len(files)} of {len(files)} files pass"], 0)


def test_validator_sees_what_the_warning_says(drawn: dict[str, Rendered], tmp_path: Path) -> None:
    """A pack with a character that no font has fails for its missing glyphs alone, as its warning says."""
    assert ["not accessible" in problem.message for problem in drawn["boxes"].problems] == [True]
    (tmp_path / "boxes.pdf").write_bytes(drawn["boxes"].pdf)
    done = _validate([tmp_path / "boxes.pdf"])
    clauses = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("  clause")}
    assert (clauses, done.returncode) == ({"7.21.8,", "7.21.5,", "7.21.4.1,"}, 1)

"""PDFs drawn by real workers: tagged, the same every time, and safe against what people write."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from people import appraisal, areas, context, gallery, named, normal, standard

from appraise.report.fonts import VARIABLE, write_font_list
from appraise.report.look import Look
from appraise.report.numbers import clean
from appraise.report.press import PressSettings, Rendered
from appraise.report.view import view_of
from appraise.work.local import Crew, Done, Job, Task, work_through

RENDER = "appraise.report.pdf:render"

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.report.designs import Designs
    from appraise.report.pack import PackView


def drawn(
    items: Mapping[str, Any],
    designs: Designs,
    folder: Path,
    crew: Crew | None = None,
    *,
    job: str = RENDER,
    **settings: Any,
) -> dict[str, Done]:
    """Draw packs (or, with the job of these tests, finished pages) in workers."""
    done: dict[str, Done] = {}
    environment = {VARIABLE: str(write_font_list(designs, folder / "fonts"))}
    start = "appraise.report.pdf:start_renderer"
    work = Job(start, job, PressSettings(designs, **settings), environment)
    tasks = [Task(key, item) for key, item in items.items()]
    work_through(tasks, work, crew or Crew(workers=2), lambda one: done.update({one.key: one}))
    return done


def packs(
    views: Mapping[str, PackView], designs: Designs, folder: Path, crew: Crew | None = None, **settings: Any
) -> dict[str, Rendered]:
    """The drawn packs, none of which may have failed."""
    done = drawn(views, designs, folder, crew, **settings)
    assert {key: one.said for key, one in done.items() if one.failure} == {}
    return {key: one.result for key, one in done.items()}


def text_of(pack: Rendered) -> str:
    """The text layer, without line breaks."""
    pages = pypdf.PdfReader(io.BytesIO(pack.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture(scope="module")
def all_kinds(designs: Designs, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    """One pack of each kind on A4."""
    views = {name: view_of(*pack) for name, pack in gallery().items()}
    return packs(views, designs, tmp_path_factory.mktemp("packs"), standalone=True)


@pytest.mark.parametrize("name", list(gallery()))
def test_pack_is_drawn_within_its_pages(all_kinds: dict[str, Rendered], name: str) -> None:
    """Every kind of result gives a pack of two to five pages without a problem."""
    pack = all_kinds[name]
    assert ([problem.message for problem in pack.problems], 2 <= pack.pages <= 5) == ([], True)


def test_packs_fit_letter_too(designs: Designs, tmp_path: Path) -> None:
    """On Letter the largest packs stay within five pages."""
    views = {name: view_of(*gallery()[name]) for name in ("standard", "large", "normal")}
    done = packs(views, designs, tmp_path, look=Look(paper="letter"))
    assert {key: pack.pages <= 5 for key, pack in done.items()} == dict.fromkeys(views, True)
    box = pypdf.PdfReader(io.BytesIO(done["normal"].pdf)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (612, 792)


def test_pdf_is_tagged(all_kinds: dict[str, Rendered]) -> None:
    """PDF/UA-1: marked, with a structure tree, language, title, bookmarks, the period's dates and no attachment."""
    reader = pypdf.PdfReader(io.BytesIO(all_kinds["normal"].pdf))
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"].value, "/StructTreeRoot" in root, root["/Lang"]) == (True, True, "en")
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Appraisal of Anuradha Deshpande, 2026-Q3"
    assert reader.metadata["/CreationDate"] == reader.metadata["/ModDate"] == "D:20260930"
    assert [mark["/Title"] for mark in reader.outline if not isinstance(mark, list)] == ["Anuradha Deshpande"]
    assert reader.attachments == {}


def test_charts_have_their_sentence(all_kinds: dict[str, Rendered]) -> None:
    """Each chart is a figure whose alternative text is its message."""
    reader = pypdf.PdfReader(io.BytesIO(all_kinds["normal"].pdf))
    things = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    alternatives = [thing["/Alt"] for thing in things if isinstance(thing, dict) and thing.get("/S") == "/Figure"]
    assert len(alternatives) == 1 + 4 + 12 + 6
    assert "Overall score 3.32 on a scale from 1 to 5, in the span of “Meets”." in alternatives


def test_text_layer_says_what_the_page_says(all_kinds: dict[str, Rendered]) -> None:
    """The footer, a sentence, a figure and the acknowledgement can be read from the file."""
    text = text_of(all_kinds["normal"])
    for said in (
        "Anuradha Deshpande (E0417) · 2026-Q3",
        "Confidential · Draft · 7f3a91c2 · 1/5",
        "Went well: Call quality monitoring score",
        "100 × 73 kept 1 ÷ 100 due 1",
        "this does not mean I agree",
    ):
        assert said in text


def test_only_bundled_fonts_are_used(all_kinds: dict[str, Rendered]) -> None:
    """Whatever the machine has installed, the pages are drawn with the fonts of the designs."""
    reader = pypdf.PdfReader(io.BytesIO(all_kinds["arabic"].pdf))
    names = {str(font["/BaseFont"]).partition("+")[2] for page in reader.pages for font in _fonts(page)}
    assert {name.split("-")[0] for name in names} == {"Noto"}
    assert any("Arabic" in name for name in names)


def _fonts(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]


def test_same_pack_same_bytes(designs: Designs, tmp_path: Path) -> None:
    """Drawn twice, in other folders, by one worker or by two, in any order: the same bytes."""
    names = ["normal", "devanagari", "capped"]
    views = {name: view_of(*gallery()[name]) for name in names}
    one = packs(views, designs, tmp_path / "a", Crew(workers=1))
    two = packs(dict(reversed(views.items())), designs, tmp_path / "b", Crew(workers=2, recycle_after=2))
    assert {name: one[name].pdf == two[name].pdf for name in names} == dict.fromkeys(names, True)


def test_logo_is_drawn(designs: Designs, tmp_path: Path) -> None:
    """The logo comes from the settings; nothing is loaded."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20"/></svg>'
    look = Look(logo_name="logo.svg", logo=svg)
    view = view_of(normal(), context())
    done = packs({"a": view}, designs, tmp_path, look=look, standalone=True)
    assert (done["a"].problems, "data:image/svg+xml;base64" in done["a"].html) == ((), True)


def test_character_without_a_font_is_told(designs: Designs, tmp_path: Path) -> None:
    """A name that no font can write is drawn all the same, with a warning that says what to do."""
    done = packs({"a": view_of(named("李雷"), context())}, designs, tmp_path)
    assert [(problem.code, problem.is_error) for problem in done["a"].problems] == [("font-lacks-character", False)]
    assert done["a"].pdf.startswith(b"%PDF")


def test_look_that_cannot_be_used_stops_no_process(designs: Designs, tmp_path: Path) -> None:
    """Settings that no worker can start with are reported for each pack."""
    done = drawn({"a": view_of(normal(), context())}, designs, tmp_path, look=Look(accent="blue"))
    assert (done["a"].failure, "accent 'blue' is no colour" in done["a"].said) == ("not_started", True)


@pytest.mark.parametrize(
    "design",
    [
        '<img src="file:///etc/hostname" alt="x"/>',
        '<img src="http://127.0.0.1:9/a.png" alt="x"/>',
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x"/>',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="background: url(../../etc/hostname)">x</p>',
        "<style>@font-face { font-family: x; src: url(http://127.0.0.1:9/f) } p { font-family: x }</style>",
    ],
)
def test_design_that_reaches_out_is_refused(
    workspace: Callable[[dict[str, str]], Designs], tmp_path: Path, design: str
) -> None:
    """A design that refers to anything but design files gives one problem per pack, and loads nothing."""
    mine = workspace({"employee/changes.html.j2": design})
    done = packs({"a": view_of(normal(), context())}, mine, tmp_path, Crew(workers=1))
    assert (done["a"].pdf, [problem.code for problem in done["a"].problems]) == (b"", ["address-refused"])


@pytest.mark.slow
def test_hostile_pages_cost_themselves(hostile: Path, designs: Designs, tmp_path: Path) -> None:
    """Hostile pages fail, are stopped or are drawn without loading anything; the pack among them is drawn."""
    pages = {
        path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted((hostile / "html").iterdir())
    }
    crew = Crew(workers=2, deadline=8.0, memory=1024)
    done = drawn(
        {**pages, "good": "<html lang='en'><title>t</title><p>good</p></html>"},
        designs,
        tmp_path,
        crew,
        job="pages:draw",
    )
    assert set(done) == {*pages, "good"}
    assert done["good"].result.pdf.startswith(b"%PDF")
    for name, one in done.items():
        if name.startswith(("fetch_", "link_")):
            assert [problem.code for problem in one.result.problems] == ["address-refused"], name
        elif name != "good":
            assert one.failure in {"", "deadline", "died", "raised"}, name


@pytest.mark.slow
def test_hostile_names_change_nothing_but_the_name(hostile: Path, designs: Designs, tmp_path: Path) -> None:
    """Whatever a person is called, pages and rating stay; the name stands in the text as written."""
    lines = (hostile / "names_and_comments.jsonl").read_text(encoding="utf-8").splitlines()
    names = {str(index): json.loads(line)["value"] for index, line in enumerate(lines)}
    brief = appraisal(areas(1, 2))
    people = {**names, "control": "Jane Doe"}
    cards = {key: replace(brief.person, name=name) for key, name in people.items()}
    views = {key: view_of(replace(brief, person=card), context()) for key, card in cards.items()}
    done = packs(views, designs, tmp_path)
    rating = "The score of 3.44 lies in the span of “Meets”."
    assert {key: names[key] for key in names if done[key].pages != done["control"].pages} == {}
    # pypdf trips over missing glyphs
    readable = {key: text_of(pack) for key, pack in done.items() if not pack.problems}
    assert {key for key, text in readable.items() if rating not in text} == set()
    plain = {key: "".join(clean(name).split()) for key, name in names.items() if name.isascii() and len(name) < 60}
    assert {key: name for key, name in plain.items() if name not in readable[key].replace(" ", "")} == {}
    assert {key for key, pack in done.items() if pypdf.PdfReader(io.BytesIO(pack.pdf)).attachments} == set()


def test_budget_is_kept_in_bytes(all_kinds: dict[str, Rendered]) -> None:
    """A pack of 24 KPIs is small enough to mail."""
    assert len(all_kinds["standard"].pdf) < 120_000


def test_standard_view_is_the_one_of_the_budget() -> None:
    """The pack that the time budget speaks of has 24 KPIs."""
    assert sum(len(kra.kpis) for kra in standard().segments[0].kras) == 24

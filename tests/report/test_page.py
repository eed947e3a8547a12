"""Designs run in a sandbox: they place texts, and what they do wrong is one clear problem."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from people import context, gallery, named, normal

from appraise.report.look import Look, style_of
from appraise.report.page import Pages, html_of
from appraise.report.view import view_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appraise.report.designs import Designs

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", list(gallery()))
def test_page_is_well_formed_and_accessible(name: str, designs: Designs) -> None:
    """Each table has a caption, each header a scope, each chart a title; headings go down in order; language is set."""
    html, problems = html_of(view_of(*gallery()[name]), designs)
    assert problems == []
    root = ET.fromstring(html)  # noqa: S314 -- our own page
    assert root.get("lang") == "en"
    assert [table for table in root.iter("table") if not "".join(next(table.iter("caption")).itertext()).strip()] == []
    assert [cell for cell in root.iter("th") if cell.get("scope") not in {"col", "row", "rowgroup"}] == []
    charts = [next(svg.iter(f"{SVG}title")).text or "" for svg in root.iter(f"{SVG}svg")]
    assert [title for title in charts if not title.endswith(".")] == []
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch(r"h\d", str(element.tag))]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_design_is_overridden_one_file_at_a_time(workspace: Callable[[dict[str, str]], Designs]) -> None:
    """A file in the workspace replaces its namesake; the others stay as they ship."""
    mine = workspace({"employee/changes.html.j2": "<p>ask me</p>"})
    html, problems = html_of(view_of(normal(), context()), mine)
    assert problems == []
    assert ("<p>ask me</p>" in html, "What would change it" in html, "How this was worked out" in html) == (
        True,
        False,
        True,
    )


def test_page_that_stands_alone_has_its_style_and_logo(designs: Designs) -> None:
    """The readable file needs nothing beside it."""
    look = Look(logo_name="logo.svg", logo=b"<svg/>")
    style, _ = style_of(look, designs)
    html, _ = Pages(designs).html_of(view_of(normal(), context()), style=style, logo=look.logo_data)
    assert "<style>@page { size: A4" in html
    assert ('"Noto Sans"' in html, html.count("</style")) == (True, 1)
    assert re.findall(r'(?:src|href)="([^"]{0,22})', html) == ["data:image/svg+xml;bas"]


def test_name_is_text(designs: Designs) -> None:
    """A name that looks like markup is printed as it is written."""
    html, _ = html_of(view_of(named("<script>alert(1)</script>"), context()), designs)
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2


@pytest.mark.parametrize(
    ("design", "line", "said"),
    [
        ("\n{{ view.nam }}", 2, "has no attribute 'nam'"),
        ("{{ nope }}", 1, "'nope' is undefined"),
        ("\n\n{% if %}", 3, "Expected an expression"),
        ("{{ 7 * 7 }}", 1, "a design does not calculate"),
        ("{{ view.title.upper() }}", 1, "is not safely callable"),
        ("{% for i in range(9) %}{% endfor %}", 1, "'range' is undefined"),
        ("{{ view.title|safe }}", 1, "No filter named 'safe'"),
        ("{% autoescape false %}{{ view.title }}{% endautoescape %}", 1, "does not switch escaping off"),
        ("{% include view.title %}", 1, "names other designs in plain text"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "maximum recursion depth"),
    ],
)
def test_failing_design_is_one_problem(
    workspace: Callable[[dict[str, str]], Designs], design: str, line: int, said: str
) -> None:
    """A design that fails gives one problem with its file, its line and what is wrong."""
    html, problems = html_of(view_of(normal(), context()), workspace({"employee/changes.html.j2": design}))
    assert html == ""
    assert [(str(problem.place), problem.code) for problem in problems] == [
        (f"mine/employee/changes.html.j2:{line}", "design-fails")
    ]
    assert said in problems[0].message


def test_missing_design_is_named(workspace: Callable[[dict[str, str]], Designs]) -> None:
    """A design that includes one that is not there says which."""
    _, problems = html_of(
        view_of(normal(), context()), workspace({"employee/changes.html.j2": '{% include "no.j2" %}'})
    )
    assert [(problem.code, problem.message) for problem in problems] == [
        ("design-missing", "design 'no.j2': no such file in the folders of designs")
    ]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a//b", "a/../b", "", ".hidden", "a\\b", "a b"])
def test_design_names_stay_inside(designs: Designs, name: str) -> None:
    """A name that is no plain relative one finds nothing."""
    assert designs.find(name) is None


def test_link_out_of_the_folder_is_not_followed(workspace: Callable[[dict[str, str]], Designs], tmp_path: Path) -> None:
    """A link in a folder of designs that leads elsewhere is no design."""
    mine = workspace({"a.css": ""})
    (tmp_path / "outside.css").write_text("x")
    (tmp_path / "reports" / "b.css").symlink_to(tmp_path / "outside.css")
    assert [mine.find(name) is not None for name in ("a.css", "b.css")] == [True, False]


@pytest.mark.parametrize(
    ("look", "code"), [(Look(accent="blue"), "accent-unreadable"), (Look(paper="a5"), "paper-unknown")]
)
def test_look_is_checked(designs: Designs, look: Look, code: str) -> None:
    """An accent that is no colour and an unknown paper are problems, never text in the style sheet."""
    style, problems = style_of(look, designs)
    assert (style, [problem.code for problem in problems]) == ("", [code])


def test_hostile_designs_give_one_problem_or_harmless_text(
    hostile: Path, workspace: Callable[[dict[str, str]], Designs]
) -> None:
    """Each hostile template either fails as one problem or prints nothing that it should not; none crashes or hangs."""
    view = view_of(named("<b>Eve</b>"), context())
    for line in (hostile / "jinja_templates.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        html, problems = html_of(view, workspace({"employee/changes.html.j2": case["value"]}))
        if case["verdict"] in {"reject", "limit"}:
            assert (html, [problem.code for problem in problems]) in (
                ("", ["design-fails"]),
                ("", ["design-missing"]),
            ), case
        assert "<b>Eve" not in html, case

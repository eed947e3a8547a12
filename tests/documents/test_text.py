"""What a YAML file may hold, and where the problem is when it holds something else."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appraise.documents.text import parse_document, read_document

if TYPE_CHECKING:
    from pathlib import Path

MERGE_BOMB = "a0: &a0 {k0: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 9)}], k{n}: 1}}\n" for n in range(1, 10)
)


def data_of(text: str) -> object:
    """The plain data of a text without problems."""
    document, problems = parse_document(text, "file.yaml")
    assert problems == []
    assert document is not None
    return document.data


def told(text: str) -> list[str]:
    """Place and code of every problem of a text."""
    return [
        f"{problem.place.line}:{problem.place.column} {problem.code}"
        for problem in parse_document(text, "file.yaml")[1]
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("12", 12),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("0", 0),
        ("0.50", 0.5),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("35%", "35%"),
        ("1:30", "1:30"),
        ("2024-02-29", "2024-02-29"),
        ("2024-02-29T25:00:00", "2024-02-29T25:00:00"),
        ("'010'", "010"),
        ('"1"', "1"),
        ("${HOME} $(id)", "${HOME} $(id)"),
    ],
)
def test_words_are_what_they_look_like(written: str, value: object) -> None:
    """Unquoted words follow the core rules of YAML 1.2; dates and whatever is unclear stay text."""
    assert data_of(f"key: {written}") == {"key": value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weight: 010", ["1:9 ambiguous-number"]),
        ("weight: 0x1F", ["1:9 ambiguous-number"]),
        ("weight: .nan", ["1:9 not-finite"]),
        ("weight: -.inf", ["1:9 not-finite"]),
        ("weight: 1e400", ["1:9 number-too-large"]),
        ("id: 12345678901234567", ["1:5 number-too-large"]),
        ("id: !!python/object/apply:os.system [x]", ["1:5 tag-refused"]),
        ("id: !mine x", ["1:5 tag-refused"]),
        ("a: &a 1\nb: *a", ["1:4 anchor-refused", "2:4 alias-refused"]),
        ("<<: {a: 1}", ["1:1 merge-refused"]),
        ("%YAML 1.1\n---\na: no", ["1:1 directive-refused"]),
        ("a: 1\n---\nb: 2", ["2:1 several-documents"]),
        ("a: 1\nb: 2\na: 3", ["3:1 duplicate-key"]),
        ("1: a", ["1:1 key-not-text"]),
        ("true: a", ["1:1 key-not-text"]),
        ("? \n: 1", ["1:2 key-not-text"]),
        ("? [a, b]\n: 1", ["1:3 key-not-text"]),
        ("a: {{ x }}", ["1:5 key-not-text", "1:7 key-without-value"]),
        ("a: {b}", ["1:5 key-without-value"]),
        ("a: b\x00c", ["1:5 invalid-character"]),
        ("a: b\x07c", ["1:5 invalid-character"]),
        ('a: "\\ud800"', ["1:4 invalid-character"]),
        ('a: "\\0"', ["1:4 invalid-character"]),
        ("a:\n\t- b", ["2:1 yaml-syntax"]),
        ("a: b: c", ["1:5 yaml-syntax"]),
        ("a: 'b' if c else d", ["1:8 yaml-syntax"]),
        ('a: "\\UFFFFFFFF"', ["1:5 yaml-syntax"]),
        ("a: [1, 2", ["1:9 yaml-syntax"]),
        ("", ["1:1 empty-file"]),
        ("# only a comment\n", ["1:1 empty-file"]),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, expected: list[str]) -> None:
    """Tags, anchors, merges, directives, odd keys and odd numbers are refused at their line and column."""
    assert told(text) == expected


def test_every_problem_of_a_file_is_told() -> None:
    """Reading goes on after a problem that leaves the rest readable."""
    assert told("a: 010\nb: !x 1\na: 2\n3: c\n") == [
        "1:4 ambiguous-number",
        "2:4 tag-refused",
        "3:1 duplicate-key",
        "4:1 key-not-text",
    ]


def test_a_comma_in_braces_is_recognised() -> None:
    """Where a comma inside braces cut a text in two, the whole text is shown in quotes and used."""
    document, problems = parse_document("- {formula: min(a, b, c), weight: 10}", "file.yaml")
    assert [(str(problem.place), problem.code, problem.hint) for problem in problems] == [
        ("file.yaml:1:13", "comma-in-braces", 'quote it: formula: "min(a, b, c)"')
    ]
    assert document is not None
    assert document.data == [{"formula": "min(a, b, c)", "weight": 10}]


def test_a_comma_in_braces_before_a_quote_is_recognised() -> None:
    """The comma is told, too, where the rest is no YAML because of it."""
    assert told("a: {when: code in ('x', 'y'), cap: 2}") == ["1:11 comma-in-braces"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 20_000, "too-deep"),
        ("- " * 20_000, "too-deep"),
        ("{a: " * 20_000, "too-deep"),
        ("".join(f"k{n}: 1\n" for n in range(50_000)), "too-many-values"),
        ("a: " + "x" * 1_200_000, "file-too-large"),
        ("a: '" + "x " * 500_000 + "'", ""),
        ("a:\n" + "#\n" * 400_000 + "  1", ""),
        ("a: " + "\\" * 100_000, ""),
    ],
    ids=["deep braces", "deep list", "deep keys", "many keys", "large", "long text", "comments", "backslashes"],
)
def test_size_is_limited_in_linear_time(text: str, code: str) -> None:
    """Files that are too large, deep or full are refused, and none takes more than a few seconds."""
    began = time.process_time()
    problems = parse_document(text, "file.yaml")[1]
    assert (time.process_time() - began) < 5
    assert [problem.code for problem in problems] == ([code] if code else [])


def test_a_merge_bomb_is_refused_unbuilt() -> None:
    """Nothing is built from a file with merges; each name is told once."""
    document, problems = parse_document(MERGE_BOMB, "file.yaml")
    assert document is None
    assert {problem.code for problem in problems} == {"anchor-refused", "alias-refused", "merge-refused"}
    assert len(problems) == 20


def test_a_recursive_alias_is_named() -> None:
    """An alias inside what it stands for is called recursive."""
    assert parse_document("a: &k\n  - *k", "file.yaml")[1][1].message == "recursive alias '*k' not allowed"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbfa: 1\n", []),
        (b"a: 1\r\nb: 2\r\n", []),
        (b"title: Ren\xe9\n", ["1:11 not-utf8 the file is not UTF-8: byte 10 is 0xE9"]),
        ("a: é\nb: 1".encode("utf-16"), ["0:0 not-utf8 the file is UTF-16, not UTF-8"]),
        (b"a: 1\n" * 300_000, ["0:0 file-too-large the file is larger than 1 MiB"]),
    ],
    ids=["mark", "line ends", "latin-1", "utf-16", "large"],
)
def test_files_are_utf8(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    """A file is UTF-8 of at most 1 MiB; a byte order mark and Windows line ends are welcome."""
    (tmp_path / "file.yaml").write_bytes(content)
    problems = read_document(tmp_path / "file.yaml", "file.yaml")[1]
    found = [f"{one.place.line}:{one.place.column} {one.code} {one.message}" for one in problems]
    assert found == expected


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A file that cannot be read is told by name."""
    document, problems = read_document(tmp_path / "none.yaml", "none.yaml")
    assert (document, [(str(one.place), one.code) for one in problems]) == (None, [("none.yaml", "cannot-read-file")])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    """A pipe or device in the place of a file is never opened: its end may never come."""
    os.mkfifo(tmp_path / "pipe.yaml")
    document, problems = read_document(tmp_path / "pipe.yaml", "pipe.yaml")
    assert (document, [problem.code for problem in problems]) == (None, ["cannot-read-file"])


def test_places_point_at_keys_and_values() -> None:
    """Every value and key of a document has its line, column and length."""
    document, _ = parse_document("kras:\n  - id: x\n    weight: 33.30\n", "file.yaml")
    assert document is not None
    assert str(document.place("kras", 0, "weight")) == "file.yaml:3:13"
    assert document.place("kras", 0, "weight").length == 5
    assert str(document.key_place("kras", 0, "weight")) == "file.yaml:3:5"
    assert str(document.place("kras", 0, "title")) == "file.yaml:2:5"
    assert document.raw("kras", 0, "weight") == "33.30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("formula: a + b", ("a + b", "1:10")),
        ("formula: 'a + b'", ("a + b", "1:11")),
        ("formula: >-\n  a +\n  b", ("a +\nb", "2:3")),
        ("formula: a +\n  b", ("a +\nb", "1:10")),
        ("formula: |\n\n    a + b\n", ("a + b", "3:5")),
    ],
)
def test_an_expression_begins_inside_its_quotes(text: str, expected: tuple[str, str]) -> None:
    """The place of an expression is that of its first character."""
    document, _ = parse_document(text, "file.yaml")
    assert document is not None
    expression = document.expression("formula")
    assert (expression.text, str(expression.place).removeprefix("file.yaml:")) == expected


@given(st.text(alphabet=st.sampled_from("ab:-[]{},&*!|>'\"%@#?\n \t01.\\xU~<"), max_size=60))
@example('"\\x"')
@example("%YAML x\n---")
@example("&")
@example("!<a")
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever is written, the answer is a document or a problem with a place, never an exception."""
    document, problems = parse_document(text, "file.yaml")
    assert document is not None or problems
    assert all(problem.place.file == "file.yaml" for problem in problems)


@pytest.mark.parametrize(
    ("text", "place", "cure"),
    [
        ("company My Company\nperiod: 2026-Q3\n", "1:1", "write `company: My Company`"),
        ("# a remark\ncompany My Company\n\n# another\nperiod: 2026-Q3\n", "2:1", "write `company: My Company`"),
        ("role: agent\ntitle Quality\nversion: 1.0.0\n", "2:1", "write `title: Quality`"),
        ("role: agent\ntitle:Quality\nversion: 1.0.0\n", "2:1", "write `title: Quality`"),
        ("kras:\n  - id: a\n    title:Quality\n    weight: 10\n", "3:5", "write `title: Quality`"),
        ("kras:\n  - id a\n    title: Quality\n", "2:5", "write `id: a`"),
        ("kras:\n  - id: a\n    kpis\n      - id: x\n        title: T\n", "3:5", "write `kpis:`"),
        ("people\n  source: people\n", "1:1", "write `people:`"),
        ("role: agent\ntitle Quality", "2:1", "write `title: Quality`"),
        (
            "definition: a long text\nthat goes on\nweight: 10\n",
            "2:1",
            "write `that: goes on`, or indent the line if it goes on with the text above",
        ),
    ],
)
def test_a_missing_colon_is_told_at_its_own_line(text: str, place: str, cure: str) -> None:
    """The line that lacks the colon is the one to mend, and not the innocent one below it."""
    (problem,) = parse_document(text, "file.yaml")[1]
    assert (f"{problem.place.line}:{problem.place.column}", problem.hint) == (place, cure)
    assert problem.message.endswith(("the colon is missing", "a blank is missing"))


@pytest.mark.parametrize(
    ("text", "place", "says", "cure"),
    [
        (
            "people:\n  source: people\n   where: x\n",
            "3:4",
            "this line begins with 3 spaces, line 2 with 2 spaces",
            "write 2 spaces before 'where', to put it under 'source' above",
        ),
        (
            "people:\n    source: people\n  where: x\n",
            "3:3",
            "this line begins with 2 spaces, line 2 with 4 spaces",
            "write 4 spaces before 'where', to put it under 'source' above",
        ),
        (
            "kras:\n  - id: a\n   title: T\n",
            "3:4",
            "this line begins with 3 spaces, line 2 with 2 spaces and '-'",
            "write 4 spaces before 'title', to put it under 'id' above",
        ),
        (
            "company: X\n period: 2026\n",
            "2:2",
            "this line begins with 1 space, line 1 with 0 spaces",
            "write no space before 'period', to put it under 'company' above",
        ),
        (
            "people:\n  columns:\n    id: a\n      name: b\n  where: x\n",
            "4:7",
            "this line begins with 6 spaces, line 3 with 4 spaces",
            "write 4 spaces before 'name', to put it under 'id' above",
        ),
        (
            "list:\n  - a\n - b\n",
            "3:2",
            "this line begins with 1 space, line 2 with 2 spaces and '-'",
            "write 2 spaces before '-', to put it under the one above",
        ),
    ],
)
def test_a_wrong_indentation_is_told_in_spaces(text: str, place: str, says: str, cure: str) -> None:
    """The message counts the spaces of the line and of its neighbours, and the cure says how many to write."""
    (problem,) = parse_document(text, "file.yaml")[1]
    assert (f"{problem.place.line}:{problem.place.column}", problem.message, problem.hint) == (place, says, cure)


@pytest.mark.parametrize("text", ["title: a: b\n", "text: it is\n  so that this holds: here\n", 'a: "b" c\nd: e\n'])
def test_what_is_no_missing_colon_is_told_otherwise(text: str) -> None:
    """A second colon in a text, and words after a quote, keep their own cures."""
    (problem,) = parse_document(text, "file.yaml")[1]
    assert "quotes" in problem.hint

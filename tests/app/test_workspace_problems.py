"""What can be wrong in appraise.yaml: the place, the code and the words for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from appraise.app.bundled import schema_text
from appraise.app.workspace import load_workspace
from appraise.documents.schema import load_schema
from appraise.model.problem import Problem, Severity

SCHEMA = load_schema(schema_text("workspace"))
GOOD = """\
company: Acme
people: {source: people}
sources:
  people: data/people.csv
"""


def problems_of(folder: Path, text: str, **files: str) -> list[Problem]:
    """The problems of this text of appraise.yaml, with CSV files beside it."""
    (folder / "appraise.yaml").write_text(text, "utf-8")
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return load_workspace(folder, SCHEMA)[1]


def told(problems: list[Problem]) -> list[str]:
    """The problems as `line:column code`."""
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in problems]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param("  c: {path: a.csv}", ["5:3 source-of-whom"], id="nobody's source"),
        pytest.param("  c: {person: a}", ["5:3 source-without-path"], id="no file"),
        pytest.param(
            "  c: /etc/a.csv", ["5:3 source-of-whom", "5:6 path-outside-workspace"], id="absolute in the short form"
        ),
        pytest.param("  c: {path: ../a.csv, person: a}", ["5:13 path-outside-workspace"], id="climbing out"),
        pytest.param("  c: {path: d/../../a.csv, person: a}", ["5:13 path-outside-workspace"], id="climbing out later"),
        pytest.param("  c: {path: /etc/passwd, person: a}", ["5:13 path-outside-workspace"], id="absolute"),
        pytest.param("  c: {path: ~/a.csv, person: a}", ["5:13 path-outside-workspace"], id="home"),
        pytest.param("  c: {path: 'C:\\a.csv', person: a}", ["5:13 path-outside-workspace"], id="drive"),
        pytest.param("  c: {path: 'd\\a.csv', person: a}", ["5:13 path-outside-workspace"], id="backslash"),
        pytest.param("  c: {path: '${HOME}/a', person: a}", ["5:13 environment-not-allowed-here"], id="environment"),
        pytest.param("  c: {path: a.csv, person: a, company: true}", ["5:31 two-ways-to-say"], id="person and company"),
        pytest.param("  c: {path: a.csv, person: a, team: t}", ["5:31 two-ways-to-say"], id="person and team"),
        pytest.param("  c: {path: a.csv, person: a, date_format: d/m/yy}", [], id="short date format"),
        pytest.param("  c: {path: a.csv, person: a, date_format: '%d'}", ["5:44 bad-date-format"], id="percent signs"),
        pytest.param("  c: {path: a.csv, person: a, date_format: dd-mm}", ["5:44 bad-date-format"], id="no year"),
        pytest.param("  c: {path: a.csv, person: a, encoding: utf-80}", ["5:41 unknown-encoding"], id="encoding"),
        pytest.param("  c: {path: a.csv, person: a, encoding: rot13}", ["5:41 unknown-encoding"], id="no text"),
        pytest.param(
            "  c: {path: a.csv, person: a, encoding: unicode_escape}", ["5:41 unknown-encoding"], id="escapes"
        ),
        pytest.param(
            '  c: {path: a.csv, person: a, encoding: "utf-8\\0"}',
            ["5:41 invalid-character", "5:41 unknown-encoding"],
            id="encoding with a NUL",
        ),
        pytest.param(
            "  c: {path: a.csv, person: a, columns: {x: T, y: t}}", ["5:50 name-twice"], id="one column, two names"
        ),
        pytest.param(
            "  c: {path: a.csv, person: a, columns: {g: Gender}}", ["5:41 protected-attribute"], id="renamed protected"
        ),
        pytest.param(
            "  c: {path: a.csv, person: a, months_in_columns: {year: y, months: [a, b], value: v}}",
            ["5:68 twelve-months-needed"],
            id="two months",
        ),
        pytest.param("  c: {path: a.csv, person: a, types: {x: numbr}}", ["5:42 not-allowed-value"], id="type word"),
        pytest.param("  Calls: {path: a.csv, person: a}", ["5:3 bad-name"], id="capital letter"),
        pytest.param("  c: {path: a.csv, person: a, pth: b}", ["5:31 unknown-key"], id="unknown key"),
        pytest.param("  c: {url: 'sqlite:///a.db', person: a}", ["5:7 half-a-database"], id="no statement"),
        pytest.param("  c: {query: q.sql, person: a}", ["5:7 half-a-database"], id="no database"),
        pytest.param(
            "  c: {url: 'sqlite:///a.db', query: q.txt, person: a}", ["5:37 half-a-database"], id="no .sql file"
        ),
        pytest.param(
            "  c: {url: 'sqlite:///a.db', query: ../q.sql, person: a}",
            ["5:37 path-outside-workspace"],
            id="a statement outside",
        ),
        pytest.param(
            "  c: {url: 'sqlite:///a.db', query: q.sql, path: a.csv, person: a}",
            ["5:44 two-ways-to-say"],
            id="a database and a file",
        ),
        pytest.param(
            "  c: {path: a, person: b, credit: {to: d, same: x, within: 5 days}}",
            ["5:27 credit-needs-logs", "5:27 two-ways-to-say", "5:40 unknown-source"],
            id="a person and credit",
        ),
        pytest.param(
            "  c: {path: a, date: d, credit: {to: c}}",
            ["5:25 missing-key", "5:25 missing-key", "5:38 credit-needs-logs"],
            id="half",
        ),
        pytest.param(
            "  c: {path: a, date: d, credit: {to: people, same: x, within: 5 days, split: {last: 70, first: 40}}}",
            ["5:38 credit-needs-logs", "5:78 split-total"],
            id="split beyond 100",
        ),
        pytest.param(
            "  d: {path: b, person: p, date: d}\n"
            "  c: {path: a, date: d, credit: {to: d, same: x, within: 5 days, reverses: r}}",
            ["6:76 credit-without-key"],
            id="reversals without a key",
        ),
        pytest.param(
            "  c: {path: a, person: p, leave_out: {source: c, same: x}}", ["5:47 leave-out-itself"], id="out of itself"
        ),
        pytest.param(
            "  c: {path: a, person: p, leave_out: {source: d, same: x}}", ["5:47 unknown-source"], id="out of none"
        ),
        pytest.param(
            "  d: a\n  c: {path: a, person: p, leave_out: {source: d, same: x}}", [], id="a source that is nobody's"
        ),
        pytest.param("manual: ../m.csv", ["5:9 path-outside-workspace"], id="manual"),
        pytest.param("minimum_segment_days: -1", ["5:23 out-of-range"], id="segments"),
        pytest.param("measures: {x: {count: peple}}", ["5:23 unknown-source"], id="unknown source"),
        pytest.param("measures: {x: {sum: a, source: peple}}", ["5:32 unknown-source"], id="unknown source of a sum"),
        pytest.param("measures: {x: {sum: a}}", ["5:12 measure-without-source"], id="sum of what"),
        pytest.param("measures: {x: {source: people}}", ["5:12 measure-without-aggregate"], id="no aggregate"),
        pytest.param("measures: {x: {count: people, sum: a}}", ["5:31 two-ways-to-say"], id="two aggregates"),
        pytest.param("measures: {x: {count: people, source: people}}", ["5:31 two-ways-to-say"], id="source twice"),
        pytest.param(
            "measures: {x: {sum: a, source: people, first_per: a, last_per: b}}", ["5:54 two-ways-to-say"], id="state"
        ),
        pytest.param("measures: {prev: {count: people}}", ["5:12 reserved-name"], id="reserved name"),
        pytest.param("measures: {x: {count: people}, x: {count: people}}", ["5:32 duplicate-key"], id="measure twice"),
        pytest.param("targets: {x: {source: people}}", ["5:11 target-without-value"], id="target without value"),
        pytest.param("targets: {x: {source: peeple, value: a}}", ["5:23 unknown-source"], id="target's source"),
        pytest.param(
            "targets: {x: {source: people, value: a, columns: {target: a, value: b}}}",
            ["5:41 two-ways-to-say"],
            id="both target forms",
        ),
        pytest.param("period: 2026-Q5", ["5:9 unknown-period"], id="period"),
        pytest.param("calendar: {time_zone: Asia/Kolkatta}", ["5:23 unknown-time-zone"], id="time zone"),
        pytest.param("calendar: {workdays: [mon, tue, mon]}", ["5:22 repeated-entry"], id="workday twice"),
        pytest.param("calendar: {time_zone: ../UTC}", ["5:23 unknown-time-zone"], id="time zone as a path"),
        pytest.param("calendar: {appraise_every: quater}", ["5:28 unknown-rhythm"], id="rhythm"),
        pytest.param("calendar: {appraise_every: ../p.csv}", ["5:28 path-outside-workspace"], id="periods outside"),
        pytest.param("calendar: {holidays: /h.csv}", ["5:22 path-outside-workspace"], id="holidays outside"),
        pytest.param("calendar: {year_starts: aprl}", ["5:25 not-allowed-value"], id="month"),
        pytest.param("notes: ../n.csv", ["5:8 path-outside-workspace"], id="notes"),
        pytest.param("decisions: ../n.csv", ["5:12 path-outside-workspace"], id="decisions"),
        pytest.param("reports: {language: xx}", ["5:21 unknown-language"], id="no language"),
        pytest.param("reports: {language: en-XX}", ["5:21 unknown-language"], id="language of nowhere"),
        pytest.param("reports: {accent: blue}", ["5:19 bad-colour"], id="colour word"),
        pytest.param("reports: {accent: }", ["5:18 bad-colour"], id="colour lost in a comment"),
        pytest.param("reports: {logo: ../l.svg}", ["5:17 path-outside-workspace"], id="logo"),
        pytest.param("reports: {language: English}", ["5:21 unknown-language"], id="language"),
        pytest.param("plugins: {allow: [../x.py]}", ["5:19 path-outside-workspace"], id="plugin outside"),
        pytest.param("plugins: {allow: [data/x.py]}", ["5:19 plugin-elsewhere"], id="plugin elsewhere"),
        pytest.param(
            "scales: {s: {lowest: 5, highest: 1, labels: [{label: A, from: 5}]}}", ["5:34 scale-upside-down"], id="ends"
        ),
        pytest.param(
            "scales: {s: {lowest: 1, highest: 3, labels: [{label: A, from: 2}]}}", ["5:63 scale-gap"], id="scale gap"
        ),
        pytest.param(
            "scales: {s: {lowest: 1, highest: 3, labels: [{label: A, from: 1}, {label: B, from: 1}]}}",
            ["5:84 scale-not-in-order"],
            id="scale order",
        ),
        pytest.param(
            "scales: {s: {lowest: 1, highest: 3, labels: [{label: A, from: 1}, {label: B, from: 4}]}}",
            ["5:84 scale-label-unreachable"],
            id="label beyond the scale",
        ),
        pytest.param(
            "scales: {s: {lowest: 1, highest: 3, labels: [{label: A, from: 1}, {label: a, from: 2}]}}",
            ["5:75 name-twice"],
            id="label twice",
        ),
        pytest.param(
            "scales: {s: {lowest: 1, highest: 3, labels: [{label: A, from: 1}, {label: B, from: 1.605}]}}",
            ["5:84 score-too-fine"],
            id="label finer than a score",
        ),
    ],
)  # fmt: skip
def test_each_fault_has_its_place_and_code(tmp_path: Path, more: str, expected: list[str]) -> None:
    """One fault in appraise.yaml is one problem, at the line and column where it stands."""
    assert told(problems_of(tmp_path, f"{GOOD}{more}\n")) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        pytest.param("{source: peple}", ["2:18 unknown-source"], id="source"),
        pytest.param("{source: people, roles: {A: b}, everyone_is: c}", ["2:41 two-ways-to-say"], id="roles twice"),
        pytest.param("{source: people, attributes: [grade, Gender]}", ["2:46 protected-attribute"], id="protected"),
        pytest.param("{source: people, attributes: [Grade, grade]}", ["2:46 name-twice"], id="attribute twice"),
        pytest.param(
            "{source: people, leave: {source: lve, person: a, from: b, to: c}}", ["2:42 unknown-source"], id="leave"
        ),
        pytest.param("{source: people, everyone_is: http://x/y}", ["2:39 wrong-format"], id="ids only"),
    ],
)
def test_faults_of_the_people_part(tmp_path: Path, people: str, expected: list[str]) -> None:
    """Who is appraised is said in one way, with known sources and no protected attribute."""
    assert told(problems_of(tmp_path, GOOD.replace("{source: people}", people))) == expected


def test_all_faults_in_one_go(tmp_path: Path) -> None:
    """Schema faults and cross-checks are told together, in the order of the lines."""
    problems = problems_of(
        tmp_path,
        """\
compny: Acme
people: {source: people, attributes: [age]}
sources:
  people: data/people.csv
  calls: {path: ../x.csv, person: agent}
measures:
  talk: {sum: seconds, source: cals}
""",
    )

    assert told(problems) == [
        "1:1 unknown-key",
        "2:39 protected-attribute",
        "5:17 path-outside-workspace",
        "7:32 unknown-source",
    ]


def test_an_unknown_source_is_guessed(tmp_path: Path) -> None:
    """The message names the measure, the hint what was probably meant."""
    problem = problems_of(tmp_path, f"{GOOD}measures: {{x: {{count: peple}}}}\n")[0]

    assert (problem.message, problem.hint) == ("measure 'x': there is no source 'peple'", "did you mean 'people'?")


def test_a_tables_column_may_not_share_a_measures_name(tmp_path: Path) -> None:
    """A table's numeric columns are measures by themselves, so the same name twice is an error."""
    problems = problems_of(
        tmp_path,
        f"{GOOD}  quality: {{path: q.csv, person: id, types: {{Score: number}}}}\n"
        "  audits: {path: a.csv, person: id, columns: {score: Mark}, types: {score: percent}}\n"
        "measures: {score: {count: people}}\n",
    )

    assert [problem.message for problem in problems] == [
        "source 'quality': its column 'score' is called like the measure 'score'",
        "source 'audits': its column 'score' is called like the measure 'score'",
    ]


def test_environment_words_stay_text_where_no_path_is(tmp_path: Path) -> None:
    """A title is never filled in from the environment: it is printed as it stands."""
    (tmp_path / "appraise.yaml").write_text(GOOD.replace("Acme", "${HOME} $(id) `id`"), "utf-8")

    workspace, problems = load_workspace(tmp_path, SCHEMA)

    assert problems == []
    assert workspace is not None
    assert workspace.company == "${HOME} $(id) `id`"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("day,name\n", ["1:1 column-missing"], id="no date column"),
        pytest.param("", ["1:1 column-missing"], id="empty"),
        pytest.param("date\n2026-02-30\n", ["2:1 date-unreadable"], id="no such day"),
        pytest.param("date\n01/02/2026\n", ["2:1 date-unreadable"], id="ambiguous"),
        pytest.param("date\n٢٠٢٦-01-01\n", ["2:1 date-unreadable"], id="foreign digits"),
        pytest.param("date,name\n,x\n", ["2:1 date-unreadable"], id="blank"),
        pytest.param('date\n"2026-01-01\n', ["0:0 file-unreadable"], id="unclosed quote"),
        pytest.param("date\n2026-01-01\n\n", [], id="blank line at the end"),
    ],
)
def test_faults_of_holidays(tmp_path: Path, content: str, expected: list[str]) -> None:
    """A holiday that cannot be read is told with its line, and the others count."""
    problems = problems_of(tmp_path, f"{GOOD}calendar: {{holidays: h.csv}}\n", h=content)

    assert told(problems) == expected
    assert {problem.place.file for problem in problems} <= {"h.csv"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["P1,2026-02-01,2026-02-28", "P2,2026-03-02,2026-03-28"], ["3:1 periods-gap"], id="gap"),
        pytest.param(["P1,2026-02-01,2026-02-28", "P2,2026-02-28,2026-03-28"], ["3:1 periods-overlap"], id="overlap"),
        pytest.param(["P1,2026-02-28,2026-02-01"], ["2:1 period-ends-before-start"], id="reversed"),
        pytest.param(["P1,2026-02-01,2026-02-28", "p1,2026-03-01,2026-03-28"], ["3:1 period-twice"], id="twice"),
        pytest.param(["../x,2026-02-01,2026-02-28"], ["2:1 period-name-unusable"], id="a name that is a path"),
        pytest.param(["P1,2026-02-01,tomorrow"], ["2:1 date-unreadable"], id="no date"),
        pytest.param([], ["0:0 no-dated-periods"], id="none"),
    ],
)
def test_faults_of_dated_periods(tmp_path: Path, lines: list[str], expected: list[str]) -> None:
    """Dated periods have usable names and follow one another; a hole between them is worth a warning."""
    content = "\n".join(["period,start,end", *lines])

    problems = problems_of(tmp_path, f"{GOOD}calendar: {{appraise_every: p.csv}}\n", p=content)

    assert told(problems) == expected
    assert [problem.severity is Severity.WARNING for problem in problems] == ["gap" in code for code in expected]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A holidays file that does not exist is named."""
    problems = problems_of(tmp_path, f"{GOOD}calendar: {{holidays: data/none.csv}}\n")

    assert [problem.message for problem in problems] == ["file 'data/none.csv': there is no such file"]


HOSTILE = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile_inputs" / "yaml"


def test_hostile_files_end_in_problems(tmp_path: Path) -> None:
    """No hostile YAML file makes reading a workspace crash or passes as one."""
    if not HOSTILE.is_dir():
        pytest.skip("the shared cases are not beside this checkout")
    for hostile in sorted(HOSTILE.iterdir()):
        (tmp_path / "appraise.yaml").write_bytes(hostile.read_bytes())
        assert load_workspace(tmp_path, SCHEMA)[1] != [], hostile.name

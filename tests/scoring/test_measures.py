"""From rows to measures, on a small company made by hand: two teams, a lead, a leaver and a newcomer."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_company import (
    CALLS,
    FUNCTIONS,
    HERE,
    QUALITY,
    asked,
    calls,
    facts,
    july,
    measure,
    values,
)

from appraise.model.kinds import Kind
from appraise.model.problem import Problem
from appraise.model.workspace import MeasureSpec, PersonKey, SourceSpec, TargetSpec
from appraise.plugin import CustomMeasure, MeasureColumn, MeasureRequest
from appraise.scoring.custom_specs import with_declarations
from appraise.scoring.measures import MeasuresAsked, columns_used, measures_of
from appraise.sources.facts import FactTable

LOG = calls(
    ("A", july(1), 10.0, True, "k1"),
    ("A", july(2), 20.0, False, "k1"),
    ("A", july(3), None, True, "k2"),
    ("B", july(1), 5.0, None, "k3"),
    ("O", date(2026, 9, 30), 7.0, True, None),
    ("A", date(2026, 6, 30), 100.0, True, "k9"),
    ("B", date(2026, 10, 1), 1000.0, True, "k9"),
)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param(measure("m", "count"), {"A": 3, "B": 1, "O": 1}, id="count"),
        pytest.param(measure("m", "count", where="answered"), {"A": 2, "B": 0, "O": 1}, id="count-where"),
        pytest.param(measure("m", "count_distinct", "account"), {"A": 2, "B": 1, "O": "no_rows"}, id="count-distinct"),
        pytest.param(measure("m", "sum", "seconds"), {"A": 30, "B": 5, "O": 7}, id="sum"),
        pytest.param(measure("m", "sum", "2 * seconds + 1"), {"A": 62, "B": 11, "O": 15}, id="row-arithmetic"),
        pytest.param(measure("m", "sum", "seconds", where="answered"), {"A": 10, "B": 0, "O": 7}, id="sum-where"),
    ],
)
def test_what_counts_and_adds_up_is_zero_without_rows(spec: MeasureSpec, expected: dict[str, Any]) -> None:
    """Rows of the period count, both ends included; over a delivered log nobody's missing rows are nothing but 0."""
    assert values(asked([LOG], [spec], ["m"]), "m") == {"L": 0, "N": 0, "X": 0} | expected


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [("mean", 15.0), ("min", 10.0), ("max", 20.0), ("latest", 20.0), ("earliest", 10.0)],
)
def test_the_other_aggregates_have_no_data_without_rows(aggregate: str, expected: float) -> None:
    """Of no rows there is no mean, no least, no greatest, no latest and no earliest; blank cells are skipped."""
    found = values(asked([LOG], [measure("m", aggregate, "seconds")], ["m"]), "m")
    assert found == {"A": expected, "B": 5.0, "O": 7.0, "L": "no_rows", "N": "no_rows", "X": "no_rows"}


def test_used_and_left_out_rows_are_counted() -> None:
    """Beside the value stand the rows it was made of, and those that were left out for a blank cell or filter."""
    request = asked([LOG], [measure("s", "sum", "seconds"), measure("c", "count", where="answered")], ["s", "c"])
    frame, _ = measures_of(request)
    row = {name: frame.filter(person="A")[name].item() for name in ("s#", "s~", "c#", "c~")}
    assert row == {"s#": 2, "s~": 1, "c#": 2, "c~": 0}
    assert frame.filter(person="B").select("c", "c#", "c~").row(0) == (0.0, 0, 1)


def test_rows_whose_every_cell_is_blank_are_no_zero() -> None:
    """Where rows exist but none of them has the number, a sum is missing: missing is never zero."""
    assert (
        values(asked([calls(("A", july(1), None, True, "k"))], [measure("m", "sum", "seconds")], ["m"]), "m")["A"]
        == "no_rows"
    )


@pytest.mark.parametrize(("if_no_rows", "expected"), [("missing", "no_rows"), ("zero", 0.0)])
def test_if_no_rows_says_otherwise(if_no_rows: str, expected: float | str) -> None:
    """A measure may say what no rows mean."""
    specs = [
        measure("s", "sum", "seconds", if_no_rows=if_no_rows),
        measure("m", "max", "seconds", if_no_rows=if_no_rows),
    ]
    request = asked([LOG], specs, ["s", "m"])
    assert (values(request, "s")["L"], values(request, "m")["L"]) == (expected, expected)


@pytest.mark.parametrize(("status", "reason"), [("missing", "source_missing"), ("stale", "stale")])
def test_a_source_that_did_not_arrive_gives_nobody_anything(status: str, reason: str) -> None:
    """A missing or stale source makes all its measures missing, counts and those of the period before too."""
    names = ["m", "prev.m", "team.m", "company.m"]
    request = asked([calls(status=status)], [measure("m", "count")], names)
    assert {name: set(values(request, name).values()) for name in names} == {name: {reason} for name in names}


def test_the_period_before() -> None:
    """`prev.x` is the same over the period before; who was not employed then has no data."""
    found = values(asked([LOG], [measure("m", "sum", "seconds")], ["prev.m"]), "prev.m")
    assert found == {"A": 100.0, "B": 0.0, "L": 0.0, "N": "no_rows", "O": 0.0, "X": 0.0}


def test_a_log_that_begins_later_says_nothing_of_the_period_before() -> None:
    """Without data of the period before, `prev.x` is missing and not 0."""
    log = calls(("A", july(1), 1.0, True, "k"))
    assert set(values(asked([log], [measure("m", "count")], ["prev.m"]), "prev.m").values()) == {"no_rows"}


def test_as_of_the_end_reads_back_without_limit() -> None:
    """`as_of: end` takes every row up to the period's end."""
    assert values(asked([LOG], [measure("m", "sum", "seconds", as_of="end")], ["m"]), "m")["A"] == 130.0


def test_first_and_last_per_key() -> None:
    """Of each account the first or the last row counts, by time."""
    log = calls(
        ("A", july(9), 3.0, True, "k1"),
        ("A", july(1), 1.0, True, "k1"),
        ("A", july(5), 10.0, True, "k2"),
        ("A", july(2), 50.0, True, None),
    )
    specs = [
        measure("opening", "sum", "seconds", first_per="account"),
        measure("closing", "sum", "seconds", last_per="Account"),
    ]
    request = asked([log], specs, ["opening", "closing"])
    assert (values(request, "opening")["A"], values(request, "closing")["A"]) == (11.0, 13.0)


def test_an_account_that_changes_hands_counts_once_for_the_team() -> None:
    """A state is pooled before the first row per key is chosen."""
    log = calls(("A", july(1), 100.0, True, "k1"), ("B", july(20), 80.0, True, "k1"))
    request = asked([log], [measure("opening", "sum", "seconds", first_per="account")], ["opening", "team.opening"])
    assert values(request, "opening") | {"team": values(request, "team.opening")["A"]} == {
        "A": 100.0,
        "B": 80.0,
        "L": 0.0,
        "N": 0.0,
        "O": 0.0,
        "X": 0.0,
        "team": 100.0,
    }


def test_case_17_a_team_rate_is_the_ratio_of_sums() -> None:
    """Kept 90 of 100 and 10 of 50 is 66.67 percent of the team's promises; the mean of the rates, 55, is nobody's."""
    spec = SourceSpec("promises", HERE, person=PersonKey("agent"))
    table = facts(
        spec, [("A", 90.0, 100.0), ("B", 10.0, 50.0)], {"_person": pl.String, "kept": pl.Float64, "due": pl.Float64}
    )
    frame, problems = measures_of(asked([table], [], ["team.kept", "team.due", "kept"]))
    assert problems == []
    kept, due = frame.filter(person="A").select("team.kept", "team.due").row(0)
    assert round(100 * kept / due, 2) == 66.67


TEAM_LOG = calls(
    ("A", july(1), 1.0, True, "k1"),
    ("B", july(2), 2.0, True, "k1"),
    ("X", july(3), 4.0, True, "k2"),
    ("L", july(4), 1000.0, True, "k3"),
    ("O", july(5), 8.0, True, "k4"),
    ("stranger", july(5), 5000.0, True, "k5"),
)


@pytest.mark.parametrize(
    ("aggregate", "team", "company"),
    [
        ("sum", 7.0, 1015.0),
        ("mean", 7.0 / 3, 203.0),
        ("max", 4.0, 1000.0),
        ("min", 1.0, 1.0),
        ("latest", 4.0, 8.0),
        ("count_distinct", 2.0, 4.0),
    ],
)
def test_teams_are_made_of_pooled_rows(aggregate: str, team: float, company: float) -> None:
    """A team has its leavers in and its lead out; a lead's team are the reports; the company is everybody appraised."""
    expression = "account" if aggregate == "count_distinct" else "seconds"
    request = asked([TEAM_LOG], [measure("m", aggregate, expression)], ["team.m", "company.m"])
    found = values(request, "team.m")
    alone = 1.0 if aggregate == "count_distinct" else 8.0
    assert found == {"A": team, "B": team, "L": team, "N": team, "X": team, "O": alone}
    assert set(values(request, "company.m").values()) == {company}


def test_a_team_without_members_has_no_data() -> None:
    """A lead without reports has no team numbers, not zeros."""
    request = asked([TEAM_LOG], [measure("m", "count")], ["team.m"])
    lonely = MeasuresAsked(
        **{name: getattr(request, name) for name in request.__slots__ if name != "team_kinds"},
        team_kinds={"agent": "direct_reports"},
    )
    assert values(lonely, "team.m") == {
        "A": "no_rows",
        "B": "no_rows",
        "L": 3.0,
        "N": "no_rows",
        "O": "no_rows",
        "X": "no_rows",
    }


def test_a_table_tells_nothing_of_people_without_a_row() -> None:
    """A table without the person's row is no data even for a count; a filter that drops the row counts 0."""
    table = facts(QUALITY, [("A", 90.0), ("B", 50.0)], {"_person": pl.String, "score": pl.Float64})
    specs = [measure("good", "count", source="quality", where="score >= 80")]
    request = asked([table], specs, ["good", "score", "prev.score", "team.score"])
    assert values(request, "good") == {
        "A": 1.0,
        "B": 0.0,
        "L": "no_rows",
        "N": "no_rows",
        "O": "no_rows",
        "X": "no_rows",
    }
    assert values(request, "score")["A"] == 90.0
    assert values(request, "team.score")["A"] == 140.0
    assert set(values(request, "prev.score").values()) == {"no_rows"}


def test_two_rows_of_a_person_make_a_column_no_measure() -> None:
    """A table's column is a measure while everybody has one row; a second one asks for an aggregate."""
    table = facts(QUALITY, [("A", 90.0), ("A", 70.0), ("B", 50.0)], {"_person": pl.String, "score": pl.Float64})
    request = asked([table], [measure("mean_score", "mean", "score", source="quality")], ["score", "mean_score"])
    frame, problems = measures_of(request)
    assert frame.filter(person="A").select("score", "score?", "mean_score").row(0) == (None, "unreadable", 80.0)
    assert frame.filter(person="B")["score"].item() == 50.0
    assert [(problem.code, str(problem.place), problem.message, problem.person) for problem in problems] == [
        (
            "several-rows-per-person",
            "data/quality.csv:3",
            (
                "source 'quality': person 'A' has 2 rows (data/quality.csv:2 and data/quality.csv:3), "
                "so its column 'score' is no measure"
            ),
            "A",
        )
    ]


def test_a_table_with_history_tells_of_both_periods() -> None:
    """Rows that name their period count for it."""
    table = facts(
        QUALITY,
        [("A", "2026-Q3", 90.0), ("A", "2026-Q2", 60.0), ("A", "2020-Q1", 1.0)],
        {"_person": pl.String, "_period": pl.String, "score": pl.Float64},
    )
    request = asked([table], [], ["score", "prev.score"])
    assert (values(request, "score")["A"], values(request, "prev.score")["A"]) == (90.0, 60.0)


def test_an_unreadable_cell_is_skipped_and_alone_is_no_value() -> None:
    """Rows with an unreadable cell are left out; where there is no other row the reason is `unreadable`."""
    schema = {"_person": pl.String, "score": pl.Float64, "score!": pl.Boolean}
    table = facts(QUALITY, [("A", None, True), ("B", None, True), ("B", 5.0, False), ("O", None, False)], schema)
    found = values(asked([table], [measure("m", "sum", "score", source="quality")], ["m"]), "m")
    assert {person: found[person] for person in "ABO"} == {"A": "unreadable", "B": 5.0, "O": "no_rows"}


def test_company_and_team_facts() -> None:
    """Everybody has the company's figure, each person the one of the own team; the company pools the teams."""
    company = facts(SourceSpec("books", HERE, company=True), [(100.0,)], {"receivables": pl.Float64})
    team = facts(
        SourceSpec("floors", HERE, team="team"), [("T7", 3.0), ("T8", 4.0)], {"_team": pl.String, "desks": pl.Float64}
    )
    request = asked([company, team], [], ["receivables", "company.receivables", "desks", "company.desks"])
    assert (
        set(values(request, "receivables").values()) == set(values(request, "company.receivables").values()) == {100.0}
    )
    assert (values(request, "desks")["A"], values(request, "desks")["O"]) == (3.0, 4.0)
    assert set(values(request, "company.desks").values()) == {7.0}


def doubled(request: MeasureRequest) -> pl.DataFrame:
    """Twice the seconds, by a plugin."""
    return request.rows.group_by("person").agg((2 * pl.col("seconds").sum()).alias("value"))


def broken(request: MeasureRequest) -> pl.DataFrame:
    """A plugin's fault."""
    raise ZeroDivisionError(request.start)


def test_a_plugins_measure_is_computed_from_pooled_rows() -> None:
    """A custom measure sees the rows of the group after `where`, with the group's key for the person."""
    spec = measure("m", "custom", "doubled", where="answered")
    request = asked([LOG], [spec], ["m", "team.m"], custom={"doubled": CustomMeasure("doubled", doubled, "")})
    assert (values(request, "m")["A"], values(request, "team.m")["L"], values(request, "m")["X"]) == (
        20.0,
        20.0,
        "no_rows",
    )


def test_a_row_that_lacks_what_a_plugin_needs_is_left_out() -> None:
    """A plugin gets its columns under their names; rows that lack one, or have an unreadable one, stand apart."""
    log = calls(("A", july(1), 60.0, True, "a"), ("A", july(2), None, True, "a"), ("A", july(3), 5.0, True, None))
    log = replace(log, frame=log.frame.with_columns(pl.Series("account!", [False, False, True])))
    seen: list[MeasureRequest] = []

    def longest(request: MeasureRequest) -> pl.DataFrame:
        seen.append(request)
        return request.rows.group_by("person").agg(pl.col("length").max().alias("value"))

    columns = (MeasureColumn("length", Kind.NUMBER, ""), MeasureColumn("of", Kind.TEXT, "", blank=True))
    custom = {"longest": CustomMeasure("longest", longest, "", columns=columns)}
    spec = measure("m", "custom", "longest", columns={"length": "seconds", "of": "account"})
    request = asked([log], [spec], ["m"], custom=custom)
    request = replace(request, workspace=with_declarations(request.workspace, custom))
    frame, problems = measures_of(request)
    row = frame.row(by_predicate=pl.col("person") == "A", named=True)
    assert (problems, row["m"], row["m#"], row["m~"]) == ([], 60.0, 1, 2)
    assert seen[0].left_out is not None
    assert (seen[0].rows.columns, seen[0].left_out["length"].to_list()) == (
        ["person", "date", "length", "of"],
        [None, 5.0],
    )


def test_a_plugin_that_fails_is_one_problem() -> None:
    """What a plugin raises costs its measure only."""
    specs = [measure("m", "custom", "broken"), measure("c", "count")]
    request = asked([LOG], specs, ["m", "c"], custom={"broken": CustomMeasure("broken", broken, "")})
    frame, problems = measures_of(request)
    assert [problem.code for problem in problems] == ["custom-measure-failed"]
    assert (set(frame["m?"]), frame["c"].sum()) == ({"unreadable"}, 5.0)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, "it gave NoneType, not a DataFrame"),
        (pl.LazyFrame({"person": ["A"], "value": [1.0]}), "it gave LazyFrame, not a DataFrame"),
        (pl.DataFrame({"x": [1]}), "its frame has no columns 'person' and 'value'"),
        (pl.DataFrame({"person": [1], "value": [1.0]}), "its column 'person' is Int64, not text"),
        (pl.DataFrame({"person": ["A"], "value": ["5"]}), "its column 'value' is String, not a number"),
        (pl.DataFrame({"person": ["A"], "value": [math.nan]}), "it gave a value that is no finite number"),
        (pl.DataFrame({"person": ["A", "A"], "value": [1.0, 2.0]}), "it gave somebody two values"),
    ],
    ids=["nothing", "lazy", "other columns", "numbers for persons", "texts for numbers", "NaN", "two values"],
)
def test_a_plugins_odd_answer_is_refused(answer: Any, says: str) -> None:
    """What a plugin gives is looked at before it is used, and never guessed at."""
    custom = CustomMeasure("odd", lambda _: answer, "")
    frame, problems = measures_of(asked([LOG], [measure("m", "custom", "odd")], ["m"], custom={"odd": custom}))
    assert [says in problem.message for problem in problems] == [True]
    assert set(frame["m?"]) == {"unreadable"}


def test_a_custom_measure_that_no_plugin_brings() -> None:
    """The name of a plugin's measure is looked up, with a suggestion."""
    brought = {"doubled": CustomMeasure("doubled", doubled, "")}
    frame, problems = measures_of(asked([LOG], [measure("m", "custom", "double")], ["m", "prev.m"], custom=brought))
    assert {problem.code for problem in problems} == {"unknown-custom-measure"}
    assert (len(problems), set(frame["m?"])) == (1, {"unreadable"})


def test_names_nobody_declared() -> None:
    """An unknown measure is a problem with a suggestion; it may be a column of a table that did not arrive."""
    frame, problems = measures_of(asked([LOG], [measure("talk", "count")], ["tlak", "target.x", "period_end"]))
    assert [(problem.code, problem.hint) for problem in problems] == [("unknown-measure", "did you mean 'talk'?")]
    assert frame.columns == ["person", "tlak", "tlak?", "tlak#", "tlak~"]
    late = facts(QUALITY, [], {"_person": pl.String}, "missing")
    frame, problems = measures_of(asked([late], [], ["score"]))
    assert (problems, set(frame["score?"])) == ([], {"source_missing"})


def test_one_name_from_two_tables_is_an_error() -> None:
    """A numeric column that two tables have is nobody's measure until one is renamed."""
    schema = {"_person": pl.String, "score": pl.Float64}
    other = facts(SourceSpec("exams", HERE, person=PersonKey("agent")), [("A", 1.0)], schema)
    _, problems = measures_of(asked([facts(QUALITY, [("A", 2.0)], schema), other], [], ["score"]))
    assert [problem.code for problem in problems] == ["measure-name-twice"]


def test_a_measure_over_a_column_that_is_not_there() -> None:
    """An unknown column is one problem at the expression, and nobody has the measure."""
    frame, problems = measures_of(asked([LOG], [measure("m", "sum", "secnds")], ["m"]))
    assert ([problem.hint for problem in problems], set(frame["m?"])) == (["did you mean 'seconds'?"], {"unreadable"})


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    """Rows in any order give the same bits, for the team's mean too."""
    rows = [("AB"[number % 2], july(1 + number), 0.1 * number + 1e9 * (number % 3), True, "k") for number in range(12)]
    specs = [measure("s", "sum", "seconds"), measure("m", "mean", "seconds"), measure("l", "latest", "seconds")]
    names = ["s", "m", "l", "team.m", "team.l"]
    table = calls(*rows)
    shuffled = FactTable(table.spec, table.frame[order], table.status)
    assert measures_of(asked([shuffled], specs, names))[0].equals(measures_of(asked([table], specs, names))[0])


def test_a_team_has_the_days_of_its_members() -> None:
    """In a KPI of the team `available_days` are those of the members, the lead's left out; the company has all."""
    frame, problems = measures_of(asked([], [], ["team.available_days", "company.working_days", "available_days"]))
    assert problems == []
    assert dict(frame.select("person", "team.available_days").iter_rows()) == {
        **dict.fromkeys("ABLNX", 66.0 + 66.0 + 56.0 + 23.0),
        "O": 66.0,
    }
    assert set(frame["company.working_days"]) == {6 * 66.0}


def test_columns_used_follow_from_measures() -> None:
    """A sum needs numbers, a text comparison text, a bare word of a filter yes/no; a declared type wins."""
    spec = SourceSpec("calls", HERE, columns={"answered": "Answered (Y/N)"}, types={"Score": "percent"}, date=("day",))
    specs = [
        measure("a", "sum", "talk + hold", where="answered and code == 'Y'"),
        measure("b", "latest", "score"),
        measure("c", "count_distinct", "account"),
        measure("d", "sum", "held", first_per="Case Id", where="due_on <= period_end"),
    ]
    request = asked([], specs, [], sources={"calls": spec})
    kinds, problems = columns_used(request.workspace, FUNCTIONS)
    assert problems == []
    assert kinds["calls"] == {
        **dict.fromkeys(("talk", "hold", "score", "held"), Kind.NUMBER),
        **dict.fromkeys(("code", "account", "case_id"), Kind.TEXT),
        "answered": Kind.YES_NO,
        "due_on": Kind.DATE,
    }


def test_a_column_of_two_kinds_is_told_at_its_second_use() -> None:
    """A column cannot be a number here and a text there."""
    specs = [measure("a", "sum", "talk"), measure("b", "count", where="talk == 'long'")]
    request = asked([], specs, [], sources={"calls": CALLS})
    problems: list[Problem] = columns_used(request.workspace, FUNCTIONS)[1]
    assert [problem.code for problem in problems] == ["mixed-kinds"]


def test_targets_are_no_measures() -> None:
    """The columns of a sheet of targets are not measures by themselves."""
    request = asked([facts(QUALITY, [("A", 2.0)], {"_person": pl.String, "score": pl.Float64})], [], ["score"])
    object.__setattr__(request.workspace, "targets", {"t": TargetSpec("t", "quality", HERE)})
    assert [problem.code for problem in measures_of(request)[1]] == ["unknown-measure"]


PROGRAM = """
import runpy, hashlib, random, sys
test = runpy.run_path(sys.argv[1])
random.seed(3)
row = lambda: (random.choice("ABLXNO"), test["july"](random.randint(1, 31)), random.uniform(-1e6, 1e6), True, "k")
rows = [row() for _ in range(20000)]
specs = [test["measure"](name, name, "seconds") for name in ("sum", "mean", "min", "max")]
names = [prefix + spec.name for spec in specs for prefix in ("", "team.", "company.")]
frame, _ = test["measures_of"](test["asked"]([test["calls"](*rows)], specs, names))
print(hashlib.sha256(repr(frame.rows()).encode()).hexdigest())
"""


def test_the_number_of_threads_changes_nothing() -> None:
    """One thread and two give the same bits."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(Path(__file__).with_name("small_company.py"))],
            env={**os.environ, "POLARS_MAX_THREADS": threads},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(digests) == 1

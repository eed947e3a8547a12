"""Results, templates and sources as tables and as JSON."""

from __future__ import annotations

from datetime import date
from io import StringIO

from rich.console import Console, Group, RenderableType

from appraise.app.answers import (
    ColumnLine,
    Measured,
    MeasureValue,
    Scored,
    SourceLine,
    SourceShown,
    result_of,
)
from appraise.app.answers_roles import RoleLine, RolesListed
from appraise.cli.answer_json import measured_json, roles_json, scored_json, source_json
from appraise.cli.tables import columns_table, measures_table, roles_table, score_table, sources_table
from appraise.model.outcome import Appraisal
from appraise.model.period import Period

QUARTER = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))


def cells(part: RenderableType) -> list[list[str]]:
    """The words of each line of a printed table, split where two blanks stand."""
    stream = StringIO()
    Console(file=stream, width=200, highlight=False, markup=False).print(part)
    lines = [line.strip() for line in stream.getvalue().splitlines()]
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines if line and "─" not in line]


def test_results_as_a_table(appraisal: Appraisal) -> None:
    """One line per person: overall, label, coverage and status, under the period with its dates."""
    assert cells(Group(*score_table(Scored((), QUARTER, (result_of(appraisal),))))) == [
        ["Results of 2026-Q3 (1 Jul 2026 – 30 Sep 2026)"],
        ["person", "name", "role", "overall", "label", "coverage", "status"],
        ["E001", "Asha Rao", "agent", "2.00", "Needs improvement", "50 %", "rated"],
    ]


def test_results_as_json(appraisal: Appraisal) -> None:
    """The shape that other programs rely on."""
    assert scored_json(Scored((), QUARTER, (result_of(appraisal),))) == {
        "period": {"id": "2026-Q3", "from": "2026-07-01", "to": "2026-09-30"},
        "people": [
            {
                "person": "E001",
                "status": "rated",
                "reason": "",
                "overall": 2.0,
                "label": "Needs improvement",
                "coverage": 50.0,
                "provisional": False,
                "segments": [
                    {
                        "role": "agent",
                        "from": "2026-07-01",
                        "to": "2026-09-30",
                        "kras": [
                            {
                                "id": "results",
                                "score": 3.38,
                                "status": "ok",
                                "kpis": [
                                    {
                                        "id": "promise_kept",
                                        "value": 73.0,
                                        "band": 3,
                                        "score": 3.38,
                                        "status": "ok",
                                        "reason": "",
                                    },
                                    {
                                        "id": "survey",
                                        "value": None,
                                        "band": None,
                                        "score": None,
                                        "status": "no_data",
                                        "reason": "source_missing",
                                    },
                                ],
                            }
                        ],
                    }
                ],
            }
        ],
    }


def test_measures_in_both_forms() -> None:
    """A measure without a value says why."""
    answer = Measured(
        (),
        QUARTER,
        (MeasureValue("E001", "calls", 1840.0, "ok"), MeasureValue("E001", "talk", None, "no_data", "stale")),
    )

    assert cells(Group(*measures_table(answer)))[2:] == [
        ["E001", "calls", "1,840", "ok"],
        ["E001", "talk", "–", "no data: stale"],
    ]
    assert measured_json(answer)["measures"][1] == {
        "person": "E001",
        "segment": 1,
        "measure": "talk",
        "value": None,
        "status": "no_data",
        "reason": "stale",
        "definition_id": "",
    }


def test_measures_of_several_segments_are_told_apart() -> None:
    """Who changed roles in the period has a line for each stretch."""
    values = [MeasureValue("E001", "calls", 1.0 + number, "ok", segment=number) for number in (1, 2)]
    answer = Measured((), QUARTER, (*values, MeasureValue("E002", "calls", 5.0, "ok")))
    assert [row[0] for row in cells(Group(*measures_table(answer)))[2:]] == [
        "E001, segment 1",
        "E001, segment 2",
        "E002",
    ]


def test_measures_of_plugins_say_what_they_mean() -> None:
    """Where a figure has a definition id, a column shows it for all."""
    answer = Measured(
        (),
        QUARTER,
        (
            MeasureValue("E001", "calls", 1840.0, "ok"),
            MeasureValue("E001", "kept", 60.0, "ok", definition_id="kept.count.v1"),
        ),
    )

    assert cells(Group(*measures_table(answer)))[2:] == [
        ["E001", "calls", "1,840", "ok", "–"],
        ["E001", "kept", "60", "ok", "kept.count.v1"],
    ]


def test_roles_and_sources() -> None:
    """Templates with their files, sources with their rows, columns with what they hold."""
    days = ("2026-08-15", date(2026, 8, 15), date(2026, 9, 30))
    role = RoleLine("agent", "Agent", "1.0.0", "templates/roles/agent.yaml", 2, 3, *days)
    source = SourceLine("calls", "log", "stale", ("data/calls.csv",), 12_345, 2, date(2026, 9, 1))
    column = ColumnLine("answered", "Answered (Y/N)", "yes_no", 3, 1, "Y")

    assert cells(roles_table((role,)))[1] == [
        "agent", "Agent", "1.0.0", "2026-08-15", "15 Aug 2026 to 30 Sep 2026", "2", "3", "templates/roles/agent.yaml"
    ]  # fmt: skip
    assert cells(sources_table((source,)))[1] == [
        "calls", "log", "stale", "12,345", "2", "1 Sep 2026", "data/calls.csv"
    ]  # fmt: skip
    assert cells(columns_table((column,)))[1] == ["answered", "Answered (Y/N)", "yes/no", "3", "1", "Y"]
    assert source_json(SourceShown((), source, (column,)))["source"]["as_of"] == "2026-09-01"


def test_a_list_of_roles_as_json() -> None:
    """Every field of a line is a key."""
    line = {"id": "a", "title": "A", "version": "1", "file": "a.yaml", "kras": 0, "kpis": 0}
    in_force = {"effective": "", "first_day": None, "last_day": None, "pinned": False}
    listed = RolesListed((), (RoleLine("a", "A", "1", "a.yaml"),))
    assert roles_json(listed) == {"period": None, "roles": [line | in_force]}


def test_an_empty_answer_is_a_sentence() -> None:
    """Filters that let nobody through are told so, and without a period there is nothing to show."""
    assert score_table(Scored((), QUARTER)) == ("nobody to show for 2026-Q3 (1 Jul 2026 – 30 Sep 2026)",)
    assert measures_table(Measured(())) == ()

"""What programs rely on: one JSON object per answer with format and problems, and exit codes that mean something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from appraise.app.beginning import begin
from appraise.cli.main import main
from appraise.store.lock import locked

if TYPE_CHECKING:
    from pathlib import Path

PROBLEM = {"file", "line", "column", "code", "severity", "message", "hint"}
PERIOD = {"id": "2026-Q3", "from": "2026-07-01", "to": "2026-09-30"}

QUESTIONS = [
    ["check"],
    ["check", "--data"],
    ["run"],
    ["score"],
    ["measures"],
    ["explain", "E002"],
    ["report", "E002"],
    ["roles", "list"],
    ["roles", "show", "agent"],
    ["sources", "list"],
    ["sources", "show", "people"],
]
"""Every command that asks something of a workspace."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace with one spreadsheet, always about the same quarter."""
    begin(tmp_path / "shop")
    settings = tmp_path / "shop" / "appraise.yaml"
    settings.write_text(settings.read_text("utf-8").replace("# period: 2026-Q3", "period: 2026-Q3"), "utf-8")
    return tmp_path / "shop"


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """The exit code and the JSON of a command; it says nothing else on standard output."""
    code = main(words)
    answer = json.loads(capsys.readouterr().out)
    assert answer["problems"] == [] or all(set(problem) == PROBLEM for problem in answer["problems"])
    return code, answer


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    text = (folder / name).read_text("utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), "utf-8")


def test_check(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sound workspace is fine; a mistake is an exit code of 1 and one object that names place, code and cure."""
    assert answered(capsys, "check", "-w", str(shop), "--json")[0] == 0
    spoil(shop, "templates/roles/agent.yaml", "title: Calls made", "titel: Calls made")

    code, answer = answered(capsys, "check", "-w", str(shop), "--json")

    assert (code, answer["format"], answer["period"]) == (1, 1, PERIOD)
    assert answer["problems"] == [
        {
            "file": "templates/roles/agent.yaml",
            "line": 23,
            "column": 9,
            "code": "unknown-key",
            "severity": "error",
            "message": "KPI 'calls': unknown key 'titel'",
            "hint": "did you mean 'title'?",
        }
    ]


def test_measures(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object per person and measure; a blank cell is null with its status."""
    code, answer = answered(capsys, "measures", "-w", str(shop), "--json")

    assert (code, answer["format"], answer["problems"], answer["period"]) == (0, 1, [], PERIOD)
    lines = {(line["person"], line["measure"]): (line["value"], line["status"]) for line in answer["measures"]}
    assert len(lines) == len(answer["measures"]) == 16
    assert (lines["E002", "calls_made"], lines["E005", "audit_score"]) == ((1840, "ok"), (None, "no_data"))


def test_score(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """People with segments, areas and KPIs, in the form that is promised; not being rated is no error."""
    code, answer = answered(capsys, "score", "-w", str(shop), "--json")

    assert (code, answer["format"], answer["problems"], answer["period"]) == (0, 1, [], PERIOD)
    first, last = answer["people"][0], answer["people"][-1]
    assert {key: first[key] for key in ("person", "status", "reason", "overall", "label", "coverage")} == {
        "person": "E002",
        "status": "rated",
        "reason": "",
        "overall": 4.33,
        "label": "Exceeds",
        "coverage": 100,
    }
    (segment,) = first["segments"]
    assert (segment["role"], segment["from"], segment["to"]) == ("agent", "2026-07-01", "2026-09-30")
    assert [(kra["id"], kra["score"], kra["status"]) for kra in segment["kras"]] == [
        ("results", 4.22, "ok"),
        ("quality", 4.5, "ok"),
    ]
    assert segment["kras"][0]["kpis"][0] == {
        "id": "promise_kept",
        "value": 76.6,
        "band": 3,
        "score": 3.83,
        "status": "ok",
        "reason": "",
    }
    assert (last["person"], last["status"], last["reason"], last["overall"]) == (
        "E005",
        "not_rated",
        "low_coverage",
        None,
    )


def test_explain(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer is the trace of the person, with the rows that were used."""
    code, answer = answered(capsys, "explain", "E002", "-w", str(shop), "--json")

    assert (code, answer["format"], answer["problems"]) == (0, "appraise.trace/1", [])
    (segment,) = answer["segments"]
    used = [row for measure in segment["measures"] for row in measure["used"]]
    assert {(row["file"], row["rows"], row["count"]) for row in used} == {("data/people.csv", "3", 1)}


def test_run(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer counts people and packs; the second time the pack is there already."""
    words = ["run", "--person", "E002", "-w", str(shop), "--json"]
    code, answer = answered(capsys, *words)

    assert (code, answer) == (
        0,
        {
            "format": 1,
            "problems": [],
            "period": PERIOD,
            "folder": "out/2026-Q3",
            "people": {"not_rated": 1, "rated": 3},
            "packs": 1,
            "unchanged": 0,
            "left_over": [],
        },
    )
    assert answered(capsys, *words)[1]["unchanged"] == 1
    assert (shop / "out" / "2026-Q3" / "packs" / "North" / "E002.pdf").is_file()


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_failure_is_an_answer_too(question: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder that is no workspace every command answers with format and problems, and exit code 1."""
    code, answer = answered(capsys, *question, "-w", str(tmp_path), "--json")

    assert (code, [problem["code"] for problem in answer["problems"]]) == (1, ["no-workspace"])
    assert answer["format"] in {1, "appraise.trace/1"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_mistake_in_the_settings_is_an_answer_too(
    question: list[str], shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a mistake in appraise.yaml every command names it and does what can be done without."""
    spoil(shop, "appraise.yaml", "  where: job == 'Agent'", "  were: job == 'Agent'")

    code, answer = answered(capsys, *question, "-w", str(shop), "--json")

    told = [(problem["file"], problem["line"], problem["code"]) for problem in answer["problems"]]
    shows_a_template = question[:2] == ["roles", "show"]
    assert (code, told) == ((0, []) if shows_a_template else (1, [("appraise.yaml", 17, "unknown-key")]))
    assert not (shop / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["score", "--nonsense"],
        ["nonsense"],
        ["explain"],
        ["explain", "E002", "nothing"],
        ["roles", "nonsense"],
        ["schema", "nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage(words: list[str], shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A command line that is not understood is exit code 2, in JSON where JSON was asked for."""
    code, answer = answered(capsys, "--json", "-w", str(shop), *words)

    assert (code, answer["format"]) == (2, 1)
    assert [problem["code"] for problem in answer["problems"]] == ["usage"]


def test_options_stand_before_or_after_the_command(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """-w, --period and --json mean the same in either place; what stands after the command wins."""
    options = ["-w", str(shop), "--period", "2026-Q2", "--json"]
    assert main([*options, "score"]) == 0
    before = capsys.readouterr().out
    assert main(["score", *options]) == 0
    after = capsys.readouterr().out
    assert main(["-w", "nowhere", "--json", "score", "--period", "2026-Q2", "-w", str(shop)]) == 0
    mixed = capsys.readouterr().out

    assert before == after == mixed
    assert json.loads(before)["period"]["id"] == "2026-Q2"


def test_options_stand_anywhere_around_a_group(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also between a group and its command."""
    answers = set()
    for words in (["roles", "list", "-w", str(shop), "--json"], ["roles", "-w", str(shop), "--json", "list"]):
        assert main(words) == 0
        answers.add(capsys.readouterr().out)
    assert len(answers) == 1


def test_messages_go_to_standard_error(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output has the JSON and nothing else; people read the problems on standard error."""
    spoil(shop, "data/people.csv", "1210,12,9", "x,12,9")

    assert main(["score", "--json", "-w", str(shop)]) == 1

    said = capsys.readouterr()
    assert [problem["code"] for problem in json.loads(said.out)["problems"]] == ["cell-unreadable"]
    assert said.err.startswith("data/people.csv:6: error: source 'people', column 'Calls made'")
    assert said.err.endswith("1 error\n")


def test_an_error_stops_nobody_else(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1 means that errors were found; everything else was done."""
    spoil(shop, "data/people.csv", "1210,12,9", "x,12,9")

    code, answer = answered(capsys, "run", "--role", "collection_process_lead", "-w", str(shop), "--json")

    assert (code, answer["people"]) == (1, {"not_rated": 1, "rated": 3})
    assert len(list((shop / "out" / "2026-Q3" / "appraisals").iterdir())) == 4


def test_a_warning_is_no_error(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Warnings are told, and the exit code stays 0."""
    (shop / "schemas" / "role.schema.json").write_text("{}", "utf-8")

    code, answer = answered(capsys, "check", "-w", str(shop), "--json")

    assert (code, [problem["severity"] for problem in answer["problems"]]) == (0, ["warning"])


def test_a_run_beside_another(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that somebody else is writing is refused with the process that holds it."""
    with locked(shop / "out" / "2026-Q3", "out/2026-Q3"):
        code, answer = answered(capsys, "run", "-w", str(shop), "--json")

    (problem,) = answer["problems"]
    assert (code, problem["file"], problem["code"]) == (1, "out/2026-Q3", "folder-locked")


@pytest.mark.parametrize("name", ["out", "out/2026-Q3"])
def test_a_file_where_the_folder_should_be(name: str, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the way is named: it is the user's file, and no bug of ours."""
    (shop / name).parent.mkdir(exist_ok=True)
    (shop / name).write_text("mine", "utf-8")

    code, answer = answered(capsys, "run", "--role", "collection_process_lead", "-w", str(shop), "--json")

    assert (code, [problem["code"] for problem in answer["problems"]]) == (1, ["system-refuses"])
    assert (shop / name).read_text("utf-8") == "mine"


@pytest.mark.parametrize("written", ["yesterday", "-1", "1e9", "99999999999999", "１２３"])
def test_a_moment_that_is_none(
    written: str, shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """SOURCE_DATE_EPOCH that is no number of seconds is wrong usage, not a bug."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)

    code, answer = answered(capsys, "score", "-w", str(shop), "--json")

    assert (code, [problem["code"] for problem in answer["problems"]]) == (2, ["usage"])


def test_a_period_that_is_none(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A period that the calendar has not is an answer that names the forms there are."""
    code, answer = answered(capsys, "score", "-w", str(shop), "--period", "2026-Q5", "--json")

    (problem,) = answer["problems"]
    assert (code, problem["file"], problem["code"]) == (1, "--period", "unknown-period")
    assert "2026-Q3" in problem["hint"]

"""Breaches that cost a rating: confirmed, dated by the act, known by the freeze; and those that do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from companies import Company

from appraise.cli.main import main

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal, GateResult

CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "tricky_cases.json"
MANUAL = Path(__file__).parents[2] / "docs" / "templates.md"
CAP_AT_TWO = "    cap_at: 2\n    says: A confirmed legal violation caps the rating at 2.\n"
RULES = """
company: Acme
period: 2025-Q3
people: {source: people, columns: {id: id}, everyone_is: agent}
sources:
  people: data/people.csv
  ratings: {path: data/ratings.csv, person: id}
"""
TEMPLATE = """
role: agent
title: Agent
version: 1.0.0
kras:
  - id: work
    title: Work
    weight: 100
    kpis:
      - {id: quality, title: Quality, formula: rating, direction: higher, weight: 100, score: rating}
"""
PEOPLE = tuple(f"g{number}" for number in range(1, 7))
ACTS = (
    ("g1", "2025-08-10", "alleged", "", ""),
    ("g2", "2025-08-10", "dismissed", "", ""),
    ("g3", "2025-08-10", "confirmed", "2025-10-03", "2"),
    ("g4", "2025-08-10", "confirmed", "2025-10-20", "2"),
    ("g5", "2025-06-29", "confirmed", "2025-07-15", "1"),
)


def block(begins: str) -> str:
    """The example in the manual whose first line is this."""
    text = MANUAL.read_text("utf-8")
    start = text.index(f"```yaml\n{begins}\n") + len("```yaml\n")
    return text[start : text.index("```", start)]


def company(folder: Path, acts: Any = ACTS, gate: str = CAP_AT_TWO) -> Company:
    """Six people rated 3.8 under the gate, the sources and the measures of the manual; without acts no log arrives."""
    office = Company(folder)
    sources, measures = block("# appraise.yaml").split("measures:\n")
    office.write("appraise.yaml", RULES + sources.split("sources:\n")[1] + "measures:\n" + measures)
    head = "gates:\n  - id: zero_violations\n    when: violations_confirmed > 0\n    caps: overall\n"
    office.write(
        "templates/roles/agent.yaml",
        TEMPLATE + watched() + head + gate + block("    open_when: violations_alleged > 0"),
    )
    office.write("data/people.csv", "id\n" + "\n".join(PEOPLE) + "\n")
    office.write("data/ratings.csv", "id,rating\n" + "\n".join(f"{person},3.8" for person in PEOPLE) + "\n")
    if acts is not None:
        rows = "\n".join(",".join(act) for act in acts)
        office.write("data/violations.csv", f"agent,act_on,status,confirmed_on,severity\n{rows}\n")
    return office


def watched() -> str:
    """The KPI of the manual that is only watched."""
    return block("      - id: violations_late")


def gate_of(appraisal: Appraisal) -> GateResult:
    """The one gate."""
    return appraisal.segments[0].gates[0]


@pytest.fixture(scope="module")
def appraisals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    """Everybody's appraisal, with the log."""
    return company(tmp_path_factory.mktemp("acme")).appraisals()


@pytest.mark.parametrize(
    ("person", "overall", "status", "provisional"),
    [
        ("g1", 3.8, "pass", True),
        ("g2", 3.8, "pass", False),
        ("g3", 2.0, "fail", False),
        ("g4", 3.8, "pass", False),
        ("g5", 3.8, "pass", False),
        ("g6", 3.8, "pass", False),
    ],
)
def test_what_an_act_costs(
    appraisals: dict[str, Appraisal], person: str, overall: float, status: str, provisional: bool
) -> None:
    """Case 12: only what was confirmed, committed in the period and known five days after it caps."""
    one = appraisals[person]
    assert (one.overall, gate_of(one).status.value, one.provisional) == (overall, status, provisional)
    assert (one.uncapped, one.status.value) == (3.8, "rated")


def test_a_log_that_did_not_arrive_blocks(tmp_path: Path) -> None:
    """Case 12, g6: nobody passes because a count is zero."""
    one = company(tmp_path, acts=None).appraisals()["g6"]
    assert (one.overall, one.status.value, one.reason) == (None, "blocked", "gate_unknown")
    assert (gate_of(one).status.value, gate_of(one).reason) == ("unknown", "source_missing")


def test_what_was_confirmed_after_the_freeze_is_reported(appraisals: dict[str, Appraisal]) -> None:
    """It changes no score and is not lost: a KPI that is only watched counts it."""
    late = {person: one.segments[0].kras[0].kpis[1].value for person, one in appraisals.items()}
    assert late == {**dict.fromkeys(PEOPLE, 0.0), "g4": 1.0}


def test_an_act_is_charged_to_its_own_quarter_alone(tmp_path: Path) -> None:
    """The act of June is judged in the June quarter, where its confirmation came after the freeze."""
    before = company(tmp_path).appraisals(period="2025-Q2")["g5"]
    assert (before.overall, before.segments[0].kras[0].kpis[1].value) == (3.8, 1.0)
    after = company(tmp_path).appraisals(period="2025-Q4")
    assert {person: one.overall for person, one in after.items()} == dict.fromkeys(PEOPLE, 3.8)


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not beside this checkout")
def test_case_12_as_it_is_handed_down(tmp_path: Path) -> None:
    """The rows of the shared case give its results, with the log and without."""
    case = next(each for each in json.loads(CASES.read_text())["cases"] if each["n"] == 12)
    rows = [row for row in case["input"]["rows"] if "occurred" in row]
    acts = [(row["id"], row["occurred"], row["status"], row.get("confirmed_at", ""), "1") for row in rows]
    found = company(tmp_path / "delivered", acts).appraisals()
    assert {row["id"]: f"{found[row['id']].overall:.2f}" for row in rows} == {
        row["id"]: case["expected"][row["id"]]["final"] for row in rows
    }
    absent = company(tmp_path / "absent", None).appraisals()["g6"]
    assert (absent.overall, absent.status.value.upper(), absent.reason.upper()) == (
        case["expected"]["g6"]["final"],
        case["expected"]["g6"]["status"],
        case["expected"]["g6"]["reason"],
    )


def test_a_confirmation_without_a_day_clears_nobody(tmp_path: Path) -> None:
    """What is missing is not late: the act caps."""
    one = company(tmp_path, [("g1", "2025-08-10", "confirmed", "", "1")]).appraisals()["g1"]
    assert (one.overall, one.uncapped) == (2.0, 3.8)


@pytest.mark.parametrize(
    ("severities", "overall"), [(("1",), 3.5), (("1", "2"), 2.5), (("3", "2"), 1.0), (("0",), 3.8)]
)
def test_the_gravest_confirmed_act_caps(tmp_path: Path, severities: tuple[str, ...], overall: float) -> None:
    """The cap follows from the worst severity among those that count."""
    acts = [("g1", "2025-08-10", "confirmed", "2025-08-20", severity) for severity in severities]
    acts.append(("g1", "2025-08-10", "dismissed", "2025-08-20", "3"))
    map_of = block("gates:\n  - id: zero_violations\n    when: violations_confirmed > 0\n    severity: worst_severity")
    gate = "    severity:" + map_of.split("    severity:")[1]
    one = company(tmp_path, acts, gate).appraisals()["g1"]
    assert (one.overall, one.uncapped) == (overall, 3.8)


def test_it_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Explanation and table say that a rating is provisional, and why."""
    folder = company(tmp_path).root
    assert main(["explain", "g1", "-w", str(folder)]) == 0
    tree = capsys.readouterr().out
    assert main(["score", "-w", str(folder)]) == 0
    table = capsys.readouterr().out
    said = "provisional: an allegation is open. An allegation of a legal violation is not decided yet."
    assert [said in " ".join(tree.split()), table.count("(provisional)")] == [True, 1]

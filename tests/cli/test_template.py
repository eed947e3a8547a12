"""`appraise roles show`: a template as a document in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appraise.app.beginning import begin
from appraise.cli.main import main
from appraise.cli.template import WIDEST

AGENT = "templates/roles/agent.yaml"
RULES = """\
gates:
  - id: calm
    when: audit_score < 1
    applies_when: calls_made > 0
    cap_at: 2
    says: Shouting caps the rating at 2.
adjustments:
  - {id: mentor, when: calls_made > 2000, add: 0.1, says: Trained a colleague.}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A company with one spreadsheet and one template, which has a gate and an adjustment."""
    folder = tmp_path / "shop"
    assert begin(folder, "one_spreadsheet").problems == ()
    text = (folder / AGENT).read_text("utf-8")
    (folder / AGENT).write_text(text.replace("examples:\n", f"{RULES}examples:\n"), "utf-8")
    return folder


def page(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> list[str]:
    """The lines that a template is shown in."""
    assert main(["-w", str(folder), "roles", "show", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_template_is_a_document(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what it is, what counts how much, every rule, and its examples, in this order."""
    lines = page(capsys, shop, "agent")

    assert lines[:3] == ["Agent", "role agent, version 1.0.0", AGENT]
    assert [line.split(" ─")[0] for line in lines if " ──" in line] == [
        "What counts how much",
        "Results, 60 % of the overall",
        "Quality, 40 % of the overall",
        "Gates",
        "Adjustments",
        "Worked examples",
    ]


def test_weights_are_told_twice(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At a glance each KPI has its part of the overall, at its rules that of its area."""
    lines = page(capsys, shop, "agent")

    glance = [line.strip().rsplit(maxsplit=2)[:2] for line in lines if line.endswith(" %") and ":" not in line]
    assert glance == [
        ["Results", "60"],
        ["Promises kept", "36"],
        ["Calls made", "24"],
        ["Quality", "40"],
        ["Average audit score", "40"],
    ]
    assert "Promises kept · 60 % of its area" in lines


def test_a_kpi_reads_like_a_rule(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Definition, formula, bands with the place of the lowest score, and what happens without enough cases."""
    lines = page(capsys, shop, "agent")

    start = lines.index("Promises kept · 60 % of its area")
    assert " ".join(line.strip() for line in lines[start + 1 : lines.index("", start)]) == (
        "value       100 times promises kept, divided by promises due; in percent; rounded to 1 decimal first; more "
        "is better score       2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in "
        "between sample      scored only where promises due is at least 20"
    )


def test_gates_and_adjustments_read_like_rules(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gate says what it caps and when, an adjustment what it adds; the limit of all of them stands above."""
    lines = page(capsys, shop, "agent")

    gate = lines.index("Shouting caps the rating at 2.")
    assert [line.strip() for line in lines[gate + 1 : gate + 4]] == [
        "caps        the overall at 2 at most",
        "where       audit score is below 1",
        "only where  calls made is above 0",
    ]
    bonus = lines.index("Trained a colleague.")
    assert lines[bonus - 2] == "All of them together change the overall by 0.25 at most"
    assert [line.strip() for line in lines[bonus + 1 : bonus + 3]] == [
        "adds        +0.1 points",
        "where       calls made is above 2000",
    ]


def test_lines_are_as_long_as_people_read(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No line is wider than a page, and none ends in blanks; there are no colours where nobody looks on."""
    lines = page(capsys, shop, "agent")
    assert [line for line in lines if len(line) > WIDEST or line != line.rstrip() or "\x1b" in line] == []


def test_a_narrow_terminal_is_enough(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On few columns the same words stand on more lines."""
    monkeypatch.setenv("COLUMNS", "50")
    lines = page(capsys, shop, "agent")
    assert max(len(line) for line in lines) <= 50
    assert "evenly in between" in " ".join(line.strip() for line in lines)


def test_a_template_with_mistakes_is_shown_as_far_as_it_goes(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What can be read is shown beside the mistakes; what cannot be read is unknown or as it is written."""
    text = (shop / AGENT).read_text("utf-8").replace("cap_at: 2", "cap_at: two")
    text = text.replace("weight: 60\n", "weight: sixty\n").replace("formula: calls_made", "formula: 100 * (")
    (shop / AGENT).write_text(text.replace("bands: [60, 70, 78, 85]", "bands: []"), "utf-8")

    assert main(["-w", str(shop), "roles", "show", "agent"]) == 1

    printed = capsys.readouterr()
    assert "100 * (" in printed.out
    assert "unknown % of the overall" in printed.out
    assert "wrong-type" in printed.err


def test_a_policy_is_told_with_what_it_does(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under the rules of another system a template says those, and no rule that they put out of force."""
    with (shop / "appraise.yaml").open("a", encoding="utf-8") as file:
        file.write("policy: frappe\n")

    said = " ".join(line.strip() for line in page(capsys, shop, "agent"))

    assert "scored by the policy 'frappe': what is missing counts as zero, and every level is rounded" in said
    assert "no data     it counts as zero" in said
    assert "Missing is never zero" not in said
    assert "promises due is at least 20" not in said


def test_json_has_the_words_too(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get every sentence by the name of its field, beside the figures."""
    assert main(["-w", str(shop), "roles", "show", "agent", "--json"]) == 0

    role = json.loads(capsys.readouterr().out)["role"]
    assert role["words"]["min_coverage"] == "60 % of the weight must be scored"
    assert role["kras"][0]["words"]["weight"] == "60 % of the overall"
    kpi = role["kras"][0]["kpis"][0]
    assert (kpi["id"], kpi["weight"], kpi["says"]) == (
        "promise_kept",
        60,
        "100 times promises kept, divided by promises due",
    )
    assert kpi["words"]["direction"] == "more is better"
    assert role["gates"][0]["id"] == "calm"
    assert role["adjustments"] == [
        {
            "id": "mentor",
            "words": {"says": "Trained a colleague.", "when": "calls made is above 2000", "add": "+0.1 points"},
        }
    ]

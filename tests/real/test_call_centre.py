"""The call-centre example over a workbook that nobody here made: five thousand calls of eight agents."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from appraise.cli.main import group

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
CALLS = SHARED / "call_centre" / "calls.xlsx"
AGENTS = ("Becky", "Dan", "Diane", "Greg", "Jim", "Joe", "Martha", "Stewart")

pytestmark = pytest.mark.skipif(not CALLS.is_file(), reason="the outside data in ../shared/data is not here")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with the outside workbook in place of its own."""
    folder = tmp_path_factory.mktemp("calls") / "w"
    answer = CliRunner().invoke(group, ["init", str(folder), "--example", "call_centre"], standalone_mode=False)
    assert answer.exception is None
    shutil.copyfile(CALLS, folder / "data" / "calls.xlsx")
    lines = ["id,name,team", *(f"{agent},{agent},Blue" for agent in AGENTS)]
    (folder / "data" / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def asked(workspace: Path, *words: str) -> dict[str, Any]:
    """The JSON answer of a command about the quarter of the workbook."""
    everything = ["-w", str(workspace), "--period", "2021-Q1", *words, "--json"]
    result = CliRunner().invoke(group, everything, standalone_mode=False)
    assert result.exception is None, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_measures_equal_the_figures_computed_by_others(workspace: Path) -> None:
    """Counts, sums and days per agent are those of the reference, which also match a published dashboard."""
    reference = json.loads((SHARED / "reference_results.json").read_text(encoding="utf-8"))["pwc"]
    answer = asked(workspace, "measures")
    found = {(line["person"], line["measure"]): line["value"] for line in answer["measures"]}
    assert answer["problems"] == []
    for agent in AGENTS:
        wanted = reference[agent]
        calls, answered = found[agent, "calls"], found[agent, "calls_answered"]
        assert (calls, answered) == (wanted["calls"], wanted["answered"])
        assert found[agent, "calls_resolved"] == wanted["resolved"]
        assert found[agent, "days_with_calls"] == wanted["active_days"]
        assert round(found[agent, "answer_seconds"] / answered, 4) == wanted["avg_speed_s"]
        assert round(found[agent, "rating_points"] / found[agent, "ratings"], 4) == wanted["avg_satisfaction"]
        assert round(found[agent, "talk_seconds"] / answered, 3) == wanted["avg_talk_s"]


def test_every_agent_is_rated_and_gets_a_pack(workspace: Path) -> None:
    """A run over the workbook prints eight packs without a problem."""
    answer = asked(workspace, "run")
    packs = sorted(path.stem for path in (workspace / "out" / "2021-Q1" / "packs").rglob("*.pdf"))
    assert answer["problems"] == []
    assert answer["people"] == {"rated": 8}
    assert packs == sorted(AGENTS)

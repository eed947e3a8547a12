"""A company whose rules change in the middle of a quarter, from the templates to the pack."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest
from companies import Company, Run, begun

from appraise.app.explain import explain
from appraise.app.run import run
from appraise.app.score import score
from appraise.cli.main import main

NEWER = "templates/roles/agent_2026_08.yaml"
STRICTER = """role: agent
version: 2.0.0
effective: 2026-08-15
extends: agent
kras:
  - id: quality
    kpis:
      - id: audit_score
        score: {bands: [80, 88, 92, 97]}
"""
SAID = "version 2.0.0 from 15 Aug 2026"
PEOPLE = ("E002", "E003", "E004", "E005")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The shop with a stricter version of its template from the middle of August, after a run; nobody changes it."""
    company = begun(tmp_path_factory.mktemp("changed") / "shop", "one_spreadsheet")
    company.write(NEWER, STRICTER)
    return Run(company, run(company.asked()))


def pinned(company: Company, version: str, folder: Path) -> Company:
    """The same company in another folder, with one version for the whole quarter."""
    copy = company.copied_to(folder / version)
    pins = f"\ntemplate_versions:\n  2026-Q3: {{agent: {version}}}\n"
    copy.write("appraise.yaml", copy.text("appraise.yaml") + pins)
    return copy


def test_each_version_scores_its_days(changed: Run, tmp_path: Path) -> None:
    """The old rules score up to the day before, the new ones from that day on, and the two are joined by days."""
    assert changed.answer.problems == ()
    old, new = (pinned(changed.company, version, tmp_path).appraisals() for version in ("1.0.0", "2.0.0"))
    whole = changed.company.appraisals()
    assert tuple(whole) == PEOPLE
    for person, found in whole.items():
        assert [(each.template_version, str(each.start), str(each.end)) for each in found.segments] == [
            ("1.0.0", "2026-07-01", "2026-08-14"),
            ("2.0.0", "2026-08-15", "2026-09-30"),
        ]
        assert [[kra.score for kra in each.kras] for each in found.segments] == [
            [kra.score for kra in alone[person].segments[0].kras] for alone in (old, new)
        ]
    # 33 working days before the change and 33 from it on: the overall lies in the middle.
    rated = {person: one.overall for person, one in whole.items() if one.overall is not None}
    middle = {person: ((old[person].overall or 0) + (new[person].overall or 0)) / 2 for person in rated}
    assert len(rated) >= 3
    assert rated == {person: pytest.approx(expected, abs=0.0051) for person, expected in middle.items()}
    assert old["E002"].overall != new["E002"].overall


def test_both_paths_agree_about_versions(changed: Run) -> None:
    """The table of scores has what the explanations have."""
    scored = {
        one.person: (one.overall, one.label, one.coverage, one.status) for one in score(changed.company.asked()).people
    }
    explained = {
        person: (one.overall, one.label, one.coverage, one.status)
        for person, one in changed.company.appraisals().items()
    }
    assert scored == explained


def test_a_run_with_two_versions_notes_both(changed: Run, tmp_path: Path) -> None:
    """`run.json` has both versions, and a second run changes no byte."""
    record = json.loads((changed.company.out / "run.json").read_bytes())
    versions = [(one["role"], one["version"], one["file"]) for one in record["templates"]]
    assert versions == [("agent", "1.0.0", "templates/roles/agent.yaml"), ("agent", "2.0.0", NEWER)]
    assert [one["version"] for one in record["first_templates"]] == ["1.0.0", "2.0.0"]
    copy = changed.company.copied_to(tmp_path / "again")
    again = run(copy.asked())
    assert (again.problems, again.packs) == ((), again.unchanged)
    assert copy.hashes() == changed.company.hashes()


def test_the_pack_tells_the_new_version(changed: Run) -> None:
    """The printed pack says which version began on which day."""
    (pack,) = (changed.company.out / "packs").rglob("E002.pdf")
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pack).pages).split())
    assert SAID in text


def test_the_explanation_tells_the_new_version(changed: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """`appraise explain` heads the segment with the version that began it, and the trace has its day."""
    main(["-w", str(changed.company.root), "--period", "2026-Q3", "explain", "E002"])
    assert SAID in " ".join(capsys.readouterr().out.replace("│", " ").split())
    appraisal = explain(changed.company.asked(), "E002").appraisal
    assert appraisal is not None
    assert [each.effective for each in appraisal.segments] == ["", "2026-08-15"]


def test_the_list_tells_the_days_of_each_version(changed: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """`appraise roles list --json` has every version with its days in the period."""
    main(["-w", str(changed.company.root), "--period", "2026-Q3", "--json", "roles", "list"])
    answer = json.loads(capsys.readouterr().out)
    lines = [line for line in answer["roles"] if line["id"] == "agent"]
    assert [(line["version"], line["effective"], line["first_day"], line["last_day"]) for line in lines] == [
        ("1.0.0", "", "2026-07-01", "2026-08-14"),
        ("2.0.0", "2026-08-15", "2026-08-15", "2026-09-30"),
    ]


def test_an_unsound_new_version_costs_the_people_on_it(changed: Run, tmp_path: Path) -> None:
    """Where the version that begins in the period has a mistake, the people on it are told so, with its file."""
    copy = changed.company.copied_to(tmp_path / "unsound")
    copy.edit(NEWER, "bands: [80, 88, 92, 97]", "bands: [80, 88, 92]")
    found = copy.appraisals()["E002"]
    assert (str(found.status), found.reason, found.overall) == ("error", "template_unusable", None)
    assert NEWER in {problem.place.file for problem in found.problems}

"""Somebody who changed roles inside the period, from the files to the pack, in the collections example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from companies import Company, begun

from appraise.app.answers import result_of
from appraise.app.run import run
from appraise.app.score import person_results
from appraise.cli.tree import explanation_tree

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.app.answers import Ran
    from appraise.model.outcome import Appraisal

PROMOTED, SHORT, GAP = "E101", "E102", "E103"
LEAD = (
    "language: 1\nrole: senior_agent\ntitle: Senior Agent\nversion: 1.0.0\neffective: 2026-01-01\n"
    "extends: tele_collection_agent\n"
)


def changed(company: Company, person: str, *stretches: tuple[str, str, str]) -> None:
    """The rows of a person replaced by others: job title, first and last day."""
    lines = company.text("data/people.csv").splitlines()
    old = next(line for line in lines if line.startswith(f"{person},")).split(",")
    new = [",".join([*old[:2], title, *old[3:10], first, last, *old[12:]]) for title, first, last in stretches]
    place = next(number for number, line in enumerate(lines) if line.startswith(f"{person},"))
    company.write("data/people.csv", "\n".join([*lines[:place], *new, *lines[place + 1 :]]) + "\n")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The collections example in which three people changed roles."""
    made = begun(tmp_path_factory.mktemp("segments") / "company", "collections")
    made.write("templates/roles/senior_agent.yaml", LEAD)
    made.edit("appraise.yaml", "    Process Lead: ", "    Senior Agent: senior_agent\n    Process Lead: ")
    agent = "Tele Collection Agent"
    changed(made, PROMOTED, (agent, "2023-06-01", "2026-08-14"), ("Senior Agent", "2026-08-15", ""))
    changed(made, SHORT, (agent, "2024-07-01", "2026-09-20"), ("Senior Agent", "2026-09-21", ""))
    changed(made, GAP, (agent, "2025-08-01", "2026-07-31"), ("Senior Agent", "2026-08-24", ""))
    return made


@pytest.fixture(scope="module")
def ran(company: Company) -> Ran:
    """The run of the quarter, of the three alone."""
    return run(company.asked(people=(PROMOTED, SHORT, GAP)))


@pytest.fixture(scope="module")
def appraisals(company: Company, ran: Ran) -> dict[str, Appraisal]:
    """Everybody's appraisal after the run."""
    assert [problem for problem in ran.problems if problem.is_error] == []
    return company.appraisals()


def test_a_promoted_person_is_rated_on_both_roles(appraisals: dict[str, Appraisal]) -> None:
    """Both stretches have a score, their shares make the whole, and the overall lies between."""
    one = appraisals[PROMOTED]
    first, second = one.segments
    assert (one.status, first.role, second.role) == ("rated", "tele_collection_agent", "senior_agent")
    assert first.share + second.share == pytest.approx(100)
    assert first.overall is not None
    assert second.overall is not None
    assert one.uncapped is not None
    assert min(first.overall, second.overall) <= one.uncapped <= max(first.overall, second.overall)


def test_every_row_counts_in_one_stretch_alone(appraisals: dict[str, Appraisal], company: Company) -> None:
    """What is counted of the two stretches comes to what is counted of the person without a change of roles."""
    plain = begun(company.root.parent / "plain", "collections").appraisals()
    for person in (PROMOTED, SHORT, GAP):
        whole = {measure.name: measure.rows for measure in plain[person].segments[0].measures}
        for name in ("collected", "promises_due", "rp_calls"):
            found = [m.rows for segment in appraisals[person].segments for m in segment.measures if m.name == name]
            if name in whole:
                assert (person, name, sum(found)) == (person, name, whole[name])


def test_contributions_end_at_the_overall(appraisals: dict[str, Appraisal]) -> None:
    """The contributions of both stretches and what adjustments add make the score before caps."""
    for person in (PROMOTED, GAP):
        one = appraisals[person]
        parts = [kra.contribution or 0 for segment in one.segments for kra in segment.kras]
        added = [each.added for segment in one.segments for each in segment.adjustments]
        assert round(sum(parts), 2) == one.base
        assert round(sum(parts) + sum(added), 2) == one.uncapped


def test_a_short_stretch_does_not_count(appraisals: dict[str, Appraisal]) -> None:
    """Eight days in the new role are shown and have no share."""
    one = appraisals[SHORT]
    assert [(segment.share, segment.status, segment.reason) for segment in one.segments] == [
        (100.0, "ok", ""),
        (0.0, "not_scored", "short_segment"),
    ]
    assert one.overall == one.segments[0].overall


def test_answers_agree_about_segments(company: Company, appraisals: dict[str, Appraisal]) -> None:
    """`score` and the explanations say the same, with both stretches."""
    scores, _ = company.scores()
    answers = {answer.person: answer for answer in person_results(scores, company.asked())}
    assert {person: answers[person] for person in appraisals} == {
        person: result_of(one) for person, one in appraisals.items()
    }
    assert [segment.role for segment in answers[PROMOTED].segments] == ["tele_collection_agent", "senior_agent"]


def test_the_table_has_a_row_for_each_stretch(company: Company, ran: Ran) -> None:
    """The results name the stretch and its template beside the person's rating."""
    assert ran.folder
    table = pl.read_parquet(company.out / "results.parquet").filter(pl.col("person") == PROMOTED)
    found = table.group_by("segment", maintain_order=True).agg(
        pl.col("segment_role").unique(), pl.col("overall").n_unique()
    )
    assert found.rows() == [(1, ["tele_collection_agent"], 1), (2, ["senior_agent"], 1)]


def test_the_explanation_says_how_the_stretches_were_joined(appraisals: dict[str, Appraisal]) -> None:
    """In words to be read aloud: the days, the role, the share and the score of each, and their sum."""
    lines = [str(line.label) for line in explanation_tree(appraisals[PROMOTED]).children[0].children]
    assert any(" as Tele Collection Agent, " in line and "% of the overall: " in line for line in lines)
    assert any(line.startswith("joined by available days: ") for line in lines)
    short = [str(line.label) for line in explanation_tree(appraisals[SHORT]).children[0].children]
    assert any("Does not count: there were too few working days in this role" in line for line in short)


def test_everybody_of_them_has_a_pack(company: Company, ran: Ran) -> None:
    """The pack of somebody with two roles is drawn like others."""
    assert ran.packs == 3
    packs: list[Path] = sorted(company.out.rglob("*.pdf"))
    assert [pack.stem for pack in packs] == [PROMOTED, SHORT, GAP]

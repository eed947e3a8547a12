"""What somebody or something did to the folder of a run costs no more than it must, and never the program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from companies import Company, Run, told

from appraise.app.earlier import previous_of
from appraise.app.run import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appraise.model.outcome import Appraisal

DEEP = "[" * 100_000


def test_what_stands_in_the_place_of_a_pack_costs_that_pack_alone(shop_run: Run, tmp_path: Path) -> None:
    """A folder where a pack should be written is named, and everybody else's pack is there."""
    company = shop_run.company.copied_to(tmp_path / "spoilt")
    pack = company.out / "packs" / "North" / "E002.pdf"
    pack.unlink()
    pack.mkdir()

    answer = run(company.asked())

    assert told(answer.problems) == ["out/2026-Q3/packs/North/E002.pdf:0 pack-not-written"]
    assert (answer.packs, answer.unchanged) == (3, 3)


@pytest.mark.parametrize(
    "written",
    [DEEP, '{"format": 1, "packs": 5}', "\0", '{"format": 1, "packs": [{}, 1, null]}'],
    ids=["too deep", "number", "NUL", "odd"],
)
def test_a_spoilt_index_counts_as_none(written: str, shop_run: Run, tmp_path: Path) -> None:
    """An index that is none draws again, and the same comes out."""
    company = shop_run.company.copied_to(tmp_path / "spoilt")
    (company.out / "packs.json").write_text(written, "utf-8")

    answer = run(company.asked(people=("E002",)))

    assert (answer.problems, answer.packs, answer.unchanged) == ((), 1, 0)
    assert company.hashes()["2026-Q3/packs/North/E002.pdf"] == shop_run.company.hashes()["2026-Q3/packs/North/E002.pdf"]


@pytest.fixture(scope="module")
def appraisal(shop_run: Run) -> Appraisal:
    """A rated person of the shop."""
    return Company(shop_run.company.root).appraisals()["E002"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: DEEP,
        lambda _: "[1]",
        lambda trace: json.dumps({**trace, "overall": "<b>5</b>"}),
        lambda trace: json.dumps({**trace, "person": "E002"}),
        lambda trace: json.dumps({**trace, "segments": [{**trace["segments"][0], "kras": [{"id": 5}]}]}),
    ],
    ids=["too deep", "a list", "text for a number", "text for a person", "half a KRA"],
)
def test_a_spoilt_trace_of_the_earlier_period_counts_as_none(
    spoil: Callable[[dict[str, object]], str], shop_run: Run, appraisal: Appraisal, tmp_path: Path
) -> None:
    """A trace that somebody changed is not compared with; a whole one is."""
    whole = shop_run.company.out / "appraisals" / "E002.json"
    (tmp_path / "E002.json").write_text(spoil(json.loads(whole.read_bytes())), "utf-8")

    assert previous_of(tmp_path / "E002.json", appraisal) is None
    assert previous_of(whole, appraisal) is not None

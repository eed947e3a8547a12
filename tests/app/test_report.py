"""Printing one person's pack, apart from a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from companies import told

from appraise.app.report import report
from appraise.model.errors import UnknownPerson

if TYPE_CHECKING:
    from pathlib import Path

    from companies import Company, Run


def test_one_pack_and_its_page(shop: Company, shop_run: Run) -> None:
    """`report` prints one pack with the bytes that a run gives it, and with `page` an HTML page that loads nothing."""
    answer = report(shop.asked(), "E002", page=True)

    assert answer.files == ("out/2026-Q3/packs/North/E002.pdf", "out/2026-Q3/packs/North/E002.html")
    assert answer.problems == ()
    page = (shop.out / "packs" / "North" / "E002.html").read_text("utf-8")
    assert "Ben Okafor" in page
    assert 'src="http' not in page
    pack = "2026-Q3/packs/North/E002.pdf"
    assert shop.hashes()[pack] == shop_run.company.hashes()[pack]


def test_a_pack_that_a_run_has_printed_stays(shop_run: Run, tmp_path: Path) -> None:
    """Where nothing changed `report` names the pack that is there, and changes nothing."""
    company = shop_run.company.copied_to(tmp_path / "again")

    assert report(company.asked(), "E003").files == ("out/2026-Q3/packs/North/E003.pdf",)
    assert company.hashes() == shop_run.company.hashes()


def test_only_the_problems_of_the_person_are_told(shop: Company) -> None:
    """What is wrong with others is not the matter of this pack."""
    shop.edit("data/people.csv", "1210,12,9", "1210,x,9")

    assert told(report(shop.asked(), "E005").problems) == ["data/people.csv:6 cell-unreadable"]
    assert told(report(shop.asked(), "E002").problems) == []


def test_a_pack_of_nobody(shop: Company) -> None:
    """Somebody who is not appraised has no pack, and nothing is written."""
    with pytest.raises(UnknownPerson) as refused:
        report(shop.asked(), "E0002")

    assert [problem.hint for problem in refused.value.problems] == ["did you mean 'E002'?"]
    assert not (shop.root / "out").exists()

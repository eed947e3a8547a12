"""A filter that names what is not there is a mistake, not an empty answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from companies import told

from appraise.app.measures import measures
from appraise.app.run import run
from appraise.app.score import score

if TYPE_CHECKING:
    from companies import Company


@pytest.mark.parametrize(
    ("said", "place", "hint"),
    [
        ({"people": ("E002", "E0033")}, "--person:0 unknown-person", "did you mean 'E003'?"),
        ({"teams": ("South",)}, "--team:0 unknown-team", "there are: North"),
        ({"roles": ("agnet",)}, "--role:0 unknown-role", "did you mean 'agent'?"),
    ],
)
def test_a_filter_that_names_nobody_is_told(shop: Company, said: dict[str, Any], place: str, hint: str) -> None:
    """Every command with filters says which of them lets nobody through, and what may have been meant."""
    asked = shop.asked(**said)

    for problems in (score(asked).problems, measures(asked).problems):
        assert told(problems) == [place]
        assert problems[0].hint == hint


def test_a_filter_is_no_part_of_the_record(shop: Company) -> None:
    """What somebody asked to see changes nothing in run.json, which is about the whole company."""
    answer = run(shop.asked(people=("nobody",)))

    assert told(answer.problems) == ["--person:0 unknown-person"]
    assert '"problems": []' in (shop.out / "run.json").read_text("utf-8")


def test_the_filters_that_let_somebody_through_are_silent(shop: Company) -> None:
    """Person, team and role as the people source and the templates have them are no mistake."""
    assert score(shop.asked(people=("E002",), teams=("North",), roles=("agent",))).problems == ()

"""An explanation on the terminal, as HR reads it aloud."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from appraise.cli.tree import explanation_tree, kpi_ids
from appraise.model.outcome import Appraisal
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.model.status import KpiStatus, PersonStatus

WHOLE = """\
Asha Rao (E001), 2026-Q3 (1 Jul 2026 – 30 Sep 2026)
├── overall 2.00 of 5: Needs improvement (a proposal until a named person decides)
│   ├── 50 % of the weight could be scored; 60 % is needed
│   ├── 3.38 + 0.10 = 3.48 points
│   └── without the gate 'clean' it would be 3.48
├── Results: 3.38, weight 100 %, 3.38 points of the overall
│   ├── Promise-to-pay kept rate: 73.0%, band 3 of 5, score 3.38, 50 % of the area, 3.38 points of the overall
│   │   ├── rule: 100 times promises kept divided by promises due
│   │   ├── with the numbers: 100 × 73 ÷ 100 = 73.0%
│   │   ├── bands begin: 2 at 60%, 3 at 70%, 4 at 78%, 5 at 85% (more is better)
│   │   ├── cases: 100; at least 20 are needed
│   │   ├── next band: 5 more promises kept make this band 4
│   │   ├── promises_kept = 73: rows of promises kept, as of 30 Sep 2026
│   │   │   └── data/promises.csv, rows 4-9,12 (7)
│   │   └── promises_due = 100: promises, 2 left out for a blank cell
│   └── Survey: not scored, because the records it needs were not delivered; its 50 % of the area goes to its neighbours
│       ├── rule: survey score
│       └── survey_score: unknown, because the records it needs were not delivered
├── gate 'clean': triggered; holds the overall at 2.00 at most. A violation caps the rating.
│   └── rule: violations > 0
├── adjustment 'mentor': +0.10 points. Trained a colleague.
└── rules: templates/roles/agent.yaml, version 1.0.0
"""


def printed(appraisal: Appraisal, kpi: str = "") -> str:
    """The tree as text."""
    stream = StringIO()
    Console(file=stream, width=160, highlight=False, markup=False).print(explanation_tree(appraisal, kpi))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def test_a_result_is_walked_back_to_its_rows(appraisal: Appraisal) -> None:
    """Overall from KRAs, KRAs from KPIs, KPIs from formula, numbers and rows; gates, bonuses and what is missing."""
    assert printed(appraisal) == WHOLE


def test_one_kpi_alone(appraisal: Appraisal) -> None:
    """A KPI's id shows that one, in its area and role, and nothing about the overall."""
    lines = printed(appraisal, "survey").splitlines()

    assert lines[1:3] == [
        "└── Agent, 1 Jul – 30 Sep 2026",
        "    └── Results: 3.38, weight 100 %, 3.38 points of the overall",
    ]
    assert lines[3].startswith(
        "        └── Survey: not scored, because the records it needs were not delivered; its 50 %"
    )
    assert len(lines) == 6
    assert kpi_ids(appraisal) == ("promise_kept", "survey")


@pytest.mark.parametrize(
    ("status", "reason", "says"),
    [
        (
            PersonStatus.NOT_RATED,
            "low_coverage",
            (
                "not rated, because too little of the declared weight could be scored for a fair rating; "
                "what could be scored comes to 3.38"
            ),
        ),
        (
            PersonStatus.NOT_RATED,
            "too_new",
            (
                "not rated, because there were too few working days in the role in this period for a fair rating; "
                "what could be scored comes to 3.38"
            ),
        ),
        (PersonStatus.BLOCKED, "", "no result: it is held back until a problem is cured"),
        (PersonStatus.ERROR, "", "no result: it is held back until a problem is cured"),
    ],
)
def test_who_is_not_rated_is_told_why(appraisal: Appraisal, status: PersonStatus, reason: str, says: str) -> None:
    """Without a rating the reason stands first, and the problems that caused it."""
    result = replace(
        appraisal, status=status, reason=reason, overall=None, label=None, indicative=3.38, problems=(BROKEN,)
    )

    text = printed(result)

    assert says in text
    assert "problem: x is broken" in text


def test_a_kpi_that_blocks_keeps_its_weight(appraisal: Appraisal) -> None:
    """An error passes no weight on, and the line does not claim it."""
    segment = appraisal.segments[0]
    broken = replace(segment.kras[0].kpis[1], status=KpiStatus.ERROR, reason="division_by_zero")
    kra = replace(segment.kras[0], kpis=(broken,))

    text = printed(replace(appraisal, segments=(replace(segment, kras=(kra,)),)))

    assert "Survey: not scored, because the rule divides by a figure that is zero; this has to be cured first\n" in text


def test_an_area_without_scores_passes_its_weight_on_as_a_whole(appraisal: Appraisal) -> None:
    """Where nothing in an area is scored, its KPIs have no neighbours to give their weight to."""
    segment = appraisal.segments[0]
    kra = replace(segment.kras[0], score=None, contribution=None, status="not_scored", kpis=segment.kras[0].kpis[1:])

    text = printed(replace(appraisal, segments=(replace(segment, kras=(kra,)),)))

    assert "Results: not scored, its weight 100 % goes to the other areas\n" in text
    assert "Survey: not scored, because the records it needs were not delivered\n" in text


def test_names_cannot_command_the_terminal(appraisal: Appraisal) -> None:
    """Escape sequences and markup in data are shown as letters."""
    result = replace(appraisal, person=replace(appraisal.person, name="\x1b[2J[red]Ash\u202ea"))

    assert printed(result).splitlines()[0].startswith("�[2J[red]Ash�a (E001)")


BROKEN = Problem(Place("data/x.csv", 3), code="x", message="x is broken")


def test_another_systems_rules_are_named(appraisal: Appraisal) -> None:
    """Whoever is scored by a policy reads its name and what it does, and where weight went if not to the neighbours."""
    segment = replace(appraisal.segments[0], policy="sap_average", unscored_weight="global")
    lines = printed(replace(appraisal, segments=(segment,)))
    assert "scored by the policy 'sap_average': the weighted sum is divided by the weights that are present" in lines
    assert "its 50 % of the area goes to everything that is scored" in lines

"""Every tricky case gives what was worked out by hand, both ways, and none of the common wrong answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import filed
import handed
import later
import pytest
import solved
from trials import Desk
from wrong import WRONG

CASES = [*solved.KINDS, *filed.KINDS]
LEAST = {
    "edge_inclusive_and_display": 3,
    "float_noise_at_edge": 2,
    "percent_of_target_forms": 6,
    "zero_denominators": 6,
    "min_sample_and_shrinkage": 2,
    "gate_states": {"g1", "g2", "g3", "g4", "g5", "g6"},
    "proration_joiner_leave_fte": {"available_days", "target_used", "attainment", "kept_rate", "second_person"},
    "target_inheritance": {"by_month", "quarter", "chosen_scope", "tie_test"},
    "team_rate_is_ratio_of_sums": {"team_kept_rate", "not_"},
    "cei_three_definitions": {"standard", "monthly_average_sales", "seed_wording"},
    "promise_cohort_partial_reversal": {"due_count", "kept_count", "kept_rate", "amount_paid", "kept_rate_by_amount"},
    "local_hours_and_fiscal_quarters": {"permitted", "quarter_of", "dates"},
    "missing_feedback_and_anonymity": {"overall", "level", "scored_weight"},
}
"""What has to be compared, so that no case passes because nothing of it is."""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """What comes out of the input of a case, each of them worked out once."""
    known: dict[str, Any] = {}

    def found(case: str) -> Any:
        if case not in known:
            folder: Path = tmp_path_factory.mktemp("case")
            given = handed.tricky()[case]["input"]
            files = case in filed.KINDS
            known[case] = filed.KINDS[case](folder, given) if files else solved.KINDS[case](Desk(folder), given)
        return known[case]

    return found


def agreed(one: Any, other: Any) -> Any:
    """What one says, as far as the other speaks of it too."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: agreed(one[key], other[key]) for key in one if key in other}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [agreed(*pair) for pair in zip(one, other, strict=True)]
    return one


@handed.needed
@pytest.mark.parametrize("case", CASES)
def test_a_tricky_case(outcome: Callable[[str], Any], case: str) -> None:
    """What comes out of the case's input is what the case expects."""
    expected, found = handed.tricky()[case]["expected"], outcome(case)
    assert agreed(found, expected) == agreed(expected, found)
    least = LEAST.get(case)
    compared = agreed(found, expected)
    assert least is None or (len(compared) == least if isinstance(least, int) else least <= set(compared))


@handed.needed
def test_an_open_allegation_marks_a_rating_alone(outcome: Callable[[str], Any]) -> None:
    """Of the six people of case 12 one is rated provisionally: the one of the allegation that is not decided."""
    assert [name for name, final in outcome("gate_states").items() if final.get("provisional")] == ["g1"]


@handed.needed
def test_a_call_before_the_morning_is_not_permitted(outcome: Callable[[str], Any]) -> None:
    """The last call of case 22 is at ten past midnight by the company's clock, whatever its UTC hour is."""
    case = "local_hours_and_fiscal_quarters"
    assert outcome(case)["permitted"]["c6"] == handed.tricky()[case]["expected"]["c6_permitted"]


@handed.needed
@pytest.mark.parametrize(("case", "answer"), [(case, answer) for case, answers in WRONG.items() for answer in answers])
def test_a_wrong_answer_is_not_given(outcome: Callable[[str], Any], desk: Desk, case: str, answer: str) -> None:
    """The numbers that others get here do not come out."""
    found = outcome(case) if case in CASES else None
    assert not WRONG[case][answer](desk, handed.tricky()[case]["input"], found)


@handed.needed
def test_every_tricky_case_is_tried_or_listed() -> None:
    """No case and no wrong answer is passed over in silence, and none is listed that is tried."""
    cases = handed.tricky()
    assert {*CASES, "template_validation", *later.WHOLE} == set(cases)
    answers = {answer for case in cases.values() for answer in case["common_wrong_answers"]}
    tried = {answer for answers in WRONG.values() for answer in answers}
    assert tried | set(later.WRONG_ANSWERS) == answers
    assert not tried & set(later.WRONG_ANSWERS)
    assert not set(later.WHOLE) & {*CASES, *WRONG}

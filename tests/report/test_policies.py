"""A pack says by whose rules somebody was scored, and where the weight of what has no score goes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from people import context, normal, unrated

from appraise.model.status import KpiStatus
from appraise.report.policies import POLICIES, policies_said, rounding_said, unscored_said
from appraise.report.view import view_of
from appraise.scoring.policies import POLICIES as KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.outcome import Appraisal

FRAPPE = "Scored by the policy 'frappe': what is missing counts as zero, and every level is rounded."


def texts(thing: Any) -> Iterator[str]:
    """Every text of a view."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts(part)
    elif isinstance(thing, str):
        yield thing


def under(policy: str, appraisal: Appraisal, unscored_weight: str = "siblings") -> Appraisal:
    """The appraisal, scored by that policy all along."""
    parts = [replace(each, policy=policy, unscored_weight=unscored_weight) for each in appraisal.segments]
    return replace(appraisal, segments=tuple(parts))


def test_every_policy_has_words() -> None:
    """No policy is printed by its name alone."""
    assert tuple(POLICIES) == KNOWN


@pytest.mark.parametrize(
    "appraisal", [normal(), unrated("too_new"), unrated("low_coverage")], ids=["rated", "too new", "little"]
)
def test_everybodys_pack_names_the_policy(appraisal: Appraisal) -> None:
    """Also the pack of somebody without a rating says it, on its first page."""
    assert FRAPPE in view_of(under("frappe", appraisal), context()).summary.notice
    assert not [text for text in texts(view_of(appraisal, context())) if "the policy" in text]


@pytest.mark.parametrize(
    ("policy", "unscored_weight", "expected"),
    [
        ("", "siblings", "A KPI without a score passes its weight on to its neighbours."),
        ("", "global", "A KPI without a score passes its weight on to everything that is scored."),
        ("sap_average", "global", "A KPI without a score passes its weight on to everything that is scored."),
        ("frappe", "siblings", "A KPI without a score counts as zero and keeps its weight."),
    ],
)
def test_the_working_tells_where_weight_goes(policy: str, unscored_weight: str, expected: str) -> None:
    """What the pack says of weights is what was done with them."""
    whole = under(policy, normal(), unscored_weight)
    assert unscored_said(whole) == expected
    assert any(rule.startswith(expected) for rule in view_of(whole, context()).working.rules)


def test_the_working_tells_where_figures_are_rounded() -> None:
    """Only under frappe more is rounded than the overall."""
    assert "rounded to three decimals" in rounding_said(under("frappe", normal()))
    assert "the overall is rounded once" in rounding_said(under("okr_clamped", normal()))


def test_a_period_under_two_policies_names_both() -> None:
    """Where a new version of a template left the policy behind, the other one is still told."""
    whole = under("frappe", normal())
    both = (*whole.segments, *under("sap_average", normal(), "global").segments, *whole.segments)
    assert [said.split("'")[1] for said in policies_said(replace(whole, segments=both))] == ["frappe", "sap_average"]


def test_a_zero_without_figures_is_told_as_one() -> None:
    """What counts as zero is counted among what was not scored, and no value is invented for it."""
    whole = under("frappe", normal())
    segment = whole.segments[0]
    kra = segment.kras[0]
    zero = replace(kra.kpis[0], value=None, band=0, score=0.0, reason="missing_as_zero", contribution=0.0)
    assert zero.status is KpiStatus.OK
    kras = (replace(kra, kpis=(zero, *kra.kpis[1:])), *segment.kras[1:])
    view = view_of(replace(whole, segments=(replace(segment, kras=kras), *whole.segments[1:])), context())
    said = " ".join(texts(view.summary))
    assert f"{zero.title} has no figure and counts as zero" in said
    assert view.detail.kras[0].rows[0].score == "0.00"

"""Whose rules a person was scored by, in words, where they are another system's; and where unscored weight goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal

FRAPPE = "frappe"
GLOBAL = "global"

MISSING_AS_ZERO = "missing_as_zero"
"""The reason of a KPI that counts as zero for want of a score."""

POLICIES = {
    FRAPPE: "what is missing counts as zero, and every level is rounded",
    "sap_average": "the weighted sum is divided by the weights that are present, however few they are",
    "okr_clamped": "each result counts from 0 to 100 percent of its target, and nothing beyond",
}
"""What each policy does, to follow its name."""


def policies_said(appraisal: Appraisal) -> tuple[str, ...]:
    """A clause for each policy that the person was scored by: `scored by the policy 'frappe': what is missing …`."""
    policies = dict.fromkeys(segment.policy for segment in appraisal.segments if segment.policy)
    return tuple(f"scored by the policy '{policy}': {POLICIES[policy]}" for policy in policies)


def unscored_said(appraisal: Appraisal) -> str:
    """Where the weight of a KPI without a score goes, as a sentence."""
    if all_under_frappe(appraisal):
        return "A KPI without a score counts as zero and keeps its weight."
    if any(segment.unscored_weight == GLOBAL for segment in appraisal.segments):
        return "A KPI without a score passes its weight on to everything that is scored."
    return "A KPI without a score passes its weight on to its neighbours."


def rounding_said(appraisal: Appraisal) -> str:
    """Where the roll-up is rounded, as a sentence."""
    if all_under_frappe(appraisal):
        return "Halves are rounded up; areas and overall are rounded to three decimals, then as they are printed."
    return "Halves are rounded up; the overall is rounded once, and the printed points are made to add up to it."


def all_under_frappe(appraisal: Appraisal) -> bool:
    """Whether all of the period was scored by rules that never leave anything out."""
    return bool(appraisal.segments) and all(segment.policy == FRAPPE for segment in appraisal.segments)

"""The fixed words of a pack: statuses and reasons in plain language, the agenda, the glossary."""

from __future__ import annotations

from appraise.model.status import GateStatus, KpiStatus

NOT_SCORED = {
    KpiStatus.NOT_APPLICABLE: "it does not apply to this role or period",
    KpiStatus.NO_DATA: "there are no figures for it in this period",
    KpiStatus.ZERO_DENOMINATOR: "there was nothing to count in this period",
    KpiStatus.INSUFFICIENT_SAMPLE: "there were too few cases to judge it fairly",
    KpiStatus.NO_TARGET: "no target was set for it",
    KpiStatus.OK: "the figure is for information, since there is no rating",
    KpiStatus.MONITOR: "it is watched only and has no weight",
    KpiStatus.PENDING: "a value is still to be entered by hand",
    KpiStatus.ERROR: "it could not be worked out; the problem has to be cured first",
}
"""Why a KPI has no score, to follow `Not scored: `."""

REASONS = {
    "source_missing": "the records it needs were not delivered",
    "stale": "the records it needs were out of date",
    "no_rows": "there are no records of it in this period",
    "unreadable": "a record that it needs could not be read",
    "previous_zero": "the period before was zero, so a change cannot be worked out",
    "no_target": "no target was set for it",
    "division_by_zero": "the rule divides by a figure that is zero; this has to be cured first",
}
"""Reasons that say more than the status."""

NOT_RATED = {
    "too_new": "there were too few working days in the role in this period for a fair rating",
    "low_coverage": "too little of the declared weight could be scored for a fair rating",
    "no_role": "no role with an appraisal template was on record for this period",
    "short_segment": "no stretch of this period in one role had enough working days for a fair rating",
    "scales_differ": "the roles of this period are rated on different scales, which cannot be joined",
    "rows_in_doubt": "rows about this person contradict each other or cannot be read",
    "template_unusable": "the role template has a mistake that has to be corrected first",
}
"""Why a person has no rating, to follow `because`."""

NOT_COUNTED = {
    "": "nothing could be scored in this stretch, so its share went to the others",
    "short_segment": "there were too few working days in this role; a breach of its rules would still count",
    "no_role": "the job has no appraisal template",
    "template_unusable": "the role template has a mistake that has to be corrected first",
}
"""Why a stretch of a period does not count in the score."""

NO_DAYS_TARGET = "there were no available working days, so no target was left to reach"
"""Why a KPI of somebody who was never there has no target."""

HELD_BACK = "a problem has to be cured first"
"""The same where no more is known."""

GATES = {
    GateStatus.PASS: "not triggered",
    GateStatus.FAIL: "triggered",
    GateStatus.UNKNOWN: "could not be checked",
    GateStatus.NOT_APPLICABLE: "does not apply",
}

AGENDA = (
    ("Your view first (10 min)", "What went well, what was hard, what got in the way."),
    ("The figures (10 min)", "Are they right? Is anything missing that should be counted?"),
    ("What helped, what hindered (15 min)", "Look at the work and how it is set up, not at the person."),
    ("Next {span} (15 min)", "Agree on three actions at most, who helps, and by when; each sums it up."),
)

SIGNATURES = ("Employee", "Manager")
DECISION = ("Final rating", "By, date")

ACKNOWLEDGEMENT = "Received and discussed. Signing means that the talk took place; this does not mean I agree."

STRENGTHS_BY_FIGURES = "These figures stood highest above the middle of the scale. Add what figures do not show."
STRENGTHS_BLANK = "Name what went well, with an example."

PRIVACY = (
    "This pack holds personal data. It is for the person it is about, the manager and {company}’s HR, for appraisal "
    "only. Protected facts such as age, sex or the kind of a leave are never used. You may ask what data is held about "
    "you, and have wrong data put right."
)

GLOSSARY = (
    ("Area (KRA)", "a part of the job, such as customer service"),
    ("KPI", "one thing that is measured in an area"),
    ("Target", "the figure expected for the period, or where the expected band begins"),
    ("Band", "the step of the scale that a figure reaches; a higher band is always better"),
    ("Score", "the band with decimals, towards the next band"),
    ("Weight", "how much it counts in the overall score"),
    ("Points", "score times weight; they add up to the overall"),
    ("Cap", "a limit that a rule sets to the score"),
)

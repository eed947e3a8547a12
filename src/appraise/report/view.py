"""From an appraisal to all that its pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.report.changes import changes_of
from appraise.report.conversation import conversation_of, glossary
from appraise.report.detail import detail_of
from appraise.report.material import material_of, span_of
from appraise.report.numbers import clean, shortened
from appraise.report.pack import PackView
from appraise.report.summary import identity_of, summary_of
from appraise.report.working import working_of

if TYPE_CHECKING:
    from appraise.model.outcome import Appraisal
    from appraise.report.context import PackContext

FOOTER_NAME = 40


def view_of(appraisal: Appraisal, context: PackContext) -> PackView:
    """The employee pack of one person as plain, frozen, picklable data, with nothing left to compute."""
    material = material_of(appraisal, context)
    card = material.appraisal.person
    changes, changes_note = changes_of(material)
    identity = identity_of(material)
    return PackView(
        key=card.id,
        kind="employee",
        language=context.language,
        title=f"Appraisal of {shortened(card.name, 80)}, {clean(appraisal.period)}",
        company=clean(context.company),
        logo=context.logo,
        created=(context.created or appraisal.period_end).isoformat(),
        who=f"{shortened(card.name, FOOTER_NAME)} ({shortened(clean(card.id), FOOTER_NAME)})",
        period=clean(appraisal.period),
        span=span_of(appraisal),
        run=context.run_id,
        secrecy=f"Confidential · {identity.state}",
        identity=identity,
        summary=summary_of(material),
        detail=detail_of(material),
        working=working_of(material),
        changes=changes,
        changes_note=changes_note,
        conversation=conversation_of(material),
        glossary=glossary(),
    )

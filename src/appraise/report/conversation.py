"""The talk about the result and the next period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.report.material import span_of
from appraise.report.numbers import clean
from appraise.report.pack import Conversation
from appraise.report.parts import Fact
from appraise.report.sentences import ups_of
from appraise.report.words import (
    ACKNOWLEDGEMENT,
    AGENDA,
    DECISION,
    GLOSSARY,
    PRIVACY,
    SIGNATURES,
    STRENGTHS_BLANK,
    STRENGTHS_BY_FIGURES,
)

if TYPE_CHECKING:
    from appraise.report.material import Material

MOST_ACTIONS = 3
TARGET_ROWS = 2


def conversation_of(material: Material) -> Conversation:
    """The agenda, what was written beforehand, and the ruled rows for what the talk brings."""
    written = _notes(material, "strength")
    strengths = written or tuple(move.kpi.title for move in ups_of(material))
    actions = _notes(material, "action")[:MOST_ACTIONS]
    targets = _notes(material, "target")
    return Conversation(
        agenda=tuple(Fact(term.format(span=span_of(material.appraisal)), words) for term, words in AGENDA),
        strengths=strengths,
        strengths_says="" if written else STRENGTHS_BY_FIGURES if strengths else STRENGTHS_BLANK,
        actions=actions,
        action_blanks=("",) * (MOST_ACTIONS - len(actions)),
        targets=targets,
        target_blanks=("",) * max(0, TARGET_ROWS - len(targets)),
        acknowledgement=ACKNOWLEDGEMENT,
        signatures=SIGNATURES,
        decision=_decision(material),
        question=_question(material),
        privacy=PRIVACY.format(company=clean(material.context.company)),
    )


def glossary() -> tuple[Fact, ...]:
    """The words that a reader may not know."""
    return tuple(Fact(term, words) for term, words in GLOSSARY)


def _notes(material: Material, section: str) -> tuple[str, ...]:
    return tuple(text for text in (clean(text).strip() for text in material.context.notes.get(section, ())) if text)


def _decision(material: Material) -> tuple[Fact, ...]:
    """What a named person decided, or blanks for it; nothing where there is no rating to decide on."""
    if not material.is_rated:
        return ()
    made = material.context.decision
    by = () if made is None else (made.decided_by, made.on)
    parts = ("" if made is None else made.label, ", ".join(part for part in by if part))
    return tuple(Fact(term, clean(words)) for term, words in zip(DECISION, parts, strict=True))


def _question(material: Material) -> str:
    contact = material.context.contact
    whom = clean(contact.person) or f"the HR team of {clean(material.context.company)}"
    route = f" ({clean(contact.route)})" if contact.route else ""
    return (
        f"If you think that a figure or the result is wrong, tell {whom}{route} within {contact.days} days of "
        f"receiving this pack. Say which figure, and why. Asking can never count against you."
    )

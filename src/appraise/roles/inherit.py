"""Following `extends` from a template to the one at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.problem import Problem
from appraise.roles.editions import day_of, first_day_of, in_force
from appraise.roles.merge import laid_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.documents.nodes import Document
    from appraise.roles.files import Template


def chain_of(template: Template, templates: Sequence[Template]) -> tuple[list[Template], list[Problem]]:
    """The template and all that it extends, one by one.

    Of several versions of a role the one in force on the day from which the template itself counts is extended, or the
    latest where the template says no day. A template may extend its own id: that is the version before it in the same
    folder, else the role in a folder further away. A circle is a problem that names every role.
    """
    chain = [template]
    while chain[-1].extends:
        last = chain[-1]
        place = last.document.place("extends")
        beneath = _named(last, templates)
        if beneath is None:
            known = {other.role for other in templates if other.role and other is not last}
            message = f"'extends' names '{last.extends[:80].split('://')[0]}', and no template has that role"
            hint = did_you_mean(last.extends, known) or "write the id of another role"
            return chain, [Problem(place, code="unknown-base", message=message, hint=hint)]
        if beneath in chain:
            circle = [last, *chain[chain.index(beneath) : -1], last]
            message = f"'extends' goes round in a circle: {' -> '.join(one.role for one in circle)}"
            return chain, [Problem(place, code="circular-extends", message=message, hint="let one of them stand alone")]
        chain.append(beneath)
    if template.document.node("remove") is not None and not template.extends:
        place = template.document.key_place("remove")
        message = "'remove' has nothing to take away without 'extends'"
        return chain, [Problem(place, code="remove-without-extends", message=message, hint="leave it out")]
    return chain, []


def merged(chain: Sequence[Template]) -> tuple[Document, list[Problem]]:
    """One document of the whole chain; what is wrong with a `remove` in it."""
    document = chain[-1].document
    problems: list[Problem] = []
    for template in reversed(chain[:-1]):
        document, told = laid_over(template.document, document)
        problems += told
    return document, problems


def _named(template: Template, templates: Sequence[Template]) -> Template | None:
    """The template that another one extends; itself where it can only mean itself."""
    candidates = [other for other in templates if other.role == template.extends and other is not template]
    if template.extends == template.role:
        further = [other for other in candidates if other.layer > template.layer]
        candidates = _before(template, candidates) or further or [template]
    nearest = [other for other in candidates if other.layer == candidates[0].layer]
    starts = [first_day_of(other.effective) for other in nearest]
    return nearest[in_force(starts, day_of(template.effective))] if nearest else None


def _before(template: Template, editions: Sequence[Template]) -> list[Template]:
    """The versions in the same folder that count from an earlier day."""
    start = first_day_of(template.effective)
    return [other for other in editions if other.layer == template.layer and first_day_of(other.effective) < start]

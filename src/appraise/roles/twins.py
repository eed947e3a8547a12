"""Templates of one folder for one role that cannot both be there: the same version twice, or the same first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.problem import Problem
from appraise.roles.inherit import chain_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.roles.files import Template


def without_twins(templates: Sequence[Template]) -> tuple[list[Template], list[Problem]]:
    """The templates without those of which it would be unclear when they count; of two the first file stays."""
    kept: list[Template] = []
    problems: list[Problem] = []
    for template in templates:
        others = [other for other in kept if template.role and _are_of_one_role(template, other)]
        found = [problem for other in others if (problem := _twins(template, other, templates)) is not None]
        problems += found[:1]
        if not found:
            kept.append(template)
    return kept, problems


def version_of(template: Template, templates: Sequence[Template]) -> str:
    """The version that the template says, or the one it takes over from what it extends."""
    return next((one.version for one in chain_of(template, templates)[0] if one.version), "")


def _are_of_one_role(one: Template, other: Template) -> bool:
    return (one.layer, one.role) == (other.layer, other.role)


def _twins(template: Template, first: Template, templates: Sequence[Template]) -> Problem | None:
    """The problem of two templates of one role, where they are not two versions with two days."""
    role, file = f"role '{template.role}'", first.document.shown
    version = version_of(template, templates)
    if version == version_of(first, templates):
        named = f"in version {version}" if version else "without a version"
        message = f"{role} is already in {file} {named}, and two templates of one role are two versions"
        hint = "count the version up and give it the day from which it counts as `effective`, or delete one of the two"
        key = "version" if template.version else "role"
    elif template.effective == first.effective:
        when = f"counts from {template.effective}" if template.effective else "counts from the beginning"
        message = f"{role}: version {version} {when}, and so does version {version_of(first, templates)} in {file}"
        hint = "give each version the day from which it counts as `effective`, or delete one of the two"
        key = "effective" if template.effective else "role"
    else:
        return None
    return Problem(template.document.place(key), code="duplicate-role", message=message, hint=hint)

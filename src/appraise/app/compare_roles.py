"""Comparing two templates: what their rules say differently, and what that does to the people on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.answers import once
from appraise.app.differences import changes_between
from appraise.app.moves import moves_between
from appraise.app.named_template import named_template
from appraise.app.ready import may_be_scored
from appraise.app.setting import opened
from appraise.app.wording import wording_of

if TYPE_CHECKING:
    from appraise.app.answers import Problems
    from appraise.app.asked import Asked
    from appraise.app.differences import Change
    from appraise.app.moves import Move
    from appraise.model.period import Period
    from appraise.model.role import Role


@dataclass(frozen=True, slots=True)
class RolesCompared:
    """`roles diff`: the two templates, or None where there is no such one; `people` is None where nobody was scored."""

    problems: Problems
    before: Role | None = None
    after: Role | None = None
    changes: tuple[Change, ...] = ()
    people: tuple[Move, ...] | None = None
    period: Period | None = None


def compare_roles(asked: Asked, names: tuple[str, str], *, with_data: bool) -> RolesCompared:
    """What changed from the first template to the second and, with data, what that does to people.

    Args:
        asked: the request.
        names: the two templates, each a role's id, `id@version` or a file.
        with_data: score everybody who is on either template on both of them.
    """
    setting, problems = opened(asked, every_template=True)
    if setting is None:
        return RolesCompared(tuple(problems))
    (old, of_old), (new, of_new) = (named_template(name, setting, problems) for name in names)
    told = once(of_old, of_new)
    if old is None or new is None:
        return RolesCompared(told)
    changes = changes_between(old.role, new.role, wording_of(setting))
    if not with_data or not (old.sound and new.sound):
        return RolesCompared(told, old.role, new.role, changes)
    if not may_be_scored(problems):
        return RolesCompared(once(problems, told), old.role, new.role, changes)
    people, found = moves_between(old.role, new.role, setting)
    return RolesCompared(once(told, found), old.role, new.role, changes, people, setting.period)

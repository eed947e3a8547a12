"""Who moves from which score and label to which, when people are scored on another template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from appraise.app.names import names_of
from appraise.app.pipeline import scores_of
from appraise.app.ready import Ready, with_sound_templates
from appraise.expr.quantiser import quantised
from appraise.roles.library import Draft

if TYPE_CHECKING:
    from appraise.app.setting import Setting
    from appraise.model.problem import Problem
    from appraise.model.role import Role


@dataclass(frozen=True, slots=True)
class Rated:
    """How somebody comes out; `overall` and `label` are None where there is no rating."""

    overall: float | None
    label: str | None
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One person on both templates."""

    person: str
    name: str
    before: Rated
    after: Rated

    @property
    def change(self) -> float | None:
        """The points between the two, None where one of them is missing."""
        if self.before.overall is None or self.after.overall is None:
            return None
        return quantised(self.after.overall - self.before.overall, 2)


def moves_between(before: Role, after: Role, setting: Setting) -> tuple[tuple[Move, ...], list[Problem]]:
    """Everybody who is on one of the two roles, scored on the one template and on the other, by id.

    The whole company is scored twice, and the two differ in nothing but the template: whatever version of a role the
    workspace has, these people are on the one that is compared for the whole period.
    """
    roles = {before.id, after.id} & setting.given
    if not roles:
        return (), []
    old, found = _rated_on(before, roles, setting)
    new, told = _rated_on(after, roles, setting)
    moves = tuple(Move(person, old[person][0], old[person][1], new[person][1]) for person in old if person in new)
    return moves, [*found, *told]


def _rated_on(role: Role, roles: set[str], setting: Setting) -> tuple[dict[str, tuple[str, Rated]], list[Problem]]:
    """The name and the result of everybody in the roles when their template is this one, by id."""
    changed = _with_template(role, roles, setting)
    names, found = names_of(changed)
    sound, unsound = with_sound_templates(changed, names)
    scores, told = scores_of(Ready(sound, names))
    frame = scores.inputs.frame
    meant = set(frame.filter(frame["role"].is_in(sorted(roles)))["person"].to_list())
    called = dict(frame.select("person", "name").iter_rows())
    rated = {
        row["person"]: (called[row["person"]] or "", Rated(row["overall"], row["label"], row["status"], row["reason"]))
        for row in scores.results.people.iter_rows(named=True)
        if row["person"] in meant
    }
    return rated, [*found, *unsound, *told]


def _with_template(role: Role, roles: set[str], setting: Setting) -> Setting:
    """The setting in which the roles have this template, and no other version of theirs, in the whole period."""
    drafts = {key: draft for key, draft in setting.drafts.items() if draft.role.id not in roles}
    drafts |= {name: Draft(replace(role, id=name, edition=""), sound=True) for name in roles}
    starts = {**setting.editions, **{name: ((setting.period.start, name),) for name in roles}}
    return replace(setting, drafts=drafts, editions=starts)

"""One person's result, walked back to the source rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.app.answers import Explained, once
from appraise.app.appraisals import appraisals_of
from appraise.app.pipeline import scores_of
from appraise.app.ready import ready
from appraise.app.workspace import FILE
from appraise.documents.suggest import did_you_mean
from appraise.model.errors import UnknownPerson
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appraise.app.asked import Asked
    from appraise.app.pipeline import Scores
    from appraise.model.outcome import Appraisal


def explain(asked: Asked, person: str) -> Explained:
    """The appraisal of one person, with the problems that touch it.

    Raises:
        UnknownPerson: nobody of that id is appraised in the period.
    """
    workspace, problems = ready(asked)
    if workspace is None:
        return Explained(tuple(problems))
    scores, found = scores_of(workspace)
    own = [problem for problem in found if problem.person in {None, person}]
    return Explained(once(problems, own), appraisal_for(scores, once(problems, found), person))


def appraisal_for(scores: Scores, told: Iterable[Problem], person: str) -> Appraisal:
    """The appraisal of one person, with the problems that keep the person from a rating.

    Raises:
        UnknownPerson: nobody of that id is appraised in the period.
    """
    found = appraisals_of(scores, told, person)
    if found:
        return found[0]
    setting = scores.inputs.facts.setting
    people = scores.inputs.frame["person"].to_list()
    message = f"nobody with the id '{person}' is appraised in {setting.period.title}"
    hint = did_you_mean(person, people) or "see 'appraise score' for everybody's id"
    table = scores.inputs.facts.tables.get(setting.workspace.people.source)
    place = Place(table.files[0].shown if table and table.files else FILE)
    raise UnknownPerson([Problem(place, code="unknown-person", message=message, hint=hint)])

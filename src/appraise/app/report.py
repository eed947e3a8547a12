"""Printing one person's pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.app.answers import Reported, once
from appraise.app.explain import appraisal_for
from appraise.app.notes import notes_of
from appraise.app.packs import page_of, press_of, print_packs
from appraise.app.pipeline import scores_of
from appraise.app.ready import ready
from appraise.app.record import record_of
from appraise.app.run import folder_of
from appraise.store.lock import locked

if TYPE_CHECKING:
    from appraise.app.asked import Asked


def report(asked: Asked, person: str, *, page: bool = False) -> Reported:
    """Draw the pack of one person into the folder of the run; with `page` also as an HTML page beside it.

    Raises:
        UnknownPerson: nobody of that id is appraised in the period.
    """
    workspace, problems = ready(asked)
    if workspace is None:
        return Reported(tuple(problems))
    setting = workspace.setting
    scores, found = scores_of(workspace)
    appraisal = appraisal_for(scores, once(problems, found), person)
    notes, doubts = notes_of(setting.workspace.root, setting.workspace.notes, set(scores.inputs.frame["person"]))
    folder = folder_of(scores)
    with locked(folder.path, folder.shown):
        press = press_of(setting, notes, record_of(scores).id, folder, standalone=page)
        printed = print_packs(press, [appraisal], asked.progress)
    own = [problem for problem in (*found, *doubts) if problem.person in {None, person}]
    files = [folder.pack(person), *([page_of(folder, person)] if page else [])]
    written = [file.relative_to(setting.workspace.root).as_posix() for file in files if person in printed.records]
    return Reported(once(problems, own, printed.problems), tuple(written))

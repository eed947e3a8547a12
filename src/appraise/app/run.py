"""The main job: score the company, explain everybody, print the packs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from appraise.app.answers import Ran, once
from appraise.app.appraisals import appraisals_of
from appraise.app.filters import unknown_filters
from appraise.app.first_templates import first_templates
from appraise.app.notes import notes_of
from appraise.app.packs import press_of, print_packs
from appraise.app.pipeline import scores_of
from appraise.app.ready import ready
from appraise.app.record import record_of, run_json
from appraise.app.results import results_table, workbook_sheets
from appraise.app.trace import trace_of
from appraise.store.lock import locked
from appraise.store.packs import close_packs
from appraise.store.runs import Filed, left_over, remove_unfinished, run_folder
from appraise.store.tables import write_parquet, write_workbook
from appraise.store.writing import write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appraise.app.asked import Asked
    from appraise.app.notes import Notes
    from appraise.app.pipeline import Scores
    from appraise.model.outcome import Appraisal
    from appraise.model.problem import Problem
    from appraise.store.runs import RunFolder


def run(asked: Asked) -> Ran:
    """Write `out/<period>/`: results of the whole company, a trace for everybody, and the packs that are asked for.

    Nothing is drawn again where nothing changed. The same inputs and versions give the same bytes.
    """
    workspace, problems = ready(asked)
    if workspace is None:
        return Ran(tuple(problems))
    scores, found = scores_of(workspace)
    appraisals = appraisals_of(scores, once(problems, found))
    notes, doubts = _notes(scores)
    folder, record = folder_of(scores), record_of(scores)
    with locked(folder.path, folder.shown):
        remove_unfinished(folder)
        firsts = first_templates(workspace.setting)
        _write_results(folder, scores, appraisals)
        press = press_of(workspace.setting, notes, record.id, folder)
        printed = print_packs(press, _chosen(appraisals, asked), asked.progress)
        lost = [problem for problem in printed.problems if problem.is_error]  # doubts come only with a new drawing
        told = once(problems, found, firsts.problems, doubts, lost)
        write_json(folder.run, run_json(record, scores, firsts, told))
        close_packs(folder.path, [one for one in printed.records.values() if one.person in folder.packs])
    return Ran(
        problems=once(problems, found, firsts.problems, doubts, printed.problems, unknown_filters(scores.inputs.facts)),
        period=workspace.setting.period,
        folder=folder.shown,
        people=dict(sorted(Counter(scores.results.people["status"].to_list()).items())),
        packs=printed.packs,
        unchanged=printed.unchanged,
        left_over=left_over(folder),
    )


def _notes(scores: Scores) -> tuple[Notes, list[Problem]]:
    workspace = scores.inputs.facts.setting.workspace
    return notes_of(workspace.root, workspace.notes, set(scores.inputs.frame["person"]))


def _chosen(appraisals: Sequence[Appraisal], asked: Asked) -> list[Appraisal]:
    """Those whom the filters let through."""
    return [
        one
        for one in appraisals
        if any(
            asked.wants(one.person.id, one.person.team, role)
            for role in [segment.role for segment in one.segments] or [""]
        )
    ]


def folder_of(scores: Scores) -> RunFolder:
    """Where the run of a period writes."""
    setting = scores.inputs.facts.setting
    cards = scores.inputs.facts.roster.frame.select("person", "team").iter_rows()
    return run_folder(setting.workspace.root, setting.period.id, (Filed(person, team or "") for person, team in cards))


def _write_results(folder: RunFolder, scores: Scores, appraisals: Sequence[Appraisal]) -> None:
    write_parquet(folder.parquet, results_table(scores))
    setting = scores.inputs.facts.setting
    write_workbook(folder.workbook, workbook_sheets(scores), setting.asked.day_made(setting.period.end))
    for appraisal in appraisals:
        write_json(folder.trace(appraisal.person.id), trace_of(appraisal))

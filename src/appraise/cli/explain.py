"""`appraise explain`: one person's result, walked back to the source rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from appraise.app.explain import explain
from appraise.app.trace import trace_of
from appraise.cli.options import asking
from appraise.cli.tree import explanation_tree, kpi_ids

if TYPE_CHECKING:
    from appraise.app.answers import Explained
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("explain")
@click.argument("person")
@click.argument("kpi", required=False, default="")
@asking()
def command(asked: Asked, screen: Screen, person: str, kpi: str) -> int:
    """Walk one person's result back to the source rows.

    With KPI only the one with that id is shown. In JSON the answer is the same as out/PERIOD/appraisals/PERSON.json.
    """
    answer = explain(asked, person)
    if answer.appraisal is not None and kpi and kpi not in kpi_ids(answer.appraisal):
        known = ", ".join(kpi_ids(answer.appraisal)) or "none"
        raise click.BadParameter(f"{person} has no KPI '{kpi}'; there are: {known}", param_hint="KPI")
    parts = () if answer.appraisal is None else (explanation_tree(answer.appraisal, kpi),)
    return screen.answer(answer.problems, lambda: _fields(answer), *parts)


def _fields(answer: Explained) -> dict[str, Any]:
    """The trace, with the problems of the whole answer instead of its own."""
    trace = {} if answer.appraisal is None else trace_of(answer.appraisal)
    return {key: value for key, value in trace.items() if key != "problems"}

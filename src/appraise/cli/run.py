"""`appraise run`: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.run import run
from appraise.cli.answer_json import ran_json
from appraise.cli.options import asking
from appraise.model.status import PersonStatus

if TYPE_CHECKING:
    from appraise.app.answers import Ran
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("run")
@asking(filters=True)
def command(asked: Asked, screen: Screen) -> int:
    """Score, explain and print everybody.

    Writes out/PERIOD/: run.json, results.parquet, results.xlsx, one explanation per person, and one pack per person.
    --person, --team and --role choose whose packs are printed; the results always cover the company.
    """
    answer = run(asked)
    return screen.answer(answer.problems, lambda: ran_json(answer), *_summary(answer))


def _summary(answer: Ran) -> list[str]:
    if not answer.folder:
        return []
    counts = [(status.value, answer.people.get(status.value, 0)) for status in PersonStatus]
    people = ", ".join(f"{count:,} {status.replace('_', ' ')}" for status, count in counts if count)
    total = sum(answer.people.values())
    period = f" for {answer.period.title}" if answer.period else ""
    lines = [f"{total:,} {'person' if total == 1 else 'people'}{period}: {people or 'nobody'}"]
    kept = f" ({answer.unchanged:,} unchanged)" if answer.unchanged else ""
    lines.append(f"{answer.packs:,} {'pack' if answer.packs == 1 else 'packs'}{kept} in {answer.folder}/packs")
    if answer.left_over:
        lines.append(f"left over from people who are gone, not removed: {', '.join(answer.left_over)}")
    return lines

"""`appraise check`: every mistake in the rules, and with --data in the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from appraise.app.check import check
from appraise.app.coverage import below
from appraise.cli.answer_json import checked_json
from appraise.cli.coverage import coverage_lines
from appraise.cli.options import asking

if TYPE_CHECKING:
    from appraise.app.answers import Checked
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("check")
@click.option("--data", "with_data", is_flag=True, help="Read every value of the sources too, not only their headings.")
@click.option("--coverage", "with_coverage", is_flag=True, help="List what no worked example of a template reaches.")
@click.option(
    "--fail-under",
    "least",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    help="With --coverage: an error for each template whose examples reach less.",
)
@asking()
def command(asked: Asked, screen: Screen, with_data: bool, with_coverage: bool, least: float | None) -> int:
    """Find every mistake in the rules, and with --data in the facts.

    Reads appraise.yaml, the role templates with their examples, and the headings of every source. Writes nothing.
    """
    answer = check(asked, with_data, with_coverage=with_coverage or least is not None)
    if least is not None:
        answer = replace(answer, problems=(*answer.problems, *below(answer.coverage or (), least)))
    told = coverage_lines(answer.coverage or ())
    return screen.answer(answer.problems, lambda: checked_json(answer), *told, _summary(answer))


def _summary(answer: Checked) -> str:
    looked_at = [(answer.roles, "role template"), (answer.sources, "source"), (answer.measures, "measure")]
    if answer.people is not None:
        looked_at.append((answer.people, "person"))
    words = ", ".join(f"{count:,} {_plural(word, count)}" for count, word in looked_at)
    verdict = "" if answer.problems else ": all fine"
    period = f" for {answer.period.title}" if answer.period else ""
    return f"checked {words}{period}{verdict}"


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return "people" if word == "person" else f"{word}s"

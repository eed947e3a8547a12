"""`appraise check`: every mistake in the rules, and with --data in the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from appraise.app.check import check
from appraise.cli.answer_json import checked_json
from appraise.cli.options import asking

if TYPE_CHECKING:
    from appraise.app.answers import Checked
    from appraise.app.asked import Asked
    from appraise.cli.show import Screen


@click.command("check")
@click.option("--data", "with_data", is_flag=True, help="Read every value of the sources too, not only their headings.")
@asking()
def command(asked: Asked, screen: Screen, with_data: bool) -> int:
    """Find every mistake in the rules, and with --data in the facts.

    Reads appraise.yaml, the role templates with their examples, and the headings of every source. Writes nothing.
    """
    answer = check(asked, with_data)
    return screen.answer(answer.problems, lambda: checked_json(answer), _summary(answer))


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

"""`appraise doctor`: whether everything is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from appraise.app.doctor import examine
from appraise.cli.diagnostics import harmless
from appraise.cli.options import asking
from appraise.model.plain import plain

if TYPE_CHECKING:
    from appraise.app.asked import Asked
    from appraise.app.doctor import Finding
    from appraise.cli.show import Screen


@click.command("doctor")
@asking()
def command(asked: Asked, screen: Screen) -> int:
    """Tell whether everything that appraise needs is there.

    Each line says ok or warn, and with a warning what to do. Nothing is changed.
    """
    answer = examine(asked)
    fields = [{**plain(finding), "ok": finding.is_fine} for finding in answer.findings]
    return screen.answer(
        answer.problems, lambda: {"findings": fields}, *(_line(finding) for finding in answer.findings)
    )


def _line(finding: Finding) -> Text:
    mark, style = ("ok  ", "green") if finding.is_fine else ("warn", "bold yellow")
    cure = f"; {finding.cure}" if finding.cure else ""
    return Text(mark, style=style).append(
        harmless(f"  {finding.subject}: {finding.says}{cure}"), style="default not bold"
    )

"""`appraise roles suggest-bands`: bands proposed from past values, as a table or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from appraise.app.suggest_bands import suggest_bands
from appraise.cli.figures import NOTHING
from appraise.cli.options import asking
from appraise.cli.tables import table_of, titled
from appraise.model.plain import plain

if TYPE_CHECKING:
    from rich.console import RenderableType

    from appraise.app.asked import Asked
    from appraise.app.suggest_bands import BandsSuggested
    from appraise.cli.show import Screen


_MEANS = (
    "proposed: 2, 3, 4 and 5 begin above 20, 50, 80 and 95 % of past values. That is what was usual, not what is "
    "right: decide, and write it into a new version of the template"
)


@click.command("suggest-bands")
@click.argument("role")
@click.option(
    "--periods", type=click.IntRange(1, 60), default=4, show_default=True, help="How many periods to look back."
)
@asking()
def suggest_command(asked: Asked, screen: Screen, role: str, periods: int) -> int:
    """Propose bands for the template ROLE from what people on it had in the periods before; nothing is written."""
    answer = suggest_bands(asked, role, periods)
    return screen.answer(answer.problems, lambda: _json(answer), *_says(answer))


def _json(answer: BandsSuggested) -> dict[str, Any]:
    periods = [{"id": one.id, "from": one.origin, "values": one.values} for one in answer.periods]
    return {"role": answer.role, "periods": periods, "kpis": plain(answer.kpis)}


def _says(answer: BandsSuggested) -> tuple[RenderableType, ...]:
    if not answer.role:
        return ()
    rows = [
        (
            one.kpi,
            _starts(one.now),
            _starts(one.proposed) if one.proposed else one.why,
            one.unit,
            str(one.values),
        )
        for one in answer.kpis
    ]
    table = table_of(("KPI", "now", "proposed", "unit", "values"), rows)
    looked = ", ".join(f"{one.id} ({one.values} values, {one.origin})" for one in answer.periods) or "no period"
    return (
        titled(f"Bands for {answer.role}", table),
        f"values of {looked}",
        _MEANS,
    )


def _starts(starts: tuple[float, ...]) -> str:
    return ", ".join(f"{start:g}" for start in starts) or NOTHING

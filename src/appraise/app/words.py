"""What measures and targets are called in sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.scoring.plan import Tools

if TYPE_CHECKING:
    from appraise.app.setting import Setting
    from appraise.model.workspace import MeasureSpec


def tools_of(setting: Setting) -> Tools:
    """What scoring needs beside templates and numbers."""
    measures = setting.workspace.measures
    titles = {name: title_of(name, spec) for name, spec in measures.items()}
    counts = frozenset(name for name, spec in measures.items() if spec.aggregate in {"count", "count_distinct"})
    definitions = {name: spec.definition_id for name, spec in measures.items() if spec.definition_id}
    policy, days = setting.workspace.policy, (setting.period, setting.previous)
    return Tools(setting.functions, setting.registry.scorers, titles, counts, days, policy, definitions)


def example_tools_of(setting: Setting) -> Tools:
    """The same for the worked examples of a template, which say what it means by itself: under its own policy alone.

    What they give holds for every month and for earlier days too.
    """
    return replace(tools_of(setting), policy="", days=None)


def title_of(name: str, spec: MeasureSpec | None) -> str:
    """The words for a measure: its title, else its name with blanks."""
    return (spec.title if spec else "") or name.replace("_", " ")

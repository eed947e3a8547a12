"""What measures and targets are called in sentences."""

from __future__ import annotations

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
    return Tools(setting.functions, setting.registry.scorers, titles, counts)


def title_of(name: str, spec: MeasureSpec | None) -> str:
    """The words for a measure: its title, else its name with blanks."""
    return (spec.title if spec else "") or name.replace("_", " ")

"""A formula with the numbers put in, from the steps of its working."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appraise.model.window import without_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.outcome import KpiScore, Step
    from appraise.report.numbers import Numbers

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_SIGNS = ((" ** ", " to the power of "), (" * ", " × "), (" / ", " ÷ "), (" - ", " − "))
_COMPARISONS = (
    (">=", "at least"),
    ("<=", "at most"),
    ("==", "equal to"),
    ("!=", "other than"),
    (">", "above"),
    ("<", "below"),
)
LONGEST = 120


def put_in(kpi: KpiScore, numbers: Numbers) -> str:
    """`100 × 73 ÷ 100`; empty for a mere name, a mean of months, and what would be longer than a line with its numbers.

    Operators are shown as a reader knows them; the names are those spans of the text whose step is a bare name.
    """
    if _NAME.fullmatch(kpi.formula) or not kpi.steps or kpi.months:
        return ""
    text = _filled(kpi.formula, kpi.steps, [numbers.value(step.value) for step in _in_order(kpi.steps)])
    return text if len(text) <= LONGEST else ""


def put_in_with_names(kpi: KpiScore, numbers: Numbers) -> str:
    """`100 × 34 promises kept ÷ 52 promises due`: each number with its name where it stands first.

    Empty for a mere name and a mean of months, and without names where they would make it longer than a line.
    """
    if _NAME.fullmatch(kpi.formula) or not kpi.steps or kpi.months:
        return ""
    steps = _in_order(kpi.steps)
    first = {step.text: index for index, step in reversed(list(enumerate(steps)))}
    texts = [
        f"{numbers.value(step.value)} {name_in_words(step.text)}"
        if first[step.text] == index
        else numbers.value(step.value)
        for index, step in enumerate(steps)
    ]
    text = _filled(kpi.formula, kpi.steps, texts)
    return text if len(text) <= LONGEST else put_in(kpi, numbers)


def condition_in_words(condition: str, steps: tuple[Step, ...]) -> str:
    """`violations confirmed above 0`."""
    text = _filled(condition, steps, [name_in_words(step.text) for step in _in_order(steps)])
    for sign, words in _COMPARISONS:
        text = text.replace(sign, words)
    return " ".join(text.split())


def name_in_words(name: str) -> str:
    """`promises kept in the period before`, for `prev.promises_kept`."""
    *prefixes, last = without_window(name).split(".")
    words = last.replace("_", " ")
    if "target" in prefixes:
        words = f"target of {words}"
    if "team" in prefixes:
        words += " of the team"
    if "company" in prefixes:
        words += " of the company"
    return f"{words} in the period before" if "prev" in prefixes else words


def _filled(text: str, steps: tuple[Step, ...], texts: list[str]) -> str:
    """The expression with these texts in the place of its names."""
    for step, shown in reversed(list(zip(_in_order(steps), texts, strict=True))):
        text = text[: step.start] + shown + text[step.end :]
    for sign, shown in _SIGNS:
        text = text.replace(sign, shown)
    return text


def _in_order(steps: tuple[Step, ...]) -> list[Step]:
    return sorted(_names(steps), key=lambda step: step.start)


def _names(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        if not step.steps and _NAME.fullmatch(step.text):
            yield step
        yield from _names(step.steps)

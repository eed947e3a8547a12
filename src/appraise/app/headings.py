"""Headings in expressions: a column may be written as it stands in the file, and is read under its plain name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.app.names import reading_of
from appraise.expr.formula import parse
from appraise.expr.tokens import tokens_of
from appraise.model.naming import snake_case
from appraise.sources.headers import headers_of

if TYPE_CHECKING:
    from appraise.app.setting import Setting
    from appraise.expr.functions import Functions
    from appraise.model.expression import Expression
    from appraise.model.workspace import MeasureSpec


def with_headings_read(setting: Setting) -> Setting:
    """The setting in whose row expressions every heading is replaced by the plain name of its column.

    `Status == 'kept'` becomes `status == 'kept'`, and an expression that is one heading, `Answered (Y/N)`, becomes
    `answered_y_n`. Files are opened only where an expression has something that is no plain name.
    """
    workspace, plain = setting.workspace, _Plain(setting)
    sources = {
        name: replace(spec, where=plain.expression(spec.where, name)) for name, spec in workspace.sources.items()
    }
    people = replace(workspace.people, where=plain.expression(workspace.people.where, workspace.people.source))
    targets = {
        name: replace(spec, value=plain.expression(spec.value, spec.source)) for name, spec in workspace.targets.items()
    }
    measures = {name: plain.measure(spec) for name, spec in workspace.measures.items()}
    return replace(
        setting, workspace=replace(workspace, sources=sources, people=people, targets=targets, measures=measures)
    )


class _Plain:
    """Makes expressions plain; remembers the columns of the sources that it had to look at."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._columns: dict[str, frozenset[str]] = {}

    def measure(self, spec: MeasureSpec) -> MeasureSpec:
        """A measure with plain expressions; the name of a plugin's measure is none."""
        where = self.expression(spec.where, spec.source)
        own = spec.expression if spec.aggregate == "custom" else self.expression(spec.expression, spec.source)
        return replace(spec, expression=own, where=where)

    def expression(self, written: Expression | None, source: str) -> Expression | None:
        """The expression in plain names."""
        if written is None or is_plain(written, self._setting.functions):
            return written
        return replace(written, text=plain_text(written, self._of(source), self._setting.functions))

    def _of(self, source: str) -> frozenset[str]:
        if source not in self._columns:
            spec = self._setting.workspace.sources.get(source)
            found, _ = headers_of(spec, reading_of(self._setting, {})) if spec is not None else ((), [])
            self._columns[source] = frozenset(found)
        return self._columns[source]


def is_plain(written: Expression, functions: Functions) -> bool:
    """Whether an expression can be read and has plain names alone."""
    formula, problems = parse(written, functions)
    return formula is not None and not problems and all(name == name.lower() for name in formula.names)


def plain_text(written: Expression, columns: frozenset[str], functions: Functions) -> str:
    """The text of an expression with the plain names of the columns; where that changes nothing, as it was."""
    whole = snake_case(written.text)
    if whole in columns and whole.isidentifier():
        formula, _ = parse(written, functions)
        if formula is None or not formula.names <= columns:
            return whole
    parts, last = [], 0
    for token in tokens_of(written.text)[0]:
        name = snake_case(token.text) if token.sort == "name" else ""
        if name in columns and token.text not in columns:
            parts += [written.text[last : token.start], name]
            last = token.end
    return "".join([*parts, written.text[last:]])

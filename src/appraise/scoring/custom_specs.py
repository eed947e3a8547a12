"""A plugin's measure as a workspace uses it: which columns it reads and with which options."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.kinds import Kind
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.model.workspace import ColumnRead
from appraise.scoring.columns_used import new_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from appraise.model.declared import MeasureColumn
    from appraise.model.kinds import Value
    from appraise.model.workspace import MeasureSpec, Workspace
    from appraise.plugin import CustomMeasure


_WORDS = {Kind.NUMBER: "number", Kind.YES_NO: "true or false", Kind.TEXT: "text", Kind.DATE: "day"}


def with_declarations(workspace: Workspace, customs: Mapping[str, CustomMeasure]) -> Workspace:
    """The workspace with what plugins say of the measures that it takes from them."""
    measures = {
        name: _declared(workspace, spec, customs[custom_name(spec)]) if custom_name(spec) in customs else spec
        for name, spec in workspace.measures.items()
    }
    return replace(workspace, measures=measures)


def custom_name(spec: MeasureSpec) -> str:
    """The plugin's name of a custom measure; the empty text for any other measure."""
    return spec.expression.text if spec.aggregate == "custom" and spec.expression else ""


def custom_problems(workspace: Workspace, spec: MeasureSpec, customs: Mapping[str, CustomMeasure]) -> list[Problem]:
    """What does not fit between a custom measure and the plugin's declaration; nobody has such a measure."""
    custom = customs.get(custom_name(spec))
    if custom is None:
        return [_unknown(spec, customs)]
    return [
        *_column_problems(spec, custom),
        *_protected_problems(workspace, spec),
        *_option_problems(spec, custom),
    ]


def _declared(workspace: Workspace, spec: MeasureSpec, custom: CustomMeasure) -> MeasureSpec:
    source = workspace.sources.get(spec.source)
    renamed = new_names(source) if source else {}
    return replace(
        spec,
        unit=spec.unit or custom.unit,
        as_of="end" if custom.up_to_end else spec.as_of,
        options={option.name: option.default for option in custom.options} | dict(spec.options),
        reads=tuple(_reads(spec, custom, renamed)),
        definition=custom.doc,
        definition_id=custom.definition_id,
    )


def _reads(spec: MeasureSpec, custom: CustomMeasure, renamed: Mapping[str, str]) -> Iterator[ColumnRead]:
    """The columns that are read: the needed ones, and of the others those that are named."""
    for column in _columns(spec, custom):
        if column.needed or column.name in spec.columns:
            written = snake_case(spec.columns.get(column.name, column.name))
            yield ColumnRead(column.name, renamed.get(written, written), column.kind, not column.blank)


def _columns(spec: MeasureSpec, custom: CustomMeasure) -> tuple[MeasureColumn, ...]:
    """The set of columns that the workspace means: the other one where it names a column that only that one has."""
    first = {column.name for column in custom.columns}
    other = {column.name for column in custom.or_columns}
    return custom.or_columns if set(spec.columns) & (other - first) else custom.columns


def _unknown(spec: MeasureSpec, customs: Mapping[str, CustomMeasure]) -> Problem:
    named = custom_name(spec)
    return Problem(
        spec.expression.place if spec.expression else spec.place,
        code="unknown-custom-measure",
        message=f"measure '{spec.name}': no plugin brings a measure '{named}'",
        hint=did_you_mean(named, customs) or "allow the plugin under plugins:, or correct the name",
    )


def _column_problems(spec: MeasureSpec, custom: CustomMeasure) -> Iterator[Problem]:
    known = [column.name for column in _columns(spec, custom)]
    for name in spec.columns:
        if name not in known:
            yield Problem(
                spec.places.get(f"columns.{name}", spec.place),
                code="measure-column-unknown",
                message=f"measure '{spec.name}': the plugin's measure '{custom.name}' reads no column '{name}'",
                hint=did_you_mean(name, known) or f"it reads {', '.join(known) or 'the source as it is'}",
            )


def _protected_problems(workspace: Workspace, spec: MeasureSpec) -> Iterator[Problem]:
    for read in spec.reads:
        if read.column in workspace.protected:
            yield Problem(
                spec.places.get(f"columns.{read.name}", spec.place),
                code="protected-attribute",
                message=f"'{read.column}' is protected and can never decide a score",
                hint="take it out; the fairness report is the only place for it",
            )


def _option_problems(spec: MeasureSpec, custom: CustomMeasure) -> Iterator[Problem]:
    defaults = {option.name: option.default for option in custom.options}
    for name, value in spec.options.items():
        place = spec.places.get(f"options.{name}", spec.place)
        if name not in defaults:
            yield Problem(
                place,
                code="measure-option-unknown",
                message=f"measure '{spec.name}': the plugin's measure '{custom.name}' has no option '{name}'",
                hint=did_you_mean(name, defaults) or f"it has {', '.join(defaults) or 'none'}",
            )
        elif _kind(value) is not _kind(defaults[name]):
            yield Problem(
                place,
                code="measure-option-kind",
                message=f"measure '{spec.name}': its option '{name}' must be a {_WORDS[_kind(defaults[name])]}",
                hint=f"write it like the default, {option_in_words(defaults[name])}",
            )


def option_in_words(value: Value) -> str:
    """The value of an option as `appraise.yaml` would have it: `2`, `true`, `month`."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _kind(value: Value) -> Kind:
    if isinstance(value, bool):
        return Kind.YES_NO
    if isinstance(value, float | int):
        return Kind.NUMBER
    return Kind.TEXT if isinstance(value, str) else Kind.DATE

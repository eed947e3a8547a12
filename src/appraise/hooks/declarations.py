"""What a plugin may declare in each hook, and what is wrong with a declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appraise.model.declared import MeasureColumn, MeasureExample, MeasureOption
from appraise.model.kinds import Kind
from appraise.plugin import CustomMeasure, Design, Function, Renderer, Scorer, SourceAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)
_SUFFIX = re.compile(r"(\.[a-z0-9]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class HookShape:
    """What a hook gives: the thing in words, its name, and what is wrong with one (empty: nothing)."""

    thing: str
    name_of: Callable[[Any], str]
    fault_of: Callable[[Any], str]


def shapes() -> Mapping[str, HookShape]:
    """The shape of every hook, by its name."""
    return {
        "appraise_sources": HookShape("adapter", _name, _adapter_fault),
        "appraise_functions": HookShape("function", _name, _function_fault),
        "appraise_measures": HookShape("measure", _name, _measure_fault),
        "appraise_scorers": HookShape("scorer", _name, lambda item: _callable_fault(item, Scorer, "score")),
        "appraise_template_packs": HookShape("template pack", str, _folder_fault),
        "appraise_designs": HookShape("design", _name, _design_fault),
        "appraise_renderers": HookShape("renderer", _name, _renderer_fault),
        "appraise_commands": HookShape("command", _command_name, _command_fault),
    }


def _name(item: Any) -> str:
    return str(item.name)


def _adapter_fault(item: Any) -> str:
    if fault := _callable_fault(item, SourceAdapter, "read"):
        return fault
    if not isinstance(item.suffixes, tuple) or not all(
        isinstance(suffix, str) and _SUFFIX.fullmatch(suffix) for suffix in item.suffixes
    ):
        return "its suffixes must be a tuple like ('.csv',), in lower case with the dot"
    return ""


def _function_fault(item: Any) -> str:
    if fault := _callable_fault(item, Function, "scalar") or _callable_fault(item, Function, "column"):
        return fault
    kinds = (*item.takes, item.gives) if isinstance(item.takes, tuple) else ()
    return "" if kinds and all(isinstance(kind, Kind) for kind in kinds) else "its kinds must be members of Kind"


def _measure_fault(item: Any) -> str:
    if fault := _callable_fault(item, CustomMeasure, "compute"):
        return fault
    columns = (*item.columns, *item.or_columns) if isinstance(item.columns, tuple) else (None,)
    if not all(isinstance(column, MeasureColumn) and isinstance(column.kind, Kind) for column in columns):
        return "its columns must be a tuple of MeasureColumn, each with a kind that is a member of Kind"
    if not isinstance(item.options, tuple) or not all(isinstance(option, MeasureOption) for option in item.options):
        return "its options must be a tuple of MeasureOption"
    if not isinstance(item.examples, tuple) or not all(isinstance(one, MeasureExample) for one in item.examples):
        return "its examples must be a tuple of MeasureExample"
    return ""


def _callable_fault(item: Any, wanted: type, attribute: str) -> str:
    if not isinstance(item, wanted):
        return f"{type(item).__name__} is no {wanted.__name__}"
    if not callable(getattr(item, attribute)):
        return f"its '{attribute}' cannot be called"
    return _name_fault(item)


def _name_fault(item: Any) -> str:
    name = getattr(item, "name", None)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return f"its name {name!r} must have small letters, digits, hyphens and underscores, and begin with a letter"
    return ""


def _folder_fault(item: Any) -> str:
    if not isinstance(item, Path):
        return f"{type(item).__name__} is no Path"
    return "" if item.is_dir() else f"there is no folder {item.name}"


def _design_fault(item: Any) -> str:
    if not isinstance(item, Design):
        return f"{type(item).__name__} is no Design"
    return _name_fault(item) or _folder_fault(item.folder)


def _renderer_fault(item: Any) -> str:
    return _callable_fault(item, Renderer, "render")


def _command_name(item: Any) -> str:
    return str(getattr(item, "name", ""))


def _command_fault(item: Any) -> str:
    """A click command, told by what it does, because click belongs to the command line alone."""
    is_command = callable(item) and hasattr(item, "main") and hasattr(item, "invoke")
    return _name_fault(item) if is_command else f"{type(item).__name__} is no click command"

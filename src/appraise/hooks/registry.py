"""Everything that plugins declared, each name once and with its owner."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from appraise.hooks.declarations import HookShape, shapes
from appraise.hooks.guard import LONGEST_START, PluginFault, guarded, on_its_own
from appraise.hooks.isolation import isolated
from appraise.model.errors import told
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import click
    import pluggy

    from appraise.plugin import CustomMeasure, Design, Function, Renderer, Scorer, SourceAdapter


@dataclass(frozen=True, slots=True)
class Registry:
    """What plugins declared, by name and in the order of the plugins; nothing of it can be changed.

    `adapters` that ask for isolation already read in a child process. `declared` lists by plugin what it brought, as
    (`adapter`, `csv`).
    """

    adapters: Mapping[str, SourceAdapter] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    measures: Mapping[str, CustomMeasure] = field(default_factory=dict)
    scorers: Mapping[str, Scorer] = field(default_factory=dict)
    template_packs: tuple[Path, ...] = ()
    designs: Mapping[str, Design] = field(default_factory=dict)
    renderers: Mapping[str, Renderer] = field(default_factory=dict)
    commands: Mapping[str, click.Command] = field(default_factory=dict)
    declared: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Declaration:
    """One thing that a plugin declared."""

    owner: str
    thing: str
    name: str
    item: Any


def registry_of(manager: pluggy.PluginManager) -> tuple[Registry, list[Problem]]:
    """The registry of a manager's plugins, and a problem for each hook that fails and each name that two plugins use.

    The plugin that was loaded first keeps a disputed name.
    """
    problems: list[Problem] = []
    kept: dict[str, dict[str, Any]] = {}
    declared: dict[str, list[tuple[str, str]]] = {name: [] for name, _ in manager.list_name_plugin()}
    for hook, shape in shapes().items():
        declarations, found = _declarations(manager, hook, shape)
        named, clashes = _named(declarations)
        problems += [*found, *clashes]
        kept[hook.removeprefix("appraise_")] = {name: item.item for name, item in named.items()}
        for item in named.values():
            declared[item.owner].append((item.thing, item.name))
        if hook == "appraise_sources":
            problems += _suffix_clashes(named.values())
            kept["sources"] = {name: isolated(item.item, item.owner, manager) for name, item in named.items()}
    packs = tuple(kept.pop("template_packs").values())
    frozen = {name: MappingProxyType(items) for name, items in kept.items()}
    listed = MappingProxyType({owner: tuple(items) for owner, items in declared.items()})
    return Registry(adapters=frozen.pop("sources"), template_packs=packs, declared=listed, **frozen), problems


def _declarations(
    manager: pluggy.PluginManager, hook: str, shape: HookShape
) -> tuple[list[_Declaration], list[Problem]]:
    """What every plugin gives for a hook, in the order of the plugins; raising and nonsense are problems."""
    order = {name: number for number, (name, _) in enumerate(manager.list_name_plugin())}
    declarations: list[_Declaration] = []
    problems: list[Problem] = []
    implementations = getattr(manager.hook, hook).get_hookimpls()
    for implementation in sorted(implementations, key=lambda item: order.get(item.plugin_name, 0)):
        owner = implementation.plugin_name
        try:
            with on_its_own(LONGEST_START):
                given = implementation.function()
        except Exception as fault:  # noqa: BLE001 -- a plugin may raise anything, and costs itself alone
            problems.append(_hook_failed(owner, hook, fault))
            continue
        if not isinstance(given, list | tuple):
            problems.append(_wrong(owner, hook, f"it gives {type(given).__name__}, not a list"))
            continue
        for item in given:
            if fault_found := shape.fault_of(item):
                problems.append(_wrong(owner, hook, fault_found))
            else:
                declarations.append(_Declaration(owner, shape.thing, shape.name_of(item), guarded(hook, item)))
    return declarations, problems


def _named(declarations: Iterable[_Declaration]) -> tuple[dict[str, _Declaration], list[Problem]]:
    named: dict[str, _Declaration] = {}
    problems = []
    for item in declarations:
        first = named.setdefault(item.name, item)
        if first is not item:
            problems.append(_clash(f"{item.thing} '{item.name}'", first.owner, item.owner))
    return named, problems


def _suffix_clashes(adapters: Iterable[_Declaration]) -> list[Problem]:
    owners: dict[str, str] = {}
    problems = []
    for adapter in adapters:
        for suffix in adapter.item.suffixes:
            first = owners.setdefault(suffix, adapter.owner)
            if first != adapter.owner:
                problems.append(_clash(f"files '{suffix}'", first, adapter.owner))
    return problems


def _clash(thing: str, first: str, second: str) -> Problem:
    return Problem(
        Place(second),
        code="plugin-clash",
        message=f"{thing}: declared by plugin '{first}' and again by '{second}'",
        hint="the first one is used; rename the other, or do without one of the plugins",
    )


def _hook_failed(owner: str, hook: str, fault: Exception) -> Problem:
    says = str(fault) if isinstance(fault, PluginFault) else told(fault)
    return Problem(
        Place(owner),
        code="plugin-hook-failed",
        message=f"plugin '{owner}': its hook {hook} failed ({says})",
        hint="mend the plugin; what it declares is not used",
    )


def _wrong(owner: str, hook: str, says: str) -> Problem:
    return Problem(
        Place(owner),
        code="plugin-declaration",
        message=f"plugin '{owner}': what its hook {hook} gives cannot be used, {says}",
        hint="see docs/plugins.md for what the hook must give",
    )

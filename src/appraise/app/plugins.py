"""The plugins of a workspace: which there are, and what they bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.app.bundled import bundled_folder, schema_text
from appraise.app.workspace import FILE, load_workspace
from appraise.documents.schema import load_schema
from appraise.hooks.load import Found, PluginFolder, find_plugins, load_plugins
from appraise.hooks.registry import Registry, registry_of
from appraise.scoring.custom_examples import example_problems

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from appraise.app.asked import Asked
    from appraise.model.problem import Problem


@dataclass(frozen=True, slots=True)
class PluginLine:
    """A plugin in a list: `origin` is shipped, installed, workspace or absent; `brings` is empty for one not run."""

    name: str
    origin: str
    allowed: bool
    brings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PluginsListed:
    """`plugins`: shipped, installed, then the workspace's own."""

    problems: tuple[Problem, ...]
    plugins: tuple[PluginLine, ...] = ()


def found_plugins(root: Path, allowed: Collection[str]) -> list[Found]:
    """Every plugin that a workspace can see; none is imported."""
    shipped = PluginFolder(bundled_folder("plugins"), "shipped plugins")
    return find_plugins([PluginFolder(root / "plugins", "plugins")], allowed, shipped)


def registry_for(root: Path, allowed: Collection[str]) -> tuple[Registry, list[Problem]]:
    """What the plugins bring that a workspace allows, and what is wrong with them."""
    manager, problems = load_plugins(found_plugins(root, allowed))
    registry, clashes = registry_of(manager)
    return registry, [*problems, *clashes]


def list_plugins(asked: Asked, *, load: bool = False) -> PluginsListed:
    """The plugins, without importing one; with `load` the allowed ones are run, to tell what they bring.

    The worked examples of their measures are run too, and those that do not come out are problems.
    """
    allowed = _allowed(asked.root)
    found = found_plugins(asked.root, allowed)
    if not load:
        return PluginsListed((), tuple(_line(plugin, Registry()) for plugin in found))
    registry, problems = registry_for(asked.root, allowed)
    problems += [problem for owner in registry.declared for problem in _example_problems(owner, registry)]
    return PluginsListed(tuple(problems), tuple(_line(plugin, registry) for plugin in found))


def commands_of(root: Path) -> tuple[Registry, list[Problem]]:
    """The registry for the sake of its commands; a folder that is no workspace has those of installed plugins."""
    return registry_for(root, _allowed(root))


def _example_problems(owner: str, registry: Registry) -> list[Problem]:
    """The worked examples of a plugin's measures that do not come out."""
    names = [name for thing, name in registry.declared[owner] if thing == "measure"]
    return [problem for name in names for problem in example_problems(owner, registry.measures[name])]


def _allowed(root: Path) -> tuple[str, ...]:
    """What appraise.yaml allows, as far as it can be read."""
    if not (root / FILE).is_file():
        return ()
    workspace, _ = load_workspace(root, load_schema(schema_text("workspace")))
    return workspace.plugins if workspace else ()


def _line(found: Found, registry: Registry) -> PluginLine:
    brings = tuple(f"{thing} {name}" for thing, name in registry.declared.get(found.name, ()))
    return PluginLine(found.name, str(found.origin), found.allowed, brings)

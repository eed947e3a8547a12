"""Plugins: the shipped ones, installed ones by entry point, and a workspace's own files and folders where allowed."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pluggy

from appraise.documents.suggest import did_you_mean
from appraise.hooks.guard import LONGEST_START, PluginFault, on_its_own
from appraise.hooks.specs import Hooks
from appraise.model.errors import told
from appraise.model.place import Place
from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import ModuleType

GROUP = "appraise"
"""The entry-point group of installed plugins, and the project name of the hooks."""

MODULE_PREFIX = "appraise_plugin_"
"""A plugin file `our_metrics.py` is the module `appraise_plugin_our_metrics`."""

SHIPPED = ("appraise.sources.adapters",)
"""Plugins inside the program, by module: they are there without any installed metadata."""


class Origin(StrEnum):
    """Where a plugin comes from."""

    SHIPPED = "shipped"
    INSTALLED = "installed"
    WORKSPACE = "workspace"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class PluginFolder:
    """A folder of plugin files and folders, and how the user writes it (`plugins`)."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that was found and not yet run.

    `name` is what problems call it: the module or entry point, or the path as `appraise.yaml` would allow it. `path`
    is set for plugins that lie in a folder. `allowed` is False for those that `appraise.yaml` does not allow: they are
    listed and never run. `ABSENT` ones are allowed and not there.
    """

    name: str
    origin: Origin
    allowed: bool = True
    path: Path | None = None

    @property
    def module(self) -> str:
        """The name of its module."""
        if self.path is not None:
            return MODULE_PREFIX + self.path.stem
        return self.name.partition(":")[0]


def find_plugins(
    folders: Sequence[PluginFolder], allowed: Collection[str], shipped_folder: PluginFolder | None = None
) -> list[Found]:
    """Every plugin there is, without importing one: shipped, installed, then those of the folders by name.

    Args:
        folders: the workspace's `plugins/`.
        allowed: what `plugins: {allow: [...]}` lists, as written.
        shipped_folder: the folder of plugins that ships with the program; where it is one of `folders`, what lies in it
            is shipped.
    """
    wanted = {PurePosixPath(path.replace("\\", "/")).as_posix(): path for path in allowed}
    shipped = [Found(module, Origin.SHIPPED) for module in SHIPPED]
    shipped += [Found(shown, Origin.SHIPPED, path=path) for shown, path in _plugin_files(shipped_folder)]
    own_already = {plugin.path for plugin in shipped}
    installed = [Found(point.value, Origin.INSTALLED) for point in _entry_points() if point.value not in SHIPPED]
    own = [
        Found(shown, Origin.WORKSPACE, shown in wanted, path)
        for folder in folders
        for shown, path in _plugin_files(folder)
        if path not in own_already
    ]
    there = {shown for folder in folders for shown, _ in _plugin_files(folder)}
    absent = [Found(written, Origin.ABSENT) for shown, written in wanted.items() if shown not in there]
    return [*shipped, *installed, *own, *absent]


def load_plugins(found: Sequence[Found]) -> tuple[pluggy.PluginManager, list[Problem]]:
    """A manager with every plugin that is allowed and can be loaded, and a problem for each that cannot.

    A plugin that raises, even SystemExit, or takes too long costs itself alone. A hook of a name that appraise does
    not have, or with other arguments, is an error.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    problems: list[Problem] = []
    own = [plugin.name for plugin in found if plugin.origin is Origin.WORKSPACE]
    for plugin in found:
        if plugin.origin is Origin.ABSENT:
            problems.append(_absent(plugin, own))
        elif plugin.allowed:
            problems += _register(manager, plugin)
    return manager, [*problems, *_unknown_hooks(manager)]


def load_module(name: str, path: Path | None) -> object:
    """The plugin itself: of the file or folder at the path, or of the entry point `module` or `module:object`.

    Whatever the plugin raises comes through.
    """
    if path is None:
        return EntryPoint(name=name, value=name, group=GROUP).load()
    file = path / "__init__.py" if path.is_dir() else path
    module_name = MODULE_PREFIX + path.stem
    for stale in [name for name in sys.modules if name.startswith(f"{module_name}.")]:
        del sys.modules[stale]  # parts of a folder of the same name elsewhere
    spec = importlib.util.spec_from_file_location(module_name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is no Python file")
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(module_name, None)
        raise
    return module


def _entry_points() -> list[EntryPoint]:
    """The installed entry points, each once, in the order of their values."""
    return list(
        {point.value: point for point in sorted(entry_points(group=GROUP), key=lambda point: point.value)}.values()
    )


def _plugin_files(folder: PluginFolder | None) -> list[tuple[str, Path]]:
    if folder is None or not folder.path.is_dir():
        return []
    files = [
        path
        for path in folder.path.resolve().iterdir()
        if not path.name.startswith((".", "_")) and (path.suffix == ".py" or (path / "__init__.py").is_file())
    ]
    return sorted((f"{folder.shown}/{path.name}", path) for path in files)


def _register(manager: pluggy.PluginManager, found: Found) -> list[Problem]:
    if found.path is not None and (reason := _bad_name(found.path.stem)):
        message = f"plugin '{found.name}': {reason}"
        return [Problem(Place(found.name), code="plugin-name", message=message, hint="rename the file")]
    try:
        with on_its_own(LONGEST_START):
            plugin = load_module(found.name, found.path)
    except Exception as fault:  # noqa: BLE001 -- a plugin may raise anything, and costs itself alone
        return [_raised(found, fault)]
    try:
        manager.register(plugin, found.name)
    except (pluggy.PluginValidationError, ValueError) as fault:
        if isinstance(fault, pluggy.PluginValidationError):
            manager.unregister(name=found.name)
        message = f"plugin '{found.name}': {_signature_fault(fault)}"
        hint = "hooks take no arguments; see docs/plugins.md"
        return [Problem(Place(found.name), code="plugin-hook-signature", message=message, hint=hint)]
    return []


def _bad_name(stem: str) -> str:
    if stem in sys.stdlib_module_names:
        return f"'{stem}' is the name of a module of Python itself"
    return "" if (MODULE_PREFIX + stem).isidentifier() else f"'{stem}' is no name for a Python module"


def _raised(found: Found, fault: Exception) -> Problem:
    line = 0
    if found.path is not None:
        raised = fault.__cause__ if isinstance(fault, PluginFault) else fault
        step = raised.__traceback__ if raised else None
        while step is not None:
            if Path(step.tb_frame.f_code.co_filename).is_relative_to(found.path):
                line = step.tb_lineno
            step = step.tb_next
        line = line or (fault.lineno or 0 if isinstance(fault, SyntaxError) else 0)
    says = str(fault) if isinstance(fault, PluginFault) else told(fault)
    return Problem(
        Place(found.name, line),
        code="plugin-failed",
        message=f"plugin '{found.name}': cannot be loaded ({says})",
        hint="mend it, or take it out of 'plugins: allow:'" if found.path else "uninstall it, or ask its author",
    )


def _signature_fault(fault: Exception) -> str:
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return ", ".join(lines[1:]) if len(lines) > 1 else (lines[0] if lines else "cannot be registered")


def _unknown_hooks(manager: pluggy.PluginManager) -> list[Problem]:
    """A problem for each hook implementation that no specification knows."""
    callers = [caller for name, caller in sorted(vars(manager.hook).items()) if not name.startswith("_")]
    known = [caller.name for caller in callers if caller.has_spec()]
    return [
        Problem(
            Place(implementation.plugin_name),
            code="plugin-unknown-hook",
            message=f"plugin '{implementation.plugin_name}': there is no hook '{caller.name}'",
            hint=did_you_mean(caller.name, known) or f"the hooks are {', '.join(known)}",
        )
        for caller in callers
        if not caller.has_spec()
        for implementation in caller.get_hookimpls()
        if not implementation.optionalhook
    ]


def _absent(found: Found, own: Sequence[str]) -> Problem:
    return Problem(
        Place("appraise.yaml"),
        code="plugin-missing",
        message=f"plugin '{found.name}': is allowed and not there",
        hint=did_you_mean(found.name, own) or "put it there, or take it out of 'plugins: allow:'",
    )

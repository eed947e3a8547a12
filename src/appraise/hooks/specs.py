"""The hooks of appraise: this module is their manual.

A plugin is an installed distribution with an entry point in the group `appraise`, or a file or folder in a
workspace's `plugins/` that `appraise.yaml` allows. Each hook takes no arguments and returns a list of declarations;
nothing is registered by side effect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from appraise.plugin import CustomMeasure, Design, Function, Renderer, Scorer, SourceAdapter

hookspec = pluggy.HookspecMarker("appraise")


class Hooks:
    """Every hook, with its contract."""

    @hookspec
    def appraise_sources(self) -> list[SourceAdapter]:
        """Kinds of files that sources can be read from.

        An adapter's name and its suffixes must be unique over all plugins; the shipped ones are `csv`, `excel`,
        `parquet` and `sql`. A source chooses its adapter by file name, or by `adapter: NAME`.
        """
        raise NotImplementedError

    @hookspec
    def appraise_functions(self) -> list[Function]:
        """Functions of the expression language, each with a scalar and a column implementation and examples."""
        raise NotImplementedError

    @hookspec
    def appraise_measures(self) -> list[CustomMeasure]:
        """Measures for `custom: NAME` under `measures:`."""
        raise NotImplementedError

    @hookspec
    def appraise_scorers(self) -> list[Scorer]:
        """KPI scorers for `score: {custom: {scorer: NAME}}`."""
        raise NotImplementedError

    @hookspec
    def appraise_template_packs(self) -> list[Path]:
        """Folders of role templates (`*.yaml`), looked up after the workspace's own and before the shipped ones."""
        raise NotImplementedError

    @hookspec
    def appraise_designs(self) -> list[Design]:
        """Folders of report designs, looked up after the workspace's own and before the shipped ones."""
        raise NotImplementedError

    @hookspec
    def appraise_renderers(self) -> list[Renderer]:
        """Ways to turn a finished HTML page into a document."""
        raise NotImplementedError

    @hookspec
    def appraise_commands(self) -> list[click.Command]:
        """Further subcommands of `appraise`."""
        raise NotImplementedError

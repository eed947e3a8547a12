"""What plugins declared: each name once, with its owner, and nonsense told."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from appraise.hooks.declarations import shapes
from appraise.hooks.guard import PluginFault
from appraise.hooks.load import find_plugins, load_plugins
from appraise.hooks.registry import registry_of
from appraise.hooks.specs import Hooks
from appraise.model.kinds import Kind
from appraise.plugin import CustomMeasure, Design, Function, Renderer, Scorer, ScoreRequest, SourceAdapter, hookimpl

if TYPE_CHECKING:
    from appraise.hooks.registry import Registry
    from appraise.model.problem import Problem


def plugin(hook: str, gives: Any) -> SimpleNamespace:
    """A plugin whose hook gives something, or raises it."""

    @hookimpl
    def implementation() -> Any:
        if isinstance(gives, BaseException):
            raise gives
        return gives

    return SimpleNamespace(**{hook: implementation})


def registered(*plugins: SimpleNamespace) -> tuple[Registry, list[Problem]]:
    """The registry of the shipped plugins and these, which are called one, two, three."""
    manager, problems = load_plugins(find_plugins([], []))
    assert problems == []
    for name, each in zip(("one", "two", "three"), plugins, strict=False):
        manager.register(each, name)
    return registry_of(manager)


def scorer(name: str) -> Scorer:
    """A scorer of this name."""
    return Scorer(name, lambda request: [3.0 for _ in request.values], "Always three.")


def test_the_shipped_adapters_are_registered_through_the_hook() -> None:
    """CSV, Excel and Parquet are declared as a plugin's would be."""
    registry, problems = registered()
    assert (problems, list(registry.adapters)) == ([], ["csv", "excel", "parquet", "sql"])
    assert registry.declared["appraise.sources.adapters"] == (
        ("adapter", "csv"),
        ("adapter", "excel"),
        ("adapter", "parquet"),
        ("adapter", "sql"),
    )


def test_every_kind_of_declaration_is_taken(tmp_path: Path) -> None:
    """Functions, measures, scorers, packs, designs, renderers and commands come through their hooks."""
    things: dict[str, Any] = {
        "appraise_functions": Function("twice", (Kind.NUMBER,), Kind.NUMBER, lambda x: x, lambda x: x, "Twice."),
        "appraise_measures": CustomMeasure("dso", lambda request: request.rows, "Days."),
        "appraise_scorers": scorer("three"),
        "appraise_template_packs": tmp_path,
        "appraise_designs": Design("plain", tmp_path, "Plain."),
        "appraise_renderers": Renderer("draft", ".pdf", lambda page, _: page.encode(), frozenset({"pdf"}), "Drafts."),
        "appraise_commands": _Command("audit"),
    }
    everything = SimpleNamespace(**{hook: vars(plugin(hook, [item]))[hook] for hook, item in things.items()})
    registry, problems = registered(everything)
    assert problems == []
    assert registry.template_packs == (tmp_path,)
    names = ("functions", "measures", "scorers", "designs", "renderers", "commands")
    assert [list(getattr(registry, name)) for name in names] == [
        ["twice"], ["dso"], ["three"], ["plain"], ["draft"], ["audit"],
    ]  # fmt: skip


def test_every_hook_has_its_shape() -> None:
    """A hook that the specifications declare is collected and checked, and no other."""
    assert list(shapes()) == [name for name in vars(Hooks) if name.startswith("appraise_")]


def test_a_registry_cannot_be_changed() -> None:
    """Nobody can add to what was declared."""
    registry, _ = registered()
    with pytest.raises(TypeError):
        registry.adapters["mine"] = registry.adapters["csv"]  # type: ignore[index]  # that it cannot is the point


@pytest.mark.parametrize("fault", [RuntimeError("boom"), SystemExit(0), KeyError("x")])
def test_a_hook_that_raises_is_one_named_problem(fault: BaseException) -> None:
    """The plugin is named, and the others' declarations stand."""
    registry, problems = registered(plugin("appraise_scorers", fault), plugin("appraise_scorers", [scorer("three")]))
    assert [problem.code for problem in problems] == ["plugin-hook-failed"]
    assert problems[0].message.startswith("plugin 'one': its hook appraise_scorers failed")
    assert list(registry.scorers) == ["three"]


def test_a_name_that_two_plugins_use_names_both() -> None:
    """The first keeps the name."""
    registry, problems = registered(
        plugin("appraise_scorers", [scorer("x")]), plugin("appraise_scorers", [scorer("x")])
    )
    assert [problem.message for problem in problems] == ["scorer 'x': declared by plugin 'one' and again by 'two'"]
    assert registry.declared["two"] == ()


def test_a_suffix_that_two_adapters_read_names_both() -> None:
    """Which adapter reads a file must not depend on chance."""
    mine = SourceAdapter("mine", (".csv",), lambda request: (_ for _ in ()).throw(OSError(request)), "Mine.")
    _, problems = registered(plugin("appraise_sources", [mine]))
    assert [problem.message for problem in problems] == [
        "files '.csv': declared by plugin 'appraise.sources.adapters' and again by 'one'"
    ]


@pytest.mark.parametrize(
    ("hook", "gives"),
    [
        ("appraise_scorers", None),
        ("appraise_scorers", "three"),
        ("appraise_scorers", {"three": scorer("three")}),
        ("appraise_scorers", ["three"]),
        ("appraise_scorers", [scorer("Three!")]),
        ("appraise_scorers", [Scorer("three", "no function", "Bad.")]),  # type: ignore[arg-type]  # the case
        ("appraise_sources", [SourceAdapter("x", ("csv",), print, "Bad.")]),  # type: ignore[arg-type]  # the case
        ("appraise_sources", [SourceAdapter("x", ".csv", print, "Bad.")]),  # type: ignore[arg-type]  # the case
        ("appraise_functions", [Function("x", ("number",), Kind.NUMBER, print, print, "Bad.")]),  # type: ignore[arg-type]  # the case
        ("appraise_template_packs", ["templates"]),
        ("appraise_template_packs", [Path("no such folder")]),
        ("appraise_designs", [Design("x", Path("no such folder"), "Bad.")]),
        ("appraise_commands", [print]),
    ],
)
def test_what_is_no_declaration_is_told(hook: str, gives: Any) -> None:
    """A hook gives a list of the nouns of `appraise.plugin`, whole ones, and nothing else."""
    registry, problems = registered(plugin(hook, gives))
    assert [problem.code for problem in problems] == ["plugin-declaration"]
    assert registry.declared["one"] == ()


class _Command:
    """What a click command looks like from here."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self) -> None:
        """Run it."""

    main = invoke = __call__


def test_a_plugin_that_wants_to_end_the_program_raises_what_can_be_caught() -> None:
    """What a plugin declared is called later, and SystemExit would look like an answer without a problem."""
    registry, problems = registered(plugin("appraise_scorers", [Scorer("leaves", lambda _: sys.exit(0), "Leaves.")]))
    assert problems == []
    with pytest.raises(PluginFault, match="SystemExit: 0"):
        registry.scorers["leaves"].score(ScoreRequest((), {}, 1, 5))

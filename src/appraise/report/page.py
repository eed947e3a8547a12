"""The finished HTML page of a pack, from a design in Jinja's sandbox."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from appraise.model.errors import steady
from appraise.model.place import Place
from appraise.model.problem import Problem
from appraise.report.numbers import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from appraise.report.designs import Designs
    from appraise.report.pack import PackView

FILTERS = frozenset({"count", "e", "escape", "first", "join", "last", "length", "list", "lower", "trim", "upper"})
TESTS = frozenset({"defined", "eq", "equalto", "even", "false", "in", "ne", "none", "odd", "sameas", "string", "true"})
CALCULATIONS = frozenset({"+", "-", "*", "/", "//", "%", "**"})


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox for designs: they place texts; they neither compute nor call anything but their own macros."""

    intercepted_binops = CALCULATIONS

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 -- Jinja's signature
        raise SecurityError(f"a design does not calculate ({operator}); the view has every text ready")

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro | BlockReference | jinja2.Undefined)


class Pages:
    """The designs of a company, compiled once and used for many people."""

    def __init__(self, designs: Designs) -> None:
        self._designs = designs
        self._sandbox = _sandbox(designs)

    def html_of(self, view: PackView, style: str = "", logo: str = "") -> tuple[str, list[Problem]]:
        """The page of a pack, or the one problem of its design.

        `style` is put into the page where it has to stand alone; for a PDF the style sheet comes from outside. `logo`
        is the address of the logo in the page, empty for none.
        """
        name = f"{view.kind}/pack.html.j2"
        try:
            return self._sandbox.get_template(name).render(view=view, style=_raw(style), logo=logo), []
        except Exception as failure:  # noqa: BLE001 -- whatever a design does, it costs one problem
            return "", [_problem(failure, name, self._designs)]


def html_of(view: PackView, designs: Designs) -> tuple[str, list[Problem]]:
    """The page of one pack; for many, keep one `Pages`."""
    return Pages(designs).html_of(view)


def _sandbox(designs: Designs) -> _Sandbox:
    sandbox = _Sandbox(
        loader=jinja2.FunctionLoader(_loader(designs)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    sandbox.globals.clear()
    for table, allowed in ((sandbox.filters, FILTERS), (sandbox.tests, TESTS)):
        for name in [name for name in table if name not in allowed]:
            del table[name]
    return sandbox


def _raw(style: str) -> Markup:
    """A style sheet as it stands inside a `style` element, which knows no escapes but ends at the first `</`."""
    return Markup(style.replace("</", "<\\/"))  # noqa: S704 -- our own or the company's style sheet, never data


def _shown(value: Any) -> Any:
    """What is printed never holds characters that hide or turn the text around them."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _loader(designs: Designs) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = designs.find(name)
        if found is None:
            return None
        path, shown = found
        source = path.read_text(encoding="utf-8")
        refuse(source, shown)
        return source, shown, lambda: True

    return load


def refuse(source: str, shown: str) -> None:
    """Raise on what a design may not do although Jinja can: switch escaping off, choose a template by data."""
    tree = jinja2.Environment(autoescape=True).parse(source, shown, shown)
    for node in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
        raise jinja2.TemplateSyntaxError("a design does not switch escaping off", node.lineno, shown)
    for taken in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        if not isinstance(getattr(taken, "template", None), nodes.Const):
            raise jinja2.TemplateSyntaxError("a design names other designs in plain text", taken.lineno, shown)


def _problem(failure: Exception, name: str, designs: Designs) -> Problem:
    """One problem with the design and the line where it failed."""
    shown, line = name, 0
    if isinstance(failure, jinja2.TemplateSyntaxError):
        shown, line = failure.filename or failure.name or name, failure.lineno
    else:
        known = {folder.shown for folder in designs.folders}
        for frame in traceback.extract_tb(failure.__traceback__):
            if any(frame.filename.startswith(f"{folder}/") for folder in known):
                shown, line = frame.filename, frame.lineno or 0
    if isinstance(failure, jinja2.TemplateNotFound):
        message = f"design '{failure.name}': no such file in the folders of designs"
        return Problem(
            Place(shown, line), code="design-missing", message=message, hint="see docs/packs.md for the names"
        )
    text = failure.message if isinstance(failure, jinja2.TemplateSyntaxError) and failure.message else str(failure)
    said = steady(text)[:200] or type(failure).__name__
    return Problem(
        Place(shown, line),
        code="design-fails",
        message=f"design '{shown}': {said}",
        hint="compare it with the shipped design of the same name",
    )

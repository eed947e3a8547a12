"""The parts of `appraise.yaml` about packs and the people behind them: reports, contact and plugins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appraise.app.workspace_paths import path_problems, written_path_problems
from appraise.model.problem import Problem, Severity
from appraise.model.workspace import Contact, ReportSpec
from appraise.report.logo import logo_of

if TYPE_CHECKING:
    from pathlib import Path

    from appraise.app.workspace_section import Section

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def reports_of(section: Section) -> ReportSpec:
    """How packs look."""
    plain = ReportSpec()
    return ReportSpec(
        accent=section.text("accent", plain.accent),
        logo=section.optional("logo"),
        paper=section.text("paper", plain.paper),
        language=section.text("language", plain.language),
    )


def reports_problems(section: Section) -> list[Problem]:
    """What is wrong with the looks."""
    problems = path_problems(section, "logo", "reports: logo")
    accent, language = section.text("accent"), section.text("language")
    if section.has("accent") and not _COLOUR.fullmatch(accent):
        message = f"reports: the accent '{accent}' is no colour" if accent else "reports: the accent has no value"
        hint = 'write it as "#0072B2", in quotation marks (a bare # begins a comment)'
        problems.append(Problem(section.place("accent"), code="bad-colour", message=message, hint=hint))
    if language and not _is_language(language):
        message, hint = f"reports: '{language}' is no language code", "write it like en, hi or de"
        problems.append(Problem(section.place("language"), code="unknown-language", message=message, hint=hint))
    return problems


def _is_language(language: str) -> bool:
    from appraise.report.numbers import is_language  # noqa: PLC0415 -- babel loads slowly, and few name a language

    return _LANGUAGE.fullmatch(language) is not None and is_language(language)


def logo_problems(section: Section, root: Path) -> list[Problem]:
    """A warning where the logo cannot be printed; the packs are printed without it."""
    shown = section.text("logo")
    if not shown or path_problems(section, "logo", "reports: logo"):
        return []
    fault = logo_of(root / shown)[1]
    if not fault:
        return []
    message = f"reports: the logo '{shown}' is left out, {fault}"
    hint = "put a picture there: an SVG that needs nothing else, a PNG or a JPEG"
    place = section.place("logo")
    return [Problem(place, code="logo-unusable", message=message, hint=hint, severity=Severity.WARNING)]


def contact_of(section: Section) -> Contact:
    """Whom to ask about a result."""
    return Contact(section.text("person"), section.text("route"), section.whole("days", Contact().days))


def plugin_problems(section: Section) -> list[Problem]:
    """What is wrong with the allowed plugins: each is a file or folder right in `plugins/`."""
    problems = []
    for number, path in enumerate(section.texts("allow")):
        steps = ("allow", number)
        found = written_path_problems(section, steps, "plugins", path)
        if not found and not re.fullmatch(r"(\./)?plugins/[^/]+/?", path):
            message = f"plugins: '{path}' is not in the folder plugins"
            hint = "move it there and write plugins/NAME.py or plugins/NAME"
            found = [Problem(section.place(*steps), code="plugin-elsewhere", message=message, hint=hint)]
        problems += found
    return problems

"""What a press is given and what it gives back: plain data, so that nobody else loads what draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appraise.report.look import Look

if TYPE_CHECKING:
    from appraise.model.problem import Problem
    from appraise.report.designs import Designs


@dataclass(frozen=True, slots=True)
class PressSettings:
    """Plain data from which a worker builds its press; `standalone` also asks for the page as a readable file."""

    designs: Designs
    look: Look = field(default_factory=Look)
    standalone: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A drawn pack: empty where a problem of severity error says why. `html` is the page that stands alone."""

    key: str
    pdf: bytes
    html: str = ""
    pages: int = 0
    problems: tuple[Problem, ...] = ()

"""Whose packs are drawn: 24 KPIs in eight areas each, with another name, other notes and another area unscored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from appraise.report.designs import DesignFolder, Designs
from appraise.report.press import PressSettings
from appraise.report.view import view_of
from tests.report import people

if TYPE_CHECKING:
    from appraise.report.pack import PackView

FIRST = ("Asha", "Vikram", "Leela", "Farah", "Suresh", "Harpreet", "Anuradha", "Joseph", "Meera", "Imran")
LAST = ("Kulkarni", "Fernandes", "Pillai", "Gill", "Iqbal", "Deshpande", "Thomas", "Rao", "Khan", "Das")


def views(count: int) -> list[PackView]:
    """The finished views of as many people."""
    return [_view(number) for number in range(count)]


def settings() -> PressSettings:
    """The shipped designs."""
    return PressSettings(Designs((DesignFolder(Path(__file__).parents[1] / "reports", "reports"),)))


def _view(number: int) -> PackView:
    appraisal = people.appraisal(people.areas(8, 3, unscored=(number % 24,)))
    name = f"{FIRST[number % 10]} {LAST[number // 10 % 10]}"
    card = replace(appraisal.person, id=f"E{number:04}", name=name)
    return view_of(replace(appraisal, person=card), people.with_history())

"""The columns that a rule over two sources names, under the names that they have in their frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.model.naming import snake_case
from appraise.sources.columns import Header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraise.sources.facts import FactTable


@dataclass(frozen=True, slots=True)
class Absent:
    """A column that a rule names and its source does not have; `hint` is blank where nothing is like it."""

    name: str
    source: str
    hint: str


def columns_found(named: Mapping[str, tuple[FactTable, str | None]]) -> tuple[dict[str, str], list[Absent]]:
    """The frame's name of each named column by the rule's key, and the columns that are not there."""
    found: dict[str, str] = {}
    absent = []
    for key, (table, name) in named.items():
        if name is None:
            continue
        found[key] = Header(dict(table.titles), table.spec.place).named(name) or snake_case(name)
        if found[key] not in table.frame.columns:
            absent.append(Absent(name, table.spec.name, did_you_mean(name, table.titles)))
    return found, absent

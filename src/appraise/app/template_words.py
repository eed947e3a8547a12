"""A whole template in plain words, as a works council reads it: the words of every key that has something to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from appraise.app.kpi_words import KPI_WORDS
from appraise.app.rule_words import (
    ADJUSTMENT_WORDS,
    GATE_WORDS,
    KRA_WORDS,
    ROLE_WORDS,
    expected_words,
    given_words,
)
from appraise.app.wording import Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from appraise.app.wording import Thing, Wording
    from appraise.model.role import Kra, Role


@dataclass(frozen=True, slots=True)
class Told:
    """A thing of a template in words, by the fields of its noun in `model.role`; what has nothing to say is left out.

    `parts` are the KPIs of an area.
    """

    id: str
    words: Mapping[str, str]
    parts: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """A template in words. An example has `given` and `expect`, and its name as id."""

    role: Told
    kras: tuple[Told, ...]
    gates: tuple[Told, ...]
    adjustments: tuple[Told, ...]
    examples: tuple[Told, ...]


def template_words(role: Role, wording: Wording) -> TemplateWords:
    """The whole template in words."""
    named = replace(wording, titles={**wording.titles, **_figures(role)})
    examples = [
        Told(one.name, {"given": given_words(one, named), "expect": expected_words(one, role, wording)})
        for one in role.examples
    ]
    return TemplateWords(
        Told(role.id, words_by_field(ROLE_WORDS, Telling(role, role, wording))),
        tuple(_kra(kra, role, wording) for kra in role.kras),
        tuple(Told(gate.id, words_by_field(GATE_WORDS, Telling(gate, role, wording))) for gate in role.gates),
        tuple(Told(one.id, words_by_field(ADJUSTMENT_WORDS, Telling(one, role, wording))) for one in role.adjustments),
        tuple(examples),
    )


def _figures(role: Role) -> dict[str, str]:
    """What examples give of the scores of a team: the figure of a KPI, and how many people it is made of."""
    made = [kpi for kpi in role.kpis if kpi.members is not None]
    counts = {f"members.{kpi.id}.count": f"people behind {kpi.title}" for kpi in made}
    return {**{f"members.{kpi.id}": kpi.title for kpi in made}, **counts}


def words_by_field(table: Mapping[str, Callable[[Telling[Thing]], str]], telling: Telling[Thing]) -> dict[str, str]:
    """What the keys of a thing say, in the order of the table; nothing of those that have nothing to say."""
    told = {name: words(telling) for name, words in table.items()}
    return {name: text for name, text in told.items() if text}


def _kra(kra: Kra, role: Role, wording: Wording) -> Told:
    kpis = [Told(kpi.id, words_by_field(KPI_WORDS, Telling(kpi, role, wording))) for kpi in kra.kpis]
    return Told(kra.id, words_by_field(KRA_WORDS, Telling(kra, role, wording)), tuple(kpis))

"""The `measures:` part of `appraise.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appraise.app.workspace_people import source_problems
from appraise.model.naming import snake_case
from appraise.model.problem import Problem
from appraise.model.workspace import MeasureSpec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from appraise.app.workspace_section import Section
    from appraise.model.kinds import Value
    from appraise.model.workspace import SourceSpec

AGGREGATES = ("count", "count_distinct", "sum", "mean", "min", "max", "latest", "earliest", "custom")
"""How the rows of one person become one number; a measure says just one of them."""

NUMBERS = frozenset({"number", "percent", "duration", "currency"})
"""The type words of columns that are measures by themselves in a table."""


def measure_of(name: str, section: Section) -> MeasureSpec:
    """A measure as declared; without a usable aggregate it counts, and the problems say so."""
    aggregate = next((word for word in AGGREGATES if section.has(word)), "count")
    is_count = aggregate == "count"
    return MeasureSpec(
        name=name,
        aggregate=aggregate,
        source=section.text("count") if is_count else section.text("source"),
        place=section.key_place(),
        expression=None if is_count else section.expression(aggregate),
        where=section.expression("where"),
        first_per=section.optional("first_per"),
        last_per=section.optional("last_per"),
        as_of=section.text("as_of"),
        if_no_rows=section.text("if_no_rows"),
        unit=section.text("unit"),
        title=section.text("title"),
        columns=section.pairs("columns"),
        options={name: _option(part.data) for name, part in section.at("options").parts()},
        places={
            f"{key}.{name}": section.key_place(key, name)
            for key in ("columns", "options")
            for name in section.at(key).names()
        },
    )


def _option(written: Any) -> Value:
    """The value of an option as expressions know it: every number is a float."""
    is_number = isinstance(written, int) and not isinstance(written, bool)
    return float(written) if is_number else written if isinstance(written, float | bool | str) else None


def measure_problems(section: Section, spec: MeasureSpec, sources: Collection[str]) -> list[Problem]:
    """What does not fit together in one measure."""
    key = "count" if section.has("count") else "source"
    return [
        *_aggregate_problems(section, spec),
        *source_problems(section, key, f"measure '{spec.name}'", sources),
        *_state_problems(section, spec),
        *_custom_problems(section, spec),
    ]


def clash_problems(measures: Mapping[str, MeasureSpec], sources: Iterable[SourceSpec]) -> list[Problem]:
    """Names that two sources of numbers share, as far as `appraise.yaml` alone can tell.

    A table's numeric columns are measures by themselves, so none may be called like a declared measure or like a
    column of another table.
    """
    problems = []
    owners = {name: f"the measure '{name}'" for name in measures}
    for spec in sources:
        for column in _numeric_columns(spec):
            owner = owners.setdefault(column, f"a column of source '{spec.name}'")
            if owner != f"a column of source '{spec.name}'":
                message = f"source '{spec.name}': its column '{column}' is called like {owner}"
                hint = "rename the column with 'columns', so that the name means one thing"
                place = spec.places.get(f"types.{column}", spec.place)
                problems.append(Problem(place, code="name-twice", message=message, hint=hint))
    return problems


def _numeric_columns(spec: SourceSpec) -> list[str]:
    """The columns of a table that are known to hold numbers; logs have none that are measures."""
    if spec.date or spec.months_in_columns:
        return []
    names = {snake_case(raw): name for name, raw in spec.columns.items()}
    typed = [snake_case(column) for column, word in spec.types.items() if word in NUMBERS]
    return [names.get(column, column) for column in typed]


def _aggregate_problems(section: Section, spec: MeasureSpec) -> list[Problem]:
    said = [word for word in AGGREGATES if section.has(word)]
    thing = f"measure '{spec.name}'"
    if not said:
        message, hint = f"{thing}: says not how rows become a number", f"add one of {', '.join(AGGREGATES)}"
        return [Problem(section.key_place(), code="measure-without-aggregate", message=message, hint=hint)]
    if len(said) > 1:
        message, hint = f"{thing}: says both '{said[0]}' and '{said[1]}'", "a measure is one of them; make two measures"
        return [Problem(section.key_place(said[1]), code="two-ways-to-say", message=message, hint=hint)]
    if said != ["count"] and not section.has("source"):
        message, hint = f"{thing}: names no source", "add 'source: NAME'"
        return [Problem(section.key_place(), code="measure-without-source", message=message, hint=hint)]
    if said == ["count"] and section.has("source"):
        message, hint = f"{thing}: 'count' names the source already", "remove 'source'"
        return [Problem(section.key_place("source"), code="two-ways-to-say", message=message, hint=hint)]
    return []


def _state_problems(section: Section, spec: MeasureSpec) -> list[Problem]:
    if not (spec.first_per and spec.last_per):
        return []
    message = f"measure '{spec.name}': says both 'first_per' and 'last_per'"
    hint = "'first_per' is the state at the beginning, 'last_per' at the end: keep one"
    return [Problem(section.key_place("last_per"), code="two-ways-to-say", message=message, hint=hint)]


def _custom_problems(section: Section, spec: MeasureSpec) -> list[Problem]:
    """A problem for each key that only a plugin's measure can have."""
    return [
        Problem(
            section.key_place(key),
            code="measure-not-custom",
            message=f"measure '{spec.name}': '{key}' is for a plugin's measure, and this is a {spec.aggregate}",
            hint=f"take it out, or write 'custom: NAME' instead of '{spec.aggregate}'",
        )
        for key in ("columns", "options")
        if section.has(key) and spec.aggregate != "custom"
    ]

"""What a database is asked: the address with the secrets of the environment, and the days of the period."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from appraise.model.problem import Problem

if TYPE_CHECKING:
    from appraise.model.workspace import SourceSpec
    from appraise.plugin import ReadRequest
    from appraise.sources.facts import Reading

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LOCAL = re.compile(r"(sqlite(?:\+\w+)?:///)(?!/)([^?:]+)(.*)", re.DOTALL)


def asked_of_database(request: ReadRequest, spec: SourceSpec, reading: Reading) -> tuple[ReadRequest, list[Problem]]:
    """The request with the address and the values of a statement; a problem for each name the environment lacks.

    A log is asked for from the first day of the period before, which `prev.` is about, or an earlier one that a KPI
    counts; a table for the period alone, unless one of its columns names periods. A file of SQLite is looked for in the
    workspace.
    """
    written = spec.url or ""
    unset = [name for name in dict.fromkeys(_NAME.findall(written)) if not reading.environment.get(name)]
    if unset:
        return request, [_unset(spec, name) for name in unset]
    url = _NAME.sub(lambda found: reading.environment[found[1]], written)
    if local := _LOCAL.fullmatch(url):
        url = f"{local[1]}{(reading.root / local[2]).absolute().as_posix()}{local[3]}"
    since = reading.first_day if spec.date else (reading.previous if spec.period else reading.period).start
    parameters = {
        "period": reading.period.id,
        "period_start": since.isoformat(),
        "period_end": reading.period.end.isoformat(),
    }
    return replace(request, url=url, parameters=tuple(parameters.items())), []


def _unset(spec: SourceSpec, name: str) -> Problem:
    return Problem(
        spec.places.get("url") or spec.place,
        code="environment-not-set",
        message=f"source '{spec.name}': the environment has no value of the name {name}",
        hint=f"set it where appraise is started, as in {name}=postgresql://reader@host/ledger",
    )

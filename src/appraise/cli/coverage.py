"""What the worked examples of templates leave out, in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from appraise.app.cases import ADJUSTMENT, ANY, BAND, GATE, SEVERITY
from appraise.app.coverage import percent_reached
from appraise.cli.diagnostics import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from appraise.app.cases import Case
    from appraise.app.coverage import Coverage

_CASES = {
    "no_data": "without data",
    "zero_denominator": "with nothing to divide by",
    "insufficient_sample": "with too few cases",
    "no_target": "without a target",
    "not_applicable": "where it does not apply",
    "max_score": "held at its highest score",
    "min_score": "lifted to its lowest score",
}
_GATES = {
    "pass": "passes it",
    "fail": "fails it",
    "unknown": "leaves it unknown",
    "not_applicable": "is one that it does not apply to",
    "open": "leaves an allegation open",
}


def coverage_lines(coverages: Sequence[Coverage]) -> Iterator[Text]:
    """For each template how much its examples reach and what they do not, and the sum of all."""
    for one in coverages:
        yield from _template(one)
    if len(coverages) > 1:
        total, reached = sum(one.total for one in coverages), sum(one.reached for one in coverages)
        yield Text(f"all templates: {_share(reached, total, percent_reached(coverages))}", style="bold")


def _template(one: Coverage) -> Iterator[Text]:
    role, count = one.role, len(one.role.examples)
    reach = "1 example reaches" if count == 1 else f"{count} examples reach" if count else "no examples, which reach"
    share = _share(one.reached, one.total, percent_reached([one]))
    title = Text(harmless(f"{role.title} ({role.key}): "), style="bold")
    yield title.append(f"{reach} {share}", style="green" if not one.missing else "yellow")
    titles = {kpi.id: kpi.title for kpi in role.kpis}
    for (kind, name), cases in groupby(one.missing, key=lambda case: (_thing(case), case.id)):
        what = titles.get(name, name) if kind == "KPI" else f"{kind} '{name}'"
        yield Text(harmless(f"  {what}: {_left_out(list(cases))}"))


def _share(reached: int, total: int, percent: int) -> str:
    return f"{reached:,} of {total:,} cases, {percent} %"


def _thing(case: Case) -> str:
    return {GATE: GATE, SEVERITY: GATE, ADJUSTMENT: ADJUSTMENT}.get(case.kind, "KPI")


def _left_out(cases: Sequence[Case]) -> str:
    """`no example reaches band 1, 5; none without data, with too few cases`."""
    bands = [case.what for case in cases if case.kind == BAND]
    parts = [("gives it a score" if bands == [ANY] else f"reaches band {', '.join(bands)}")] if bands else []
    if others := [_words(case) for case in cases if case.kind != BAND]:
        parts.append(", ".join(others))
    return "; ".join(f"{'none' if place else 'no example'} {part}" for place, part in enumerate(parts))


def _words(case: Case) -> str:
    if case.kind == ADJUSTMENT:
        return "gets it"
    if case.kind == SEVERITY:
        return f"fails it at severity {case.what}"
    return _GATES[case.what] if case.kind == GATE else _CASES.get(case.what, case.what.replace("_", " "))

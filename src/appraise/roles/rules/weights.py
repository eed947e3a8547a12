"""Rules about weights, which are exact decimals as they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from appraise.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from appraise.model.place import Place
    from appraise.model.role import Kpi, Kra, Role

FINEST = 4
"""Decimals of a weight: more could neither be printed nor be worked out in whole numbers."""

ALL = Decimal(100)


def kra_weights_total_100(role: Role) -> list[Problem]:
    """The weights of the KRAs total exactly 100.

    They are added as the decimals that stand in the file, so nine weights of 11.1 and one more of 0.1 are exactly 100,
    and three of 33.33 are 99.99 and refused. Where all shall count alike, `weight: equal` says so.
    """
    if role.equal_kras:
        return []
    return list(_total_problem("the weights of the KRAs", role.kras, role.places["kras"]))


def kpi_weights_total_100(role: Role) -> list[Problem]:
    """The weights of the KPIs of each KRA total exactly 100; those that are only monitored weigh 0.

    A KRA that weighs something needs a KPI that is scored.
    """
    problems: list[Problem] = []
    for kra in role.kras:
        if kra.kpis and all(kpi.monitor for kpi in kra.kpis):
            problems += _nothing_scored(kra)
        elif kra.kpis and not kra.equal_kpis:
            what = f"KRA '{kra.id}': the weights of its KPIs"
            problems += _total_problem(what, kra.kpis, kra.places["kpis"])
    return problems


def weights_are_not_too_fine(role: Role) -> list[Problem]:
    """A weight has at most four decimals, so that what is printed is what counts.

    Where the list does not total 100 anyway, that alone is told.
    """
    lists: list[tuple[str, Sequence[Kra | Kpi]]] = [("KRA", role.kras), *(("KPI", kra.kpis) for kra in role.kras)]
    problems = []
    for kind, weighing in lists:
        for one in weighing if sum(other.weight for other in weighing) == ALL else ():
            if _decimals(one.weight) > FINEST:
                message = f"{kind} '{one.id}': the weight {one.weight} has more than {FINEST} decimals"
                hint = "round it, or write `weight: equal` everywhere in the list"
                problems.append(Problem(_weight_place(one), code="weight-too-fine", message=message, hint=hint))
    return problems


def no_weight_is_zero(role: Role) -> list[Problem]:
    """A warning: a weight of 0 without `monitor: true` may be a slip."""
    problems = []
    for thing, one in _weighing(role):
        if one.weight == 0 and not getattr(one, "monitor", False) and not _only_monitors(one):
            message = f"{thing}: a weight of 0 never counts"
            hint = "write `monitor: true` beside it if it is only to be watched"
            place = _weight_place(one)
            problems.append(
                Problem(place, code="zero-weight", message=message, hint=hint, severity=Severity.WARNING),
            )
    return problems


def monitored_weighs_nothing(role: Role) -> list[Problem]:
    """What is only monitored has the weight 0: it is printed and never scored."""
    problems = []
    for kpi in role.kpis:
        if kpi.monitor and _weighs(kpi):
            message = f"KPI '{kpi.id}': it is only monitored and cannot weigh {kpi.weight}"
            hint = "write `weight: 0`, or take `monitor: true` away"
            problems.append(Problem(_weight_place(kpi), code="monitor-with-weight", message=message, hint=hint))
    return problems


def _total_problem(what: str, weighing: Sequence[Kra | Kpi], place: Place) -> Iterator[Problem]:
    weights = [one.weight for one in weighing]
    if not weights or any(weight.is_nan() for weight in weights) or sum(weights) == ALL:
        return
    total = sum(weights, Decimal(0))
    over = total - ALL
    change = f"take {over:f} away" if over > 0 else f"add {-over:f} more"
    short = 1 < len(weights) <= 8 and all(_decimals(weight) <= FINEST for weight in weights)
    terms = " + ".join(str(weight) for weight in weights) if short else ""
    message = f"{what} total {total}, not 100{f' ({terms})' if terms else ''}"
    hint = f"{change}, or write `weight: equal` everywhere in the list"
    yield Problem(place, code="weights-total", message=message, hint=hint)


def _weighs(one: Kra | Kpi) -> bool:
    return not one.weight.is_nan() and one.weight > 0


def _decimals(weight: Decimal) -> int:
    _, digits, exponent = weight.as_tuple()
    # Not by `normalize`, which rounds to 28 digits first: 99.999… with forty of them is not 100.
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return -exponent - zeros if isinstance(exponent, int) else 0


def _nothing_scored(kra: Kra) -> Iterator[Problem]:
    if _weighs(kra):
        message = f"KRA '{kra.id}': it weighs {kra.weight}, but all of its KPIs are only monitored"
        hint = "let one of them be scored, or write `weight: 0`"
        yield Problem(_weight_place(kra), code="nothing-scored", message=message, hint=hint)


def _only_monitors(one: Kra | Kpi) -> bool:
    kpis = getattr(one, "kpis", ())
    return bool(kpis) and all(kpi.monitor for kpi in kpis)


def _weighing(role: Role) -> Iterator[tuple[str, Kra | Kpi]]:
    for kra in role.kras:
        yield f"KRA '{kra.id}'", kra
        for kpi in kra.kpis:
            yield f"KPI '{kpi.id}'", kpi


def _weight_place(one: Kra | Kpi) -> Place:
    return one.places.get("weight", one.place)

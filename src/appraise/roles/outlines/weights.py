"""The weights of a list of which some, all or none were said."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from appraise.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from appraise.model.place import Place
    from appraise.roles.outlines.outline import KpiOutline, KraOutline, Outline

ALL = Decimal(100)
_CENT = Decimal("0.01")


def weights_of(outlines: Sequence[KraOutline | KpiOutline]) -> list[str]:
    """What stands under `weight`: `equal` where none was said; else those without one share what is left.

    The list has passed `weight_problems`.
    """
    given = [one.weight for one in outlines]
    without = sum(weight is None for weight in given)
    if without == len(given):
        return ["equal"] * without
    left = ALL - sum(weight for weight in given if weight is not None)
    share = (left / without).quantize(_CENT, ROUND_DOWN) if without else Decimal(0)
    shares = [share] * (without - 1) + [left - share * (without - 1)]
    return [_plain(shares.pop() if weight is None else weight) for weight in given]


def weight_problems(outline: Outline, place: Place) -> Iterator[Problem]:
    """Weights that cannot be: below 0, or such that the list cannot come to 100."""
    lists: list[tuple[str, Sequence[KraOutline | KpiOutline]]] = [("the KRAs", outline.kras)]
    lists += [(f"the KPIs of '{kra.title[:60]}'", kra.kpis) for kra in outline.kras]
    for what, outlines in lists:
        given = [one.weight for one in outlines if one.weight is not None]
        if not given:
            continue
        total, without = sum(given), len(outlines) - len(given)
        if min(given) >= 0 and (total == ALL if not without else total + _CENT * without <= ALL):
            continue
        message = (
            f"the weights of {what} total {_plain(Decimal(total))}, {'which leaves nothing' if without else 'not 100'}"
        )
        message += f" for {without} without one" if without else ""
        hint = "let them total 100, or leave all of them out: then all weigh the same"
        yield Problem(place, code="outline-weights", message=message, hint=hint)


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{int(number)}"

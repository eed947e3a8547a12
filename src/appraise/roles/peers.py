"""What a template says of other people: whom a value is compared with, and what is usual among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.documents.suggest import did_you_mean
from appraise.expr.formula import parse
from appraise.expr.nodes import Arithmetic, Name, Negative, Number
from appraise.model.problem import Problem
from appraise.model.role import Level, Relative

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from appraise.expr.functions import Functions
    from appraise.expr.nodes import Node
    from appraise.model.role import Kpi

_PERSON = "person."


def peer_problems(kpi: Kpi, known: Collection[str], protected: Collection[str]) -> Iterator[Problem]:
    """What nobody declared, or may never decide a score, in the `peers` of a KPI.

    Args:
        kpi: the KPI.
        known: the full names that a template may use, and `team` and `site` where they are known of people.
        protected: attributes without `person.`, which can never be named.
    """
    if not isinstance(kpi.method, Relative):
        return
    for number, name in enumerate(kpi.method.peers):
        place = kpi.places.get(f"peers.{number}", kpi.place)
        if name.removeprefix(_PERSON) in protected:
            message = f"KPI '{kpi.id}': '{name}' is protected and can never decide a score"
            hint = "take it out; the fairness report is the only place for it"
            yield Problem(place, code="protected-attribute", message=message, hint=hint)
        elif name != "role" and name not in known:
            message = f"KPI '{kpi.id}': unknown name '{name}'"
            attributes = [each for each in known if each.startswith(_PERSON)]
            declared = "attributes" if name.startswith(_PERSON) else "columns"
            hint = did_you_mean(name, attributes) or f"declare it in appraise.yaml under `people: {declared}`"
            yield Problem(place, code="unknown-name", message=message, hint=hint)


def prior_problems(kpi: Kpi, functions: Functions) -> Iterator[Problem]:
    """A `shrinkage` without a `prior` where the peers cannot tell what is usual.

    The formula over everybody's sums says something only where it is a ratio of counts or amounts of the person.
    """
    if kpi.shrinkage is None or kpi.shrinkage.prior is not None:
        return
    formula, _ = parse(kpi.formula, functions)
    if formula is None:
        return
    own = kpi.level is Level.PERSON and not any("team." in name or "company." in name for name in formula.names)
    if own and _degree(formula.tree) == 0 and formula.names and not kpi.by_month:
        return
    message = f"KPI '{kpi.id}': 'shrinkage' has no `prior`, and the formula over everybody's sums is none"
    hint = "write what is usual as `prior`; only a ratio of the person's own counts or amounts can do without"
    yield Problem(kpi.places.get("shrinkage", kpi.place), code="prior-missing", message=message, hint=hint)


def _degree(node: Node) -> int | None:
    """How often an amount is multiplied with amounts in it: 1 for a sum of them, 0 for a ratio; None for neither."""
    if isinstance(node, Number):
        return 0
    if isinstance(node, Name):
        return 1 if node.name.split(".")[0] not in {"person", "target"} else None
    if isinstance(node, Negative):
        return _degree(node.operand)
    if not isinstance(node, Arithmetic):
        return None
    left, right = _degree(node.left), _degree(node.right)
    if left is None or right is None:
        return None
    by_operator = {"+": left if left == right else None, "*": left + right, "/": left - right}
    return by_operator.get(node.operator.replace("-", "+"))

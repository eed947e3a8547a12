"""What must hold in every template and needs no data: one function for each rule, whose docstring is its manual.

Every rule takes a role and gives problems. It passes over what could not be read (unknown weights, empty texts), so
that one mistake is told once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from appraise.roles.rules import (
    bands,
    days,
    expectations,
    gates,
    members,
    names,
    policies,
    ranges,
    relative,
    scores,
    targets,
    weights,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from appraise.model.problem import Problem
    from appraise.model.role import Role

    Rule: TypeAlias = Callable[[Role], list[Problem]]


_RULES: tuple[Rule, ...] = (
    weights.kra_weights_total_100,
    weights.kpi_weights_total_100,
    weights.weights_are_not_too_fine,
    weights.no_weight_is_zero,
    weights.monitored_weighs_nothing,
    bands.as_many_starts_as_steps,
    bands.bands_fit_the_direction,
    bands.starts_are_in_order,
    bands.starts_are_not_too_fine,
    bands.lowest_is_beyond_the_first_start,
    bands.cap_reaches_the_last_start,
    bands.the_lowest_attainment_is_below_the_first_start,
    ranges.ranges_are_nested,
    relative.standings_can_be_reached,
    relative.compliance_is_not_relative,
    relative.peers_share_the_role,
    relative.companies_have_no_peers,
    targets.targets_are_used,
    days.months_have_no_target,
    days.outcomes_are_known_in_time,
    members.members_have_no_formula,
    members.members_are_not_compared,
    members.shares_say_how_much_is_enough,
    scores.scores_are_on_the_scale,
    gates.gates_have_one_cap,
    gates.severities_are_in_order,
    gates.allegations_are_in_words,
    scores.gates_cap_on_the_scale,
    scores.adjustments_are_within_the_limit,
    names.ids_are_unique,
    names.pairs_exist,
    names.capped_kras_exist,
    names.effective_is_a_day,
    policies.policies_are_not_contradicted,
    expectations.expectations_can_be_met,
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which the manual tells them."""
    return _RULES


def rule_problems(role: Role) -> list[Problem]:
    """What every rule finds."""
    return [problem for rule in all_rules() for problem in rule(role)]

"""Attributes that can never decide a score: the list that always holds."""

from __future__ import annotations

from appraise.model.naming import snake_case

ALWAYS_PROTECTED: frozenset[str] = frozenset(
    {
        "age", "birth_date", "birthday", "date_of_birth", "dob", "year_of_birth",
        "sex", "gender", "gender_identity", "sexual_orientation",
        "religion", "belief", "faith", "caste", "tribe", "race", "ethnicity", "ethnic_group", "skin_colour",
        "nationality", "citizenship", "national_origin", "birthplace", "place_of_birth",
        "disability", "disability_status", "health", "health_status", "medical", "medical_condition", "genetic",
        "marital_status", "civil_status", "family_status", "children", "number_of_children",
        "pregnancy", "pregnant", "maternity", "paternity", "parental_leave", "leave_type", "type_of_leave",
        "leave_reason", "sick_days", "political_opinion", "politics", "union_member", "trade_union", "veteran_status",
    }
)  # fmt: skip
"""The names, in snake_case. A workspace adds to them with `protected:`; nothing takes one away."""


def protected_names(own: tuple[str, ...]) -> frozenset[str]:
    """The built-in list and the workspace's own names, all in snake_case."""
    return ALWAYS_PROTECTED | {snake_case(name) for name in own}

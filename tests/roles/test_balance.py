"""Whether a template is in balance: production, what protects people, what they control, and pairs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.balance import Accepted
from appraise.model.expression import Expression
from appraise.model.place import Place
from appraise.model.problem import Severity
from appraise.model.role import (
    FIVE_POINT,
    Bands,
    ByBands,
    Direction,
    Kpi,
    Kra,
    Level,
    Relative,
    Role,
    Standing,
)
from appraise.roles.rules import rule_problems
from appraise.roles.rules.balance import BALANCE_RULES, balance_problems, weighed_kpis

PLACE = Place("agent.yaml", 1, 1)


def kpi(name: str, weight: str, category: str = "", **more: object) -> Kpi:
    """A sound KPI of a category."""
    method = ByBands(Bands((10.0, 20.0, 30.0, 40.0)))
    plain = Kpi(name, name, Expression("calls", PLACE), Decimal(weight), Direction.HIGHER, method, PLACE)
    return replace(plain, category=category, **more)  # type: ignore[arg-type]  # a table of cases gives any field


def kra(name: str, weight: str, *kpis: Kpi, category: str = "") -> Kra:
    """An area of these KPIs."""
    return Kra(name, name, Decimal(weight), kpis, PLACE, category=category, places={"kpis": PLACE})


def role(*kras: Kra, team: str = "same_team") -> Role:
    """A template of these areas."""
    return Role("agent", "Agent", "1.0.0", FIVE_POINT, kras, PLACE, "", team=team, places={"kras": PLACE})


def split(production: str, quality: str, **more: object) -> Role:
    """A template with a figure of production and one of quality that is its pair, as far as they do not total 100."""
    rest = str(100 - Decimal(production) - Decimal(quality))
    kpis = [kpi("made", production, "production", pair_with="good", **more), kpi("good", quality, "quality")]
    return role(kra("work", "100", *kpis, *([kpi("rest", rest, "other")] if Decimal(rest) else [])))


def codes(found: Role) -> list[str]:
    """The codes of what is told of the balance."""
    return [problem.code for problem in balance_problems(found)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(split("60", "40"), [], id="60 % is not too much"),
        pytest.param(split("60.0001", "39.9999"), ["production-heavy"], id="a ten-thousandth more is"),
        pytest.param(split("50", "30"), [], id="30 % is enough"),
        pytest.param(split("50", "29.9999"), ["safeguards-light"], id="a ten-thousandth less is not"),
        pytest.param(split("20", "80", controllability="low"), [], id="20 % may be beyond control"),
        pytest.param(split("20.01", "79.99", controllability="low"), ["beyond-control"], id="more may not"),
        pytest.param(split("30", "70", level=Level.TEAM), ["beyond-control"], id="the team's"),
        pytest.param(split("30", "70", level=Level.COMPANY), ["beyond-control"], id="the company's"),
        pytest.param(
            replace(split("30", "70", level=Level.TEAM), team="direct_reports"), [], id="a lead answers for others"
        ),
        pytest.param(split("80", "20"), ["production-heavy", "safeguards-light"], id="both"),
    ],
)
def test_limits_are_exact(found: Role, expected: list[str]) -> None:
    """A limit that is just reached is no warning, and the least beyond it is."""
    assert codes(found) == expected
    assert {problem.severity for problem in balance_problems(found)} <= {Severity.WARNING}


def test_a_share_is_told_so_that_it_differs_from_the_limit() -> None:
    """The percentage has two decimals, and more where it would look like the limit."""
    told = [problem.message for problem in balance_problems(split("60.0001", "39.9999"))]
    assert told == ["production weighs 60.0001 % of the overall, more than 60 %"]
    told = [problem.message for problem in balance_problems(split("65.127", "34.873"))]
    assert told == ["production weighs 65.13 % of the overall, more than 60 %"]


def test_weights_of_area_and_kpi_are_multiplied() -> None:
    """A KPI weighs its percent of its area's percent; equal shares are exact thirds and not 33.33."""
    thirds = [kpi(f"k{number}", "33.3333", "production") for number in range(3)]
    equal = replace(kra("a", "30", *thirds), equal_kpis=True)
    found = weighed_kpis(role(equal, kra("b", "70", kpi("good", "100", "quality"))))
    assert [one.share for one in found] == [10, 10, 10, 70]


def test_the_category_of_the_area_is_the_default() -> None:
    """A KPI is of its area's category unless it says another."""
    area = kra("work", "100", kpi("made", "50"), kpi("good", "50", "quality"), category="production")
    assert [one.category for one in weighed_kpis(role(area))] == ["production", "quality"]
    assert codes(role(area)) == ["production-unpaired"]


def test_nothing_is_asked_without_categories() -> None:
    """A template that uses no category gets no warning; the first category asks for all."""
    bare = role(kra("work", "100", kpi("made", "100", level=Level.TEAM)))
    assert codes(bare) == []
    one = role(kra("work", "100", kpi("made", "95", level=Level.TEAM), kpi("taught", "5", "development")))
    assert codes(one) == ["safeguards-light", "beyond-control"]
    assert "without a category" in (balance_problems(one)[0].hint or "")


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({"made": "good"}, ["sold"]),
        ({"good": "made", "made": "sold"}, ["sold"]),
        ({"made": "sold", "sold": "made"}, ["made", "sold"]),
        ({"made": "good", "sold": "good"}, []),
        ({"made": "nothing", "sold": "good"}, ["made"]),
        ({"made": "watched", "sold": "good"}, []),
    ],
)
def test_production_needs_a_pair_of_another_kind(pairs: dict[str, str], expected: list[str]) -> None:
    """A pair counts both ways, and only where it is about something else; what is watched needs none."""
    kpis = [kpi("made", "25", "production"), kpi("sold", "25", "production"), kpi("good", "50", "quality")]
    watched = [kpi("watched", "0", "quality", monitor=True), kpi("talk", "0", "production", monitor=True)]
    found = role(kra("work", "100", *(replace(one, pair_with=pairs.get(one.id)) for one in [*kpis, *watched])))
    told = balance_problems(found)
    assert [problem.code for problem in told] == ["production-unpaired"] * len(expected)
    assert [problem.message.split("'")[1] for problem in told] == expected


def test_a_reason_silences_a_warning_and_nothing_else() -> None:
    """What is accepted is not told; what is accepted in vain is."""
    heavy = split("80", "20")
    reason = "Compliance is a gate that caps the whole rating."
    one, other = (Accepted(code, reason, PLACE) for code in ("production-heavy", "beyond-control"))
    assert codes(replace(heavy, accepted=(one,))) == ["safeguards-light"]
    assert codes(replace(heavy, accepted=(one, other))) == ["safeguards-light", "accepted-nothing"]
    bare = role(kra("work", "100", kpi("made", "100")))
    assert codes(replace(bare, accepted=(one,))) == ["accepted-nothing"]


@pytest.mark.parametrize("weights", [("NaN", "100"), ("50", "49")])
def test_wrong_weights_are_told_alone(weights: tuple[str, str]) -> None:
    """Nothing is said about a balance that is not known."""
    found = role(kra("work", "100", kpi("made", weights[0], "production"), kpi("good", weights[1], "quality")))
    assert codes(found) == []


def test_compliance_is_never_relative() -> None:
    """A KPI of compliance, by its own category or its area's, is not scored by comparison; another one there may be."""
    bands = Bands((10.0, 35.0, 65.0, 90.0))
    ranked = Relative(Standing.PERCENTILE, bands, bands, ("role",))
    own = role(kra("work", "100", kpi("kept", "100", "compliance", method=ranked)))
    area = role(kra("work", "100", kpi("kept", "100", method=ranked), category="compliance"))
    other = role(kra("work", "100", kpi("kept", "100", "quality", method=ranked), category="compliance"))
    assert [[one.code for one in rule_problems(found)] for found in (own, area, other)] == [
        ["relative-compliance"],
        ["relative-compliance"],
        [],
    ]


def test_every_balance_rule_says_what_it_is() -> None:
    """The docstring of a rule is its manual."""
    assert [rule.__name__ for rule in BALANCE_RULES if not rule.__doc__] == []

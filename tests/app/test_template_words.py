"""A template in plain words: what a works council reads."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from companies import Company

from appraise.app.kpi_words import KPI_WORDS
from appraise.app.method_words import method_words
from appraise.app.roles import show_role
from appraise.app.rule_words import ADJUSTMENT_WORDS, GATE_WORDS, KRA_WORDS, ROLE_WORDS
from appraise.app.wording import Telling, Wording, bare
from appraise.expr.functions import Workdays, functions_with
from appraise.model.balance import Accepted
from appraise.model.expression import Expression
from appraise.model.members import Members
from appraise.model.method import (
    Bands,
    ByBands,
    Custom,
    Method,
    PassFail,
    PercentOfTarget,
    Rating,
    Relative,
    Shrinkage,
    Standing,
)
from appraise.model.place import Place
from appraise.model.role import (
    FIVE_POINT,
    Adjustment,
    Direction,
    Gate,
    Kpi,
    Kra,
    Level,
    MinSample,
    MinScore,
    Missing,
    Role,
    SeverityCap,
)
from appraise.report.numbers import numbers_for

PLACE = Place("agent.yaml", 3, 5)
RISING = Bands((60.0, 70.0, 78.0, 85.0))
RANGES = Bands(ranges=((80.0, 300.0), (110.0, 260.0), (140.0, 240.0), (170.0, 220.0)))
SAID = Wording(
    functions_with((), Workdays((0, 1, 2, 3, 4), frozenset()))[0], {"calls": "calls made"}, numbers_for("en")
)


def written(text: str, line: int = 3) -> Expression:
    """An expression of the template."""
    return Expression(text, Place("agent.yaml", line, 5))


def kpi(method: Method, direction: Direction = Direction.HIGHER, unit: str = "percent") -> Kpi:
    """A KPI that is scored by the method."""
    return Kpi("kept", "Promises kept", written("calls"), Decimal(50), direction, method, PLACE, unit=unit)


ONE = kpi(ByBands(RISING))
KRA = Kra("work", "Work", Decimal(100), (ONE, replace(ONE, id="broken", title="Promises broken")), PLACE)
ROLE = Role("agent", "Agent", "1.0.0", FIVE_POINT, (KRA,), PLACE, "0" * 64)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            kpi(ByBands(RISING)),
            "2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in between",
        ),
        (
            kpi(ByBands(replace(RISING, scores_lowest_at=40.0))),
            "2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 40 % and below, evenly in between",
        ),
        (
            kpi(ByBands(replace(RISING, step=True)), unit="points"),
            "2 from 60, 3 from 70, 4 from 78, 5 from 85 points; 1 otherwise",
        ),
        (
            kpi(ByBands(Bands((4.0, 2.0, 1.0, 0.5))), Direction.LOWER, "complaints"),
            (
                "2 at 4 or less, 3 at 2 or less, 4 at 1 or less, 5 at 0.5 complaints or less; "
                "1 at 6 and above, evenly in between"
            ),
        ),
        (
            kpi(ByBands(RANGES), Direction.RANGE, "calls"),
            (
                "2 from 80 to 300, 3 from 110 to 260, 4 from 140 to 240, 5 from 170 to 220 calls; "
                "1 up to 50 and from 340 on, evenly in between"
            ),
        ),
        (
            kpi(ByBands(replace(RANGES, scores_lowest_at=20.0)), Direction.RANGE, "calls"),
            (
                "2 from 80 to 300, 3 from 110 to 260, 4 from 140 to 240, 5 from 170 to 220 calls; "
                "1 up to 20 and from 340 on, evenly in between"
            ),
        ),
        (
            kpi(PercentOfTarget(RISING, 120.0), unit="currency"),
            (
                "by the percent of the target that is reached, counted up to 120 %: "
                "2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in between"
            ),
        ),
        (
            kpi(PercentOfTarget(RISING), Direction.LOWER),
            (
                "by the percent of the target, turned round (100 % is on target, 110 % a tenth less than it), counted "
                "up to 150 %: "
                "2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in between"
            ),
        ),
        (kpi(PassFail(at_most=0.0), unit="days"), "5 where it is at most 0 days; 1 where not"),
        (kpi(PassFail(at_least=95.0)), "5 where it is at least 95 %; 1 where not"),
        (kpi(PassFail(when=written("calls > 3"))), "5 where calls made is above 3; 1 where not"),
        (kpi(Rating()), "the value is the score, from 1 to 5"),
        (kpi(Custom("seed_table", {"row": 3.0})), "by the scorer 'seed_table' of a plugin (row 3)"),
        (kpi(Custom("seed_table")), "by the scorer 'seed_table' of a plugin"),
        (
            kpi(Relative(Standing.PERCENTILE, Bands((10.0, 35.0, 65.0, 90.0)), RISING, ("role", "team"))),
            (
                "by its rank among those of the same role and team, in percent of them that it is better "
                "than, ties half: "
                "2 from 10 %, 3 from 35 %, 4 from 65 %, 5 from 90 %; 1 at −15 % and below, evenly in between. "
                "With fewer than 20 of them by the value itself: "
                "2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in between"
            ),
        ),
        (
            kpi(Relative(Standing.Z_SCORE, Bands((-1.5, -0.5, 0.5, 1.5)), RISING, ("person.grade",), 30)),
            (
                "by how many standard deviations it is better than the mean of those of the same grade, "
                "2 at most either way: "
                "2 from −1.5, 3 from −0.5, 4 from 0.5, 5 from 1.5; 1 at −2.5 and below, evenly in between. "
                "With fewer than 30 of them by the value itself: "
                "2 from 60 %, 3 from 70 %, 4 from 78 %, 5 from 85 %; 1 at 50 % and below, evenly in between"
            ),
        ),
    ],
)
def test_every_method_has_words(one: Kpi, words: str) -> None:
    """How a value becomes a score is told with all its numbers, also those that the template leaves to the engine."""
    assert method_words(one, FIVE_POINT, SAID) == words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "Promises kept", "Promises kept"),
        ("weight", Decimal("12.5"), "12.5 % of its area"),
        ("monitor", True, "watched only, never scored"),
        ("monitor", False, ""),
        ("applies_when", written("person.region == 'North'"), "the person's region is North"),
        ("applies_when", None, ""),
        ("level", Level.TEAM, "the whole team's"),
        ("level", Level.COMPANY, "the whole company's"),
        ("level", Level.PERSON, ""),
        (
            "formula",
            written("100 * calls / prev.calls"),
            "100 times calls made, divided by calls made in the period before",
        ),
        ("formula", written("100 * ("), "100 * ("),
        ("unit", "percent", "in percent"),
        ("unit", "currency", "an amount of money"),
        ("unit", "number", ""),
        ("decimals", 0, "rounded to a whole number first"),
        ("decimals", 1, "rounded to 1 decimal first"),
        ("decimals", 3, "rounded to 3 decimals first"),
        ("direction", Direction.RANGE, "a range is best"),
        ("target", "target.sales_made", "sales made"),
        ("target", None, ""),
        ("max_score", 4.0, "its score is 4 at most"),
        (
            "min_score",
            MinScore(4.0, written("calls >= 95"), "Held at 4."),
            "its score is 4 at least where calls made is at least 95. Held at 4.",
        ),
        ("min_sample", MinSample(written("calls"), 20.0), "scored only where calls made is at least 20"),
        ("missing", Missing.EXCLUDE, "it is left out, and its weight goes to the others of the area"),
        (
            "missing",
            Missing.LOWEST_SCORE,
            "it scores 1, but not where the whole source was not delivered or is out of date",
        ),
        ("missing", Missing.FAIL_RUN, "the result is held back until the data are there"),
        ("missing", Missing.MANUAL, "the result waits until a value is entered by hand"),
        ("success_when_empty", True, "nothing to count (0 of 0) scores 5"),
        ("success_when_empty", False, ""),
        ("pair_with", "broken", "“Promises broken”: where one of the two is good and the other poor, both say so"),
        ("controllability", "high", ""),
        ("controllability", "low", "the person can hardly influence it"),
        (
            "shrinkage",
            Shrinkage(written("calls"), 50.0, 60.0),
            "drawn towards 60 %, as if 50 more of calls made had come to that: few cases alone say little",
        ),
        (
            "shrinkage",
            Shrinkage(written("calls"), 50.0),
            (
                "drawn towards the value of everybody on the role, as if 50 more of calls made had come to that: few "
                "cases alone say little"
            ),
        ),
        ("by_month", True, "the mean of the values of the months"),
        ("category", "quality", "about quality: how well it is done"),
        ("category", "", ""),
        (
            "members",
            Members("overall", "median"),
            (
                "the median overall of the team's members, weighted by their days in the team; there is none with "
                "fewer than 3 of them"
            ),
        ),
        (
            "members",
            Members("kpi.call_quality", "share_at_or_above", 3.5, 5),
            (
                "the percent of the team's members whose score in call quality is at least 3.5, weighted by their "
                "days in the team; there is none with fewer than 5 of them"
            ),
        ),
    ],
)
def test_every_key_of_a_kpi_has_words(field: str, value: object, words: str) -> None:
    """A key says its rule; a key that changes nothing says nothing."""
    assert KPI_WORDS[field](Telling(replace(ONE, **{field: value}), ROLE, SAID)) == words


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        (
            Gate("calm", written("calls > 3"), "overall", 2.0, "Be calm.", PLACE, written("person.site == 'A'")),
            {
                "says": "Be calm.",
                "when": "calls made is above 3",
                "applies_when": "the person's site is A",
                "caps": "the overall",
                "cap_at": "at 2 at most",
            },
        ),
        (
            Gate(
                "calm",
                written("calls > 3"),
                "kra.work",
                float("nan"),
                "Be calm.",
                PLACE,
                severity=written("calls"),
                caps_by_severity=(SeverityCap(1.0, 3.0, PLACE), SeverityCap(2.0, 1.0, PLACE)),
                open_when=written("team.calls > 1"),
                says_open="Under inquiry.",
            ),
            {
                "says": "Be calm.",
                "when": "calls made is above 3",
                "caps": "the area “Work”",
                "cap_at": "by how severe it is",
                "severity": "calls made",
                "caps_by_severity": "at 3 from severity 1 on, at 1 from severity 2 on",
                "open_when": "the team's calls made is above 1",
                "says_open": "Under inquiry.",
            },
        ),
    ],
    ids=["plain", "by severity"],
)
def test_every_key_of_a_gate_has_words(gate: Gate, words: dict[str, str]) -> None:
    """A gate tells what it caps, at what, when, and for whom."""
    told = {name: said(Telling(gate, ROLE, SAID)) for name, said in GATE_WORDS.items()}
    assert {name: text for name, text in told.items() if text} == words


@pytest.mark.parametrize(
    ("method", "words"), [(PassFail(at_most=0.0), ""), (Custom("x"), ""), (Rating(), "more is better")]
)
def test_a_test_needs_no_direction(method: Method, words: str) -> None:
    """What passes a test is good, whichever way it goes."""
    assert KPI_WORDS["direction"](Telling(kpi(method), ROLE, SAID)) == words


def test_adjustments_areas_and_the_template_have_words() -> None:
    """Points have their sign, an area its weight and its roll-up, the template its scale and its limits."""
    malus = Adjustment("late", written("calls < 1"), Decimal("-0.1"), "Came late.", PLACE)
    assert ADJUSTMENT_WORDS["add"](Telling(malus, ROLE, SAID)) == "−0.1 points"
    assert ADJUSTMENT_WORDS["add"](Telling(replace(malus, add=Decimal("0.25")), ROLE, SAID)) == "+0.25 points"
    assert KRA_WORDS["weight"](Telling(KRA, ROLE, SAID)) == "100 % of the overall"
    assert KRA_WORDS["rollup"](Telling(replace(KRA, rollup="worst"), ROLE, SAID)) == "the lowest score of its KPIs"
    assert ROLE_WORDS["scale"](Telling(ROLE, ROLE, SAID)) == (
        "from 1 to 5: Unacceptable from 1, Needs improvement from 1.5, Meets from 2.5, Exceeds from 3.5, "
        "Outstanding from 4.5"
    )
    dated = replace(ROLE, effective="2026-07-01")
    assert ROLE_WORDS["effective"](Telling(dated, dated, SAID)) == "1 July 2026"
    assert ROLE_WORDS["min_coverage"](Telling(ROLE, ROLE, SAID)) == "60 % of the weight must be scored"


def test_what_is_accepted_has_words() -> None:
    """A warning that is meant to be so is told with its reason; one that could not be read breaks nothing."""
    accepted = (Accepted("production-heavy", "A gate caps the rating.", PLACE), Accepted("", "Unread.", PLACE))
    role = replace(ROLE, accepted=accepted)
    assert ROLE_WORDS["accepted"](Telling(role, role, SAID)) == (
        "production weighs more than usual: A gate caps the rating; : Unread"
    )


@pytest.mark.parametrize(
    ("noun", "words", "without"),
    [
        (Kpi, KPI_WORDS, {"id", "place", "places"}),
        (Kra, KRA_WORDS, {"id", "place", "places", "kpis", "equal_kpis"}),
        (Gate, GATE_WORDS, {"id", "place", "places"}),
        (Adjustment, ADJUSTMENT_WORDS, {"id", "place", "places"}),
        (
            Role,
            ROLE_WORDS,
            {
                "id", "place", "places", "sha256", "language", "edition", "kras", "gates", "adjustments", "examples",
                "equal_kras",
            },
        ),
    ],
    ids=["KPI", "area", "gate", "adjustment", "template"],
)  # fmt: skip
def test_no_key_is_without_words(noun: type, words: dict[str, object], without: set[str]) -> None:
    """A key that a template can have is told: who adds one adds its function to the table."""
    assert {field.name for field in fields(noun)} - set(words) == without


def test_where_a_rule_stands_is_no_part_of_it() -> None:
    """Two templates say the same where only lines and columns differ."""
    gate = Gate("calm", written("calls > 3"), "overall", 2.0, "Be calm.", PLACE)
    assert bare(gate) == bare(replace(gate, when=written("calls > 3", 9), place=Place("b.yaml", 7)))
    assert bare(gate) != bare(replace(gate, when=written("calls > 4")))
    assert bare(ONE) != bare(replace(ONE, method=ByBands(replace(RISING, step=True))))


def test_a_template_is_told_whole(shop: Company) -> None:
    """Areas with their KPIs, gates, adjustments and examples stand in the order of the file."""
    told = show_role(shop.asked(), "agent").told

    assert told is not None
    assert [(area.id, [one.id for one in area.parts]) for area in told.kras] == [
        ("results", ["promise_kept", "calls"]),
        ("quality", ["audit_score"]),
    ]
    assert (told.gates, told.adjustments) == ((), ())
    (example,) = told.examples
    assert example.words["given"].startswith("promises kept = 49, promises due = 64, calls made = 1,840")
    assert "Calls made 4.80" in example.words["expect"]
    assert "_" not in "".join(text for area in told.kras for kpi in area.parts for text in kpi.words.values())

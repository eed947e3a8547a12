"""What the worked examples of a template reach, and what they leave out."""

from __future__ import annotations

import pytest
from companies import Company

from appraise.app.cases import Case
from appraise.app.check import check
from appraise.app.coverage import Coverage, below, percent_reached

AGENT = "templates/roles/agent.yaml"

TEMPLATE = """\
language: 1
role: agent
title: Agent
version: 1.0.0
kras:
  - id: work
    title: Work
    weight: 100
    kpis:
      - id: one
        title: The one KPI
        decimals: 0
        weight: 100
        {kpi}
{rest}
examples:
{examples}
"""
BANDS = "direction: higher\n        score: {bands: [60, 70, 80, 90]}"


def covered(company: Company, kpi: str, *given: str, rest: str = "") -> Coverage:
    """The coverage of a template with one KPI, by examples that give this, whatever comes out of them."""
    examples = "\n".join(
        f"  - {{name: case {number}, given: {{{one}}}, expect: {{coverage: 100}}}}" for number, one in enumerate(given)
    )
    text = TEMPLATE.format(kpi=kpi, rest=rest, examples=examples or "  []")
    company.write(AGENT, text)
    answer = check(company.asked(), with_data=False, with_coverage=True)
    assert {problem.code for problem in answer.problems if problem.is_error} <= {"example-fails"}
    (found,) = (one for one in answer.coverage or () if one.role.id == "agent")
    return found


def missing(found: Coverage) -> list[str]:
    """The cases that no example reaches, as `one band 4`."""
    return [f"{case.id} {case.kind} {case.what}" for case in found.missing]


def bands(*numbers: int) -> list[str]:
    """The bands of the KPI, as `missing` writes them."""
    return [f"one band {number}" for number in numbers]


def test_nobody_asks_for_it(shop: Company) -> None:
    """A check without the switch says nothing about what examples reach."""
    assert check(shop.asked(), with_data=False).coverage is None


def test_every_band_is_a_case(shop: Company) -> None:
    """A KPI with bands has a case for each score of the scale, and an example reaches the one that its value is in."""
    kpi = f"formula: calls_made\n        {BANDS}"
    found = covered(shop, kpi, "calls_made: 59", "calls_made: 89", "calls_made: 75", "calls_made: null")
    assert (found.total, found.reached, missing(found)) == (6, 4, bands(2, 5))


def test_without_examples_nothing_is_reached(shop: Company) -> None:
    """A template without examples reaches none of its cases."""
    found = covered(shop, f"formula: calls_made\n        {BANDS}")
    assert (found.total, found.reached) == (6, 0)


@pytest.mark.parametrize(
    ("kpi", "cases"),
    [
        (f"formula: calls_made\n        {BANDS}", ["no_data"]),
        (f"formula: working_days\n        {BANDS}", []),
        (
            f"formula: 100 * promises_kept / promises_due\n        success_when_empty: false\n        {BANDS}",
            ["no_data", "zero_denominator"],
        ),
        (f"formula: 100 * promises_kept / max(promises_due, 1)\n        {BANDS}", ["no_data"]),
        (f"formula: promises_kept / 2\n        {BANDS}", ["no_data"]),
        (
            f"formula: calls_made\n        min_sample: {{of: promises_due, at_least: 5}}\n        {BANDS}",
            ["no_data", "insufficient_sample"],
        ),
        (f"formula: calls_made\n        applies_when: calls_made > 3\n        {BANDS}", ["no_data", "not_applicable"]),
        (f"formula: calls_made\n        max_score: 5\n        {BANDS}", ["no_data", "max_score"]),
        (
            f"formula: calls_made\n        min_score: {{score: 3, when: audit_score > 9, says: Up.}}\n        {BANDS}",
            ["no_data", "min_score"],
        ),
    ],
    ids=["plain", "days", "ratio", "safe ratio", "half", "sample", "applies", "ceiling", "floor"],
)
def test_every_way_without_a_value_is_a_case(kpi: str, cases: list[str], shop: Company) -> None:
    """What a KPI can lack follows from its formula and its keys."""
    found = covered(shop, kpi)
    assert [case.what for case in found.missing if case.kind != "band"] == cases


@pytest.mark.parametrize(
    ("key", "given", "reached"),
    [
        ("missing: exclude", "promises_due: 0, promises_kept: 0", "zero_denominator"),
        ("success_when_empty: true", "promises_due: 0, promises_kept: 0", "zero_denominator"),
        ("missing: exclude", "promises_due: 0, promises_kept: 3", "zero_denominator"),
        ("missing: lowest_score", "promises_due: 4", "no_data"),
        ("missing: fail_run", "promises_due: 4", "no_data"),
        ("missing: manual", "promises_due: 4", "no_data"),
    ],
)
def test_a_policy_hides_no_way(key: str, given: str, reached: str, shop: Company) -> None:
    """A way without a value is reached whatever the template then makes of it; it reaches no band."""
    kpi = f"formula: 100 * promises_kept / promises_due\n        {key}\n        {BANDS}"
    found = covered(shop, kpi, given)
    assert Case("missing_data", "one", reached) not in found.missing
    assert found.reached == 1


@pytest.mark.parametrize(
    ("kpi", "left"),
    [
        ("formula: calls_made\n        score: {pass_fail: {at_least: 3}}", bands(1, 5)),
        ("formula: calls_made\n        score: rating", bands(1, 2, 3, 4, 5)),
        (f"formula: calls_made\n        max_score: 3\n        {BANDS}", bands(1, 2, 3)),
    ],
    ids=["pass or fail", "rating", "ceiling"],
)
def test_only_bands_that_can_be_reached_are_cases(kpi: str, left: list[str], shop: Company) -> None:
    """A test that is passed or failed has two levels, and a ceiling cuts those above it off."""
    assert [case for case in missing(covered(shop, kpi)) if " band " in case] == left


def test_the_rules_around_a_score_are_cases(shop: Company) -> None:
    """A ceiling is reached where it holds a score down, a floor where it lifts one; a lifted score reaches no band."""
    kpi = (
        "formula: calls_made\n        max_score: 4\n"
        f"        min_score: {{score: 3, when: audit_score > 9, says: Good.}}\n        {BANDS}"
    )
    found = covered(shop, kpi, "calls_made: 95", "calls_made: 1, audit_score: 10")
    assert missing(found) == [*bands(1, 2, 3), "one missing_data no_data"]


def test_what_is_watched_only_has_no_cases(shop: Company) -> None:
    """A monitored KPI is never scored, so nothing about it needs an example."""
    watched = (
        f"formula: calls_made\n        {BANDS}\n"
        "      - {id: two, title: Two, formula: audit_score, monitor: true, weight: 0, direction: higher, "
        "score: {bands: [60, 70, 80, 90]}}"
    )
    assert {case.id for case in covered(shop, watched).missing} == {"one"}


def test_gates_and_adjustments_have_cases(shop: Company) -> None:
    """A gate can pass, fail, be unknown and, where it says whom it is about, not apply; an adjustment can apply."""
    rest = (
        "gates:\n"
        "  - {id: calm, when: audit_score < 1, cap_at: 2, says: Calm.}\n"
        "  - {id: kept, when: promises_kept < 1, applies_when: promises_due > 0, cap_at: 2, says: Kept.}\n"
        "adjustments:\n  - {id: mentor, when: calls_made > 90, add: 0.1, says: Mentor.}"
    )
    kpi = f"formula: calls_made\n        {BANDS}"
    nothing = covered(shop, kpi, rest=rest)
    assert [one for one in missing(nothing) if one[:3] != "one"] == [
        "calm gate pass",
        "calm gate fail",
        "calm gate unknown",
        "kept gate pass",
        "kept gate fail",
        "kept gate unknown",
        "kept gate not_applicable",
        "mentor adjustment applied",
    ]
    some = covered(shop, kpi, "audit_score: 0, promises_due: 0, promises_kept: 0, calls_made: 91", rest=rest)
    assert [one for one in missing(some) if one[:3] != "one"] == [
        "calm gate pass",
        "calm gate unknown",
        "kept gate pass",
        "kept gate fail",
        "kept gate unknown",
    ]


def test_severities_and_allegations_are_cases(shop: Company) -> None:
    """Each severity at which a cap begins wants an example that fails there, and an open allegation one that has it."""
    rest = (
        "gates:\n  - {id: calm, when: promises_kept > 0, severity: audit_score, says: Calm., says_open: Open., "
        "open_when: promises_due > 0, caps_by_severity: [{from: 1, cap_at: 4}, {from: 2, cap_at: 3}]}\n"
    )
    kpi = f"formula: calls_made\n        {BANDS}"
    every = ["pass", "fail", "unknown", "open", "1", "2"]
    assert [case.what for case in covered(shop, kpi, rest=rest).missing if case.id == "calm"] == every
    some = covered(shop, kpi, "promises_kept: 1, promises_due: 1, audit_score: 1.5", rest=rest)
    assert [case.what for case in some.missing if case.id == "calm"] == ["pass", "unknown", "2"]


def test_a_template_with_a_mistake_is_left_out(shop: Company) -> None:
    """What cannot be scored has no coverage; its mistake is told as ever."""
    shop.edit(AGENT, "formula: calls_made", "formula: calls_maed")

    answer = check(shop.asked(), with_data=False, with_coverage=True)

    assert [problem.code for problem in answer.problems if problem.is_error] == ["unknown-name"]
    assert answer.coverage == ()


def test_templates_below_the_floor_are_problems(shop: Company) -> None:
    """Who asks for a share gets a problem at each template below it; the share itself is enough."""
    kpi = f"formula: calls_made\n        {BANDS}"
    half = covered(shop, kpi, "calls_made: 59", "calls_made: 89", "calls_made: 75")

    assert below([half], 50) == ()
    (problem,) = below([half], 50.1)
    assert (problem.place.file, problem.code) == (AGENT, "examples-reach-too-little")
    assert problem.message == "role 'agent': its examples reach 50 % of its cases, fewer than the 50.1 % asked for"


def test_every_version_of_a_template_has_its_own(shop: Company) -> None:
    """A version that begins later is told beside the one of the first day, by its key."""
    later = shop.text(AGENT).replace("version: 1.0.0", "version: 2.0.0\neffective: 2026-08-15")
    shop.write("templates/roles/later.yaml", later.partition("examples:\n")[0])

    answer = check(shop.asked(), with_data=False, with_coverage=True)

    assert [(one.role.key, one.reached) for one in answer.coverage or ()] == [("agent", 3), ("agent@2.0.0", 0)]


def test_a_share_is_rounded_down(shop: Company) -> None:
    """100 percent means all of it, and a workspace without templates lacks nothing."""
    kpi = f"formula: calls_made\n        {BANDS}"
    found = covered(shop, kpi, *(f"calls_made: {value}" for value in (59, 65, 75, 85, 95)))
    assert (found.reached, found.total, percent_reached([found])) == (5, 6, 83)
    assert percent_reached([]) == 100

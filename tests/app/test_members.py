"""KPIs of leads that are made of the scores of their team, from the files to the pack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from companies import Company

from appraise.app.appraisals import appraisals_of
from appraise.app.bundled import schema_text
from appraise.app.check import check
from appraise.app.coverage import coverage_of
from appraise.app.template_words import template_words
from appraise.app.trace import trace_of
from appraise.app.wording import wording_of
from appraise.cli.tree import explanation_tree
from appraise.documents.schema import load_schema, schema_problems
from appraise.documents.text import parse_document
from appraise.report.members import members_in_words
from appraise.report.numbers import numbers_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from appraise.model.outcome import Appraisal, KpiScore

WORKSPACE = """\
company: Small
period: 2026-Q3
people:
  source: people
  columns: {id: id, name: name, role: job, manager: manager, team: team, from: first, to: last}
  roles: {Agent: agent, Clerk: clerk, Lead: lead, Head: head}
sources:
  people: data/people.csv
  marks: {path: data/marks.csv, person: id}
"""
AGENT = """\
role: agent
title: Agent
version: 1.0.0
kras:
  - id: work
    title: Work
    weight: 100
    kpis:
      - {id: quality, title: Quality, formula: quality, weight: 100, score: rating}
"""
LEAD = """\
role: lead
title: Lead
version: 1.0.0
team: TEAM
kras:
  - id: people
    title: People
    weight: 100
    kpis:
      - id: team_rating
        title: Rating of the team
        members: MEMBERS
        direction: higher
        weight: 100
        score: SCORE
"""
MEDIAN = "{of: overall, as: median}"
GOOD = "{of: kpi.quality, as: share_at_or_above, at_least: 3}"
ALL = "2020-01-01,"
SINCE_SEPTEMBER, UNTIL_AUGUST = "2026-09-01,", "2020-01-01,2026-08-31"


def lead_of(members: str = MEDIAN, team: str = "direct_reports", score: str = "rating", role: str = "lead") -> str:
    """A template of leads with the one KPI."""
    text = LEAD.replace("role: lead\n", f"role: {role}\n")
    return text.replace("MEMBERS", members).replace("TEAM", team).replace("SCORE", score)


def company_of(
    root: Path, people: Iterable[tuple[str, str, str, str]], marks: dict[str, float | None], **templates: str
) -> Company:
    """A company of people (id, job, manager, days) in the team A, with the marks that are their ratings."""
    made = Company(root)
    made.write("appraise.yaml", WORKSPACE)
    rows = [f"{who},Name of {who},{job},{manager},A,{days}" for who, job, manager, days in people]
    made.write("data/people.csv", "\n".join(["id,name,job,manager,team,first,last", *rows]) + "\n")
    known = [f"{who},{'' if mark is None else mark}" for who, mark in marks.items()]
    made.write("data/marks.csv", "\n".join(["id,quality", *known]) + "\n")
    texts = {
        "agent": AGENT,
        "clerk": AGENT.replace("agent", "clerk")
        .replace("quality", "speed")
        .replace("speed, weight", "quality, weight"),
        "lead": lead_of(),
        "head": AGENT.replace("agent", "head"),
        **templates,
    }
    for name, text in texts.items():
        made.write(f"templates/roles/{name}.yaml", text)
    return made


def team_of(marks: dict[str, float | None], days: str = ALL) -> list[tuple[str, str, str, str]]:
    """A lead L1 with an agent for each mark."""
    return [("L1", "Lead", "", ALL), *((who, "Agent", "L1", days) for who in marks)]


def figures_of(company: Company) -> dict[str, KpiScore]:
    """The first KPI of everybody, of whom the company in columns and one person in plain numbers say the same."""
    scores, problems = company.scores()
    rated = {row["person"]: (row["status"], row["overall"]) for row in scores.results.people.iter_rows(named=True)}
    people = {one.person.id: one for one in appraisals_of(scores, problems)}
    assert {who: (one.status, one.overall) for who, one in people.items()} == rated
    return {who: one.segments[-1].kras[0].kpis[0] for who, one in people.items()}


def figure_of(company: Company, person: str = "L1") -> KpiScore:
    """The KPI of a lead."""
    return figures_of(company)[person]


@pytest.mark.parametrize(
    ("marks", "value"),
    [([1, 2, 3], 2.0), ([1, 2, 4, 5], 3.0), ([4.11, 4.12, 4.11, 4.12], 4.12), ([3.5, 3.5, 3.5], 3.5)],
)
def test_a_median_is_the_middle_score_or_the_mean_of_the_two(tmp_path: Path, marks: list[float], value: float) -> None:
    """Equal days: the middle one of an odd number, the mean of the middle two of an even one, half a hundredth up."""
    known: dict[str, float | None] = {f"A{place}": mark for place, mark in enumerate(marks)}
    kpi = figure_of(company_of(tmp_path, team_of(known), known))
    assert (kpi.status, kpi.value, kpi.score, kpi.sample) == ("ok", value, value, len(marks))


def test_members_weigh_their_days_in_the_team(tmp_path: Path) -> None:
    """Two who were there for a month of three do not outweigh one who was there all along; leavers count, too."""
    people = [
        ("L1", "Lead", "", ALL),
        ("L2", "Lead", "", ALL),
        ("A1", "Agent", "L1", ALL),
        ("A2", "Agent", "L1", "2020-01-01,2026-07-31"),
        ("A2", "Agent", "L2", "2026-08-01,"),
        ("A3", "Agent", "L2", "2020-01-01,2026-08-31"),
        ("A3", "Agent", "L1", "2026-09-01,"),
        ("A4", "Agent", "L1", UNTIL_AUGUST),
    ]
    marks: dict[str, float | None] = {"A1": 5.0, "A2": 1.0, "A3": 1.0, "A4": 4.0}
    kpi = figure_of(company_of(tmp_path, people, marks))
    # Working days: A1 66, A2 23, A3 22, A4 44; of 155 half is 77.5, which 1.00 (45) and 4.00 (89) reach.
    assert (kpi.value, kpi.sample) == (4.0, 4.0)
    assert kpi.members is not None
    assert kpi.members.days == 155


def test_a_share_is_of_the_days(tmp_path: Path) -> None:
    """The percent of the days whose person has at least that score; the score itself is at or above."""
    people = [*team_of({"A1": 3.0, "A2": 2.99}), ("A3", "Agent", "L1", UNTIL_AUGUST)]
    marks: dict[str, float | None] = {"A1": 3.0, "A2": 2.99, "A3": 4.0}
    score = "{bands: [50, 60, 70, 80]}"
    kpi = figure_of(company_of(tmp_path, people, marks, lead=lead_of(GOOD, score=score)))
    # 66 + 44 of 176 working days.
    assert (kpi.value, kpi.unit, kpi.score) == (62.5, "percent", 3.25)


def test_the_lead_is_no_member_of_the_own_team(tmp_path: Path) -> None:
    """In `same_team` the lead has the same team, and a second lead without reports is no member of it with a score."""
    marks: dict[str, float | None] = {"A1": 1.0, "A2": 2.0, "A3": 3.0}
    kpi = figure_of(company_of(tmp_path, team_of(marks), marks, lead=lead_of(team="same_team")))
    assert (kpi.value, kpi.sample) == (2.0, 3.0)


def test_only_people_with_the_score_count(tmp_path: Path) -> None:
    """Who has no rating, or is too new for one, is no member that counts."""
    marks: dict[str, float | None] = {"A1": 1.0, "A2": 2.0, "A3": 3.0, "A4": None, "A5": 5.0}
    people = [*team_of({"A1": 0, "A2": 0, "A3": 0, "A4": 0}), ("A5", "Agent", "L1", "2026-09-20,")]
    kpi = figure_of(company_of(tmp_path, people, marks))
    assert (kpi.value, kpi.sample) == (2.0, 3.0)


def test_with_too_few_members_nothing_is_told_but_their_number(tmp_path: Path) -> None:
    """Two of three needed are an insufficient sample, and no score of theirs stands anywhere in the result."""
    marks: dict[str, float | None] = {"A1": 3.21, "A2": 3.21}
    company = company_of(tmp_path, team_of(marks), marks)
    kpi = figure_of(company)
    assert (kpi.status, kpi.shown, kpi.value, kpi.steps[0].value) == ("insufficient_sample", "2 of 3", None, None)
    assert kpi.members is not None
    assert (kpi.members.members, kpi.members.days, kpi.members.value) == (2, None, None)
    assert "3.21" not in repr(company.appraisals()["L1"])
    enough = "{of: overall, as: median, at_least_members: 2}"
    company.write("templates/roles/lead.yaml", lead_of(enough))
    assert figure_of(company).value == 3.21


def test_nobody_in_the_team_is_none_of_three(tmp_path: Path) -> None:
    """A lead without a team has no figure, and the KPI says so."""
    kpi = figure_of(company_of(tmp_path, [("L1", "Lead", "", ALL)], {}))
    assert (kpi.status, kpi.shown) == ("insufficient_sample", "0 of 3")


def test_members_on_several_templates_are_put_together(tmp_path: Path) -> None:
    """Agents and clerks count for `overall`; for a KPI that only agents have, agents alone."""
    marks: dict[str, float | None] = {"A1": 1.0, "A2": 2.0, "A3": 3.0}
    people = [*team_of(marks), ("C1", "Clerk", "L1", ALL), ("C2", "Clerk", "L1", ALL)]
    known = {**marks, "C1": 5.0, "C2": 5.0}
    company = company_of(tmp_path, people, known)
    assert figure_of(company).value == 3.0
    company.write("templates/roles/lead.yaml", lead_of("{of: kpi.quality, as: median}"))
    assert figure_of(company).value == 2.0
    company.write("templates/roles/lead.yaml", lead_of("{of: kra.work, as: median}"))
    assert figure_of(company).value == 3.0


def test_leads_of_leads_wait_for_them(tmp_path: Path) -> None:
    """A head's figure is made of the leads' ratings, which are made of those of the agents."""
    people = [("H1", "Head", "", ALL)]
    marks: dict[str, float | None] = {}
    for lead in ("L1", "L2", "L3"):
        people.append((lead, "Lead", "H1", ALL))
        for place in range(3):
            who = f"{lead}A{place}"
            people.append((who, "Agent", lead, ALL))
            marks[who] = float(lead[1]) + place
    company = company_of(tmp_path, people, marks, head=lead_of(role="head"))
    found = figures_of(company)
    assert [found[lead].value for lead in ("L1", "L2", "L3", "H1")] == [2.0, 3.0, 4.0, 3.0]
    company.write("templates/roles/head.yaml", lead_of(team="all_reports", role="head"))
    assert figure_of(company, "H1").sample == 12


def test_a_circle_of_templates_is_refused(tmp_path: Path) -> None:
    """A lead with a member on the same template is blocked and the templates are named; other leads are rated."""
    marks: dict[str, float | None] = {"A1": 1.0, "A2": 2.0, "A3": 3.0}
    people = [*team_of(marks), ("L2", "Lead", "", ALL), ("L3", "Lead", "L2", ALL)]
    company = company_of(tmp_path, people, marks)
    scores, problems = company.scores()
    told = {row["person"]: row["status"] for row in scores.results.people.iter_rows(named=True)}
    assert (told["L1"], told["L2"]) == ("rated", "blocked")
    kpi = figure_of(company, "L2")
    assert (kpi.status, kpi.reason, kpi.value) == ("error", "circular_members", None)
    assert [problem.message for problem in problems if problem.code == "circular-members"] == [
        "role 'lead': KPI 'team_rating' rolls up the scores of members on the same template"
    ]


def test_two_templates_that_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    """Heads manage leads, and a lead manages a head: both are told."""
    people = [("H1", "Head", "L1", ALL), ("L1", "Lead", "H1", ALL)]
    company = company_of(tmp_path, people, {}, head=lead_of(role="head"))
    _, problems = company.scores()
    assert sorted(problem.message for problem in problems if problem.code == "circular-members") == [
        "role 'head': KPI 'team_rating' rolls up the scores of members on 'lead', whose scores need this one",
        "role 'lead': KPI 'team_rating' rolls up the scores of members on 'head', whose scores need this one",
    ]


def test_who_became_the_lead_counts_with_the_days_as_a_member(tmp_path: Path) -> None:
    """The old lead's team has the new lead as the agent of these days, and nobody waits for anybody."""
    people = [
        ("L1", "Lead", "", "2020-01-01,2026-08-14"),
        ("A1", "Agent", "L1", "2020-01-01,2026-08-14"),
        ("A1", "Lead", "", "2026-08-15,"),
        *((who, "Agent", "L1", "2020-01-01,2026-08-14") for who in ("A2", "A3")),
        *((who, "Agent", "A1", "2026-08-15,") for who in ("A2", "A3")),
    ]
    marks: dict[str, float | None] = {"A1": 5.0, "A2": 2.0, "A3": 3.0}
    company = company_of(tmp_path, people, marks)
    _, problems = company.scores()
    assert [problem.code for problem in problems if problem.is_error] == []
    found = figures_of(company)
    assert (found["L1"].value, found["L1"].sample) == (3.0, 3.0)
    later = found["A1"]
    assert (later.status, later.shown) == ("insufficient_sample", "2 of 3")


def test_members_on_another_scale_are_refused(tmp_path: Path) -> None:
    """Scores of a scale with other ends are never mixed."""
    marks: dict[str, float | None] = {"A1": 1.0, "A2": 2.0, "A3": 3.0}
    scale = "scale: three\n"
    company = company_of(tmp_path, team_of(marks), marks, agent=AGENT.replace("kras:", f"{scale}kras:"))
    labels = "[{from: 1, label: Low}, {from: 2, label: Fair}, {from: 3, label: Good}]"
    company.write("appraise.yaml", f"{WORKSPACE}scales:\n  three: {{lowest: 1, highest: 3, labels: {labels}}}\n")
    kpi = figure_of(company)
    assert (kpi.status, kpi.reason) == ("error", "members_scales_differ")


def test_explanation_names_no_member(tmp_path: Path) -> None:
    """The tree says how many colleagues there are, what they weigh and the figure; and nobody's name or score."""
    marks: dict[str, float | None] = {"A1": 1.11, "A2": 2.0, "A3": 3.33}
    one = company_of(tmp_path, team_of(marks), marks).appraisals()["L1"]
    text = said(one)
    assert "median of the overall of 3 colleagues, weighted by their 198 working days in the team: 2.00" in text
    assert not any(word in text + repr(one) for word in ("1.11", "3.33", "Name of A"))


def test_the_trace_of_a_lead_keeps_the_schema(tmp_path: Path) -> None:
    """What is told of the members is described in the published schema of traces."""
    marks: dict[str, float | None] = {"A1": 1.0, "A2": 2.0, "A3": 3.0}
    one = company_of(tmp_path, team_of(marks), marks).appraisals()["L1"]
    document, problems = parse_document(json.dumps(trace_of(one), indent=1), "trace.json")
    assert problems == []
    assert document is not None
    assert schema_problems(document, load_schema(schema_text("trace")), lambda _: "") == []


def said(one: Appraisal) -> str:
    """The explanation of a result as text."""
    found, waiting = [], [explanation_tree(one)]
    while waiting:
        branch = waiting.pop(0)
        found.append(str(branch.label))
        waiting += branch.children
    return "\n".join(found)


def test_words_of_a_share_and_of_too_few(tmp_path: Path) -> None:
    """A share says of which score, and a team that is too small says how many are needed."""
    marks: dict[str, float | None] = {"A1": 3.0, "A2": 2.0, "A3": 4.0}
    score = "{bands: [50, 60, 70, 80]}"
    company = company_of(tmp_path, team_of(marks), marks, lead=lead_of(GOOD, score=score))
    words = members_in_words(figure_of(company), numbers_for("en"))
    assert words == (
        "of 3 colleagues, weighted by their 198 working days in the team, 66.67% have a score in quality of at least 3"
    )
    few = company_of(tmp_path / "few", team_of({"A1": 3.0}), {"A1": 3.0})
    assert members_in_words(figure_of(few), numbers_for("en")) == "1 colleague has an overall, and 3 are needed"


def problems_of(company: Company) -> list[tuple[str, str]]:
    """Code and message of what a check without data finds."""
    return [(problem.code, problem.message) for problem in check(company.asked(), with_data=False).problems]


def test_a_score_that_no_other_template_has_is_told(tmp_path: Path) -> None:
    """A check without data warns of a KPI or KRA that members cannot have."""
    company = company_of(tmp_path, [], {}, lead=lead_of("{of: kpi.qualty, as: median}"))
    told = (
        "members-without-score",
        "KPI 'team_rating': no other template has a KPI 'qualty' that members could have a score in",
    )
    assert told in problems_of(company)
    company.write("templates/roles/lead.yaml", lead_of("{of: kra.work, as: median}"))
    assert "members-without-score" not in dict(problems_of(company))


def test_an_example_gives_the_figure(tmp_path: Path) -> None:
    """Worked examples give the figure and the number of members by name, and reach the case of too few."""
    examples = """\
examples:
  - name: in the middle
    given: {members.team_rating: 3.4}
    expect: {kpi.team_rating: 3.4}
  - name: two of three
    given: {members.team_rating.count: 2}
    expect: {kpi.team_rating: insufficient_sample}
"""
    company = company_of(tmp_path, [], {}, lead=lead_of() + examples)
    assert [code for code, _ in problems_of(company) if code != "unused-measure"] == []
    missing = {case.what for case in coverage_of(*_role(company)).missing}
    assert missing == {"1", "2", "4", "5"}


def test_a_template_is_read_aloud(tmp_path: Path) -> None:
    """`roles show` says what the figure is made of, whose team it is, and what an example gives of it."""
    given = "{members.team_rating: 3, members.team_rating.count: 4}"
    examples = f"examples:\n  - {{name: few, given: {given}, expect: {{kpi.team_rating: 3}}}}\n"
    company = company_of(tmp_path, [], {}, lead=lead_of() + examples)
    role, setting = _role(company)
    told = template_words(role, wording_of(setting))
    assert told.kras[0].parts[0].words["members"].startswith("the median overall of the team's members")
    assert "formula" not in told.kras[0].parts[0].words
    assert told.role.words["team"] == "those who report to the person"
    assert told.examples[0].words["given"] == "Rating of the team = 3, people behind Rating of the team = 4"


def _role(company: Company) -> tuple[Any, Any]:
    """The template of leads and the setting."""
    setting = company.scores()[0].inputs.facts.setting
    return setting.drafts["lead"].role, setting


def test_the_order_of_people_changes_nothing(tmp_path: Path) -> None:
    """Shuffled rows of people give the same figures to the bit."""
    marks: dict[str, float | None] = {f"A{place}": 1 + place / 7 for place in range(12)}
    one = figure_of(company_of(tmp_path / "one", team_of(marks), marks))
    turned = dict(reversed(marks.items()))
    other = figure_of(company_of(tmp_path / "other", list(reversed(team_of(turned))), turned))
    assert (one.value, one.score, one.members) == (other.value, other.score, other.members)


def test_without_members_the_input_frame_has_no_columns_of_them(tmp_path: Path) -> None:
    """Templates that do not ask for scores of members cost nothing."""
    company = company_of(tmp_path, team_of({"A1": 3.0}), {"A1": 3.0}, lead=AGENT.replace("agent", "lead"))
    frame = company.scores()[0].inputs.frame
    assert [name for name in frame.columns if name.startswith("members.")] == []

"""Values entered by hand count where there is no data, and only with somebody who answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from companies import told

from appraise.model.problem import Severity

if TYPE_CHECKING:
    from companies import Company

    from appraise.model.outcome import Appraisal

HEADER = "person,kpi,value,evidence,entered_by,on\n"
SHEET = "E005,audit_score,90,three audits on paper,Asha Rao,2026-10-02\n"
TEMPLATE = "templates/roles/agent.yaml"


def asks_by_hand(shop: Company, lines: str, file: str = "data/manual.csv") -> Company:
    """The shop with a KPI that takes a value by hand, and a file of such values."""
    shop.edit(
        TEMPLATE,
        "        score: {bands: [70, 80, 88, 95]}",
        "        score: {bands: [70, 80, 88, 95]}\n        missing: manual",
    )
    shop.write("appraise.yaml", f"{shop.text('appraise.yaml')}manual: {file}\n")
    shop.write(file.replace("{period}", "2026-Q3"), HEADER + lines)
    return shop


def audits(appraisal: Appraisal) -> tuple[str, str, float | None, float | None]:
    """Status, reason, value and score of the KPI that takes a value by hand."""
    kpi = appraisal.segments[0].kras[1].kpis[0]
    return kpi.status.value, kpi.reason, kpi.value, kpi.score


def test_a_value_by_hand_is_scored_and_says_who_answers_for_it(shop: Company) -> None:
    """Where the formula has no data the value counts; the trace names evidence, person and day."""
    eva = asks_by_hand(shop, SHEET).appraisals()["E005"]

    assert audits(eva) == ("ok", "manual", 90.0, 4.29)
    assert eva.segments[0].kras[1].kpis[0].notes == (
        "the value was entered by hand by Asha Rao on 2026-10-02: three audits on paper",
    )


def test_without_a_value_the_person_waits(shop: Company) -> None:
    """A KPI that asks for a value by hand is pending until there is one, and the person is blocked."""
    eva = asks_by_hand(shop, "").appraisals()["E005"]

    assert audits(eva) == ("pending", "no_rows", None, None)
    assert (eva.status.value, eva.reason) == ("blocked", "kpi_pending")
    assert [problem.code for problem in eva.problems] == ["kpi-pending"]


def test_data_come_before_values_by_hand(shop: Company) -> None:
    """Whoever has data is scored on them, whatever somebody typed."""
    ben = asks_by_hand(shop, SHEET.replace("E005", "E002")).appraisals()["E002"]

    assert audits(ben) == ("ok", "", 91.5, 4.5)


@pytest.mark.parametrize(
    ("lines", "value", "expected"),
    [
        pytest.param(SHEET + SHEET.replace("90", "92").replace("-02", "-03"), 92.0, [], id="the last one counts"),
        pytest.param(SHEET + SHEET.replace("90", "92"), None, ["3 value-by-hand-twice"], id="two on one day"),
        pytest.param(SHEET.replace("three audits on paper", ""), None, ["2 value-by-hand-unsupported"], id="evidence"),
        pytest.param(SHEET.replace("Asha Rao", " "), None, ["2 value-by-hand-unsupported"], id="nobody"),
        pytest.param(SHEET.replace("2026-10-02", "2 Oct"), None, ["2 date-unreadable"], id="no day"),
        pytest.param(SHEET.replace("90", "nan"), None, ["2 value-by-hand-unreadable"], id="nan"),
        pytest.param(SHEET.replace("90", '"9,5"'), None, ["2 value-by-hand-unreadable"], id="comma"),
    ],
)
def test_what_does_not_count_is_told(shop: Company, lines: str, value: float | None, expected: list[str]) -> None:
    """A value without evidence, name or day is an error at its line, and of two on one day neither counts."""
    company = asks_by_hand(shop, lines)
    _, problems = company.scores()

    assert audits(company.appraisals()["E005"])[2] == value
    assert [line.removeprefix("data/manual.csv:") for line in told(problems) if "manual.csv" in line] == expected


@pytest.mark.parametrize("line", [SHEET.replace("E005", "E999"), SHEET.replace("audit_score", "calls")])
def test_a_value_that_nothing_reads_is_a_warning(shop: Company, line: str) -> None:
    """A value for somebody who is not there, or for a KPI that asks for none, is told and changes nothing."""
    _, problems = asks_by_hand(shop, SHEET + line).scores()

    assert [(problem.code, problem.severity) for problem in problems] == [("value-by-hand-unused", Severity.WARNING)]


def test_a_file_may_be_of_one_period_or_say_which(shop: Company) -> None:
    """The period stands in the path or in a column; lines of another period do not count."""
    company = asks_by_hand(shop, SHEET, "data/manual-{period}.csv")
    assert audits(company.appraisals()["E005"])[2] == 90.0

    lines = f"{HEADER.strip()},period\n{SHEET.strip()},2026-Q2\n"
    company.write("data/manual-2026-Q3.csv", lines)
    assert audits(company.appraisals()["E005"])[2] is None


def test_a_file_that_is_not_there_is_told(shop: Company) -> None:
    """A path without a file is an error; everybody with data is scored."""
    company = asks_by_hand(shop, SHEET)
    (company.root / "data" / "manual.csv").unlink()
    scores, problems = company.scores()

    assert told(problems)[0] == "data/manual.csv:0 file-missing"
    assert scores.results.people["status"].to_list() == ["rated", "rated", "rated", "blocked"]

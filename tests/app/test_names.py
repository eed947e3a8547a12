"""The names that formulas can use in a workspace, known without reading a single value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from appraise.app.names import ENGINE, names_of, scope_of, target_names
from appraise.app.setting import opened
from appraise.model.kinds import Kind

if TYPE_CHECKING:
    from companies import Company

    from appraise.app.names import Names
    from appraise.app.setting import Setting
    from appraise.model.problem import Problem
    from appraise.roles.scope import Scope

AGENT = "templates/roles/agent.yaml"
COLUMNS = {"calls_made", "promises_due", "promises_kept", "audit_score"}
REGISTER = """\
  register: {path: data/register.csv}
targets:
  register: {source: register, columns: {target: kpi, scope: scope, of: of, from: from, to: to, value: value}}
"""
SCORES_CALLS = "score: {bands: [1000, 1300, 1600, 1900]}"


def named(company: Company) -> tuple[Setting, Names, list[Problem]]:
    """The workspace opened, with its names."""
    setting, problems = opened(company.asked())
    assert setting is not None, problems
    names, found = names_of(setting)
    return setting, names, [*problems, *found]


def scope(company: Company) -> Scope:
    """What its templates can name."""
    setting, names, problems = named(company)
    assert problems == []
    return scope_of(setting, names)


def test_columns_of_the_one_spreadsheet_are_measures(shop: Company) -> None:
    """A heading becomes a name in snake_case; the columns that say who somebody is are no measures."""
    _, names, problems = named(shop)

    assert problems == []
    assert set(names.measures) >= COLUMNS
    assert {name for name in names.measures if names.measures[name] is Kind.NUMBER} >= COLUMNS
    assert not {"employee_id", "full_name", "job", "manager_id", "team"} & set(names.measures)
    assert names.tables == {"people"}
    assert set(names.headers["people"]) == COLUMNS | {"employee_id", "full_name", "job", "manager_id", "team"}


@pytest.mark.parametrize("prefix", ["", "prev.", "team.", "prev.team.", "company.", "prev.company."])
def test_a_measure_has_all_its_names(prefix: str, shop: Company) -> None:
    """Every measure can be read of the person, the team and the company, now and in the period before."""
    assert {f"{prefix}{name}" for name in COLUMNS} <= set(scope(shop).kinds)


def test_what_every_formula_may_name(shop: Company) -> None:
    """The dates of the period and the days somebody was there are always known, with their kinds."""
    kinds = scope(shop).kinds
    assert {name: kinds[name] for name in ENGINE} == ENGINE
    assert ENGINE["period_end"] is Kind.DATE


def test_every_name_of_the_collections_company(meridian: Company) -> None:
    """Declared measures, targets and attributes are all there, those of counts and sums as numbers."""
    setting, names, problems = named(meridian)
    found = scope_of(setting, names)

    assert problems == []
    assert set(setting.workspace.measures) <= set(names.measures)
    assert {"target.collections", "team.target.collections", "company.target.collections"} <= set(found.kinds)
    assert {found.kinds[name] for name in ("collected", "prev.team.promises_kept", "target.collections")} == {
        Kind.NUMBER
    }
    assert {name for name in found.kinds if name.startswith("person.")} == {"person.grade", "person.jurisdiction"}
    assert "age" in found.protected
    assert set(names.headers) == set(setting.workspace.sources)


def test_columns_are_typed_by_their_use(meridian: Company) -> None:
    """A column that a measure counts by, compares or adds up has the kind that follows from it."""
    _, names, _ = named(meridian)
    assert (names.kinds["promises"]["status"], names.kinds["payments"]["amount"]) == ("text", "number")
    assert "account_id" not in names.kinds["payments"]


def test_a_target_of_a_declared_column(meridian: Company) -> None:
    """A target has the name under which it is declared."""
    assert target_names(named(meridian)[0]) == {"collections"}


def test_a_register_has_the_targets_that_templates_ask_for(shop: Company) -> None:
    """Which targets a register holds is known when it is read, so any that a template names is fine in a check."""
    shop.write("appraise.yaml", shop.text("appraise.yaml") + REGISTER)
    shop.write("data/register.csv", "kpi,scope,of,from,to,value\n")
    shop.edit(
        AGENT, SCORES_CALLS, "target: target.sales\n        score: {percent_of_target: {bands: [80, 95, 105, 120]}}"
    )

    setting, names, problems = named(shop)

    assert problems == []
    assert "sales" in target_names(setting)
    assert {"target.sales", "team.target.sales", "company.target.sales"} <= set(scope_of(setting, names).kinds)


def test_no_target_without_a_declaration(shop: Company) -> None:
    """In a workspace without targets no formula can name one."""
    assert target_names(named(shop)[0]) == frozenset()


def test_a_column_that_nothing_reads_is_not_typed(shop: Company) -> None:
    """A text in a column that no template reads disturbs nobody."""
    shop.edit("data/people.csv", "Audit score\n", "Audit score,Remark\n")
    shop.edit("data/people.csv", "91.5\n", "91.5,likes tea\n")

    _, names, problems = named(shop)

    assert problems == []
    assert "remark" in names.measures
    assert "remark" not in names.kinds["people"]


def test_any_name_may_be_a_column_of_a_table_that_is_not_there(shop: Company) -> None:
    """While the file of a table is missing its headings are unknown, so what templates read is taken for one."""
    shop.write("appraise.yaml", shop.text("appraise.yaml") + "  figures: {path: data/figures.csv, person: id}\n")
    shop.edit(AGENT, "formula: audit_score", "formula: quality_score")

    _, names, problems = named(shop)

    assert [one.code for one in problems] == ["source-missing"]
    assert names.headers["figures"] == ()
    assert names.measures["quality_score"] is Kind.NUMBER


def test_a_column_that_two_tables_have_is_told_without_reading_values(shop: Company) -> None:
    """A name means one thing: where a template reads a column of two tables, the check says to rename one."""
    shop.write("data/dialler.csv", "agent,Calls made,Other\nE002,5,1\n")
    shop.edit("appraise.yaml", "  people: data/people.csv\n", "  people: data/people.csv\n" + DIALLER)
    _, _, problems = named(shop)

    assert [(problem.code, problem.place.line) for problem in problems] == [("measure-name-twice", 26)]
    shop.edit("appraise.yaml", DIALLER, DIALLER.replace("agent}", "agent, columns: {dialled: Calls made}}"))
    assert named(shop)[2] == []


DIALLER = "  dialler: {path: data/dialler.csv, person: agent}\n"

"""The shipped role templates: sound on the measures that their manual declares, and true to the founding texts."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from appraise.app.asked import Asked
from appraise.app.check import check

if TYPE_CHECKING:
    from appraise.app.answers import Checked

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates" / "roles"
PAGES = ROOT / "docs" / "roles"
SEEDS = ROOT.parent / "shared" / "seeds"
NOW = datetime(2026, 10, 5, tzinfo=UTC)
OF_THE_EXAMPLE = {"tele_collection_agent", "collection_process_lead"}
FULL = {"000": "tele_collection_agent_full", "001": "collection_representative_full"}
METRICS = {
    "Days Sales Outstanding (DSO)": "dso",
    "Collection Effectiveness Index (CEI)": "cei",
    "First-Call Resolution Rate": "fcr",
    "Recovery Rate": "recovery_rate",
    "Call-to-Promise Ratio (CPR)": "cpr",
}
"""The named metrics of the text on mastering KPIs, and their KPIs in the library."""

COMPANY = """
company: Everything
period: 2026-Q3
people:
  source: people
  columns: {{id: id, name: name, role: role, team: team}}
  roles: {{{roles}}}
  attributes: [jurisdiction]
{sources}
  people: data/people.csv
  register: data/register.csv
{measures}
targets:
  register:
    source: register
    columns: {{target: kpi_id, scope: scope, of: scope_id, from: from, to: to, value: value}}
"""


def roles() -> list[str]:
    """The shipped templates, without those that the example companies check."""
    names = [path.stem for path in sorted(TEMPLATES.glob("*.yaml")) if "role:" in path.read_text("utf-8")]
    return [name for name in names if name not in OF_THE_EXAMPLE]


@cache
def written(name: str) -> Any:
    """A file of the templates as plain data."""
    return YAML(typ="safe").load((TEMPLATES / f"{name}.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """All templates checked in a company that declares what docs/roles/measures.md shows."""
    root = tmp_path_factory.mktemp("everything")
    page = (PAGES / "measures.md").read_text("utf-8")
    sources, measures = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    titles = ", ".join(f"T{number}: {name}" for number, name in enumerate(roles()))
    (root / "appraise.yaml").write_text(COMPANY.format(roles=titles, sources=sources, measures=measures), "utf-8")
    columns = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", page, re.MULTILINE))
    (root / "data").mkdir()
    for log, named in columns.items():
        (root / "data" / f"{log}.csv").write_text(",".join(re.findall(r"`(\w+)`", named)) + "\n", "utf-8")
    (root / "data" / "register.csv").write_text("kpi_id,scope,scope_id,from,to,value\n", "utf-8")
    with (root / "data" / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "name", "role", "jurisdiction", "team"), ("E1", "Asha", "T0", "IN", "A")])
    return check(Asked(root, NOW), with_data=False, with_coverage=True)


def test_the_templates_and_their_measures_fit(checked: Checked) -> None:
    """Nothing is wrong with them; the measures that only variants of the library read are unused."""
    assert {problem.code for problem in checked.problems} <= {"unused-measure"}
    assert checked.roles >= len(roles())


def test_the_examples_reach_every_level(checked: Checked) -> None:
    """Every band of every scored KPI and both ends of every gate are reached by a worked example."""
    found = {one.role.id: one for one in checked.coverage or ()}
    levels = {
        name: [f"{case.id} {case.kind} {case.what}" for case in one.missing if case.kind in {"band", "gate"}]
        for name, one in found.items()
        if name in roles()
    }

    assert levels == {name: [] for name in roles()}


@pytest.mark.parametrize("name", [*roles(), *sorted(OF_THE_EXAMPLE)])
def test_every_template_has_a_page(name: str) -> None:
    """Its page names every KPI that the file gives a weight or shows."""
    page = (PAGES / f"{name}.md").read_text("utf-8")
    kpis = [kpi for kra in written(name)["kras"] for kpi in kra["kpis"]]
    ids = {kpi["id"] if "id" in kpi else kpi["use"].split(".")[1] for kpi in kpis}

    assert sorted(one for one in ids if f"`{one}`" not in page) == []


def areas_of(text: str) -> list[tuple[str, str, str, list[str]]]:
    """The areas of a founding text: title, sentence, short description and KPIs."""
    shape = r"\n\d+\. ([^\n]+)\n\s*\nKRA: ([^\n]+)\n\s*\nShort Description: ([^\n]+)\n(.*?)(?=\n\d+\. |\Z)"
    return [
        (title.strip(), kra.strip(), short.strip(), re.findall(r"• (?:KPI \d: )?([^\n]+)", rest)[:4])
        for title, kra, short, rest in re.findall(shape, text, re.DOTALL)
    ]


def founding_text(number: str) -> str:
    """One of the founding texts; skips where they are not beside the checkout."""
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the founding texts are not at hand ({SEEDS} is not there)")
    return found[0].read_text("utf-8")


@pytest.mark.parametrize("number", sorted(FULL))
def test_the_full_editions_are_the_founding_texts_word_for_word(number: str) -> None:
    """Ten areas of four KPIs: titles, sentences, short descriptions and KPI names as they stand there."""
    library = {kpi["id"]: kpi["title"] for kpi in written("collections_library")["kpis"]}
    ours = [
        (kra["title"], kra["purpose"], [library[kpi["use"].split(".")[1]] for kpi in kra["kpis"]])
        for kra in written(FULL[number])["kras"]
    ]
    theirs = [(title, f"{kra} {short}", kpis) for title, kra, short, kpis in areas_of(founding_text(number))]

    assert ours == theirs
    assert [len(kpis) for _, _, kpis in ours] == [4] * 10


def test_the_named_metrics_are_in_the_library() -> None:
    """Each of the five metrics that a founding text names is a KPI of that name, which a template uses."""
    text = founding_text("002")
    library = {kpi["title"]: kpi["id"] for kpi in written("collections_library")["kpis"]}
    used = {kpi.get("use", "") for name in roles() for kra in written(name)["kras"] for kpi in kra["kpis"]}

    assert {title: library[title] for title in METRICS} == METRICS
    assert [title for title in METRICS if title not in text] == []
    assert [one for one in METRICS.values() if f"collections.{one}" not in used] == []


def test_the_duties_of_a_telecaller_are_areas() -> None:
    """Every key responsibility of the founding text is an area of the template, in its words."""
    text = founding_text("003")
    duties = re.search(r"key responsibilities:\n(.*?)\nskills and qualifications:", text, re.DOTALL)
    assert duties is not None
    lines = duties[1].splitlines()
    theirs = {lines[place].rstrip(":").lower(): lines[place + 1] for place in range(0, len(lines), 2)}

    assert {kra["title"].lower(): kra["purpose"].lower() for kra in written("telecaller")["kras"]} == theirs

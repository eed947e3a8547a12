"""The main job on whole companies: what is written, what is left alone, and what one mistake costs."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import fastexcel
import jsonschema
import polars as pl
import pypdf
import pytest
from companies import Company, Run, told

from appraise.app.bundled import schema_text
from appraise.app.run import run
from appraise.model.errors import FolderLocked
from appraise.store.lock import locked

if TYPE_CHECKING:
    from pathlib import Path

RUN_FILES = {".lock", "run.json", "packs.json", "results.parquet", "results.xlsx"}
SOMETIME = int(datetime(2027, 1, 15, 23, 59, tzinfo=UTC).timestamp())


@pytest.fixture(params=["shop_run", "meridian_run"])
def ran(request: pytest.FixtureRequest) -> Run:
    """Either example after its run."""
    found: Run = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def elsewhere(meridian_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The collections company run in another folder, with the packs of three people only."""
    company = Company(tmp_path_factory.mktemp("elsewhere") / "a folder with blanks")
    shutil.copytree(meridian_run.company.root, company.root, ignore=shutil.ignore_patterns("out"))
    return Run(company, run(company.asked(people=("E105", "E108", "E110"))))


def record_of(company: Company) -> dict[str, Any]:
    """The content of run.json."""
    record: dict[str, Any] = json.loads((company.out / "run.json").read_bytes())
    return record


def results_of(company: Company) -> pl.DataFrame:
    """The table of results."""
    return pl.read_parquet(company.out / "results.parquet")


def packs_of(company: Company) -> set[str]:
    """The packs that are there, by the person's id."""
    return {path.stem for path in (company.out / "packs").rglob("*.pdf")}


def words_of(pack: Path) -> str:
    """The text of a pack, with single blanks."""
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(pack).pages)


def made_on(company: Company) -> str:
    """The day that the workbook says it was made."""
    with zipfile.ZipFile(company.out / "results.xlsx") as book:
        found = re.search(r"<dcterms:created[^>]*>([^<T]*)", book.read("docProps/core.xml").decode())
    return found[1] if found else ""


def test_every_file_of_a_run_is_there_and_nothing_else(ran: Run) -> None:
    """A run writes the record, the results as a table and as a workbook, and a trace and a pack for everybody."""
    people = dict(results_of(ran.company).select("person", "team").unique().iter_rows())
    wanted = {f"2026-Q3/{name}" for name in RUN_FILES}
    wanted |= {f"2026-Q3/appraisals/{person}.json" for person in people}
    wanted |= {f"2026-Q3/packs/{team.replace(' ', '-')}/{person}.pdf" for person, team in people.items()}

    assert set(ran.company.hashes()) == wanted
    assert ran.answer.problems == ()
    assert (ran.answer.folder, ran.answer.left_over) == ("out/2026-Q3", ())
    assert (ran.answer.packs, ran.answer.unchanged) == (len(people), 0)


def test_somebody_who_is_not_rated_gets_a_pack_too(meridian_run: Run) -> None:
    """Everybody in the roster has a one-on-one: the pack of who is too new says so and shows no rating."""
    company = meridian_run.company
    not_rated = results_of(company).filter(pl.col("status") == "not_rated")["person"].unique().sort().to_list()

    assert not_rated == ["E105", "E109"]
    assert packs_of(company) == set(results_of(company)["person"])
    assert "There is no rating for this period" in words_of(company.out / "packs" / "West-1" / "E105.pdf")


def test_the_record_says_what_was_run_on_what(ran: Run) -> None:
    """run.json has versions and fingerprints of every rule and fact, people by status, and no path of this machine."""
    record, root = record_of(ran.company), ran.company.root
    files = {file["shown"]: file["sha256"] for source in record["sources"].values() for file in source["files"]}
    files |= record["files"] | {record["rules"]["file"]: record["rules"]["sha256"]}
    data = {path.relative_to(root).as_posix() for path in (root / "data").iterdir()}

    assert record["format"] == 1
    assert re.fullmatch(r"[0-9a-f]{12}", record["run"])
    assert record["period"] == {"id": "2026-Q3", "from": "2026-07-01", "to": "2026-09-30"}
    assert set(files) == data | {"appraise.yaml"}
    assert files == {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in files}
    assert all(re.fullmatch(r"[0-9a-f]{64}", role["sha256"]) for role in record["templates"])
    assert (record["problems"], record["people"]) == ([], dict(ran.answer.people))
    assert str(root) not in (ran.company.out / "run.json").read_text("utf-8")


def test_the_workbook_has_everybody_and_every_kpi(ran: Run) -> None:
    """The sheets hold the same people and KPIs as the table for programs."""
    results, book = results_of(ran.company), fastexcel.read_excel(ran.company.out / "results.xlsx")
    people, kpis = (book.load_sheet(name).to_polars() for name in ("People", "KPIs"))

    assert set(book.sheet_names) <= {"People", "KRAs", "KPIs", "Gates", "Adjustments"}
    assert people["person"].to_list() == results["person"].unique(maintain_order=True).to_list()
    assert kpis.select("person", "kpi").rows() == results.select("person", "kpi").rows()


def test_every_trace_keeps_to_its_schema(ran: Run) -> None:
    """The explanations are `appraise.trace/1` as published, and tell the rating of the table."""
    check = jsonschema.Draft202012Validator(json.loads(schema_text("trace")))
    ratings = {row[0]: row[1:] for row in results_of(ran.company).select("person", "status", "overall").unique().rows()}

    for person, rating in ratings.items():
        trace = json.loads((ran.company.out / "appraisals" / f"{person}.json").read_bytes())
        assert [error.message for error in check.iter_errors(trace)] == []
        assert (trace["person"]["id"], trace["status"], trace["overall"]) == (person, *rating)


def test_a_second_run_draws_nothing_and_leaves_every_byte(ran: Run, tmp_path: Path) -> None:
    """Where nothing changed no pack is drawn again, and every file has the same bytes as before."""
    again, seen = ran.company.copied_to(tmp_path / "again"), []

    answer = run(again.asked(progress=lambda *step: seen.append(step)))

    assert (answer.packs, answer.unchanged, seen) == (ran.answer.packs, ran.answer.packs, [])
    assert again.hashes() == ran.company.hashes()


def test_another_folder_and_another_day_give_the_same_bytes(shop_run: Run, shop: Company) -> None:
    """Neither where the company's folder lies nor the clock of the run is in any byte that is written."""
    seen: list[tuple[str, int, int]] = []

    run(shop.asked(now=datetime(2026, 12, 24, tzinfo=UTC), period="2026-Q3", progress=lambda *step: seen.append(step)))

    assert shop.hashes() == shop_run.company.hashes()
    assert seen == [("packs", 1, 4), ("packs", 2, 4), ("packs", 3, 4), ("packs", 4, 4)]


def test_filters_choose_packs_and_nothing_else(meridian_run: Run, elsewhere: Run) -> None:
    """With --person only that pack is drawn, while results, traces and record are those of the whole company."""
    whole, part = meridian_run.company.hashes(), elsewhere.company.hashes()
    of_all = {name for name in whole if "/packs" not in name}

    assert packs_of(elsewhere.company) == {"E105", "E108", "E110"}
    assert (elsewhere.answer.packs, elsewhere.answer.people) == (3, meridian_run.answer.people)
    assert {name: part[name] for name in of_all} == {name: whole[name] for name in of_all}
    assert all(part[name] == whole[name] for name in part if name.endswith(".pdf"))


@pytest.mark.parametrize(
    "filters",
    [{"people": ("E999",)}, {"people": ("E002",), "teams": ("South",)}, {"teams": ("North",), "roles": ("lead",)}],
    ids=["nobody", "in another team", "in another role"],
)
def test_somebody_has_to_pass_every_filter(filters: dict[str, Any], shop_run: Run, tmp_path: Path) -> None:
    """Where the filters let nobody through no pack is drawn, and those that are there stay."""
    company = shop_run.company.copied_to(tmp_path / "filtered")

    answer = run(company.asked(**filters))

    assert (answer.packs, answer.left_over) == (0, ())
    assert company.hashes() == shop_run.company.hashes()


def test_filters_by_team_and_role_let_others_through(shop_run: Run, tmp_path: Path) -> None:
    """A person of the team and the role is asked for, and found finished."""
    company = shop_run.company.copied_to(tmp_path / "filtered")

    answer = run(company.asked(teams=("North", "South"), roles=("agent",), people=("E002", "E003")))

    assert (answer.packs, answer.unchanged) == (2, 2)


def test_a_changed_cell_is_drawn_again(shop_run: Run, tmp_path: Path) -> None:
    """A pack shows the figures of now: another number gives another run, another trace and another pack."""
    company = shop_run.company.copied_to(tmp_path / "changed")
    company.edit("data/people.csv", "1210,12,9", "1620,12,9")

    answer = run(company.asked(people=("E005",)))

    changed = {name for name, sha256 in company.hashes().items() if sha256 != shop_run.company.hashes()[name]}
    assert (answer.packs, answer.unchanged) == (1, 0)
    assert changed == {f"2026-Q3/{name}" for name in (*RUN_FILES - {".lock"}, "appraisals/E005.json")} | {
        "2026-Q3/packs/North/E005.pdf"
    }


def test_a_pack_that_was_changed_or_removed_is_drawn_again(shop_run: Run, tmp_path: Path) -> None:
    """A pack that is not there as it was written is drawn again, and it comes out the same."""
    company = shop_run.company.copied_to(tmp_path / "spoilt")
    (company.out / "packs" / "North" / "E002.pdf").unlink()
    (company.out / "packs" / "North" / "E003.pdf").write_bytes(b"%PDF-")

    answer = run(company.asked())

    assert (answer.packs, answer.unchanged) == (4, 2)
    assert company.hashes() == shop_run.company.hashes()


def test_files_of_people_who_are_gone_are_named_and_kept(shop_run: Run, tmp_path: Path) -> None:
    """Who is no longer in the people source has left a pack and a trace behind: both are listed, none is removed."""
    company = shop_run.company.copied_to(tmp_path / "gone")
    company.edit("data/people.csv", "E005,Eva Novak,Agent,E001,North,1210,12,9,\n", "")

    answer = run(company.asked(roles=("collection_process_lead",)))

    assert answer.left_over == ("appraisals/E005.json", "packs/North/E005.pdf")
    assert packs_of(company) == {"E002", "E003", "E004", "E005"}
    assert "E005" not in (company.out / "packs.json").read_text("utf-8")


def test_a_folder_that_another_run_is_writing(shop: Company) -> None:
    """Two runs cannot write one folder: the second says who holds it and what to do, and writes nothing."""
    with locked(shop.out, "out/2026-Q3"), pytest.raises(FolderLocked) as refused:
        run(shop.asked())

    (problem,) = refused.value.problems
    assert (str(problem.place), problem.code) == ("out/2026-Q3", "folder-locked")
    assert re.fullmatch(r"folder 'out/2026-Q3': another run \(process \d+\) is writing it", problem.message)
    assert set(shop.hashes()) == {"2026-Q3/.lock"}


def test_written_files_bear_the_last_day_of_the_period(shop_run: Run) -> None:
    """Without SOURCE_DATE_EPOCH the days in workbook and packs are the period's end, whenever the run was."""
    assert made_on(shop_run.company) == "2026-09-30"
    assert (
        pypdf.PdfReader(shop_run.company.out / "packs" / "North" / "E002.pdf")
        .metadata["/CreationDate"]
        .startswith("D:20260930")
    )


def test_written_files_bear_the_day_that_is_asked_for(shop: Company) -> None:
    """SOURCE_DATE_EPOCH is the day in workbook and packs, in UTC; the run and its numbers are the same."""
    run(shop.asked(people=("E002",), made_at=SOMETIME))

    assert made_on(shop) == "2027-01-15"
    pack = pypdf.PdfReader(shop.out / "packs" / "North" / "E002.pdf")
    assert pack.metadata["/CreationDate"].startswith("D:20270115")


def test_a_mistake_in_the_settings_writes_nothing(shop: Company) -> None:
    """With an error in appraise.yaml there is nothing to score by: all mistakes are listed, in templates too."""
    shop.edit("appraise.yaml", "source: people\n", "source: peple\n")
    shop.edit("appraise.yaml", "time_zone: UTC ", "time_zone: UTX ")
    shop.edit("templates/roles/agent.yaml", "weight: 60\n    kpis", "weight: 50\n    kpis")

    answer = run(shop.asked(period="2026-Q3"))

    assert told(answer.problems) == [
        "appraise.yaml:11 unknown-time-zone",
        "appraise.yaml:16 unknown-source",
        "templates/roles/agent.yaml:7 weights-total",
    ]
    assert (answer.folder, answer.packs) == ("", 0)
    assert not (shop.root / "out").exists()


LEAD = """\
language: 1
role: lead
title: Team Lead
version: 1.0.0
kras:
  - id: results
    title: Results
    weight: 100
    kpis:
      - id: calls
        title: Calls
        formula: team.calls_made
        direction: higher
        weight: 100
        score: {bands: [1, 2, 3, 4]}
"""


def with_lead(shop: Company, template: str) -> None:
    """Put the team lead on a template of this text."""
    shop.edit("appraise.yaml", "  where: job == 'Agent'         # the", "  # the")
    shop.edit("appraise.yaml", "    Agent: agent ", "    Team Lead: lead\n    Agent: agent ")
    shop.write("templates/roles/lead.yaml", template)


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        (LEAD.replace("team.calls_made", "team.calls_mad"), "templates/roles/lead.yaml:12 unknown-name"),
        (LEAD.replace("team.calls_made", "100 * ("), "templates/roles/lead.yaml:12 formula-order"),
        (LEAD.replace("team.calls_made", "\"'yes'\""), "templates/roles/lead.yaml:12 mixed-kinds"),
        (LEAD.replace("title: Calls", "titel: Calls"), "templates/roles/lead.yaml:11 unknown-key"),
    ],
    ids=["unknown name", "no formula", "no number", "unknown key"],
)
def test_a_broken_template_costs_those_who_are_on_it(template: str, problem: str, shop: Company) -> None:
    """Whoever is on a template that cannot be used comes out as an error that says why; everybody else is scored."""
    with_lead(shop, template)

    answer = run(shop.asked(roles=("collection_process_lead",)))

    assert dict(answer.people) == {"error": 1, "not_rated": 1, "rated": 3}
    assert problem in told(answer.problems)
    assert {one.place.file for one in answer.problems} == {"templates/roles/lead.yaml"}
    trace = json.loads((shop.out / "appraisals" / "E001.json").read_bytes())
    assert (trace["status"], trace["reason"], trace["overall"]) == ("error", "template_unusable", None)
    assert [said["message"] for said in trace["problems"]] == [one.message for one in answer.problems]


def test_a_template_that_is_not_there(shop: Company) -> None:
    """A job title mapped to no template is a problem at the line of the title, and told to whoever has it."""
    with_lead(shop, LEAD)
    shop.edit("appraise.yaml", "Team Lead: lead", "Team Lead: agnet")

    answer = run(shop.asked(roles=("collection_process_lead",)))

    assert told(answer.problems) == ["appraise.yaml:20 unknown-role"]
    assert answer.problems[0].hint == "did you mean 'agent'?"
    trace = json.loads((shop.out / "appraisals" / "E001.json").read_bytes())
    assert trace["status"] == "error"
    assert [said["message"] for said in trace["problems"]] == ["people: there is no role template 'agnet'"]


def test_a_lead_beside_agents(shop: Company) -> None:
    """Two roles in one company: each person is scored on the template of the job title."""
    with_lead(shop, LEAD)

    answer = run(shop.asked(roles=("collection_process_lead",)))

    assert (dict(answer.people), answer.problems) == ({"not_rated": 1, "rated": 4}, ())


def test_a_source_that_was_not_delivered_costs_its_measures(shop: Company) -> None:
    """Whoever is rated by a table that did not arrive is rated without it, and the missing file is told."""
    shop.write("appraise.yaml", shop.text("appraise.yaml") + "  figures: {path: data/figures.csv, person: id}\n")
    shop.edit("templates/roles/agent.yaml", "formula: audit_score", "formula: quality_score")

    answer = run(shop.asked(roles=("collection_process_lead",)))

    results = results_of(shop).filter(pl.col("kpi") == "audit_score").select("kpi_status", "kpi_reason").unique()
    assert told(answer.problems) == ["appraise.yaml:26 source-missing"]
    assert dict(answer.people) == {"not_rated": 1, "rated": 3}
    assert results.rows() == [("no_data", "source_missing")]

"""Draw the data of the `collections` example: invented people and events, the same bytes on every machine.

Run `python scripts/make_example.py` after changing anything here and commit what it writes; a test compares the two.
Amounts are whole rupees. The quarters are 2026-Q2 and 2026-Q3 of a company whose years start in January.
"""

from __future__ import annotations

import csv
import random
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST, LAST = date(2026, 4, 1), date(2026, 9, 30)
HOLIDAYS = (
    (date(2026, 4, 3), "Good Friday", ""),
    (date(2026, 5, 1), "Labour Day", ""),
    (date(2026, 8, 15), "Independence Day", ""),
    (date(2026, 9, 14), "Ganesh Chaturthi", "Mumbai"),
)
WRITTEN = datetime(2026, 10, 1)  # noqa: DTZ001 -- a workbook's date has no time zone

AGENTS = (
    "Asha Kulkarni",
    "Imran Shaikh",
    "Meera Nair",
    "Rohit Deshmukh",
    "Farida Contractor",
    "Sunil Pawar",
    "Kavya Iyer",
    "Joseph D'Souza",
    "Neha Bhosale",
    "अनन्या जोशी",
    "Prakash Rane",
    "Tanvi Gokhale",
    "Vikram Solanki",
    "Lakshmi Menon",
    "Arjun Reddy",
    "Shalini Rao",
    "Mohammed Irfan",
    "Divya Krishnan",
    "Ganesh Babu",
    "Anita Thomas",
    "Karthik Subramanian",
    "Pooja Hegde",
    "Ravi Shankar",
    "Sneha Patil",
    "Deepak Chandran",
    "Venkatanarasimharajuvaripeta Raghunath",
    "Ritu Malhotra",
    "Amit Saxena",
    "Gurpreet Kaur",
    "Nitin Aggarwal",
    "Sana Qureshi",
    "Harish Chauhan",
    "Preeti Bansal",
    "Manoj Tiwari",
    "Zoya Ali",
    "Varun Kapoor",
    "Kiran Rawat",
    "Sandeep Yadav",
)
"""Thirty-eight agents: thirteen in each of the first two teams, twelve in the third."""

LEADS = (
    ("E001", "Leela Fernandes", "West 1", "Mumbai"),
    ("E002", "Suresh Pillai", "South 1", "Chennai"),
    ("E003", "Harpreet Gill", "North 1", "Delhi"),
)


@dataclass(frozen=True)
class Agent:
    """One invented agent: how good at the work (0 to 1), and what real life did to them."""

    id: str
    name: str
    login: str
    team: str
    site: str
    manager: str
    skill: float
    joined: date
    away: tuple[date, date] | None = None
    fte: str = "1"


def drawing(what: str) -> random.Random:
    """Numbers that are the same on every machine; each file draws its own, so that one can change alone."""
    return random.Random(what)  # noqa: S311 -- invented data, no secrets


def agents(draw: random.Random) -> tuple[Agent, ...]:
    """The agents; E105 is away all of Q3, E109 joins in September, E126 works part time."""
    made = []
    for number, name in enumerate(AGENTS, start=101):
        lead = LEADS[min((number - 101) // 13, 2)]
        joined = {109: date(2026, 9, 7), 117: date(2026, 5, 18)}.get(
            number, date(2022 + number % 4, 1 + number % 12, 1)
        )
        away = {105: (date(2026, 6, 29), date(2026, 9, 30)), 113: (date(2026, 8, 3), date(2026, 8, 14))}.get(number)
        skill = min(max(draw.gauss(0.55, 0.17), 0.1), 0.95)
        login = f"agt{number:04d}"
        made.append(
            Agent(
                f"E{number}",
                name,
                login,
                lead[2],
                lead[3],
                lead[0],
                skill,
                joined,
                away,
                "0.6" if number == 126 else "1",
            )
        )
    return tuple(made)


def working_days(agent: Agent) -> Iterator[date]:
    """The days the agent is at work: Monday to Saturday, without holidays and absences."""
    closed = {day for day, _, site in HOLIDAYS if site in ("", agent.site)}
    day = max(FIRST, agent.joined)
    while day <= LAST:
        absent = agent.away is not None and agent.away[0] <= day <= agent.away[1]
        if day.weekday() < 6 and day not in closed and not absent:
            yield day
        day += timedelta(days=1)


def yes(chance: float, draw: random.Random) -> str:
    """`Y` with that chance, else `N`."""
    return "Y" if draw.random() < chance else "N"


def call_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Calls that reached somebody: two to four a day, in the dialler's own date format."""
    for day in working_days(agent):
        for _ in range(draw.randint(2, 4)):
            moment = time(draw.randint(9, 18), draw.randint(0, 59), draw.randint(0, 59))
            right_party = draw.random() < 0.55
            talk = draw.randint(60, 420)
            log = yes(0.925 + 0.07 * agent.skill, draw) if right_party else ""
            if draw.random() < 0.003:
                log = "?"
            yield (
                agent.login,
                f"{day:%d-%m-%Y}",
                f"{moment}",
                f"A{draw.randint(10000, 10799)}",
                "Y" if right_party else "N",
                f"00:{talk // 60:02d}:{talk % 60:02d}",
                log,
            )


def dialler_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """One row a day: dials made and how much of the schedule was kept."""
    for day in working_days(agent):
        if draw.random() < 0.01:
            yield (agent.login, f"{day:%d-%m-%Y}", "", "")
        else:
            yield (
                agent.login,
                f"{day:%d-%m-%Y}",
                str(int(draw.gauss(150 + 60 * agent.skill, 18))),
                f"{min(100.0, draw.gauss(86 + 11 * agent.skill, 4)):.2f}%",
            )


def callback_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Call-backs that were promised to customers, by the day they were due."""
    for day in working_days(agent):
        if draw.random() < 0.8:
            yield (
                agent.id,
                f"{day}",
                f"A{draw.randint(10000, 10799)}",
                yes(0.82 + 0.17 * agent.skill, draw),
                "Y" if draw.random() < 0.04 else "N",
            )


def promise_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Promises to pay by due date; E112 secured none that fell due in Q3."""
    for day in working_days(agent):
        if agent.id == "E112" and day >= date(2026, 7, 1):
            continue
        if draw.random() < 0.62:
            kept = draw.random() < 0.36 + 0.36 * agent.skill
            status = (
                "cancelled"
                if draw.random() < 0.03
                else "kept"
                if kept
                else "partial"
                if draw.random() < 0.3
                else "broken"
            )
            yield (agent.id, f"{day}", f"A{draw.randint(10000, 10799)}", str(draw.randint(10, 120) * 100), status)


def offer_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Payment plans offered to the right person, and whether the first instalment came in."""
    for day in working_days(agent):
        if draw.random() < 0.55:
            agreed = draw.random() < 0.35 + 0.3 * agent.skill
            paid = agreed and draw.random() < 0.5 + 0.3 * agent.skill
            yield (agent.id, f"{day}", f"A{draw.randint(10000, 10799)}", "Y" if agreed else "N", "Y" if paid else "N")


def month_starts() -> tuple[date, ...]:
    """The first days of the six months."""
    return tuple(date(2026, month, 1) for month in range(4, 10))


FULL_TARGET = 420_000
"""The monthly target in rupees of somebody who works full time; the engine counts what of it holds for a part-timer."""


def expected_of(agent: Agent) -> int:
    """About what an agent can bring in a month."""
    return int(round(FULL_TARGET * float(agent.fte), -3))


def demand_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """What fell due on the agent's accounts, month by month."""
    for month in month_starts():
        if month >= agent.joined.replace(day=1):
            yield (agent.id, f"{month}", str(int(expected_of(agent) * draw.uniform(1.0, 1.12))))


def payment_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Cleared payments on the agent's accounts; a reversal is a negative row."""
    days = list(working_days(agent))
    per_day = expected_of(agent) * 6 / 148
    for day in days:
        if draw.random() < 0.7:
            amount = int(per_day / 0.7 * (0.86 + 0.24 * agent.skill) * draw.uniform(0.55, 1.45))
            account = f"A{draw.randint(10000, 10799)}"
            yield (f"{day}", agent.id, account, str(amount), draw.choice(("upi", "neft", "card", "cash desk")))
            if draw.random() < 0.012:
                yield (f"{min(day + timedelta(days=3), LAST)}", agent.id, account, str(-amount), "reversal")


def audit_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[object, ...]]:
    """Fourteen to eighteen audited calls a quarter; a critical error makes the audit score 0."""
    for start in (date(2026, 4, 1), date(2026, 7, 1)):
        days = [day for day in working_days(agent) if start <= day < start + timedelta(days=91)]
        count = min(len(days), 3 if agent.id == "E121" and start.month == 7 else draw.randint(14, 18))
        for day in sorted(draw.sample(days, count)):
            kind = "quality" if draw.random() < 0.6 else "compliance"
            critical = draw.random() < 0.05 * (1.1 - agent.skill)
            score = 0.0 if critical else round(min(100.0, draw.gauss(83 + 13 * agent.skill, 4)), 1)
            passed = min(20, int(draw.gauss(18.6 + 1.5 * agent.skill, 0.7)))
            note = None if draw.random() < 0.02 else score
            yield (agent.id, datetime.combine(day, time()), kind, note, "Yes" if critical else "No", 20, passed)


def survey_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Customers' answers from 1 to 5, few and far between."""
    for day in working_days(agent):
        if draw.random() < (0.04 if agent.id == "E130" else 0.2):
            rating = draw.choices((1, 2, 3, 4, 5), weights=(4, 6, 22 - 12 * agent.skill, 40, 14 + 30 * agent.skill))[0]
            yield (f"{day}", agent.id, "" if draw.random() < 0.02 else str(rating))


def training_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[object, ...]]:
    """Two assessments a quarter for those who were there."""
    for day in (date(2026, 5, 20), date(2026, 6, 17), date(2026, 8, 19), date(2026, 9, 16)):
        if day in set(working_days(agent)) and draw.random() < 0.93:
            yield (
                agent.id,
                datetime.combine(day, time()),
                "Collections update",
                round(min(100.0, draw.gauss(66 + 24 * agent.skill, 7))),
            )


def development_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """The actions of the development plan, with the share done in percent."""
    for due, action in (
        (date(2026, 6, 15), "Listen back to five own calls"),
        (date(2026, 8, 20), "Shadow a senior agent for a day"),
        (date(2026, 9, 15), "Finish the negotiation course"),
    ):
        if due >= agent.joined:
            yield (
                agent.id,
                f"{due}",
                action,
                str(draw.choice((1, 2))),
                f"{min(100, max(0, int(draw.gauss(60 + 45 * agent.skill, 16))))}%",
            )


def certificate_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """The Debt Recovery Agent certificate; that of E119 ran out in August."""
    issued = date(2023, 8, 20) if agent.id == "E119" else date(2025, draw.randint(1, 12), draw.randint(1, 28))
    yield (agent.id, "DRA", f"{issued}", f"{issued.replace(year=issued.year + 3)}")


def complaint_rows(agent: Agent, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Complaints of customers about how they were spoken to."""
    for day in working_days(agent):
        if draw.random() < 0.006 * (1.4 - agent.skill):
            yield (agent.id, f"{day}", draw.choice(("tone", "frequency", "information")), yes(0.5, draw))


def note_rows() -> Iterator[tuple[str, ...]]:
    """What two managers wrote before their conversations."""
    yield (
        "E101",
        "paragraph",
        (
            "Asha carried the team's hardest accounts this quarter and helped two colleagues with difficult calls. "
            "I would like us to talk about how she writes up her calls."
        ),
    )
    yield (
        "E101",
        "action",
        "Write up each call before the next one, with the list of required fields beside the phone.",
    )
    yield (
        "E114",
        "paragraph",
        "Lakshmi's audits are a model for the team. Next quarter we look at payment plans together.",
    )


def write_csv(path: Path, header: Sequence[str], rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]) -> None:
    """Write the rows with the header, line feeds only, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_workbook(path: Path, sheet: str, head: Sequence[Sequence[str]], rows: Sequence[tuple[object, ...]]) -> None:
    """Write one sheet: the lines of `head` (the last is the header), then rows with dates as dates."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": WRITTEN, "author": "Meridian Recoveries"})
        day = book.add_format({"num_format": "dd mmm yyyy"})
        page = book.add_worksheet(sheet)
        page.set_column(0, 8, 16)
        for number, line in enumerate(head):
            page.write_row(number, 0, line)
        for number, row in enumerate(rows, start=len(head)):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(number, column, cell, day)
                elif cell is not None:
                    page.write(number, column, cell)


def people_rows(everyone: Sequence[Agent]) -> Iterator[tuple[str, ...]]:
    """Leads first, then agents; two people outside collections who need no appraisal."""
    for number, (lead, name, team, site) in enumerate(LEADS, start=1):
        yield (
            lead,
            name,
            "Process Lead",
            "Collections",
            "E000",
            team,
            site,
            f"lead{number:04d}",
            "L2",
            "IN",
            f"{date(2021, number, 1)}",
            "",
            "1",
        )
    for agent in everyone:
        grade = "J1" if agent.joined.year >= 2025 else "J2"
        yield (
            agent.id,
            agent.name,
            "Tele Collection Agent",
            "Collections",
            agent.manager,
            agent.team,
            agent.site,
            agent.login,
            grade,
            "IN",
            f"{agent.joined}",
            "",
            agent.fte,
        )
    yield (
        "E000",
        "Nandini Sathe",
        "Head of Collections",
        "Management",
        "",
        "",
        "Mumbai",
        "",
        "M1",
        "IN",
        "2019-04-01",
        "",
        "1",
    )
    yield ("E900", "Om Prakash", "Accountant", "Finance", "E000", "", "Mumbai", "", "S1", "IN", "2020-02-01", "", "1")


def target_rows(everyone: Sequence[Agent]) -> Iterator[tuple[str, ...]]:
    """Monthly targets as the sales desk keeps them: a column a month, `-` before somebody joined."""
    for agent in everyone:
        months = []
        for month in range(1, 13):
            employed = date(2026, month, 28) >= agent.joined
            months.append(str(FULL_TARGET) if employed else "-")
        yield (agent.id, "2026", *months)


def one_on_one_rows(everyone: Sequence[Agent], draw: random.Random) -> Iterator[tuple[str, ...]]:
    """One-on-ones that leads planned with their people every month, and whether they were held."""
    for month in month_starts():
        for agent in everyone:
            if agent.joined <= month:
                held = draw.random() < {"E001": 0.95, "E002": 0.82, "E003": 0.7}[agent.manager]
                yield (agent.manager, agent.id, f"{month + timedelta(days=9)}", "Y" if held else "N")


def violation_rows() -> tuple[tuple[str, ...], ...]:
    """One confirmed breach in the quarter, one allegation, one that was dismissed."""
    return (
        ("E108", "2026-08-11", "call after 19:00", "confirmed", "2026-09-02"),
        ("E122", "2026-09-21", "call to a third party", "alleged", ""),
        ("E133", "2026-07-30", "call frequency", "dismissed", "2026-08-20"),
    )


EVENTS = {
    "callbacks": (callback_rows, ("employee_id", "due_on", "account_id", "In window (Y/N)", "Cancelled (Y/N)")),
    "promises": (promise_rows, ("employee_id", "due_on", "account_id", "amount", "status")),
    "plan_offers": (offer_rows, ("employee_id", "offered_on", "account_id", "agreed", "first_instalment_paid")),
    "demand": (demand_rows, ("employee_id", "month", "demand")),
    "payments": (payment_rows, ("value_date", "employee_id", "account_id", "amount", "channel")),
    "surveys": (survey_rows, ("answered_on", "employee_id", "rating")),
    "development": (development_rows, ("employee_id", "due_on", "action", "weight", "Done (%)")),
    "certificates": (certificate_rows, ("employee_id", "code", "issued_on", "expires_on")),
    "complaints": (complaint_rows, ("employee_id", "received_on", "about", "Upheld (Y/N)")),
    "dialler": (dialler_rows, ("Agent", "Day", "Dials", "Schedule kept")),
}


def write_example(folder: Path) -> None:
    """Write every data file of the example into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    everyone = agents(drawing("people"))
    write_csv(
        folder / "people.csv",
        (
            "employee_id",
            "full_name",
            "designation",
            "department",
            "manager_id",
            "team",
            "site",
            "dialler_login",
            "grade",
            "jurisdiction",
            "from_date",
            "to_date",
            "fte",
        ),
        people_rows(everyone),
    )
    write_csv(
        folder / "holidays.csv", ("date", "name", "site"), [(f"{day}", name, site) for day, name, site in HOLIDAYS]
    )
    write_csv(
        folder / "leave.csv",
        ("employee_id", "first_day", "last_day"),
        [(agent.id, f"{agent.away[0]}", f"{agent.away[1]}") for agent in everyone if agent.away],
    )
    write_csv(
        folder / "targets.csv",
        ("employee_id", "year", *(f"m{month:02d}" for month in range(1, 13))),
        target_rows(everyone),
    )
    write_csv(
        folder / "violations.csv", ("employee_id", "occurred_on", "what", "status", "decided_on"), violation_rows()
    )
    write_csv(folder / "notes.csv", ("person", "section", "text"), note_rows())
    write_csv(
        folder / "one_on_ones.csv",
        ("lead_id", "employee_id", "planned_on", "held"),
        one_on_one_rows(everyone, drawing("talks")),
    )
    for name, (rows_of, header) in EVENTS.items():
        write_csv(
            folder / f"{name}.csv",
            header,
            [row for agent in everyone for row in rows_of(agent, drawing(f"{name} {agent.id}"))],
        )
    write_calls(folder, everyone)
    write_books(folder, everyone)


def write_calls(folder: Path, everyone: Sequence[Agent]) -> None:
    """Write the dialler's calls, a file a quarter, as the dialler exports them."""
    header = ("Agent", "Date", "Time", "Account", "Right party (Y/N)", "Talk time", "Log complete (Y/N)")
    rows = [row for agent in everyone for row in call_rows(agent, drawing(f"calls {agent.id}"))]
    for quarter, months in (("2026-Q2", ("04", "05", "06")), ("2026-Q3", ("07", "08", "09"))):
        write_csv(folder / f"calls-{quarter}.csv", header, [row for row in rows if row[1][3:5] in months])


def write_books(folder: Path, everyone: Sequence[Agent]) -> None:
    """Write the two workbooks: audits, with two lines above the header, and assessments."""
    audits = [row for agent in everyone for row in audit_rows(agent, drawing(f"audits {agent.id}"))]
    head = (
        ("Call audits 2026",),
        ("Exported by the quality desk",),
        ("Employee", "Audited on", "Kind", "Score", "Critical error", "Items", "Items passed"),
    )
    write_workbook(folder / "audits.xlsx", "Audits", head, audits)
    tests = [row for agent in everyone for row in training_rows(agent, drawing(f"training {agent.id}"))]
    write_workbook(folder / "training.xlsx", "Assessments", (("Employee", "Held on", "Course", "Score"),), tests)


if __name__ == "__main__":
    checkout = Path(__file__).resolve().parents[1]
    write_example(
        Path(sys.argv[1]) if len(sys.argv) > 1 else checkout / "templates" / "examples" / "collections" / "data"
    )

"""The kinds of tricky cases that need files: gates, days, targets, teams, definitions, promises and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from offices import Office, begun, result
from solved import bands
from trials import Thing, kpi, only, rated, two

from appraise.model.period import Period

Case = Mapping[str, Any]
EVERYONE = {"source": "people", "columns": {"id": "id", "from": "from"}, "everyone_is": "tried"}


def dated(office: Office, start: str, end: str, before: str = "") -> Thing:
    """A calendar with one period, P, and one of the days before it."""
    earlier = {"period": "O", "start": before, "end": date.fromisoformat(start) - timedelta(days=1)}
    office.table("periods", [*([earlier] if before else []), {"period": "P", "start": start, "end": end}])
    return {"appraise_every": "data/periods.csv"}


def gate_states(folder: Path, given: Case) -> dict[str, Any]:
    """Case 12: the final figure of each person under a gate over a log of breaches, and without the log."""
    office, (start, end) = begun(folder), given["period"]
    known = (date.fromisoformat(given["freeze"]) - date.fromisoformat(end)).days
    confirmed = f"status == 'confirmed' and days_between(period_end, confirmed_at) <= {known}"
    office.rules(
        {
            "period": "P",
            "calendar": dated(office, start, end),
            "people": EVERYONE,
            "sources": {
                "people": "data/people.csv",
                "marks": {"path": "data/marks.csv", "person": "id"},
                "acts": {
                    "path": "data/acts.csv",
                    "person": "id",
                    "date": "occurred",
                    "types": {"confirmed_at": "date"},
                },
            },
            "measures": {
                "breaches": {"count": "acts", "where": confirmed},
                "open_ones": {"count": "acts", "where": "status == 'alleged'"},
            },
        }
    )
    gate = {"id": "g", "when": "breaches > 0", "caps": "overall", "cap_at": float(given["cap"]), "says": "capped"}
    office.template(only(rated("mark"), gates=[{**gate, "open_when": "open_ones > 0", "says_open": "not decided yet"}]))
    office.table("people", [{"id": row["id"], "from": ""} for row in given["rows"]])
    office.table("marks", [{"id": row["id"], "mark": given["base"]} for row in given["rows"]])
    office.table("acts", [row for row in given["rows"] if "feed" not in row])
    with_log = office.both()
    (office.root / "data/acts.csv").unlink()
    without = office.both()
    return {row["id"]: _final((without if "feed" in row else with_log)[row["id"]]) for row in given["rows"]}


def _final(one: Any) -> dict[str, Any]:
    final = {"final": two(one.overall)}
    if one.overall is None:
        return {**final, "status": one.status.value.upper(), "reason": one.reason.upper()}
    return {**final, "provisional": True} if one.provisional else final


def proration(folder: Path, given: Case) -> dict[str, Any]:
    """Case 13: what a target becomes for who joined late, was on leave and works part time; rates stay."""
    office = begun(folder)
    monday, count = date(2025, 1, 6), given["working_days"]
    days = [day for day in (monday + timedelta(days=n) for n in range(2 * count)) if day.weekday() < 5][:count]
    leave = given["protected_leave_days"]
    office.rules(
        {
            "period": "P",
            "minimum_days": 0,
            "calendar": dated(office, str(days[0]), str(days[-1])),
            "people": {
                **EVERYONE,
                "columns": {"id": "id", "from": "from", "fte": "fte"},
                "leave": {"source": "leave", "person": "id", "from": "first", "to": "last"},
            },
            "sources": {
                "people": "data/people.csv",
                "leave": "data/leave.csv",
                "sheet": {"path": "data/sheet.csv", "person": "id"},
                "register": {"path": "data/register.csv", "person": "id"},
            },
            "targets": {"k": {"source": "register", "value": "amount", "per": "period"}},
        }
    )
    sample = {"of": "due", "at_least": given["min_n_kept"]}
    rate = kpi("rate", "100 * kept / due", weight=50, score=bands(given["edges_kept"]), min_sample=sample)
    office.template(
        only(kpi("k", "collected", weight=50, score={"percent_of_target": {"bands": given["edges_target"]}}), rate)
    )
    joined, second = str(days[given["joined_on_working_day"] - 1]), given["second_person"]
    office.table("people", [{"id": "A", "from": joined, "fte": given["fte"]}, {"id": "B", "from": "", "fte": 1}])
    office.table(
        "leave",
        [{"id": "A", "first": days[-leave], "last": days[-1]}] if leave else [{"id": "", "first": "", "last": ""}],
    )
    office.table("register", [{"id": name, "amount": given["target"]} for name in "AB"])
    mine = {"id": "A", "collected": given["collected"], "kept": given["kept"], "due": given["due"]}
    office.table("sheet", [mine, {"id": "B", "collected": 1, **second}])
    found = office.both()
    person, sales, kept, few = (
        found["A"].person,
        result(found["A"]),
        result(found["A"], "rate"),
        result(found["B"], "rate"),
    )
    available = person.available_days or 0
    return {
        "available_days": round(available / float(given["fte"]), 9),
        "availability": f"{available / (person.working_days or 0):.4f}",
        "target_used": two(sales.target),
        "attainment": two(sales.attainment),
        "level": sales.band,
        "score": two(sales.score),
        "kept_rate": {"value_used": two(kept.value), "score": two(kept.score)},
        "second_person": {"status": few.status.value.upper(), "n": few.sample, "min_n": few.sample_needed},
    }


def target_office(folder: Path, given: Case, rows: Any) -> Office:
    """Case 16: a person and a register with these rows."""
    office, person = begun(folder), given["person"]
    office.rules(
        {
            "people": {
                "source": "people",
                "columns": {"id": "id", "role": "role", "team": "team"},
                "roles": {person["role"]: "tried"},
                "attributes": ["region", "grade"],
            },
            "sources": {
                "people": "data/people.csv",
                "sheet": {"path": "data/sheet.csv", "person": "id"},
                "register": "data/register.csv",
            },
            "targets": {
                "register": {
                    "source": "register",
                    "columns": {
                        "target": "target",
                        "scope": "scope",
                        "of": "of",
                        "from": "from",
                        "to": "to",
                        "value": "value",
                        "per": "per",
                    },
                }
            },
        }
    )
    office.template(only(kpi("k", "sold", score={"percent_of_target": {"bands": [80, 95, 105, 120]}})))
    office.table("people", [person])
    office.table("sheet", [{"id": person["id"], "sold": 1}])
    register = [{"target": "k", "to": row.get("to_"), "from": row.get("from_"), **row, "per": "month"} for row in rows]
    office.table("register", [{key: row[key] for key in row if not key.endswith("_")} for row in register])
    return office


def target_inheritance(folder: Path, given: Case) -> dict[str, Any]:
    """Case 16: the target of each month and of all of them, whose row each is, and what a tie gives."""
    office = target_office(folder / "rows", given, given["rows"])
    by_month, scopes = {}, {}
    for month in given["months"]:
        name = month.replace("-", "-M")
        found = office.both(name)[given["person"]["id"]]
        by_month[month] = result(found).target
        scopes[month] = _scope(found, given["rows"])
    first, last = (date.fromisoformat(f"{month}-01") for month in (given["months"][0], given["months"][-1]))
    whole = Period("P", first, (last + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    quarter = result(office.both(whole)[given["person"]["id"]]).target
    tie = target_office(folder / "tie", given, given["tie_test"])
    period = given["months"][-1].replace("-", "-M")
    codes = {problem.code for problem in tie.scored(period)[1]}
    stated = result(tie.both(period)[given["person"]["id"]])
    ambiguous = "ambiguous-target" in codes and stated.reason == "ambiguous_target" and stated.score is None
    tied = "reject AMBIGUOUS_TARGET" if ambiguous else sorted(codes)
    return {"by_month": by_month, "quarter": quarter, "chosen_scope": scopes, "tie_test": tied}


def _scope(one: Any, rows: Any) -> str:
    """The scope of the row of the register that the trace names; its first row stands in line 2."""
    (target,) = [each for each in one.segments[0].measures if each.name == "target.k"]
    (used,) = target.used
    return str(rows[int(used.rows) - 2]["scope"])


def team_rate(folder: Path, given: Case) -> dict[str, Any]:
    """Case 17: the rate of a team, and the mean of its members' rates, which is nobody's."""
    office = begun(folder)
    office.rules(
        {
            "period": "2025-Q3",
            "people": {"source": "people", "columns": {"id": "id", "team": "team"}, "everyone_is": "tried"},
            "sources": {"people": "data/people.csv", "sheet": {"path": "data/sheet.csv", "person": "id"}},
        }
    )
    rate = {"score": bands((40, 50, 60, 70)), "weight": 50, "success_when_empty": False}
    office.template(only(kpi("own", "100 * kept / due", **rate), kpi("all", "100 * kept / due", level="team", **rate)))
    office.table("people", [{"id": one["id"], "team": "T"} for one in given["agents"]])
    office.table("sheet", given["agents"])
    found = list(office.both().values())
    (team,) = {result(one, "all").value for one in found}
    own = [result(one, "own").value for one in found]
    known = [value for value in own if value is not None]
    return {"team_kept_rate": two(team), "not_": two(sum(known) / len(known))}


def definitions(folder: Path, given: Case) -> dict[str, Any]:
    """Case 19: what three metrics make of the same books, under three names."""
    office, found = begun(folder), {}
    columns = ("opening", "credit_sales", "closing", "closing_current")
    variants = ("standard", "monthly_average_sales", "seed_wording")
    end = date(2025, 12, 31) if given["months"] == 12 else date(2025, given["months"] + 1, 1) - timedelta(days=1)
    office.rules(
        {
            "period": "P",
            "calendar": dated(office, "2025-01-01", str(end)),
            "people": EVERYONE,
            "sources": {
                "people": "data/people.csv",
                "books": {"path": "data/books.csv", "company": True, "date": "day"},
            },
            "measures": {name: {"custom": f"cei_{name}", "source": "books"} for name in variants},
        }
    )
    shared = {"weight": "equal", "score": bands((60, 70, 78, 85)), "level": "company"}
    office.template(only(*(kpi(f"k_{name}", name, **shared) for name in variants)))
    office.table("people", [{"id": "A", "from": ""}])
    office.table("books", [{"day": end, **{name: given[name] for name in columns}}])
    scored = office.both()["A"]
    found = {name: result(scored, f"k_{name}") for name in variants}
    names = {one.definition_id for one in found.values()}
    assert names == {f"cei.{name}.v1" for name in variants}
    return {name: two(one.value) for name, one in found.items()}


PROMISED = {"id": "id", "due": "due", "amount": "amount", "paid_by_grace": "paid", "paid_on": "paid_on"}
PLUGIN = {"promise_due_count": "cohort", "promise_kept_count": "rate", "promise_kept_amount": "by_amount"}


def promises(folder: Path, given: Case) -> dict[str, Any]:
    """Case 20: a cohort of promises by due day, counted by filters of a log and by the shipped metrics."""
    office, (start, end) = begun(folder), given["period"]
    known = (date.fromisoformat(given["freeze"]) - date.fromisoformat(end)).days
    stays = f"(missing(gone) or days_between(period_end, gone) > {known})"
    counts = "missing(cancelled) or not cancelled"
    in_time = f"(missing(paid_on) or days_between(due, paid_on) <= {given['grace_days']})"
    kept = f"({counts}) and paid >= amount and {stays} and {in_time}"
    log = {"path": "data/log.csv", "person": "who", "date": "due"}
    log |= {"types": {"paid_on": "date", "gone": "date", "cancelled": "yes_no"}}
    columns = {
        "due_on": "due",
        "promised": "amount",
        "paid": "paid",
        "paid_on": "paid_on",
        "reversed_on": "gone",
        "cancelled": "cancelled",
    }
    options = {"grace_days": given["grace_days"], "freeze_days": known}
    office.rules(
        {
            "period": "P",
            "calendar": dated(office, start, end),
            "people": EVERYONE,
            "sources": {"people": "data/people.csv", "log": log},
            "measures": {
                "due_count": {"count": "log", "where": counts},
                "kept_count": {"count": "log", "where": kept},
                "amount_due": {"sum": "amount", "source": "log", "where": counts},
                "amount_paid": {"sum": "min(paid, amount)", "source": "log", "where": f"({counts}) and {stays}"},
                **{
                    ours: {"custom": name, "source": "log", "columns": columns, "options": options}
                    for name, ours in PLUGIN.items()
                },
            },
        }
    )
    shared = {"weight": "equal", "score": bands((40, 50, 60, 70)), "success_when_empty": False}
    sums = ("due_count", "kept_count", "amount_due", "amount_paid", *PLUGIN.values())
    ratios = {"kept_rate": "100 * kept_count / due_count", "kept_rate_by_amount": "100 * amount_paid / amount_due"}
    office.template(
        only(*(kpi(f"k_{name}", text, **shared) for name, text in [*zip(sums, sums, strict=True), *ratios.items()]))
    )
    office.table("people", [{"id": "A", "from": ""}])
    office.table("log", [_promise(one) for one in given["promises"]])
    scored = office.both()["A"]
    found = {name: result(scored, f"k_{name}").value for name in (*sums, *ratios)}
    assert [found[name] for name in PLUGIN.values()] == [
        found["due_count"],
        found["kept_rate"],
        found["kept_rate_by_amount"],
    ]
    whole = {name: found[name] for name in sums if name not in PLUGIN.values()}
    return {**whole, **{name: two(found[name]) for name in ratios}}


def _promise(one: Case) -> dict[str, Any]:
    """A row of the log of promises; what is not said is blank, and what was not paid is 0."""
    return {
        "who": "A",
        "due": one["due"],
        "amount": one["amount"],
        "paid": one.get("paid_by_grace", 0),
        "paid_on": one.get("paid_on"),
        "gone": one.get("reversed_on"),
        "cancelled": "yes" if one.get("cancelled_before_due") else None,
    }


def calendar(folder: Path, given: Case) -> dict[str, Any]:
    """Case 22: the quarter of moments and days by the company's clock, permitted hours by each customer's."""
    office = begun(folder)
    month = MONTHS[given["fiscal_year_start_month"] - 1]
    permitted = " or ".join(_permitted(*rule) for rule in given["rules"].items())
    office.rules(
        {
            "calendar": {"year_starts": month, "year_named_by": "start", "time_zone": given["company_tz"]},
            "people": EVERYONE,
            "minimum_days": 0,
            "sources": {
                "people": "data/people.csv",
                "calls": {"path": "data/calls.csv", "person": "id", "date": "at"},
                "days": {"path": "data/days.csv", "person": "id", "date": "on"},
            },
            "measures": {
                "made": {"count": "calls"},
                "permitted": {"count": "calls", "where": permitted},
                "days": {"count": "days"},
            },
        }
    )
    names = ("made", "permitted", "days")
    office.template(only(*(kpi(f"k_{name}", name, weight="equal", score=bands((1, 2, 3, 4))) for name in names)))
    calls = {call["id"]: call for call in given["calls"]}
    office.table("people", [{"id": name, "from": ""} for name in [*calls, *(f"d{day}" for day in given["dates"])]])
    office.table(
        "calls", [{key: call[key] for key in ("id", "at", "jurisdiction", "customer_tz")} for call in calls.values()]
    )
    office.table("days", [{"id": f"d{day}", "on": day} for day in given["dates"]])
    quarters, allowed = _counted(office, given)
    named = {name: quarters[name] for name in calls}
    return {
        "quarter_of": named,
        "permitted": {name: allowed[name] for name in calls},
        "dates": {day: quarters[f"d{day}"] for day in given["dates"]},
    }


def _permitted(jurisdiction: str, hours: Sequence[str]) -> str:
    """A filter of calls in a jurisdiction between these hours, the second not included, on the customer's clock."""
    opens, closes = (int(time[:2]) + int(time[3:]) / 60 for time in hours)
    clock = "local_hour(at, customer_tz)"
    return f"(jurisdiction == '{jurisdiction}' and {clock} >= {opens} and {clock} < {closes})"


MONTHS = ("january", "february", "march", "april", "may", "june")
MONTHS += ("july", "august", "september", "october", "november", "december")


def _counted(office: Office, given: Case) -> tuple[dict[str, str], dict[str, bool]]:
    """The quarter in which each call or day is counted, which must be one, and whether a call was permitted."""
    years = {int(text[:4]) for text in [call["at"] for call in given["calls"]] + given["dates"]}
    quarters: dict[str, str] = {}
    permitted: dict[str, bool] = {}
    for year in range(min(years) - 1, max(years) + 1):
        for quarter in "1234":
            for name, one in office.both(period=f"{year}-Q{quarter}").items():
                if result(one, "k_made").value or result(one, "k_days").value:
                    assert name not in quarters
                    quarters[name] = f"FY{year}-{(year + 1) % 100:02d} Q{quarter}"
                    permitted[name] = result(one, "k_permitted").value == 1
    return quarters, permitted


KINDS: Mapping[str, Callable[[Path, Any], Any]] = {
    "gate_states": gate_states,
    "proration_joiner_leave_fte": proration,
    "target_inheritance": target_inheritance,
    "team_rate_is_ratio_of_sums": team_rate,
    "cei_three_definitions": definitions,
    "promise_cohort_partial_reversal": promises,
    "local_hours_and_fiscal_quarters": calendar,
}
"""By the id of a case what solves its kind."""

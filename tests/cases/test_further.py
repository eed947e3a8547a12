"""Further cases of the same kinds: caps and points together, stretches, dates inside periods, all calendars."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from filed import EVERYONE
from offices import Office, begun, result
from trials import Desk, Thing, kpi, kra, only, rated, template

from appraise.model.outcome import Appraisal


def gate(name: str, when: str, caps: str, cap_at: float) -> Thing:
    """A gate."""
    return {"id": name, "when": when, "caps": caps, "cap_at": cap_at, "says": "capped"}


def points(name: str, when: str, add: float) -> Thing:
    """An adjustment."""
    return {"id": name, "when": when, "add": add, "says": "adjusted"}


CAPPED = template(
    kra(rated("x"), name="a", weight=60),
    kra(rated("y"), name="b", weight=40),
    gates=[
        gate("mild", "v > 0", "overall", 2.5),
        gate("grave", "w > 0", "overall", 2),
        gate("area", "z > 0", "kra.a", 1.5),
    ],
    adjustments=[points("one", "t > 0", 0.2), points("two", "u > 0", 0.2), points("less", "q > 0", -0.25)],
)
NOTHING = {"v": 0, "w": 0, "z": 0, "t": 0, "u": 0, "q": 0}


@pytest.mark.parametrize(
    ("more", "uncapped", "overall", "capped_by"),
    [
        ({}, 3.6, 3.6, ""),
        ({"v": 1}, 3.6, 2.5, "mild"),
        ({"v": 1, "w": 1}, 3.6, 2.0, "grave"),
        ({"z": 1}, 2.1, 2.1, ""),
        ({"z": 1, "w": 1}, 2.1, 2.0, "grave"),
        ({"t": 1}, 3.8, 3.8, ""),
        ({"t": 1, "u": 1}, 3.85, 3.85, ""),
        ({"t": 1, "u": 1, "v": 1}, 3.85, 2.5, "mild"),
        ({"t": 1, "u": 1, "q": 1}, 3.75, 3.75, ""),
        ({"x": 5, "y": 5, "t": 1}, 5.0, 5.0, ""),
        ({"x": 1, "y": 1, "q": 1}, 1.0, 1.0, ""),
        ({"x": 1, "y": 1, "w": 1}, 1.0, 1.0, ""),
        ({"x": 2, "y": 2, "w": 1}, 2.0, 2.0, ""),
        ({"x": 1.9, "y": 1.9, "w": 1, "t": 1}, 2.1, 2.0, "grave"),
        ({"t": None}, 3.6, 3.6, ""),
    ],
    ids=str,
)
def test_points_come_before_caps_and_the_lowest_cap_wins(
    desk: Desk, more: dict[str, Any], uncapped: float, overall: float, capped_by: str
) -> None:
    """Points are bounded by 0.25 and by the scale; no point lifts over a cap, and no cap lifts a score."""
    found = desk.everyone(CAPPED, [{"x": 4, "y": 3, **NOTHING, **more}])[0]
    assert (found.uncapped, found.overall, found.capped_by) == (uncapped, overall, capped_by)


@pytest.mark.parametrize(
    ("more", "status", "reason", "indicative"),
    [
        ({"x": None, "y": None}, "not_rated", "low_coverage", None),
        ({"x": None, "y": None, "v": 1}, "not_rated", "low_coverage", None),
        ({"x": None}, "not_rated", "low_coverage", 3.0),
        ({"x": None, "v": 1}, "not_rated", "low_coverage", 2.5),
        ({"x": None, "w": None}, "blocked", "gate_unknown", None),
        ({"v": 1, "w": None}, "blocked", "gate_unknown", None),
        ({"x": 5.01}, "blocked", "kpi_error", None),
    ],
    ids=str,
)
def test_who_has_no_rating(desk: Desk, more: dict[str, Any], status: str, reason: str, indicative: Any) -> None:
    """Nothing missing becomes a number: without figures there is none, and an unknown gate holds the person back."""
    found = desk.everyone(CAPPED, [{"x": 4, "y": 3, **NOTHING, **more}])[0]
    told = (found.status.value, found.reason, found.overall, found.indicative, found.label)
    assert told == (status, reason, None, indicative, None)


@pytest.mark.parametrize(
    ("weights", "overall", "coverage"),
    [
        ((60, 40), 3.0, 60.0),
        ((59.9999, 40.0001), 3.0, 60.0),
        ((59.995, 40.005), 3.0, 60.0),
        ((59.9949, 40.0051), None, 59.99),
        ((59.99, 40.01), None, 59.99),
    ],
    ids=str,
)
def test_coverage_of_just_60(desk: Desk, weights: tuple[float, float], overall: Any, coverage: float) -> None:
    """60 percent is enough; like every figure the coverage is rounded to its two decimals before it is compared."""
    found = desk.one(only(*(rated(*pair) for pair in zip("xy", weights, strict=True))), x=3, y=None)
    assert (found.overall, found.coverage) == (overall, coverage)


@pytest.mark.parametrize("edge", [1.5, 2.5, 3.5, 4.5])
def test_a_tie_at_the_edge_of_a_label_goes_up(desk: Desk, edge: float) -> None:
    """Just half a hundredth below an edge is the edge, and has the label of it; a hair less is below."""
    said = only(rated("x", 50), rated("y", 50))
    rows = [{"x": edge, "y": round(edge - 0.01, 2)}, {"x": edge, "y": round(edge - 0.02, 2)}, {"x": edge, "y": edge}]
    tie, below, at = desk.everyone(said, rows)
    assert (tie.overall, tie.label, below.overall) == (edge, at.label, round(edge - 0.01, 2))
    assert below.label != at.label


@pytest.mark.parametrize(("value", "score"), [(0, 5.0), (7, 5.0), (7.01, 4.99), (8, 4.0), (10, 2.0), (-0.01, 1.0)])
def test_ranges_may_share_an_end(desk: Desk, value: float, score: float) -> None:
    """Where every interval begins at 0, less than 0 is the lowest at once, and the other side is as ever."""
    ranges = {"ranges": [[0, 10], [0, 9], [0, 8], [0, 7]]}
    assert desk.kpi(kpi(direction="range", score={"bands": ranges}), x=value).score == score


@pytest.mark.parametrize(
    ("value", "notes"),
    [
        (480, ()),
        (480.32, ("150.10 % of the target is reached; 150 % is the most that counts",)),
        (1088, ("340.00 % of the target is reached; 150 % is the most that counts",)),
    ],
)
def test_what_is_above_the_cap_is_told(desk: Desk, value: float, notes: tuple[str, ...]) -> None:
    """340 percent count as 150, and nobody is told that 150 were reached."""
    found = desk.kpi(kpi(score=ATTAINED), **{"x": value, "target.k": 320})
    assert (found.attainment, found.notes) == (150.0, notes)


ATTAINED = {"percent_of_target": {"bands": [80, 95, 105, 120]}}
REGISTER = {
    "target": "target",
    "scope": "scope",
    "of": "of",
    "from": "from",
    "to": "to",
    "value": "value",
    "per": "per",
}


def sellers(folder: Path, **more: Any) -> Office:
    """A company that sells, on targets of a register, in a year from April."""
    office = begun(folder)
    rules = {
        "period": "2026-Q1",
        "calendar": {"year_starts": "april", "year_named_by": "start"},
        "people": {
            "source": "people",
            "columns": {"id": "id", "role": "role", "from": "from", "to": "to"},
            "roles": {"Agent": "agent", "Lead": "lead"},
        },
        "sources": {
            "people": "data/people.csv",
            "sales": {"path": "data/sales.csv", "person": "who", "date": "day"},
            "register": "data/register.csv",
        },
        "measures": {"sold": {"sum": "amount", "source": "sales"}},
        "targets": {"register": {"source": "register", "columns": REGISTER}},
    }
    office.rules({**rules, **more})
    for role in ("agent", "lead"):
        office.template({**only(kpi("sales", "sold", score=ATTAINED)), "role": role})
    return office


def sold(name: str, *amounts: tuple[str, float]) -> list[dict[str, Any]]:
    """What somebody sold, by day."""
    return [{"who": name, "day": day, "amount": amount} for day, amount in amounts]


def assigned(name: str, role: str, since: str, until: str = "") -> dict[str, str]:
    """Somebody in a job."""
    return {"id": name, "role": role, "from": since, "to": until}


def target(value: float, since: str = "", until: str = "", per: str = "month") -> dict[str, Any]:
    """A target of everybody."""
    row = {"target": "sales", "scope": "company", "of": "", "from": since, "to": until}
    return {**row, "value": value, "per": per}


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    """April to June 2026 of people who stay, change jobs and join; the target rises on 16 May."""
    office = sellers(tmp_path_factory.mktemp("sellers"))
    office.table(
        "people",
        [
            assigned("stays", "Agent", "2020-01-01"),
            assigned("fifteen", "Agent", "2020-01-01", "2026-04-21"),
            assigned("fifteen", "Lead", "2026-04-22"),
            assigned("fourteen", "Agent", "2020-01-01", "2026-04-20"),
            assigned("fourteen", "Lead", "2026-04-21"),
            assigned("thirty", "Agent", "2026-05-20"),
            assigned("less", "Agent", "2026-05-21"),
        ],
    )
    changed = [("2026-04-20", 50.0), ("2026-04-22", 260.0)]
    edges = [("2026-03-31", 1000.0), ("2026-04-01", 100.0), ("2026-06-30", 200.0), ("2026-07-01", 1000.0)]
    rows = [*sold("stays", *edges), *sold("fifteen", *changed), *sold("fourteen", *changed)]
    office.table("sales", [*rows, *sold("thirty", ("2026-06-01", 180)), *sold("less", ("2026-06-01", 180))])
    office.table("register", [target(100, until="2026-05-15"), target(130, since="2026-05-16")])
    return office.both()


def test_a_target_that_changes_inside_a_month(quarter: dict[str, Appraisal]) -> None:
    """100, then 11 of May's 21 working days of 100 and 10 of 130, then 130: 344.29; 300 is 87.14 percent."""
    found = result(quarter["stays"], "sales")
    assert (found.value, round(found.target or 0, 6)) == (300.0, round(230 + (1100 + 1300) / 21, 6))
    assert (found.attainment, found.score) == (87.14, 2.48)


def test_a_stretch_of_15_days_counts(quarter: dict[str, Appraisal]) -> None:
    """15 days at 1.56 (50 of 68.18) and 50 at 2.94 (260 of 276.10) are 2.62."""
    one = quarter["fifteen"]
    assert [(each.days, each.overall) for each in one.segments] == [(15.0, 1.56), (50.0, 2.94)]
    assert (one.overall, round((15 * 1.56 + 50 * 2.94) / 65, 2)) == (2.62, 2.62)


def test_a_stretch_of_14_days_does_not(quarter: dict[str, Appraisal]) -> None:
    """The other 51 days carry everything: 260 of 280.65 are 92.64 percent."""
    one = quarter["fourteen"]
    short, long = one.segments
    assert (short.days, short.share, short.reason) == (14.0, 0.0, "short_segment")
    assert (long.days, long.share, long.overall, one.overall) == (51.0, 100.0, 2.84, 2.84)


def test_30_days_are_enough_and_29_are_not(quarter: dict[str, Appraisal]) -> None:
    """Who joins on 20 May is there on 8 days of May and 22 of June; a day later is too new."""
    told = {name: (quarter[name].status.value, quarter[name].reason) for name in ("thirty", "less")}
    assert told == {"thirty": ("rated", ""), "less": ("not_rated", "too_new")}


@pytest.mark.parametrize(
    ("period", "counted", "days"),
    [
        ("2023-Q4", 91.0, 65.0),
        ("2023-H2", 183.0, 130.0),
        ("2023", 366.0, 260.0),
        ("2024-M02", 29.0, 21.0),
        ("2024-Q4", 90.0, 64.0),
    ],
)
def test_a_leap_day_is_a_day(tmp_path: Path, period: str, counted: float, days: float) -> None:
    """In a year from April the fourth quarter of 2023 ends on 31 March 2024: 31 + 29 + 31 days, each with one event."""
    office = begun(tmp_path)
    calendar = {"year_starts": "april", "year_named_by": "start"}
    sources = {"people": "data/people.csv", "log": {"path": "data/log.csv", "person": "id", "date": "day"}}
    office.rules(
        {"calendar": calendar, "people": EVERYONE, "sources": sources, "measures": {"events": {"count": "log"}}}
    )
    shared = {"weight": 50, "score": {"bands": [1, 2, 3, 4]}}
    office.template(
        only(kpi("k", "events", **shared), kpi("length", "days_between(period_start, period_end)", **shared))
    )
    office.table("people", [{"id": "A", "from": "2000-01-01"}])
    first = date(2023, 3, 1)
    office.table("log", [{"id": "A", "day": first + timedelta(days=n)} for n in range(800)])
    one = office.both(period)["A"]
    assert (result(one).value, (result(one, "length").value or 0) + 1) == (counted, counted)
    assert one.person.working_days == days


def test_periods_of_4_4_and_5_weeks(tmp_path: Path) -> None:
    """Dated periods cut months: four days of February and all of March are 19.05 + 100 of a target of 100 a month."""
    office = begun(tmp_path)
    office.rules(
        {
            "period": "P03",
            "minimum_days": 5,
            "calendar": {"appraise_every": "data/periods.csv"},
            "people": EVERYONE,
            "sources": {
                "people": "data/people.csv",
                "log": {"path": "data/log.csv", "person": "id", "date": "day"},
                "register": {"path": "data/register.csv", "person": "id"},
            },
            "measures": {"sold": {"sum": "amount", "source": "log"}},
            "targets": {"sales": {"source": "register", "value": "v", "per": "month"}},
        }
    )
    growth = kpi("growth", "sold - prev.sold", weight=50, score={"bands": [-1000, 0, 10, 20]})
    office.template(only(kpi("sales", "sold", weight=50, score=ATTAINED), growth))
    starts = ("2024-01-01", "2024-01-29", "2024-02-26")
    ends = ("2024-01-28", "2024-02-25", "2024-03-31")
    weeks = zip(("P01", "P02", "P03"), starts, ends, strict=True)
    office.table("periods", [{"period": name, "start": start, "end": end} for name, start, end in weeks])
    office.table("people", [{"id": "A", "from": "2020-01-01"}])
    days = [("2024-02-25", 1000), ("2024-02-26", 50), ("2024-02-29", 25), ("2024-03-31", 40), ("2024-04-01", 7)]
    office.table("log", [{"id": "A", "day": day, "amount": amount} for day, amount in days])
    office.table("register", [{"id": "A", "v": 100}])
    sales, growth_found = (result(office.both()["A"], name) for name in ("sales", "growth"))
    assert (sales.value, round(sales.target or 0, 6), sales.attainment) == (115.0, round(100 + 400 / 21, 6), 96.6)
    assert (growth_found.value, growth_found.score) == (-885.0, 2.12)

"""Which target row is in force for whom on which days, and what those days are worth of it.

The period is cut wherever something can change: at the first of each month, and where a target row or an assignment
begins or ends. In each such stretch the most specific row in force counts: a person's before the team's, then region
and grade, the region's, the role's and the company's. Amounts shrink with availability: a stretch is worth the share
that its available days have of the working days of the month (`per: month`) or period (`per: period`), or its available
days times the amount (`per: day`), and newcomers owe the percentage of their month of tenure. A `rate` is not shrunk;
of several in the period the weighted mean counts, see `sources.target_rates`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.sources.availability import with_days_worked
from appraise.sources.facts import FILE, LINE
from appraise.sources.target_ramps import FULL, with_ramp
from appraise.sources.target_scopes import SCOPES, pair

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from appraise.model.period import Period
    from appraise.sources.roster import Roster

_REGION, _GRADE = "person.region", "person.grade"


def parts_of(roster: Roster, rows: pl.DataFrame, ramp: Sequence[float] = ()) -> pl.DataFrame:
    """Every person's stretches of the period, with the target rows in force in each.

    Args:
        roster: the people, their assignments and leave.
        rows: the rows of one target, in the form of `sources.target_rows`.
        ramp: percentages by month of tenure, see `sources.target_ramps`.

    Returns:
        person, stretch (the segment of the roster), start, end, month (its first day), available (days), `_stretch` (a
        number), ramp (percent), tenure, rank (0 the most specific scope, null: no row in force), and `_row`, scope, of,
        value, per, `_file` and `_line` of the row in force. A stretch with several of the same rank has a row for each:
        that is ambiguous.
    """
    stretches = _stretches(roster, _slices(roster.period, rows), ramp)
    numbered = rows.with_row_index("_row")
    found = [_in_force(stretches, numbered, rank, scope) for rank, scope in enumerate(SCOPES)]
    candidates = pl.concat(found).join(numbered, on="_row", maintain_order="left")
    best = candidates.filter(pl.col("rank") == pl.col("rank").min().over("_stretch")).select(
        "_stretch", "rank", "_row", "scope", "of", "value", "per", FILE, LINE
    )
    joined = stretches.join(best, on="_stretch", how="left", maintain_order="left")
    return joined.sort("person", "start", "_row", maintain_order=True)


def amounts_of(roster: Roster, parts: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """What each row in force is worth in the span that its value covers, and the rates with their values.

    Args:
        roster: the people.
        parts: stretches with the rows in force, see `parts_of`; perhaps with columns that tell their team.
        keys: the names of such columns, or `stretch` for the segments; what has the same is taken together.

    Returns:
        the keys, month (its first day; the period's for what covers the period), start, site, scope, of, value,
        per, ramp, tenure, available, base (the days that the value covers), amount, `_file` and `_line`; `amount` is
        null where the row's value is. A row that several months of tenure meet is there for each of them.
    """
    in_force = parts.filter(pl.col("_row").is_not_null())
    month = pl.when(pl.col("per") == "period").then(pl.lit(roster.period.start)).otherwise(pl.col("month"))
    amounts = in_force.filter((pl.col("per") != "rate") & (pl.col("available") > 0))
    by_row = amounts.group_by(*keys, month.alias("month"), "_row", "tenure", maintain_order=True).agg(_of_row())
    worth = by_row.with_columns(_days_covered(roster, by_row)).with_columns(_amount().alias("amount"))
    rates = in_force.filter(pl.col("per") == "rate").group_by(*keys, "_row", maintain_order=True)
    last = rates.agg(pl.col("month").first(), pl.lit(None, dtype=pl.Int32).alias("tenure"), *_of_row())
    told = last.with_columns(base=pl.lit(None, dtype=pl.Float64), amount="value")
    return pl.concat([worth, told.select(worth.columns)])


def _of_row() -> list[pl.Expr]:
    return [
        pl.col("start").min(),
        pl.col("site", "scope", "of", "value", "per", "ramp", FILE, LINE).first(),
        number_of(fixed(pl.col("available")).sum()).alias("available"),
    ]


def _days_covered(roster: Roster, by_row: pl.DataFrame) -> pl.Series:
    """The working days of the month or period that a row's value covers."""
    period, month = roster.period, pl.when(pl.col("per") == "month")
    spans = by_row.select(
        "site",
        person=pl.lit(""),
        fte=pl.lit(1.0),
        start=month.then(pl.col("month")).otherwise(pl.lit(period.start)),
        end=month.then(pl.col("month").dt.month_end()).otherwise(pl.lit(period.end)),
    )
    return with_days_worked(spans, roster.leave.clear(), roster.calendar)["days"].alias("base")


def _amount() -> pl.Expr:
    """The value times the available share of the days it covers; the whole value, to the bit, for all of them."""
    value = pl.col("value") * pl.col("ramp") / (pl.col("ramp") * 0.0 + FULL)
    owed = pl.when(pl.col("ramp") == FULL).then(pl.col("value")).otherwise(value)
    share = owed * pl.col("available")
    return (
        pl.when(pl.col("per") == "day")
        .then(share)
        .when(pl.col("available") == pl.col("base"))
        .then(owed)
        .otherwise(share / pl.col("base"))
    )


def _slices(period: Period, rows: pl.DataFrame) -> list[tuple[date, date]]:
    """The period cut at the first of each month and where a target row begins or has ended."""
    day = timedelta(days=1)
    months = pl.date_range(period.start, period.end, "1d", eager=True).dt.month_start().unique().to_list()
    ends = [end + day for end in rows["end"].unique().to_list() if end < period.end]
    cuts = {period.start, *months, *rows["start"].unique().to_list(), *ends}
    firsts = sorted(cut for cut in cuts if period.start <= cut <= period.end)
    return [(first, after - day) for first, after in zip(firsts, [*firsts[1:], period.end + day], strict=True)]


def _stretches(roster: Roster, slices: list[tuple[date, date]], ramp: Sequence[float]) -> pl.DataFrame:
    """Every assignment of the period in each slice, with its segment and its available days."""
    here = roster.spells
    cut = pl.DataFrame(slices, schema={"_first": pl.Date, "_last": pl.Date}, orient="row")
    stretches = (
        here.drop(FILE, LINE)
        .join(cut, how="cross", maintain_order="left")
        .with_columns(
            pl.max_horizontal("start", "_first").alias("start"), pl.min_horizontal("end", "_last").alias("end")
        )
        .filter(pl.col("start") <= pl.col("end"))
    )
    ramped = with_ramp(stretches, roster, ramp)
    worked = with_days_worked(ramped, roster.leave, roster.calendar).with_columns(
        pl.col("start").dt.month_start().alias("month")
    )
    return worked.drop("_last", "days", "name", "manager", "template", "segment").with_row_index("_stretch")


def _in_force(stretches: pl.DataFrame, rows: pl.DataFrame, rank: int, scope: str) -> pl.DataFrame:
    """The stretches and rows of one scope that meet: `_stretch`, `_row` and the rank of the scope."""
    of_scope = rows.filter(pl.col("scope") == scope).select("of", "_row", _from="start", _until="end")
    keys = _keys_of(scope, set(stretches.columns))
    met = [
        stretches.select("_stretch", "start", key.alias("of")).join(of_scope, on="of", maintain_order="left_right")
        for key in (keys if of_scope.height else [])
    ]
    nothing = stretches.head(0).select("_stretch", "start", _row=pl.lit(0, dtype=pl.UInt32))
    joined = pl.concat(
        [nothing, *(part.filter(_covers()).select("_stretch", "start", "_row") for part in met)], how="vertical_relaxed"
    )
    return joined.unique(["_stretch", "_row"], maintain_order=True).select(
        "_stretch", "_row", pl.lit(rank, dtype=pl.UInt8).alias("rank")
    )


def _covers() -> pl.Expr:
    """Slices are cut where rows begin and end, so a row that is in force on the first day is so on all."""
    return pl.col("start").is_between("_from", "_until")


def _keys_of(scope: str, columns: set[str]) -> list[pl.Expr]:
    """What the `of` of a scope is compared with; a role by template or by job title."""
    known = {
        "person": [pl.col("person")],
        "team": [pl.col("team")],
        "role": [pl.col("role"), pl.col("role_title")],
        "company": [pl.lit("")],
    }
    if _REGION in columns:
        known["region"] = [pl.col(_REGION).cast(pl.String)]
    if {_REGION, _GRADE} <= columns:
        known["region+grade"] = [pair(pl.concat_str(pl.col(_REGION, _GRADE).cast(pl.String), separator="/"))]
    return known.get(scope, [])

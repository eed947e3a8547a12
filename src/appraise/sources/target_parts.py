"""Which target row is in force for whom on which days, and what those days are worth of it.

The period is cut wherever something can change: at the first of each month, and where a target row or an assignment
begins or ends. In each such stretch the most specific row in force counts: a person's before the team's, then region
and grade, the region's, the role's and the company's. Amounts shrink with availability: a stretch is worth the share
that its available days have of the working days of the month (`per: month`) or period (`per: period`), or its available
days times the amount (`per: day`). A `rate` is not shrunk; the one in force last counts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.expr.totals import fixed, number_of
from appraise.sources.availability import with_days_worked
from appraise.sources.facts import FILE, LINE
from appraise.sources.target_scopes import SCOPES, pair

if TYPE_CHECKING:
    from datetime import date

    from appraise.model.period import Period
    from appraise.sources.roster import Roster

_REGION, _GRADE = "person.region", "person.grade"


def parts_of(roster: Roster, rows: pl.DataFrame) -> pl.DataFrame:
    """Every person's stretches of the period, with the target rows in force in each.

    Args:
        roster: the people, their assignments and leave.
        rows: the rows of one target, in the form of `sources.target_rows`.

    Returns:
        person, start, end, month (its first day), available (days), `_stretch` (a number), rank (0 the most specific
        scope, null: no row in force), and `_row`, scope, of, value, per, `_file` and `_line` of the row in force. A
        stretch with several of the same rank has a row for each: that is ambiguous.
    """
    stretches = _stretches(roster, _slices(roster.period, rows))
    numbered = rows.with_row_index("_row")
    found = [_in_force(stretches, numbered, rank, scope) for rank, scope in enumerate(SCOPES)]
    candidates = pl.concat(found).join(numbered, on="_row", maintain_order="left")
    best = candidates.filter(pl.col("rank") == pl.col("rank").min().over("_stretch")).select(
        "_stretch", "rank", "_row", "scope", "of", "value", "per", FILE, LINE
    )
    joined = stretches.join(best, on="_stretch", how="left", maintain_order="left")
    return joined.sort("person", "start", "_row", maintain_order=True)


def amounts_of(roster: Roster, parts: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """What each row in force is worth in the span that its value covers, and a person's last rate with its value.

    Args:
        roster: the people.
        parts: stretches with the rows in force, see `parts_of`; perhaps with columns that tell their team.
        keys: the names of such columns; without them a person's stretches are taken together.

    Returns:
        the keys, person, month (its first day; the period's for what covers the period), start, site, scope, of, value,
        per, available, amount, `_file` and `_line`; `amount` is null where the row's value is.
    """
    in_force = parts.filter(pl.col("_row").is_not_null())
    rates = in_force.filter(pl.col("per") == "rate").unique([*keys, "person"], keep="last", maintain_order=True)
    month = pl.when(pl.col("per") == "period").then(pl.lit(roster.period.start)).otherwise(pl.col("month"))
    by_row = (
        in_force.filter((pl.col("per") != "rate") & (pl.col("available") > 0))
        .group_by(*keys, "person", month.alias("month"), "_row", maintain_order=True)
        .agg(
            pl.col("start").min(),
            pl.col("site", "scope", "of", "value", "per", FILE, LINE).first(),
            number_of(fixed(pl.col("available")).sum()).alias("available"),
        )
    )
    worth = by_row.with_columns(_days_covered(roster, by_row)).with_columns(_amount().alias("amount")).drop("base")
    return pl.concat([worth, rates.with_columns(pl.col("value").alias("amount")).select(worth.columns)])


def _days_covered(roster: Roster, by_row: pl.DataFrame) -> pl.Series:
    """The working days of the month or period that a row's value covers."""
    period, month = roster.period, pl.when(pl.col("per") == "month")
    spans = by_row.select(
        "person",
        "site",
        fte=pl.lit(1.0),
        start=month.then(pl.col("month")).otherwise(pl.lit(period.start)),
        end=month.then(pl.col("month").dt.month_end()).otherwise(pl.lit(period.end)),
    )
    return with_days_worked(spans, roster.leave.clear(), roster.calendar)["days"].alias("base")


def _amount() -> pl.Expr:
    """The value times the available share of the days it covers; the whole value, to the bit, for all of them."""
    share = pl.col("value") * pl.col("available")
    return (
        pl.when(pl.col("per") == "day")
        .then(share)
        .when(pl.col("available") == pl.col("base"))
        .then(pl.col("value"))
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


def _stretches(roster: Roster, slices: list[tuple[date, date]]) -> pl.DataFrame:
    """Every assignment of the period in each slice, with its available days."""
    period = roster.period
    here = roster.assignments.filter((pl.col("start") <= period.end) & (pl.col("end") >= period.start))
    cut = pl.DataFrame(slices, schema={"_first": pl.Date, "_last": pl.Date}, orient="row")
    stretches = (
        here.drop(FILE, LINE)
        .join(cut, how="cross", maintain_order="left")
        .with_columns(
            pl.max_horizontal("start", "_first").alias("start"), pl.min_horizontal("end", "_last").alias("end")
        )
        .filter(pl.col("start") <= pl.col("end"))
    )
    worked = with_days_worked(stretches, roster.leave, roster.calendar).with_columns(
        pl.col("start").dt.month_start().alias("month")
    )
    return worked.drop("_last", "days", "name", "manager", "fte").with_row_index("_stretch")


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

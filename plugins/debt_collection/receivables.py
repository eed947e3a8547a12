"""What a company is owed: opening and closing receivables and credit sales, from a sheet of balances or from invoices.

A sheet has a row for each stretch (a month, a quarter), dated with its last day; of several rows in the period the
opening is that of the first, the closing that of the last, and sales are added up; with a gap in one of them there is
no figure. An invoice is owed from the day it is written until the day before it is settled, and current at the end of a
day before it is due.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from appraise.plugin import Kind, MeasureColumn

from .totals import amount, complete_sum

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from appraise.plugin import MeasureRequest

OPENING = MeasureColumn("opening", Kind.NUMBER, "Receivables when the stretch of the row begins.")
CREDIT_SALES = MeasureColumn("credit_sales", Kind.NUMBER, "Sales on credit in the stretch.")
CLOSING = MeasureColumn("closing", Kind.NUMBER, "Receivables when it ends.")
CLOSING_CURRENT = MeasureColumn("closing_current", Kind.NUMBER, "Those of them that are not due yet.")

INVOICES = (
    MeasureColumn("amount", Kind.NUMBER, "The amount of the invoice."),
    MeasureColumn("invoiced_on", Kind.DATE, "The day it was written."),
    MeasureColumn("due_on", Kind.DATE, "The day it is due."),
    MeasureColumn("settled_on", Kind.DATE, "The day it was paid, blank while it is open.", blank=True),
)
"""The columns of a list of invoices, instead of a sheet of balances."""

_STATES: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "opening": pl.Expr.first,
    "credit_sales": complete_sum,
    "closing": pl.Expr.last,
    "closing_current": pl.Expr.last,
}
"""How the rows of several stretches become the figure of the period."""


def receivables(request: MeasureRequest) -> pl.DataFrame:
    """`person`, and of opening, credit_sales, closing and closing_current those that are known, for the period."""
    if "amount" in request.rows.columns:
        return _of_invoices(request)
    sheet = _sheet(request).filter(pl.col("day") >= request.start)
    return sheet.group_by("person", maintain_order=True).agg(
        combined(pl.col(figure)) for figure, combined in _STATES.items() if figure in sheet.columns
    )


def sales_by_stretch(request: MeasureRequest) -> pl.DataFrame:
    """`person`, `day` (the stretch's last), `days` and `credit_sales`, also of stretches before the period."""
    if "amount" in request.rows.columns:
        return _months_of_invoices(request)
    since = pl.col("day").diff().over("person").dt.total_days()
    days = since.fill_null(pl.col("day").dt.days_in_month())
    return _sheet(request).select("person", "day", "credit_sales", days=days)


def days_of(request: MeasureRequest) -> int:
    """How many days the period has."""
    return (request.end - request.start).days + 1


def months_of(request: MeasureRequest) -> int:
    """How many calendar months the period touches."""
    return 12 * (request.end.year - request.start.year) + request.end.month - request.start.month + 1


def _sheet(request: MeasureRequest) -> pl.DataFrame:
    """One row for each person and day, with a gap where a cell is missing; without days it tells of the period."""
    rows = request.rows if request.left_out is None else pl.concat([request.rows, request.left_out])
    figures = [complete_sum(amount(figure)) for figure in _STATES if figure in rows.columns]
    day = pl.col("date").dt.date() if "date" in rows.columns else pl.lit(request.end)
    return rows.group_by("person", day.alias("day")).agg(figures).sort("person", "day")


def _of_invoices(request: MeasureRequest) -> pl.DataFrame:
    start, end = request.start, request.end
    written = pl.col("invoiced_on").is_between(start, end)
    open_at_end = _is_open(end)
    figures = {
        "opening": _is_open(start - timedelta(days=1)),
        "credit_sales": written,
        "closing": open_at_end,
        "closing_current": open_at_end & (pl.col("due_on") > end),
    }
    return request.rows.group_by("person").agg(
        amount("amount").filter(counted).sum().alias(figure) for figure, counted in figures.items()
    )


def _is_open(day: date) -> pl.Expr:
    unsettled = pl.col("settled_on").is_null() | (pl.col("settled_on") > day)
    return (pl.col("invoiced_on") <= day) & unsettled


def _months_of_invoices(request: MeasureRequest) -> pl.DataFrame:
    """Every calendar month from a person's first invoice on, those without sales too; the last ends with the period."""
    invoices = request.rows.filter(pl.col("invoiced_on") <= request.end).select(
        "person", amount("amount"), month=pl.col("invoiced_on").dt.month_start()
    )
    months = pl.date_ranges("month", pl.lit(request.end), "1mo")
    calendar = invoices.group_by("person").agg(pl.col("month").min()).with_columns(months).explode("month")
    sales = invoices.group_by("person", "month").agg(credit_sales=pl.col("amount").sum())
    day = pl.min_horizontal(pl.col("month").dt.month_end(), pl.lit(request.end))
    return calendar.join(sales, on=["person", "month"], how="left").select(
        "person", pl.col("credit_sales").fill_null(0), day=day, days=(day - pl.col("month")).dt.total_days() + 1
    )

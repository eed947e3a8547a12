"""Draw the data of the `call_centre` example: one workbook of calls with text dates and time cells.

After changing anything here run `python scripts/make_call_centre.py` and commit what it writes; a test compares them.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter

AGENTS = ("Amara", "Bastian", "Chloe", "Dmitri")
HEADER = (
    "Call Id",
    "Agent",
    "Date",
    "Time",
    "Topic",
    "Answered (Y/N)",
    "Resolved",
    "Speed of answer in seconds",
    "AvgTalkDuration",
    "Satisfaction rating",
)
TOPICS = ("Billing", "Technical support", "Contract", "Streaming")
WRITTEN = datetime(2026, 4, 1)  # noqa: DTZ001 -- a workbook's date has no time zone


def calls(draw: random.Random) -> list[tuple[object, ...]]:
    """About four hundred calls of the first quarter of 2026; an unanswered call has no speed, talk time or rating."""
    rows: list[tuple[object, ...]] = []
    for offset in range(90):
        day = date(2026, 1, 1) + timedelta(days=offset)
        for _ in range(draw.randint(3, 6)):
            number, agent = len(rows) + 1, draw.choice(AGENTS)
            head = (
                f"C{number:04d}",
                agent,
                f"{day}",
                time(draw.randint(9, 17), draw.randint(0, 59), draw.randint(0, 59)),
                draw.choice(TOPICS),
            )
            if draw.random() < 0.81 + 0.02 * AGENTS.index(agent):
                talk = draw.randint(30, 419)
                rows.append(
                    (
                        *head,
                        "Y",
                        "Y" if draw.random() < 0.9 else "N",
                        draw.randint(10, 125),
                        time(0, talk // 60, talk % 60),
                        draw.choice((1, 2, 3, 3, 4, 4, 5)),
                    )
                )
            else:
                rows.append((*head, "N", "N", None, None, None))
    return rows


def write_calls(path: Path) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": WRITTEN})
        clock = book.add_format({"num_format": "hh:mm:ss"})
        page = book.add_worksheet("Calls")
        page.write_row(0, 0, HEADER)
        for number, row in enumerate(calls(random.Random("calls")), start=1):  # noqa: S311 -- invented data
            for column, cell in enumerate(row):
                if isinstance(cell, time):
                    page.write_datetime(number, column, cell, clock)
                elif cell is not None:
                    page.write(number, column, cell)


if __name__ == "__main__":
    checkout = Path(__file__).resolve().parents[1]
    write_calls(
        Path(sys.argv[1])
        if len(sys.argv) > 1
        else checkout / "templates" / "examples" / "call_centre" / "data" / "calls.xlsx"
    )

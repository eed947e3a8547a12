"""Draws random well-kinded expressions and rows, and compares plain numbers with columns bit for bit.

Run it for a long night: `python tests/expr/fuzz.py COUNT [--seed N] [--rows 200]`.
"""

from __future__ import annotations

import argparse
import math
import random
import struct
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import polars as pl

from appraise.expr.arithmetic import SEVERITY
from appraise.expr.columns import bind
from appraise.expr.formula import Formula, parse
from appraise.expr.functions import Functions, Workdays, functions_with
from appraise.expr.kinds import kind_of
from appraise.expr.numbers import evaluate
from appraise.model.expression import Expression
from appraise.model.kinds import Fault, Kind, Value
from appraise.model.place import Place

BATCH = 50
"""Expressions that are worked out in one select."""

NUMBERS = (
    "a", "b", "c", "calls", "zeros", "blanks", "constant", "wild",
    "prev.a", "prev.zeros", "team.a", "prev.team.b", "target.sales", "person.grade",
)  # fmt: skip
CONDITIONS = ("yes", "no_idea", "person.active")
TEXTS = ("code", "person.region")
DATES = ("opened", "closed", "period_end")

SCOPE: Mapping[str, Kind] = {
    **dict.fromkeys(NUMBERS, Kind.NUMBER),
    **dict.fromkeys(CONDITIONS, Kind.YES_NO),
    **dict.fromkeys(TEXTS, Kind.TEXT),
    **dict.fromkeys(DATES, Kind.DATE),
}

ODD_NUMBERS = (
    0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 0.1, 0.2, 0.3, 100.0, 739.0, 1e15, -1e15, 1e-15, 5e-324, -5e-324,
    2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308, 1e300, 1e154, 9007199254740993.0,
    281474976710656.0, 28.999999999999996, 1.005, 2.675, math.inf, -math.inf, math.nan,
)  # fmt: skip
WORDS = ("", "DRA", "a", "col", "ä", "prev.a", "O'Neil", "42")


@dataclass(slots=True)
class Draw:
    """Draws expressions of a wanted kind, at most so deep."""

    chance: random.Random
    drawn: Counter[str] = field(default_factory=Counter)

    def expression(self) -> str:
        """An expression of any kind but date, since nothing is ever a date in the end."""
        kind = self.chance.choices([Kind.NUMBER, Kind.YES_NO, Kind.TEXT], [6, 3, 1])[0]
        return self.of(kind, self.chance.choice((1, 2, 3, 3, 4, 5)))

    def of(self, kind: Kind, depth: int) -> str:
        """An expression of the kind."""
        makers = {
            Kind.NUMBER: (self.number, self.literal_number),
            Kind.YES_NO: (self.condition, self.literal_condition),
            Kind.TEXT: (self.text, self.literal_text),
            Kind.DATE: (self.day, self.day_name),
        }
        grown, leaf = makers[kind]
        return leaf() if depth <= 0 or self.chance.random() < 0.1 else grown(depth - 1)

    def one(self, what: str) -> str:
        """Counts what was drawn."""
        self.drawn[what] += 1
        return what

    def literal_number(self) -> str:
        """A name or a number."""
        if self.chance.random() < 0.6:
            return self.chance.choice(NUMBERS)
        written = ("0", "1", "2", "3", "7", "10", "100", "0.1", "0.5", "2.5", "1e15", "1e-300", "0.07", "60000")
        return self.chance.choice(written)

    def number(self, depth: int) -> str:
        """A calculation."""
        makers = {
            "neg": lambda: f"(-{self.of(Kind.NUMBER, depth)})",
            "**": lambda: f"(({self.of(Kind.NUMBER, depth)}) ** {self.chance.randint(0, 6)})",
            "if": lambda: self.choice(Kind.NUMBER, depth),
            "round": lambda: f"round({self.of(Kind.NUMBER, depth)}, {self.chance.choice((0, 1, 2, 2, 3, 9))})",
            "interpolate": lambda: f"interpolate({self.of(Kind.NUMBER, depth)}, {self.points()})",
            "known": lambda: self.known(Kind.NUMBER, depth),
            "days": lambda: f"({self.of(Kind.DATE, depth)} - {self.of(Kind.DATE, depth)})",
            "dates": lambda: self.date_call(depth),
            "call": lambda: self.call(depth),
        }
        what = self.one(self.chance.choice((*makers, "call", "+", "-", "*", "/", "/", "//", "%")))
        if what in makers:
            return makers[what]()
        return f"({self.of(Kind.NUMBER, depth)} {what} {self.of(Kind.NUMBER, depth)})"

    def call(self, depth: int) -> str:
        """A call about numbers."""
        name = self.one(self.chance.choice(("min", "max", "abs", "clamp", "count_true", "half_of", "ratio", "shaky")))
        if name == "count_true":
            arguments = [self.of(Kind.YES_NO, depth) for _ in range(self.chance.randint(1, 3))]
        else:
            fixed = {"abs": 1, "half_of": 1, "clamp": 3, "ratio": 2, "shaky": 1}
            count = fixed.get(name) or self.chance.randint(1, 4)
            arguments = [self.of(Kind.NUMBER, depth) for _ in range(count)]
        return f"{name}({', '.join(arguments)})"

    def date_call(self, depth: int) -> str:
        """A call about dates."""
        name = self.one(self.chance.choice(("days_between", "minutes_between", "working_days_between", "hour_of")))
        count = 1 if name == "hour_of" else 2
        return f"{name}({', '.join(self.of(Kind.DATE, depth) for _ in range(count))})"

    def points(self) -> str:
        """Points in order of x."""
        across = sorted(self.chance.sample((-5, 0, 0.5, 1, 2.5, 10, 60, 100, 1e6), self.chance.randint(2, 5)))
        return ", ".join(f"({x}, {self.chance.choice((-1, 0, 1, 2.5, 3, 4.99, 5))})" for x in across)

    def literal_condition(self) -> str:
        """A name, or rarely True or False."""
        return self.chance.choice((*CONDITIONS, *CONDITIONS, "True", "False"))

    def condition(self, depth: int) -> str:
        """A question."""
        what = self.one(self.chance.choice(("compare", "compare", "chain", "and", "or", "not", "in", "missing", "if")))
        if what in {"and", "or"}:
            return "(" + f" {what} ".join(self.of(Kind.YES_NO, depth) for _ in range(self.chance.randint(2, 4))) + ")"
        if what == "not":
            return f"(not {self.of(Kind.YES_NO, depth)})"
        if what == "missing":
            return f"missing({self.of(self.chance.choice(list(Kind)), depth)})"
        if what == "if":
            return self.choice(Kind.YES_NO, depth)
        return self.membership(depth) if what == "in" else self.comparison(depth, 1 if what == "compare" else 3)

    def comparison(self, depth: int, signs: int) -> str:
        """A comparison, or a chain of some."""
        kind = self.chance.choices([Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.YES_NO], [6, 2, 1, 1])[0]
        ordered = ("<", "<=", ">", ">=") if kind in {Kind.NUMBER, Kind.DATE} else ()
        text = self.of(kind, depth)
        for _ in range(self.chance.randint(1, signs)):
            text += f" {self.chance.choice((*ordered, '==', '!='))} {self.of(kind, depth)}"
        return f"({text})"

    def membership(self, depth: int) -> str:
        """A look into a list of literals."""
        options = {
            Kind.NUMBER: ("0", "1", "-1", "2.5", "100", "-0.0"),
            Kind.TEXT: ("'DRA'", "''", '"O\'Neil"', "'col'"),
            Kind.YES_NO: ("True", "False"),
        }
        kind = self.chance.choice(list(options))
        chosen = ", ".join(self.chance.choices(options[kind], k=self.chance.randint(1, 4)))
        word = self.chance.choice(("in", "not in"))
        return f"({self.of(kind, depth)} {word} ({chosen},))"

    def choice(self, kind: Kind, depth: int) -> str:
        """A choice between two of the kind."""
        return f"({self.of(kind, depth)} if {self.of(Kind.YES_NO, depth)} else {self.of(kind, depth)})"

    def known(self, kind: Kind, depth: int) -> str:
        """The first known of some."""
        return f"first_known({', '.join(self.of(kind, depth) for _ in range(self.chance.randint(1, 3)))})"

    def literal_text(self) -> str:
        """A name or a text."""
        return self.chance.choice((*TEXTS, *TEXTS, *(f'"{word}"' for word in WORDS)))

    def text(self, depth: int) -> str:
        """A text that is chosen."""
        return self.choice(Kind.TEXT, depth) if self.chance.random() < 0.5 else self.known(Kind.TEXT, depth)

    def day_name(self) -> str:
        """A name of a date."""
        return self.chance.choice(DATES)

    def day(self, depth: int) -> str:
        """A date that is chosen."""
        return self.choice(Kind.DATE, depth) if self.chance.random() < 0.5 else self.known(Kind.DATE, depth)


@dataclass(frozen=True, slots=True)
class Declared:
    """A function as a plugin declares it."""

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    scalar: object
    column: object
    doc: str = "for the tests"


def functions() -> Functions:
    """The language's functions and three of a plugin: plain, sometimes without a result, sometimes too large."""
    number = Kind.NUMBER
    extra = (
        Declared("half_of", (number,), number, lambda x: x * 0.5, lambda x: x * 0.5),
        Declared(
            "ratio",
            (number, number),
            number,
            lambda x, y: x / y if y != 0.0 else None,
            lambda x, y: pl.when(y != 0.0).then(x / y),
        ),
        Declared("shaky", (number,), number, lambda x: x * 1e300, lambda x: x * 1e300),
    )
    holidays = frozenset({date(2026, 8, 15), date(2026, 10, 2), date(2026, 10, 3), date(2026, 12, 25)})
    table, problems = functions_with(extra, Workdays(frozenset(range(6)), holidays))
    assert problems == []
    return table


def rows(chance: random.Random, count: int) -> pl.DataFrame:
    """Rows with everything that upsets arithmetic: blanks, zeros, halves, the subnormal, the huge and the infinite."""

    def number(name: str) -> float | None:
        sort = name.rpartition(".")[2]
        if sort == "blanks" or chance.random() < 0.1:
            return None
        if sort == "zeros":
            return chance.choice((0.0, 0.0, -0.0, 1.0))
        if sort == "wild":
            return chance.choice((*ODD_NUMBERS, chance.uniform(-1e300, 1e300), _any_bits(chance)))
        if sort == "calls":
            return float(chance.randint(0, 2000))
        return chance.choice(
            (float(chance.randint(-9, 9)), chance.randint(0, 10**7) / 100, chance.choice(ODD_NUMBERS[:15]))
        )

    def maybe(value: Value) -> Value:
        return None if chance.random() < 0.15 else value

    numbers = {name: pl.Series(name, [number(name) for _ in range(count)], pl.Float64) for name in NUMBERS}
    texts = {name: pl.Series(name, [maybe(chance.choice(WORDS)) for _ in range(count)], pl.String) for name in TEXTS}
    answers = {
        name: pl.Series(name, [maybe(chance.random() < 0.5) for _ in range(count)], pl.Boolean) for name in CONDITIONS
    }
    opened = pl.Series("opened", [maybe(_moment(chance)) for _ in range(count)], pl.Datetime("us"))
    closed = pl.Series("closed", [maybe(_moment(chance).date()) for _ in range(count)], pl.Date)
    frame = pl.DataFrame([*numbers.values(), *texts.values(), *answers.values(), opened, closed])
    # Columns that are the same in all rows are held in another way, and calculated with in another way.
    return frame.with_columns(constant=pl.lit(chance.choice((100.0, 3.0, 0.0))), period_end=pl.lit(date(2026, 9, 30)))


def _any_bits(chance: random.Random) -> float:
    return float(struct.unpack("<d", chance.randbytes(8))[0])


def _moment(chance: random.Random) -> datetime:
    if chance.random() < 0.1:
        return chance.choice((datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), datetime(1969, 12, 31)))  # noqa: DTZ001 -- company time has no zone
    return datetime(2026, 7, 1) + timedelta(microseconds=chance.randint(-(10**13), 10**13))  # noqa: DTZ001 -- company time has no zone


def bits(value: Value) -> object:
    """The value so that only the same bits are equal."""
    return struct.pack("<d", value) if isinstance(value, float) else value


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    expressions: int = 0
    cells: int = 0
    missing: int = 0
    too_large: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def formulas(draw: Draw, table: Functions, count: int, tally: Tally) -> list[tuple[Formula, Kind]]:
    """So many parsed expressions with the kind that the check finds."""
    found: list[tuple[Formula, Kind]] = []
    while len(found) < count:
        text = draw.expression()
        formula, problems = parse(Expression(text, Place("fuzz", 1, 1)), table)
        if formula is None:
            assert [problem.code for problem in problems] == ["formula-too-large"], (text, problems)
            tally.too_large += 1
            continue
        report = kind_of(formula, SCOPE)
        assert report.problems == (), (text, report.problems)
        assert report.kind is not None, text
        found.append((formula, report.kind))
    return found


def compare(batch: Sequence[tuple[Formula, Kind]], frame: pl.DataFrame, tally: Tally) -> None:
    """Work the batch out both ways and note every difference."""
    bound = [bind(formula, SCOPE) for formula, _ in batch]
    found = frame.select(
        *(part.value.alias(f"{position}") for position, part in enumerate(bound)),
        *(part.fault.alias(f"{position}?") for position, part in enumerate(bound)),
    )
    people = frame.to_dicts()
    faults = list(Fault)
    for position, (formula, kind) in enumerate(batch):
        tally.expressions += 1
        assert bound[position].kind is kind, formula.text
        columns = zip(found[f"{position}"], found[f"{position}?"], strict=True)
        for person, (value, fault) in zip(people, columns, strict=True):
            outcome = evaluate(formula, person)
            tally.cells += 1
            tally.faults[outcome.fault.value] += 1
            tally.missing += outcome.value is None
            if (bits(outcome.value), SEVERITY[outcome.fault]) != (bits(value), fault):
                numbers = f"{outcome.value!r} {outcome.fault.value}"
                inputs = {name: person[name] for name in sorted(formula.names)}
                tally.differences.append(f"{formula.text}\n  {inputs}\n  {numbers} / {value!r} {faults[fault]}")
                break


def run(count: int, seed: int, row_count: int) -> tuple[Tally, Draw]:
    """Compare so many random expressions over so many random rows."""
    chance = random.Random(seed)  # noqa: S311 -- a test wants the same numbers again
    draw, tally, table = Draw(chance), Tally(), functions()
    for start in range(0, count, BATCH):
        batch = formulas(draw, table, min(BATCH, count - start), tally)
        compare(batch, rows(chance, row_count), tally)
    return tally, draw


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=200)
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    tally, draw = run(options.count, options.seed, options.rows)
    seconds = time.perf_counter() - begun
    sys.stdout.write(
        f"{tally.expressions} expressions x {options.rows} rows in {seconds:.0f} s, seed {options.seed}: "
        f"{len(tally.differences)} differ\n"
        f"{tally.cells} results, {tally.missing} missing: {dict(tally.faults)}\n"
        f"{tally.too_large} drawn expressions were over the limits; drawn: {dict(draw.drawn.most_common())}\n"
    )
    sys.stdout.writelines(f"DIFFERS {difference}\n" for difference in tally.differences[:20])
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

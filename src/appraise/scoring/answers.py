"""The expressions of a template worked out for the whole company: each one once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from appraise.expr.columns import bind
from appraise.expr.kinds import kind_of
from appraise.expr.parts import DTYPES
from appraise.model.kinds import SEVEREST_LAST, Fault, Kind
from appraise.scoring.by_month import mean_columns
from appraise.scoring.statuses import FAULT_CODES, MISSING_CODES, MISSING_REASONS, missing_rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from appraise.scoring.questions import Question

_Key: TypeAlias = tuple[str, str, str, bool]
"""The text, the level, the mark of other days, and whether it is asked month by month."""

NO_DATA = SEVEREST_LAST.index(Fault.NO_DATA)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered for everyone: `value` is null where `finding` (UInt8, see statuses) is not 0.

    `finding` is None where nobody's answer is missing, which spares the columns that would say so.
    """

    value: pl.Series
    finding: pl.Series | None


class Answers:
    """The answers to all questions of a template over one input frame."""

    def __init__(self, questions: Iterable[Question], inputs: pl.DataFrame) -> None:
        """Work out the values in one select, and then why some are missing, for those few alone."""
        asked = {_key(question): question for each in questions for question in _singly(each)}
        kinds = _kinds(list(asked.values()), inputs)
        absent = [pl.lit(None, DTYPES[kind]).alias(name) for name, kind in kinds.items() if not _known(name, inputs)]
        self._sight = inputs.with_columns(absent)
        self._known = self._answered(asked, kinds)

    def __getitem__(self, question: Question) -> Answer:
        """The answer to a question of the template."""
        key = _key(question)
        if key not in self._known:
            months = [self._known[_key(month)] for _, month in question.months]
            self._known[key] = Answer(*mean_columns([(month.value, month.finding) for month in months]))
        return self._known[key]

    def column(self, name: str) -> pl.Series:
        """A column of the input frame by its full name, as numbers; all missing where there is none."""
        if name not in self._sight.columns:
            return pl.Series(name, [None], dtype=pl.Float64).new_from_index(0, self._sight.height)
        column = self._sight[name]
        return column if column.dtype == pl.Float64 else column.cast(pl.Float64)

    def rank(self, name: str) -> pl.Series:
        """How bad the reason is for which a name is missing (UInt8, see `MISSING_REASONS`), where it is."""
        return self._sight.with_columns(self._rank(name).alias("rank"))["rank"]

    def _answered(self, asked: Mapping[_Key, Question], kinds: Mapping[str, Kind]) -> dict[_Key, Answer]:
        bound = {key: bind(each.formula, {name: kinds[name] for name in each.names}) for key, each in asked.items()}
        everyone = pl.int_range(pl.len(), dtype=pl.UInt32).alias("everyone")
        values = [each.value.alias(f"{place}") for place, each in enumerate(bound.values())]
        found = self._sight.lazy().select(everyone, *values).collect()
        answers = {}
        for place, (key, question) in enumerate(asked.items()):
            value = found[f"{place}"]
            finding = self._finding(question, bound[key].fault, value) if value.null_count() else None
            answers[key] = Answer(value, finding)
        return answers

    def _finding(self, question: Question, fault: pl.Expr, value: pl.Series) -> pl.Series:
        """The findings of everyone, from the faults of those whose answer is missing."""
        rows = value.is_null().arg_true()
        names = sorted(question.names)
        columns = [each for name in names for each in (name, f"{name}?") if each in self._sight.columns]
        few = self._sight.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), *columns)[rows].lazy()
        ranks = [pl.when(pl.col(name).is_null()).then(self._rank(name)) for name in names]
        worst = pl.max_horizontal(ranks) if ranks else pl.lit(None, pl.UInt8)
        told = few.select(fault.alias("fault"), worst.fill_null(missing_rank(None)).alias("rank"))
        codes, reasons = (pl.lit(pl.Series(codes, dtype=pl.UInt8)) for codes in (FAULT_CODES, MISSING_CODES))
        without = pl.col("fault") == NO_DATA
        code = pl.when(without).then(reasons.gather("rank")).otherwise(codes.gather("fault"))
        found = told.select(code.alias("code")).collect()["code"]
        return pl.zeros(value.len(), dtype=pl.UInt8, eager=True).scatter(rows, found)

    def _rank(self, name: str) -> pl.Expr:
        usual = missing_rank(None, name)
        if f"{name}?" not in self._sight.columns:
            return pl.lit(usual, pl.UInt8)
        words = list(MISSING_REASONS)
        ranks = pl.col(f"{name}?").cast(pl.String).replace_strict(words, range(len(words)), default=None)
        return ranks.cast(pl.UInt8).fill_null(usual)


def _kinds(questions: Sequence[Question], inputs: pl.DataFrame) -> dict[str, Kind]:
    """The kind of every name: of its column, or from its use where there is none."""
    names = sorted({name for question in questions for name in question.names})
    kinds = {name: kind_of_type(inputs[name].dtype) for name in names if _known(name, inputs)}
    for question in questions:
        if not question.names <= kinds.keys():
            kinds.update(_guessed(question, kinds))
    return kinds


def _guessed(question: Question, known: Mapping[str, Kind]) -> Mapping[str, Kind]:
    """The kinds of names for which there is no column, from their use; a number where that says nothing."""
    scope = {name: known.get(name) for name in question.names}
    inferred = kind_of(question.formula, scope, question.wanted).kinds
    return {name: inferred.get(name, Kind.NUMBER) for name in sorted(question.names - known.keys())}


def kind_of_type(dtype: pl.DataType) -> Kind:
    """The kind of value that a column of the input frame holds."""
    if dtype.is_temporal():
        return Kind.DATE
    if dtype == pl.Boolean:
        return Kind.YES_NO
    return Kind.NUMBER if dtype.is_numeric() else Kind.TEXT


def _known(name: str, inputs: pl.DataFrame) -> bool:
    """Whether there is a column that tells its kind."""
    return name in inputs.columns and inputs[name].dtype != pl.Null


def _singly(question: Question) -> Iterator[Question]:
    """The question, or those of its months, of which its answer is the mean."""
    yield from (month for _, month in question.months) if question.months else (question,)


def _key(question: Question) -> _Key:
    return question.formula.text, question.level.value, question.window, bool(question.months)

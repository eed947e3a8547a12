"""The people of a company who have several segments: one row each, worked out from what the columns say of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

import polars as pl

from appraise.model.problem import Problem
from appraise.model.status import SCALES_DIFFER, SHORT_SEGMENT, TEMPLATE_UNUSABLE, PersonStatus
from appraise.scoring.denominators import Common
from appraise.scoring.gates import FAIL, cap_column
from appraise.scoring.inputs import SHARE
from appraise.scoring.joined import Joined, Part, joined, scales_differ
from appraise.scoring.kras import covered_weight
from appraise.scoring.overall import bounded_adjustments, rolled_up_rows, weighted_sums
from appraise.scoring.ratings import barred_column, label_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from appraise.model.role import Role
    from appraise.model.scale import Scale
    from appraise.scoring.company import RoleScores
    from appraise.scoring.plan import Plan

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of a person: its row in the input frame, where it stands in the detail of a template, and its part.

    `role` is the place of the template in `Results.roles` and `at` the row there; -1 where there is no template.
    """

    row: int
    role: int
    at: int
    named: str | None
    part: Part


@dataclass(frozen=True, slots=True)
class Together:
    """A person's segments in order, and what they come to together."""

    person: str
    pieces: tuple[Piece, ...]
    joined: Joined

    @property
    def scale(self) -> Scale | None:
        """The scale of the result: that of the last segment that counts."""
        return next((each.part.scale for each in reversed(self.pieces) if each.part.scale and each.part.share), None)


@dataclass(frozen=True, slots=True)
class JointPeople:
    """`people` has one row per person, `roles` the detail by template with the weights of its rows.

    `together` are those who have been joined, `problems` why somebody could not be.
    """

    people: pl.DataFrame
    roles: tuple[RoleScores, ...]
    together: tuple[Together, ...]
    problems: tuple[Problem, ...]


def joined_people(people: pl.DataFrame, scored: Sequence[RoleScores], numbered: pl.DataFrame) -> JointPeople:
    """Everybody's result, those with several segments from all of them.

    Args:
        people: a row for each of the input frame, as if each were a person.
        scored: the detail by template.
        numbered: the input frame with its row numbers.
    """
    several = numbered.filter(pl.col("stretch") != pl.col("person"))
    places = several.select("row", "person", "role", "template", share=SHARE, given="status_reason")
    pieces = sorted(_pieces(places, scored), key=lambda pair: pair[1].row)
    together = tuple(
        _together(person, [piece for _, piece in group]) for person, group in groupby(pieces, lambda x: x[0])
    )
    results = _with_labels(pl.DataFrame([_row(one) for one in together], schema=people.schema, orient="row"), together)
    alone = people.join(places.select("row"), on="row", how="anti", maintain_order="left")
    whole = pl.concat([alone, results.select(alone.columns)]).sort("row")
    roles = tuple(_with_results(place, scores, together, results) for place, scores in enumerate(scored))
    problems = [_differ(one, scored) for one in together if one.joined.reason == SCALES_DIFFER]
    return JointPeople(whole, roles, together, tuple(problems))


def _together(person: str, pieces: list[Piece]) -> Together:
    return Together(person, tuple(pieces), joined([piece.part for piece in pieces]))


def _pieces(places: pl.DataFrame, scored: Sequence[RoleScores]) -> Iterator[tuple[str, Piece]]:
    others = places
    for place, scores in enumerate(scored):
        rows = scores.people.select("row").with_row_index("at").join(places, on="row", maintain_order="left")
        others = others.join(rows.select("row"), on="row", how="anti", maintain_order="left")
        named = rows.select("person", "row", "at", "role").iter_rows()
        for (person, row, at, role), part in zip(named, _parts(scores, rows), strict=True):
            yield person, Piece(row, place, at, role, part)
    for person, row, role, template, given in others.select("person", "row", "role", "template", "given").iter_rows():
        yield person, Piece(row, _NOWHERE, 0, role, unusable(template, given))


def unusable(template: str | None, given: str) -> Part:
    """The part of a segment without a template, or whose template cannot be used."""
    return Part(0, TEMPLATE_UNUSABLE if not given or (template is not None and given == SHORT_SEGMENT) else given)


def floor_of(role: Role) -> tuple[int, int]:
    """The least coverage of a template in hundredths of a percent, above and below a line."""
    return (Decimal(str(role.min_coverage)) * 100).as_integer_ratio()


def ends_of(plan: Plan) -> tuple[int, int]:
    """The lowest and the highest overall in hundredths."""
    return plan.least, 100 * plan.role.scale.highest


def _parts(scores: RoleScores, rows: pl.DataFrame) -> Iterator[Part]:
    """What each of these rows brings, from the columns."""
    plan, at = scores.plan, rows["at"]
    kpis, kras, gates, overall = (frame[at] for frame in (scores.kpis, scores.kras, scores.gates, scores.overall))
    common = Common(scores.common.below.gather(at), scores.common.whole)
    sums = weighted_sums(plan, kras, common).select("sum", "all", "weight", "blocked").collect()
    bases = _bases(scores, sums, (kpis, kras, overall), common)
    covered, everything = covered_weight(plan)
    frame = pl.concat([rows, gates, kpis, overall.select("unknown", "open", "blocked")], how="horizontal").with_columns(
        *_lowest_cap(plan), covered.alias("covered"), bounded_adjustments(plan).alias("bounded")
    )
    barred = barred_column(plan, pl.col("blocked") & (pl.col("given") == ""), pl.col("unknown"))
    columns = frame.select("share", "given", "covered", "bounded", "cap", "gate", "open", barred.alias("barred"))
    whole = everything or 1
    floor, ends, scale, names = floor_of(plan.role), ends_of(plan), plan.role.scale, [g.gate.id for g in plan.gates]
    for base, weight, row in zip(bases, sums["weight"].to_list(), columns.iter_rows(), strict=True):
        share, given, covering, bounded, cap, gate, is_open, why = row
        named = names[gate] if gate is not None else ""
        coverage = (covering, whole)
        yield Part(share, given, scale, base, weight > 0, bounded, ends, coverage, floor, cap, named, why, is_open)


def _bases(
    scores: RoleScores, sums: pl.DataFrame, frames: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame], common: Common
) -> list[tuple[int, int] | None]:
    """The exact scores in hundredths; those of a template that rounds every level are rounded, as it says."""
    plan, (kpis, kras, overall) = scores.plan, frames
    if plan.staged:
        return [None if base is None else (base, 1) for base in overall["base"]]
    columns = overall["base"].to_list(), sums["sum"].to_list(), sums["all"].to_list()
    found: list[tuple[int, int] | None] = [
        None if base is None or whole is None else (above, whole) for base, above, whole in zip(*columns, strict=True)
    ]
    for row, roll_up in rolled_up_rows(plan, kpis, kras, common.below.is_null().arg_true()):
        exact = sum(roll_up.exact, Fraction(0))
        found[row] = None if roll_up.base is None else (exact.numerator, exact.denominator)
    return found


def _lowest_cap(plan: Plan) -> list[pl.Expr]:
    """The lowest cap on the overall of the gates that fail, and the place of the first gate with it."""
    cap, gate = pl.lit(None, pl.Int64), pl.lit(None, pl.Int64)
    for place, each in enumerate(plan.gates):
        if each.kra is None:
            own = cap_column(place, each)
            lower = (pl.col(f"{place}.gate") == FAIL) & (cap.is_null() | (own < cap))
            gate = pl.when(lower).then(pl.lit(place, pl.Int64)).otherwise(gate)
            cap = pl.when(lower).then(own).otherwise(cap)
    return [cap.alias("cap"), gate.alias("gate")]


def _with_labels(results: pl.DataFrame, together: Sequence[Together]) -> pl.DataFrame:
    """The rows with the word of each rating, by the scale of its templates."""
    own = [one.scale for one in together]
    scales = {scale.id: scale for scale in own if scale is not None}
    named = pl.Series([scale.id if scale is not None else None for scale in own], dtype=pl.String)
    rated = [one.joined.overall if one.joined.status is PersonStatus.RATED else None for one in together]
    overall = pl.Series(rated, dtype=pl.Int64)
    found = results.with_columns(_scale=named, _overall=overall)
    for name, scale in scales.items():
        word = pl.when(pl.col("_scale") == name).then(label_column(scale, pl.col("_overall")))
        found = found.with_columns(word.otherwise("label").alias("label"))
    return found.drop("_scale", "_overall")


def _row(one: Together) -> tuple[Any, ...]:
    """The row of `Results.people` of somebody who has been joined, at the row of the first segment."""
    found, rated = one.joined, one.joined.status is PersonStatus.RATED
    counted = [piece for piece in one.pieces if piece.part.scale is not None and piece.part.share]
    named = [piece.named for piece in counted or one.pieces if piece.named is not None]
    role = named[-1] if named else None
    overall = in_points(found.overall) if found.shown else None
    figures = (
        overall if rated else None,
        in_points(found.uncapped) if found.shown else None,
        in_points(found.base) if found.shown else None,
        None if rated else overall,
    )
    capped_by = found.capped_by if found.shown else ""
    provisional = rated and any(piece.part.open for piece in one.pieces)
    head = (one.pieces[0].row, one.person, 1, "", one.person, role, found.status.value, found.reason)
    return (*head, *figures, None, in_points(found.coverage), capped_by, provisional)


def in_points(hundredths: int | None) -> float | None:
    """Whole hundredths as points or percent."""
    return None if hundredths is None else hundredths / 100


def _with_results(place: int, scores: RoleScores, together: Iterable[Together], results: pl.DataFrame) -> RoleScores:
    """The detail of a template with the person's status on each row, and what each row has of the overall."""
    mine = [(piece, one.joined) for one in together for piece in one.pieces if piece.role == place]
    height = scores.people.height
    share, total = [1] * height, [1] * height
    for piece, found in mine:
        share[piece.at], total[piece.at] = (piece.part.share if piece.part.weighs else 0), found.total or 1
    weights = pl.DataFrame({"share": share, "total": total}, schema={"share": pl.Int64, "total": pl.Int64})
    told = results.select("person", _status="status", _reason="reason")
    people = scores.people.join(told, on="person", how="left", maintain_order="left").with_columns(
        pl.coalesce("_status", "status").alias("status"), pl.coalesce("_reason", "reason").alias("reason")
    )
    return replace(scores, people=people.drop("_status", "_reason"), weights=weights)


def _differ(one: Together, scored: Sequence[RoleScores]) -> Problem:
    places = scales_differ([piece.part for piece in one.pieces]) or (0, 0)
    first, second = (scored[one.pieces[place].role].plan.role for place in places)
    return differing_scales(one.person, first, second)


def differing_scales(person: str, first: Role, second: Role) -> Problem:
    """The problem of a person whose segments cannot be joined."""
    message = (
        f"person '{person}': the templates '{first.id}' (version {first.version}) and '{second.id}' "
        f"(version {second.version}) rate on different scales, so the segments cannot be joined"
    )
    hint = "give both templates the same scale, or appraise the person by hand"
    return Problem(second.place, code="scales-differ", message=message, hint=hint, person=person)

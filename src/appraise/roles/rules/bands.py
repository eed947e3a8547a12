"""Rules about bands: where the scores begin."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from appraise.model.problem import Problem, Severity
from appraise.model.role import ByBands, Direction, PercentOfTarget, Relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appraise.model.place import Place
    from appraise.model.role import Bands, Kpi, Role

ATTAINMENT_DECIMALS = 2
"""A percentage of a target, or a rank among peers, is rounded to two decimals before it is compared."""


class Banded(NamedTuple):
    """A KPI with bands. `rising` tells which way its starts go, `decimals` how fine what is compared with them is.

    `turned` is the key of a method that turns a value round where less is better, so that its starts always rise, and
    `within` the key that the bands stand under in `Kpi.places`.
    """

    kpi: Kpi
    bands: Bands
    rising: bool
    decimals: int
    turned: str = ""
    within: str = ""

    def place(self, key: str) -> Place:
        """Where a part of the bands stands."""
        return self.kpi.places.get(f"{self.within}{key}", self.kpi.places.get("method", self.kpi.place))


def banded(role: Role) -> Iterator[Banded]:
    """Every KPI of the role whose bands count; attainment rises for `lower`, too, and so do ranks among peers.

    Under the policy `okr_clamped` the bands of a percentage of a target have no effect.
    """
    for kpi in role.kpis:
        if isinstance(kpi.method, PercentOfTarget):
            if role.policy == "okr_clamped":
                continue
            yield Banded(kpi, kpi.method.bands, rising=True, decimals=ATTAINMENT_DECIMALS, turned="percent_of_target")
        elif isinstance(kpi.method, Relative):
            yield from _of_relative(kpi, kpi.method)
        elif isinstance(kpi.method, ByBands):
            rising = kpi.direction is not Direction.LOWER
            yield Banded(kpi, kpi.method.bands, rising=rising, decimals=kpi.decimals)


def _of_relative(kpi: Kpi, method: Relative) -> Iterator[Banded]:
    """The bands of a comparison, and those of the value where there is none."""
    yield Banded(kpi, method.bands, rising=True, decimals=ATTAINMENT_DECIMALS, turned=method.standing.value)
    if kpi.direction is not Direction.RANGE:
        rising = kpi.direction is Direction.HIGHER
        yield Banded(kpi, method.otherwise, rising=rising, decimals=kpi.decimals, within="else.")


def as_many_starts_as_steps(role: Role) -> list[Problem]:
    """There is a start (or range) for every score above the lowest: four on a scale from 1 to 5."""
    problems = []
    for one in banded(role):
        count, steps = len(one.bands.starts or one.bands.ranges), role.scale.steps
        if steps and count != steps:
            scores = ", ".join(str(role.scale.lowest + step) for step in range(1, steps + 1))
            what = "ranges" if one.bands.ranges else "starts"
            message = f"KPI '{one.kpi.id}': {count} {what}, but the scale '{role.scale.id}' needs {steps}"
            hint = f"write where the scores {scores} begin"
            problems.append(Problem(one.place(what), code="wrong-band-count", message=message, hint=hint))
    return problems


def bands_fit_the_direction(role: Role) -> list[Problem]:
    """`direction: range` takes `ranges`, the others take `starts`, and a percentage of a target is no range."""
    problems = []
    for one in banded(role):
        ranged = one.kpi.direction is Direction.RANGE
        if ranged == bool(one.bands.ranges):
            continue
        place = one.kpi.places.get("direction", one.kpi.place)
        if one.turned:
            message = f"KPI '{one.kpi.id}': `{one.turned}` cannot have `direction: range`"
            hint = "write `direction: higher` or `direction: lower`"
        elif ranged:
            message = f"KPI '{one.kpi.id}': `direction: range` needs `ranges`, not starts"
            hint = "write bands: {ranges: [[80, 300], [110, 260], [140, 240], [170, 220]]}"
        else:
            message = f"KPI '{one.kpi.id}': `ranges` need `direction: range`, not {one.kpi.direction.value}"
            hint = "write `direction: range`, or a list of starts"
        problems.append(Problem(place, code="bands-against-direction", message=message, hint=hint))
    return problems


def starts_are_in_order(role: Role) -> list[Problem]:
    """Starts rise where more is better and fall where less is; no two are the same.

    Of a percentage of a target more is always better, as of a rank among peers: with `direction: lower` they are turned
    round first.
    """
    problems: list[Problem] = []
    for one in banded(role):
        if one.kpi.direction is not Direction.RANGE or one.turned:
            problems += _equal_starts(one) or _disorder(one)
    return problems


def starts_are_not_too_fine(role: Role) -> list[Problem]:
    """A start has no more decimals than the value it is compared with, which is rounded to its `decimals` first."""
    problems = []
    for one in banded(role):
        numbers = [(f"starts.{number}", start) for number, start in enumerate(one.bands.starts)]
        numbers += [(f"ranges.{number}", end) for number, ends in enumerate(one.bands.ranges) for end in ends]
        for key, number in numbers:
            if decimals_of(number) > one.decimals:
                message = f"KPI '{one.kpi.id}': {number} is finer than the value, which has {one.decimals} decimals"
                hint = f"round it, or write `decimals: {decimals_of(number)}`"
                if one.turned:
                    what = "a percentage of a target" if one.turned == "percent_of_target" else f"a {one.turned}"
                    hint = f"round it: {what.replace('_', '-')} has two decimals"
                problems.append(Problem(one.place(key), code="band-too-fine", message=message, hint=hint))
    return problems


def lowest_is_beyond_the_first_start(role: Role) -> list[Problem]:
    """`scores_1_at` is worse than the first start, and stands beside starts only.

    On a scale of two scores there is no second start to measure from, so it must be written unless the score goes in
    steps.
    """
    problems = []
    for one in banded(role):
        lowest, starts = one.bands.scores_lowest_at, one.bands.starts
        if lowest is not None and not starts:
            message = f"KPI '{one.kpi.id}': `scores_1_at` cannot stand beside `ranges`"
            hint = "take it away"
        elif lowest is not None and (lowest >= starts[0] if one.rising else lowest <= starts[0]):
            message = f"KPI '{one.kpi.id}': `scores_1_at` {lowest:g} is not worse than the first start {starts[0]:g}"
            hint = f"write a number {'below' if one.rising else 'above'} {starts[0]:g}"
        elif lowest is None and len(starts) == 1 and role.scale.steps == 1 and not one.bands.step:
            message = f"KPI '{one.kpi.id}': with a single start it is not known where the score reaches the lowest"
            hint = "write `scores_1_at`, or `between_bands: step`"
        else:
            continue
        problems.append(Problem(one.place("scores_1_at"), code="lowest-not-beyond", message=message, hint=hint))
    return problems


def the_lowest_attainment_is_below_the_first_start(role: Role) -> list[Problem]:
    """A warning: an attainment is never below 0, so where the first start is, nobody can have the lowest score."""
    problems = []
    for one in banded(role):
        if isinstance(one.kpi.method, PercentOfTarget) and one.bands.starts and one.bands.starts[0] <= 0:
            first = one.bands.starts[0]
            message = f"KPI '{one.kpi.id}': no attainment is below {first:g}, so nobody has the lowest score"
            hint = "let the first band begin above 0"
            place = one.place("starts.0")
            problems.append(
                Problem(place, code="band-out-of-reach", message=message, hint=hint, severity=Severity.WARNING),
            )
    return problems


def cap_reaches_the_last_start(role: Role) -> list[Problem]:
    """A warning: where `attainment_cap` is below the last start, nobody can have the highest score."""
    problems = []
    for one in banded(role):
        method = one.kpi.method
        if isinstance(method, PercentOfTarget) and one.bands.starts and method.attainment_cap < one.bands.starts[-1]:
            cap, last = method.attainment_cap, one.bands.starts[-1]
            message = f"KPI '{one.kpi.id}': attainment is capped at {cap:g}, so nobody reaches {last:g}"
            hint = f"raise `attainment_cap` to {last:g} or more"
            place = one.place("attainment_cap")
            problems.append(
                Problem(place, code="band-out-of-reach", message=message, hint=hint, severity=Severity.WARNING),
            )
    return problems


def decimals_of(number: float) -> int:
    """How many decimals a number has when it is written out."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _equal_starts(one: Banded) -> list[Problem]:
    for number, (before, start) in enumerate(pairwise(one.bands.starts), start=1):
        if before == start:
            message = f"KPI '{one.kpi.id}': {start:g} stands twice, so a score between the two can never be had"
            place = one.place(f"starts.{number}")
            return [Problem(place, code="bands-equal", message=message, hint="let each score begin somewhere else")]
    return []


def _disorder(one: Banded) -> list[Problem]:
    starts = [start if one.rising else -start for start in one.bands.starts]
    wrong = [number for number, (before, start) in enumerate(pairwise(starts), start=1) if start < before]
    if not wrong:
        return []
    way = "rise" if one.rising else "fall"
    told = ", ".join(f"{start:g}" for start in one.bands.starts)
    direction = f"`direction: {one.kpi.direction.value}`"
    if one.turned:
        direction = f"`{one.turned}`"
    message = f"KPI '{one.kpi.id}': with {direction} the starts must {way}: {told}"
    if len(wrong) == len(starts) - 1 and not one.turned:
        place, hint = one.place("starts"), "turn the list round, or change the direction"
    else:
        place, hint = one.place(f"starts.{wrong[0]}"), f"let them {way} from the second score to the best"
    return [Problem(place, code="bands-order", message=message, hint=hint)]

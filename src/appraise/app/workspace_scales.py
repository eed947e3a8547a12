"""The `scales:` part of `appraise.yaml`, beside the scale that always exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.expr.quantiser import quantised
from appraise.model.problem import Problem
from appraise.model.scale import FIVE_POINT, Label, Scale

if TYPE_CHECKING:
    from appraise.app.workspace_section import Section


def scale_of(name: str, section: Section) -> Scale:
    """A rating scale as declared."""
    labels = [section.at("labels", number) for number, _ in enumerate(section.at("labels").data or ())]
    return Scale(
        id=name,
        lowest=section.whole("lowest", FIVE_POINT.lowest),
        highest=section.whole("highest", FIVE_POINT.highest),
        labels=tuple(Label(label.text("label"), label.number("from") or 0.0) for label in labels),
    )


def scale_problems(section: Section, scale: Scale) -> list[Problem]:
    """What does not fit together in a scale: its ends, and labels that leave a gap or are out of order."""
    thing = f"scale '{scale.id}'"
    if scale.highest <= scale.lowest:
        message = f"{thing}: the highest score {scale.highest} is not above the lowest {scale.lowest}"
        return [Problem(section.place("highest"), code="scale-upside-down", message=message, hint="swap them")]
    if not scale.labels:
        return []
    problems = _fine_labels(section, scale)
    if scale.labels[0].start != scale.lowest:
        message = f"{thing}: scores from {scale.lowest} up to {scale.labels[0].start:g} have no label"
        hint = f"let the first label begin at {scale.lowest}"
        place = section.place("labels", 0, "from")
        problems.append(Problem(place, code="scale-gap", message=message, hint=hint))
    for number, label in enumerate(scale.labels[1:], start=1):
        problems += _label_problems(section, scale, number, label)
    return problems


def _fine_labels(section: Section, scale: Scale) -> list[Problem]:
    """A problem for each label whose start could not be told from its neighbours: an overall has two decimals."""
    return [
        Problem(
            section.place("labels", number, "from"),
            code="score-too-fine",
            message=f"scale '{scale.id}': '{label.label}' begins at {label.start:.12g}, and scores have two decimals",
            hint=f"let it begin at {quantised(label.start, 2):g}",
        )
        for number, label in enumerate(scale.labels)
        if quantised(label.start, 2) != label.start
    ]


def _label_problems(section: Section, scale: Scale, number: int, label: Label) -> list[Problem]:
    thing, place = f"scale '{scale.id}'", section.place("labels", number, "from")
    before = scale.labels[number - 1]
    if label.start <= before.start:
        message = f"{thing}: '{label.label}' begins at {label.start:g}, not above '{before.label}' at {before.start:g}"
        return [
            Problem(place, code="scale-not-in-order", message=message, hint="list the labels from lowest to highest")
        ]
    if label.start > scale.highest:
        message = f"{thing}: '{label.label}' begins at {label.start:g}, which no score up to {scale.highest} reaches"
        return [
            Problem(place, code="scale-label-unreachable", message=message, hint=f"let it begin below {scale.highest}")
        ]
    if label.label.casefold() in {other.label.casefold() for other in scale.labels[:number]}:
        message = f"{thing}: the label '{label.label}' is there twice"
        return [
            Problem(section.place("labels", number, "label"), code="name-twice", message=message, hint="rename one")
        ]
    return []

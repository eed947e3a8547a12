"""The worked examples of a template, as they are written; working them out is done where scoring is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appraise.model.role import Example

if TYPE_CHECKING:
    from appraise.model.kinds import Value
    from appraise.roles.part import Part


def examples_of(part: Part) -> tuple[Example, ...]:
    """The examples of a template with the place of every name; unsound ones are passed over."""
    return tuple(_example(one) for one in part.at("examples").items() if one.sound() and _whole(one))


def _whole(part: Part) -> bool:
    return all(isinstance(part.at(key).data, dict) for key in ("given", "expect"))


def _example(part: Part) -> Example:
    given, expect = part.at("given"), part.at("expect")
    return Example(
        name=part.text("name"),
        given={name: _value(value) for name, value in given.data.items() if name[:2] != "x-"},
        expect={name: _expected(value) for name, value in expect.data.items() if name[:2] != "x-"},
        place=part.place(),
        expect_places={name: expect.key_place(name) for name in expect.data},
        given_places={name: given.key_place(name) for name in given.data},
    )


def _value(value: Value | int) -> Value:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _expected(value: Any) -> float | str | None:
    return float(value) if isinstance(value, int) else value

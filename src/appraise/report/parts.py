"""The small parts that pages are made of: terms, marks, and the geometry of charts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what stands beside it."""

    term: str
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a chart from `x` to `end`; `shade` names its colour in the design."""

    x: str
    end: str
    width: str
    shade: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet graph of a score: `says` is its message as a sentence, `fill` the width of the bar, `tone` up|down|even.

    All lengths are in units of a row that is 100 wide. `middle` is where the scale's middle stands.
    """

    says: str
    fill: str
    tone: str
    middle: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the axis, centred on `x`."""

    x: str
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A text with a tone; `glyph` (▲, ▼ or nothing) says the same without colour."""

    words: str
    tone: str = "even"
    glyph: str = ""

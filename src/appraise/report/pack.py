"""What stands on the pages of an employee pack: plain texts and finished geometry, nothing left to compute.

Every text is formatted, every number carries its unit, every length of a chart is a ready SVG number. A design only
places these; that is why a company may replace a design without being able to change a result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appraise.report.parts import Box, Bullet, Fact, Mark, Tick


@dataclass(frozen=True, slots=True)
class Identity:
    """The strip at the head of the pack; `state` is DRAFT or FINAL."""

    name: str
    role: str
    period: str
    state: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall score on its scale; `bullet` is None where there is none, `label` empty without a rating."""

    score: str
    scale: str
    label: str
    words: tuple[str, ...]
    bullet: Bullet | None
    bands: tuple[Box, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class KraLine:
    """A responsibility area on page one; `bullet` is None where it was not scored, `reason` then says why."""

    title: str
    share: str
    bullet: Bullet | None
    score: str
    change: Mark
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """A stretch of the period in one role, on page one; `note` tells why it does not count, where it does not."""

    title: str
    days: str
    share: str
    score: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mover:
    """A KPI that moved the score, in points."""

    title: str
    points: Mark


@dataclass(frozen=True, slots=True)
class MoverPair:
    """A row of the table of movers: one that raised the score beside one that lowered it."""

    up: Mover
    down: Mover


@dataclass(frozen=True, slots=True)
class Summary:
    """The quarter on one page; `paragraph` holds the manager's lines, empty for ruled blanks.

    `is_long` tells that what comes next had better follow on the same page: it may need more than one, or much less.
    `shows_change` tells whether any area has a change since last time.
    """

    sentences: tuple[str, ...]
    manager: str
    paragraph: tuple[str, ...]
    overall: Overall
    kras: tuple[KraLine, ...]
    change_note: str
    shows_change: bool
    bands: tuple[Box, ...]
    movers: tuple[MoverPair, ...]
    movers_note: str
    notice: tuple[str, ...]
    is_long: bool
    segments: tuple[SegmentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class KpiRow:
    """A KPI in the tables; `reason` is set where it was not scored and then stands in the place of the bullet.

    `band` is its number and word, `definition` what is counted, `working` the numbers put in and where they come from.
    """

    title: str
    target: str
    actual: str
    bullet: Bullet | None
    band: Mark
    score: str
    share: str
    points: str
    working: str
    definition: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KraBlock:
    """A responsibility area with its KPIs; `segment` heads the first block of a further role in the same period."""

    title: str
    purpose: str
    share: str
    score: str
    points: str
    rows: tuple[KpiRow, ...]
    segment: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where numbers come from; `letter` marks it in the tables, empty where they are too dense for that."""

    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class Detail:
    """The KPIs of every responsibility area."""

    kras: tuple[KraBlock, ...]
    bands: tuple[Box, ...]
    legend: str
    sources: tuple[SourceNote, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the waterfall: from where to where a score was moved; `kind` is move, start or end."""

    title: str
    share: str
    points: Mark
    running: str
    box: Box
    says: str
    kind: str


@dataclass(frozen=True, slots=True)
class Check:
    """A gate or an adjustment and what came of it; `evidence` is the condition with its figure and their rows."""

    says: str
    outcome: Mark
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """How the result was worked out."""

    rules: tuple[str, ...]
    steps: tuple[Step, ...]
    axis: tuple[str, str]
    steps_note: str
    gates: tuple[Check, ...]
    adjustments: tuple[Check, ...]
    labels: tuple[Fact, ...]
    result_title: str
    result: str
    template: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What would lift one KPI to its next band; `adds` is empty where a cap holds the overall."""

    title: str
    now: str
    next_start: str
    takes: str
    adds: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """The talk about it; lists are what the manager wrote, `blanks` how many ruled rows complete them."""

    agenda: tuple[Fact, ...]
    strengths: tuple[str, ...]
    strengths_says: str
    actions: tuple[str, ...]
    action_blanks: tuple[str, ...]
    targets: tuple[str, ...]
    target_blanks: tuple[str, ...]
    acknowledgement: str
    signatures: tuple[str, ...]
    decision: tuple[Fact, ...]
    question: str
    privacy: str


@dataclass(frozen=True, slots=True)
class PackView:
    """All that a design knows about one person's pack.

    `key` is the person's id and names the file; `created` is an ISO day; `who` is the name cut for the footer; `span`
    is what such a period is called (quarter, month …).
    """

    key: str
    kind: str
    language: str
    title: str
    company: str
    logo: str
    created: str
    who: str
    period: str
    span: str
    run: str
    secrecy: str
    identity: Identity
    summary: Summary
    detail: Detail
    working: Working
    changes: tuple[Change, ...]
    changes_note: str
    conversation: Conversation
    glossary: tuple[Fact, ...]

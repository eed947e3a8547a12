"""What a pack needs besides the appraisal itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from appraise.model.workspace import Contact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Previous:
    """The result of an earlier period, for the change since then.

    Give only what may be compared: the same scale (`lowest`, `highest`) and the same definition of each KRA by its id.
    """

    period: str
    overall: float | None
    kras: Mapping[str, float] = field(default_factory=dict)
    lowest: int = 1
    highest: int = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """The rating that a named person has decided on; `on` as the company wrote it."""

    label: str
    decided_by: str = ""
    on: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PackContext:
    """The company, the run and what the manager wrote.

    `notes` maps a section to its texts, in order; the sections are `paragraph`, `strength`, `action` and `target`.
    `logo` is the name of a design asset (`logo.svg`) or empty. `created` is the day that the document bears (default:
    the period's last day). `run_id` stands in the footer. A pack is a draft until it is `final`, or until `decision`
    says what a named person has decided.
    """

    company: str
    contact: Contact = field(default_factory=Contact)
    language: str = "en"
    logo: str = ""
    run_id: str = ""
    final: bool = False
    decision: Decision | None = None
    created: date | None = None
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    previous: Previous | None = None

    @property
    def is_final(self) -> bool:
        """Whether the rating is more than a proposal."""
        return self.final or self.decision is not None

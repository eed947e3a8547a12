"""What is wrong with the user's data, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from appraise.model.secrets import masked

if TYPE_CHECKING:
    from appraise.model.place import Place


class Severity(StrEnum):
    """Whether a problem makes the command fail (`error`) or only wants attention (`warning`)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in what the user wrote, with its place and its cure.

    `code` is the entry in docs/messages.md. `message` starts in lower case with the thing named by its id
    (`KPI 'promise_kept': unknown key 'wieght'`), has no full stop; `hint` says what to do (`did you mean 'weight'?`).
    `person` is the id of the employee it touches, where it touches one. A password in a text it quotes is masked.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    person: str | None = None

    def __post_init__(self) -> None:
        """No problem ever tells a password."""
        for name in ("message", "hint"):
            object.__setattr__(self, name, masked(getattr(self, name)))

    @property
    def data(self) -> dict[str, str | int]:
        """The problem as JSON answers and files tell it; line and column are 0 where the whole file is meant."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "hint": self.hint,
        }

    @property
    def is_error(self) -> bool:
        """True where the problem makes the command fail."""
        return self.severity is Severity.ERROR

"""Notes that staff write about a delegation for each other: a call, a promise, a person to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rostrum.domain.checks import check_said
from rostrum.domain.sentences import S_


@dataclass(frozen=True)
class StaffNote:
    """One note about a delegation at a debate; the delegation never sees it."""

    id: int
    debate_id: int
    delegation_id: int
    text: str
    written_by: str
    """Name of the member of staff."""
    written_at: datetime


def check_note(text: str) -> str:
    """The note, trimmed; refused when empty."""
    return check_said(text, S_("Write the note."), field="text")

"""Sessions: rows that can be ended, known to the browser by a random id."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

DELEGATION_SESSION = timedelta(days=30)
"""A phone stays signed in from the invitation to the debate."""
STAFF_SESSION = timedelta(hours=12)
"""A working day: the absolute limit of a member of staff."""


@dataclass(frozen=True)
class Session:
    """One signed-in browser, of a delegation (`invitation_id`) or of staff (`staff_id`)."""

    id: int
    invitation_id: int | None
    generation: int | None
    staff_id: int | None
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    browser: str
    """As `domain/browsers.py` names it; empty where that is unknown."""

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at


def session_hash(session_id: str) -> str:
    """What the database keeps of a session's random id: its SHA-256 in hexadecimal."""
    return hashlib.sha256(session_id.encode()).hexdigest()

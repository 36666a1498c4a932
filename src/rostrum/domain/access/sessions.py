"""Sessions: rows that can be ended. The browser knows its session by a random id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rostrum.domain.errors import NotFound

DELEGATION_SESSION = timedelta(days=30)
"""A phone stays signed in from the invitation to the debate."""
STAFF_SESSION = timedelta(hours=12)
"""A working day: the absolute limit of a member of staff."""
ADMIN_IDLE = timedelta(minutes=30)
"""An admin who does nothing for this long must sign in again."""
WARNED_BEFORE = timedelta(minutes=5)
"""How long before a session of staff ends its pages say so."""
MOST_BEFORE = 300
"""More delegations than any list holds."""
SEEN_EVERY = timedelta(minutes=1)
"""How often an admin's activity is noted: each commit wakes every open page, so not more often."""


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
    """As `domain/access/browsers.py` names it; empty if unknown."""
    seen_at: datetime | None = None
    """For staff: when the person last asked for something by hand; up to a minute out of date."""
    tell_before: int | None = None
    """For a delegation's phone: remind it when this many speakers or fewer are before it."""

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at

    @property
    def rests_at(self) -> datetime:
        """When an admin's session ends unless its person does something before."""
        return (self.seen_at or self.started_at) + ADMIN_IDLE

    def is_idle(self, now: datetime) -> bool:
        """Whether an admin's session has been idle for too long."""
        return now >= self.rests_at

    def is_to_be_noted(self, now: datetime) -> bool:
        return now - (self.seen_at or self.started_at) >= SEEN_EVERY


def choose_others(live: Iterable[Session], own: int, only: int | None) -> list[Session]:
    """All of these sessions except `own`, or only the one with the id `only`.

    Raises NotFound if none of them has that id.
    """
    chosen = [each for each in live if each.id != own and only in (None, each.id)]
    if only is not None and not chosen:
        raise NotFound
    return chosen


def session_hash(session_id: str) -> str:
    """The form in which the database keeps a session's random id: its SHA-256 in hexadecimal."""
    return hashlib.sha256(session_id.encode()).hexdigest()

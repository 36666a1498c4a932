"""A debate: what its notice says, when its list opens and closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """Where the list stands at an instant."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Notice:
    """The debate in words, as the presidency's notice gives it."""

    title: str
    short_title: str
    item: str
    venue: str
    presidency: str
    chair: str
    theme: str
    briefers: tuple[str, ...]
    guiding_questions: tuple[str, ...]


@dataclass(frozen=True)
class Debate:
    """One meeting with a speakers' list. Instants are aware UTC."""

    id: int
    slug: str
    notice: Notice
    starts_at: datetime
    opens_at: datetime
    closes_at: datetime | None
    letter_deadline: datetime | None
    speaking_limit: int
    """Seconds a statement should not exceed: advice, never enforced."""

    def phase(self, now: datetime) -> Phase:
        """Open from the very microsecond of `opens_at` up to, not including, `closes_at`."""
        if now < self.opens_at:
            return Phase.BEFORE
        if self.closes_at is not None and now >= self.closes_at:
            return Phase.CLOSED
        return Phase.OPEN

"""A debate: what its notice says, when its list opens and closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class Phase(StrEnum):
    """Where the list stands at an instant."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


class OrderPolicy(StrEnum):
    """What decides the places of the registered list."""

    ARRIVAL = "arrival"
    PRECEDENCE = "precedence"
    """Tier of the speaker's level first, then arrival."""


class Visibility(StrEnum):
    """Who sees the whole list besides staff."""

    OWN = "own"
    """Each delegation its own place only."""
    DELEGATIONS = "delegations"
    PUBLIC = "public"


class Status(StrEnum):
    """What became of a debate."""

    ACTIVE = "active"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"
    """Over: everything can be read, nothing changes."""


MEETING_HOURS = ((time(10), time(13)), (time(15), time(18)))
"""Usual hours of the Council's meetings in New York."""


@dataclass(frozen=True)
class Translation:
    """What of a notice is there in another language; the rest is empty."""

    language: str
    title: str = ""
    item: str = ""
    chair: str = ""
    theme: str = ""
    briefers: tuple[str, ...] = ()
    guiding_questions: tuple[str, ...] = ()

    @property
    def short_title(self) -> str:
        """The whole title: nobody shortens a translation."""
        return self.title


@dataclass(frozen=True)
class Notice:
    """The debate in words, as the presidency's notice gives it, in English."""

    title: str
    short_title: str
    item: str
    venue: str
    presidency: str
    chair: str
    theme: str
    briefers: tuple[str, ...]
    guiding_questions: tuple[str, ...]
    translations: tuple[Translation, ...] = ()

    def translation(self, language: str) -> Translation:
        """What there is in this language; an empty one where there is nothing."""
        there = (each for each in self.translations if each.language == language)
        return next(there, Translation(language))

    def said(self, part: str, language: str) -> tuple[str | tuple[str, ...], str]:
        """A part of the notice for a reader of this language, and the language it is in."""
        translated = getattr(self.translation(language), part)
        return (translated, language) if translated else (getattr(self, part), "en")


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
    order_policy: OrderPolicy = OrderPolicy.ARRIVAL
    tiers: tuple[tuple[str, int], ...] = ()
    """Levels whose tier differs from the usual one (`precedence.DEFAULT_TIERS`), with theirs."""
    briefer_limit: int = 600
    """Seconds of a briefing, for the forecast."""
    member_limit: int | None = None
    """Seconds of a Council member's statement; None: as all others."""
    group_limit: int | None = None
    """Seconds of a statement on behalf of a group; None: as all others."""
    changeover: int = 60
    """Seconds between two statements, for the forecast."""
    meeting_hours: tuple[tuple[time, time], ...] = MEETING_HOURS
    """Wall times in New York, in order, between which the Council meets on a day."""
    visibility: Visibility = Visibility.DELEGATIONS
    swaps_need_approval: bool = True
    retention_days: int | None = None
    """Days after the meeting after which letters and contacts go; None: they stay."""
    status: Status = Status.ACTIVE
    status_reason: str = ""
    dates_are_open: bool = False
    """Postponed without new dates: those that stand here do not hold."""
    rehearsal_of: int | None = None
    """The debate that this one rehearses."""
    version: int = 0
    """Counts the changes of the debate's settings."""

    @property
    def is_rehearsal(self) -> bool:
        return self.rehearsal_of is not None

    def phase(self, now: datetime) -> Phase:
        """Open from the very microsecond of `opens_at` up to, not including, `closes_at`."""
        if now < self.opens_at:
            return Phase.BEFORE
        if self.closes_at is not None and now >= self.closes_at:
            return Phase.CLOSED
        return Phase.OPEN

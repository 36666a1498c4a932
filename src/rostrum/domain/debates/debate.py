"""A debate: what its notice says, when its list opens and closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from rostrum.domain.times import new_york, new_york_day


class Phase(StrEnum):
    """Whether the list is open at an instant."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


class OrderPolicy(StrEnum):
    """The rule that gives the places of the registered list."""

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
    """Whether a debate goes ahead, and when it is over."""

    ACTIVE = "active"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"
    """Over: everything can be read, nothing can be changed."""


MEETING_HOURS = ((time(10), time(13)), (time(15), time(18)))
"""Usual hours of the Council's meetings in New York."""


@dataclass(frozen=True)
class Translation:
    """The parts of a notice that exist in another language; the others are empty."""

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
        """The parts in this language; an empty Translation if there are none."""
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
    """Levels whose tier differs from `precedence.DEFAULT_TIERS`, each with its tier."""
    briefer_limit: int = 600
    """Seconds for a briefing, in the forecast."""
    member_limit: int | None = None
    """Seconds for a Council member's statement; None: as for all others."""
    group_limit: int | None = None
    """Seconds for a statement on behalf of a group; None: as for all others."""
    changeover: int = 60
    """Seconds between two statements, in the forecast."""
    meeting_hours: tuple[tuple[time, time], ...] = MEETING_HOURS
    """Start and end of each meeting of a day, in order, as New York wall times."""
    visibility: Visibility = Visibility.DELEGATIONS
    swaps_need_approval: bool = True
    retention_days: int | None = None
    """Days after the meeting for which letters and contacts are kept; None: for ever."""
    status: Status = Status.ACTIVE
    status_reason: str = ""
    dates_are_open: bool = False
    """Whether the debate is postponed without new dates: the dates here then do not count."""
    rehearsal_of: int | None = None
    """Id of the debate of which this one is a rehearsal."""
    version: int = 0
    """Counts the changes of the debate's settings."""

    @property
    def is_rehearsal(self) -> bool:
        return self.rehearsal_of is not None

    @property
    def day_ends_at(self) -> datetime:
        """The midnight in New York that ends the day of the meeting."""
        day = new_york_day(self.starts_at) + timedelta(days=1)
        return new_york(datetime.combine(day, time()))

    @property
    def closed_from(self) -> datetime:
        """From when nobody can register: the closing time, else the start of the meeting."""
        return self.closes_at or self.starts_at

    def phase(self, now: datetime) -> Phase:
        """The phase at `now`: open from `opens_at` exactly, up to and not including `closed_from`,
        which does not count while the new dates are not known."""
        if now < self.opens_at:
            return Phase.BEFORE
        if now >= self.closed_from and not self.dates_are_open:
            return Phase.CLOSED
        return Phase.OPEN

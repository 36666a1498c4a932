"""What delegations were told about a debate, and why it changed: times, letters, venue.

From the first invitation on, each such change has a reason that delegations read, and their pages
say what was told before for as long as it matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import S_

MEETING, OPENING, LETTERS, VENUE = "starts_at", "opens_at", "letter_deadline", "venue"
ANNOUNCED = (MEETING, OPENING, LETTERS, VENUE)
"""The parts of a debate that delegations are told, in the order in which changes are told."""


@dataclass(frozen=True)
class AnnouncedChange:
    """A change of a part that delegations had been told, with its reason, which they read."""

    debate_id: int
    part: str
    """One of `ANNOUNCED`."""
    before: datetime | str | None
    after: datetime | str | None
    """None: no time is set."""
    reason: str
    changed_at: datetime
    changed_by: str


def announced_value(debate: Debate, part: str) -> datetime | str | None:
    """What delegations are told now about this part."""
    return debate.notice.venue if part == VENUE else getattr(debate, part)


def changed_parts(before: Debate, after: Debate) -> list[str]:
    """Which announced parts differ."""
    return [
        part for part in ANNOUNCED if announced_value(before, part) != announced_value(after, part)
    ]


def check_announced(
    before: Debate, after: Debate, reason: str, *, is_announced: bool, has_places: bool
) -> None:
    """Refuses to move the opening once places were given, and, once delegations are invited, any
    change of what they were told without a reason."""
    parts = changed_parts(before, after)
    if OPENING in parts and has_places:
        raise RuleBroken(
            "opens_at", S_("Delegations have registered: the opening stays as it was.")
        )
    if parts and is_announced and not reason:
        raise RuleBroken("reason", S_("Say why this changes: delegations were told otherwise."))


def still_told(
    changes: Iterable[AnnouncedChange],
    debate: Debate,
    now: datetime,
    parts: Iterable[str] = ANNOUNCED,
) -> list[list[AnnouncedChange]]:
    """The latest changes that delegations still need to read, those of one act together.

    Nothing after the meeting has begun, nothing that has changed again, no later deadline that is
    over, and nothing whose reason the debate's status gives already. That letters were due earlier
    is told after that deadline too: it is then why none is taken.
    """
    told = [
        each
        for each in changes
        if each.part in parts
        and each.after == announced_value(debate, each.part)
        and each.reason != debate.status_reason
        and not _is_past(each, debate, now)
    ]
    told.sort(key=lambda each: (each.changed_at, ANNOUNCED.index(each.part)))
    acts = groupby(told, key=lambda each: (each.changed_at, each.reason))
    return [list(act) for _, act in acts]


def meeting_as_of(
    changes: Iterable[AnnouncedChange], debate: Debate, instant: datetime
) -> datetime:
    """The start of the meeting as delegations were told it at this instant; `changes` are all of
    the debate."""
    later = [each for each in changes if each.part == MEETING and each.changed_at > instant]
    return min(later, key=lambda each: each.changed_at).before if later else debate.starts_at


def _is_past(change: AnnouncedChange, debate: Debate, now: datetime) -> bool:
    if debate.dates_are_open:
        return change.part != VENUE
    is_later = change.part == LETTERS and not gives_less_time(change)
    return now >= debate.starts_at or (is_later and is_over(change, now))


def gives_less_time(change: AnnouncedChange) -> bool:
    """Whether letters are due earlier than delegations were told."""
    if not isinstance(change.after, datetime):
        return False
    return not isinstance(change.before, datetime) or change.after < change.before


def is_over(change: AnnouncedChange, now: datetime) -> bool:
    """Whether the time that this change gave has passed."""
    return isinstance(change.after, datetime) and change.after <= now

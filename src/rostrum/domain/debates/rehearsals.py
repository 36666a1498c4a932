"""Rehearsals: a copy of a debate in which nothing counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.sentences import S_
from rostrum.domain.times import NEW_YORK, new_york, new_york_day

MAX_MINUTES = 24 * 60
_SATURDAY = 5


def rehearsal_of(debate: Debate, number: int, minutes: int, now: datetime) -> Debate:
    """A copy whose list opens in `minutes`, and whose meeting starts at an hour of meetings on the
    next working day, so that its forecast looks as it will. All other times keep their distance
    from the opening, up to the meeting.

    `number` counts the rehearsals of this debate. Refuses a rehearsal of a rehearsal, and more
    than a day.
    """
    if debate.is_rehearsal:
        raise Conflict(S_("This is a rehearsal itself. Rehearse the debate it was made from."))
    if not 1 <= minutes <= MAX_MINUTES:
        raise RuleBroken("minutes", S_("Give the minutes until the list opens, 1 to 1440."))
    opens_at = (now + timedelta(minutes=minutes)).replace(microsecond=0)
    starts_at = _meeting_after(opens_at, debate)

    def shifted(instant: datetime | None) -> datetime | None:
        later = opens_at - debate.opens_at
        return instant and min(_whole_minute(instant + later), starts_at)

    return replace(
        debate,
        id=0,
        slug=f"{debate.slug}-rehearsal-{number}",
        opens_at=opens_at,
        starts_at=starts_at,
        closes_at=shifted(debate.closes_at),
        letter_deadline=shifted(debate.letter_deadline),
        status=Status.ACTIVE,
        status_reason="",
        dates_are_open=False,
        rehearsal_of=debate.id,
        version=0,
    )


def _meeting_after(opens_at: datetime, debate: Debate) -> datetime:
    """When a meeting of the debate's kind starts on the next working day in New York: at its own
    hour, if meetings start then."""
    day = new_york_day(opens_at) + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    starts = [start for start, _ in debate.meeting_hours]
    own = debate.starts_at.astimezone(NEW_YORK).time()
    return new_york(datetime.combine(day, own if own in starts else starts[0]))


def _whole_minute(instant: datetime) -> datetime:
    """The next whole minute; the instant itself if it is one."""
    past = timedelta(seconds=instant.second, microseconds=instant.microsecond)
    return instant + (timedelta(minutes=1) - past if past else past)


def check_may_delete(debate: Debate) -> None:
    """Refuses to delete a debate that is not a rehearsal (Conflict)."""
    if not debate.is_rehearsal:
        raise Conflict(S_("Only a rehearsal can be deleted here. Delete a debate under Retention."))

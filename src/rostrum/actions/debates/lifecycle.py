"""Postponing, cancelling, resuming and archiving a debate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.debates.settings import write_change
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.debates.lifecycle import check_may_resume, check_next, check_status_reason
from rostrum.domain.debates.settings import check_is_meant, check_settings
from rostrum.domain.times import new_york_day, shift_days
from rostrum.store import debates, registrations
from rostrum.store.database import writing


@dataclass(frozen=True)
class NewDates:
    """New times for the meeting and its list; None: unchanged, or moved along by whole days."""

    starts_at: datetime | None = None
    opens_at: datetime | None = None
    is_sure: bool = False
    """Whether a day whose year may be wrong is meant."""

    @property
    def are_given(self) -> bool:
        return bool(self.starts_at or self.opens_at)


def postpone(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, reason: str, dates: NewDates
) -> Debate:
    """Stops presses, and tells every delegation why and the new dates if there are any.

    Raises RuleBroken without a reason or for dates that contradict each other, Conflict if the
    debate is cancelled or archived.
    """
    reason = check_status_reason(reason)
    return _become(db, now, actor, debate, status=Status.POSTPONED, reason=reason, dates=dates)


def cancel(db: Database, now: datetime, actor: Actor, debate: Debate, reason: str) -> Debate:
    """Ends the debate before it takes place; every delegation reads why."""
    reason = check_status_reason(reason)
    return _become(db, now, actor, debate, status=Status.CANCELLED, reason=reason)


def resume(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, reason: str, dates: NewDates
) -> Debate:
    """Makes the debate take place after all, or takes it out of the archive.

    `reason` is that of a change of dates; empty, it is that of the postponement. Raises RuleBroken
    if the day of a postponed meeting is over and no new day is given.
    """
    if dates.starts_at is None:
        check_may_resume(debate, now)
    return _become(db, now, actor, debate, status=Status.ACTIVE, reason=reason, dates=dates)


def archive(db: Database, now: datetime, actor: Actor, debate: Debate) -> Debate:
    """Archives the debate: from now on everything can be read and nothing can be changed."""
    return _become(db, now, actor, debate, status=Status.ARCHIVED, reason="")


def _become(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    status: Status,
    reason: str,
    dates: NewDates | None = None,
) -> Debate:
    with writing(db):
        before = debates.get_debate_by_id(db, debate.id)
        check_next(before, status)
        if status is Status.ACTIVE and before.status is Status.POSTPONED:
            reason = reason.strip() or before.status_reason
        told = reason if status in (Status.POSTPONED, Status.CANCELLED) else ""
        without = status is Status.POSTPONED and not (dates and dates.are_given)
        after = replace(before, status=status, status_reason=told, dates_are_open=without)
        if dates and dates.are_given:
            has_places = registrations.last_arrival_number(db, before.id) > 0
            after = _moved(after, dates, keeps_opening=has_places)
            check_settings(after)
            if not dates.is_sure:
                check_is_meant(after, now, before)
        return write_change(db, now, actor, before=before, changed=after, reason=reason)


def _moved(debate: Debate, dates: NewDates, *, keeps_opening: bool) -> Debate:
    """The debate at its new dates; times that are not given move with the meeting by whole days."""
    starts_at = dates.starts_at or debate.starts_at
    days = new_york_day(starts_at) - new_york_day(debate.starts_at)
    along = debate.opens_at if keeps_opening else shift_days(debate.opens_at, days)
    return replace(
        debate,
        starts_at=starts_at,
        opens_at=dates.opens_at or along,
        closes_at=debate.closes_at and shift_days(debate.closes_at, days),
        letter_deadline=debate.letter_deadline and shift_days(debate.letter_deadline, days),
    )

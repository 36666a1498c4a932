"""Late letters: giving one delegation more time, or striking its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.places import Reason, get_listed, vacate
from rostrum.actions.registrations.withdrawal import draft_of
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause
from rostrum.domain.registrations.deadlines import (
    check_extension,
    check_may_strike,
    check_strike_reason,
    moved_extension,
)
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.times import iso_millis
from rostrum.store import drafts, registrations
from rostrum.store.database import writing


def extend_deadline(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    registration_id: int,
    until: datetime,
) -> Registration:
    """Gives the delegation of this place until `until` to send or replace its letter.

    It may be shorter than the time that was given before. Raises NotFound, Conflict if the place
    was given up, RuleBroken for a time in the past, not later than the deadline of all, or beyond
    the meeting.
    """
    check_may_change(debate)
    with writing(db):
        held = get_listed(db, debate, registration_id)
        return give_more_time(db, now, actor, debate, held=held, until=until)


def give_more_time(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    held: Registration,
    until: datetime,
) -> Registration:
    """Inside a transaction: what `extend_deadline` does, and its RuleBroken."""
    check_extension(debate, until, now)
    return _write(db, now, actor, debate, held=held, until=until)


def move_extensions(
    db: Database, now: datetime, actor: Actor, *, before: Debate, after: Debate
) -> None:
    """Inside a transaction: takes the time that single delegations were given along with the
    meeting, so that nobody who was given more time has less than all."""
    if after.starts_at == before.starts_at:
        return
    for held in registrations.list_registrations(db, after.id):
        if held.letter_deadline is None:
            continue
        until = moved_extension(held.letter_deadline, before, after)
        _write(db, now, actor, before, held=held, until=until)


def _write(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    held: Registration,
    until: datetime,
) -> Registration:
    present = held.letter_deadline or debate.letter_deadline
    if until == present:
        return held
    extended = replace(held, letter_deadline=until)
    registrations.update_letter_deadline(db, extended)
    facts = {
        "arrival_number": held.arrival_number,
        "before": present and iso_millis(present),
        "until": iso_millis(until),
    }
    event = Event(EntryKind.LETTER_DEADLINE_EXTENDED, debate.id, held.delegation_id, facts)
    record(db, now, actor, event)
    return extended


def strike_place(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, registration_id: int, reason: str
) -> Registration:
    """Removes the place of a delegation without an accepted letter after its deadline.

    Those behind move up, each move with its cause; the delegation reads the reason. Its speaker
    goes back into a draft, the letter does not. Raises NotFound, Conflict if the
    place was given up, RuleBroken without a reason, before the deadline, and for an accepted
    letter.
    """
    reason = check_strike_reason(reason)
    check_may_change(debate)
    with writing(db):
        held = get_listed(db, debate, registration_id)
        check_may_strike(debate, held, now)
        gone = replace(
            held,
            place=None,
            withdrawn_at=max(now, held.received_at),
            struck_by=actor.name or str(actor),
            struck_reason=reason,
        )
        moved_up = vacate(db, gone, Reason(Cause.STRUCK, actor, now, held.delegation_id))
        drafts.replace_draft(db, replace(draft_of(held, now), letter=None))
        event = Event(
            kind=EntryKind.PLACE_STRUCK,
            debate_id=debate.id,
            delegation_id=held.delegation_id,
            facts={
                "arrival_number": held.arrival_number,
                "place_before": held.place,
                "moved_up": moved_up,
            },
            personal={"reason": reason},
        )
        record(db, now, actor, event)
        return gone

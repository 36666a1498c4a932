"""Deciding what can be taken back for ten seconds: a change is noted, and its places are held.

`due.py` does the changes at their time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.places import get_held
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change, check_may_prepare
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.delayed import (
    GRACE,
    ChangeKind,
    ChangeState,
    DelayedChange,
    check_may_take_back,
    check_nothing_waits,
    takes_registrations,
)
from rostrum.domain.order.places import check_later
from rostrum.domain.registrations.registration import Registration, check_place_seen
from rostrum.domain.sentences import N_
from rostrum.store import delayed, places, registrations
from rostrum.store.database import writing


def decide_withdrawal(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    seen: int | None = None,
) -> DelayedChange:
    """Decides to give the place up; it is given up ten seconds later.

    Raises Conflict if there is no place to give up, if a change of it waits or the debate is
    archived, and PlaceChanged if the place is no longer the number `seen` on the page.
    """
    check_may_change(debate)
    with writing(db):
        held = get_held(db, debate, delegation_id, N_("There is no place to give up."))
        check_place_seen(held, seen)
        change = put_off(db, now, actor, debate, held=held, kind=ChangeKind.GIVE_UP)
        record(db, now, actor, change_event(EntryKind.WITHDRAWAL_DECIDED, change, held))
        return change


def decide_later(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    place: int,
    seen: int | None = None,
) -> DelayedChange:
    """Decides to speak later, as number `place`; the delegation is moved ten seconds later.

    Raises the errors of `decide_withdrawal`, and RuleBroken for a place not behind its own.
    """
    check_may_prepare(debate)
    with writing(db):
        held = get_held(db, debate, delegation_id, N_("There is no place to move."))
        check_place_seen(held, seen)
        check_later(places.list_places(db, debate.id), held.id, place)
        change = put_off(db, now, actor, debate, held=held, kind=ChangeKind.LATER, place=place)
        record(db, now, actor, change_event(EntryKind.LATER_DECIDED, change, held))
        return change


def put_off(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    held: Registration,
    kind: ChangeKind,
    **how: Any,
) -> DelayedChange:
    """Inside a transaction: notes a change of this place. Raises Conflict if one waits already."""
    check_is_free(db, held.id)
    change = DelayedChange(
        id=0,
        debate_id=debate.id,
        registration_id=held.id,
        kind=kind,
        place_seen=held.place,
        decided_at=now,
        due_at=now + GRACE,
        actor=actor,
        was_open=takes_registrations(debate, now),
        **how,
    )
    return replace(change, id=delayed.insert_change(db, change))


def check_is_free(db: Database, *registration_ids: int) -> None:
    """Refuses to give away a place about which a change waits (Conflict)."""
    for registration_id in registration_ids:
        check_nothing_waits(delayed.find_waiting_change(db, registration_id))


def take_back_change(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, delegation_id: int, change_id: int
) -> DelayedChange:
    """Takes back that the place is given up or moved. Raises Conflict if it is too late."""
    check_may_change(debate)
    with writing(db):
        change = delayed.find_last_change(db, debate.id, delegation_id)
        if change is not None and (change.id != change_id or change.kind is ChangeKind.SWAP):
            change = None
        taken = settle_taken_back(db, now, change)
        held = registrations.get_registration(db, taken.registration_id)
        record(db, now, actor, change_event(EntryKind.CHANGE_TAKEN_BACK, taken, held))
        return taken


def settle_taken_back(db: Database, now: datetime, change: DelayedChange | None) -> DelayedChange:
    """Inside a transaction: ends a change that waits. Raises Conflict from its time on."""
    change = check_may_take_back(change, now)
    taken = replace(change, state=ChangeState.TAKEN_BACK, settled_at=now)
    delayed.update_settled(db, taken)
    return taken


def change_event(
    kind: EntryKind, change: DelayedChange, held: Registration, **more: object
) -> Event:
    """The journal's event about a change of this registration's place."""
    facts = {
        "change": change.kind,
        "place_before": change.place_seen,
        "place_after": change.place,
        "arrival_number": held.arrival_number,
    }
    return Event(kind, held.debate_id, held.delegation_id, facts | more)

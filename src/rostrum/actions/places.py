"""Staff change the order of the list."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.debates import Debate
from rostrum.domain.errors import Conflict, NotFound
from rostrum.domain.journal import Actor
from rostrum.domain.places import (
    Cause,
    Move,
    check_move_reason,
    check_order_version,
    places_after_leaving,
    places_after_move,
)
from rostrum.domain.registrations import Registration
from rostrum.domain.words import N_
from rostrum.store import places, registrations
from rostrum.store.database import writing


def get_listed(db: Database, debate: Debate, registration_id: int) -> Registration:
    """A registration of this debate that holds a place.

    Raises NotFound, or Conflict when the place was given up.
    """
    held = registrations.get_registration(db, registration_id)
    if held.debate_id != debate.id:
        raise NotFound
    if not held.is_active:
        raise Conflict(N_("This place was given up; there is nothing to move."))
    return held


def vacate(db: Database, now: datetime, actor: Actor, gone: Registration, cause: Cause) -> int:
    """Inside a transaction: writes that the place is gone; those behind move up, each move with
    its cause. How many moved."""
    moved = places_after_leaving(places.list_places(db, gone.debate_id), gone.id)
    registrations.update_withdrawn(db, gone)
    places.update_places(db, {who: after for who, (_, after) in moved.items()})
    moves = [
        Move(who, before, after, cause, gone.delegation_id, now, actor)
        for who, (before, after) in moved.items()
    ]
    places.insert_moves(db, moves)
    return len(moves)


def move_place(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    registration_id: int,
    place: int,
    reason: str,
    seen_version: str,
) -> Move:
    """Moves a registration to another place; those between shift, each move with its cause.

    `seen_version` is the `order_version` of the list on which this was decided: Conflict when
    the list is another one now. Raises NotFound, and RuleBroken without a reason or for a place
    that is not on the list. The move of the registration itself.
    """
    reason = check_move_reason(reason)
    with writing(db):
        held = get_listed(db, debate, registration_id)
        order = places.list_places(db, debate.id)
        check_order_version(seen_version, order)
        moved = {
            who: Move(
                who, before, after, Cause.MOVED_BY_STAFF, held.delegation_id, now, actor, reason
            )
            for who, (before, after) in places_after_move(order, held.id, place).items()
        }
        places.update_places(db, {who: move.place_after for who, move in moved.items()})
        places.insert_moves(db, list(moved.values()))
        event = Event(
            kind="place moved",
            debate_id=debate.id,
            delegation_id=held.delegation_id,
            facts={
                "arrival_number": held.arrival_number,
                "place_before": held.place,
                "place_after": place,
                "shifted": len(moved) - 1,
            },
            personal={"reason": reason},
        )
        record(db, now, actor, event)
        return moved[held.id]

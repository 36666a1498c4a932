"""Changing the order of the list: every change writes a move for each place that changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change, check_may_prepare
from rostrum.domain.errors import Conflict, NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import (
    Cause,
    Changes,
    Move,
    check_later,
    check_move_reason,
    places_after_entering,
    places_after_leaving,
    places_after_move,
)
from rostrum.domain.order.precedence import (
    Rank,
    is_raised,
    place_by_rule,
    place_once_counted,
)
from rostrum.domain.order.stretches import check_stretch
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_
from rostrum.store import places, registrations
from rostrum.store.database import writing


@dataclass(frozen=True)
class Reason:
    """Why places change: the cause, who caused it, and what staff say about it."""

    cause: Cause
    actor: Actor
    at: datetime
    caused_by: int
    ground: str = ""
    words: str = ""
    received_at: datetime | None = None
    """When the request of a delegation came that the mission entered."""


def get_listed(db: Database, debate: Debate, registration_id: int) -> Registration:
    """A registration of this debate that holds a place.

    Raises NotFound, or Conflict if the place was given up.
    """
    held = registrations.get_registration(db, registration_id)
    if held.debate_id != debate.id:
        raise NotFound
    if not held.is_active:
        raise Conflict(N_("This place was given up; there is nothing to move."))
    return held


def change_places(db: Database, changes: Changes, why: Reason) -> dict[int, Move]:
    """Inside a transaction: writes the places, and returns the move of each by registration."""
    moves = {
        registration_id: Move(
            registration_id,
            before,
            after,
            why.cause,
            why.caused_by,
            why.at,
            why.actor,
            why.ground,
            why.words,
            why.received_at,
        )  # fmt: skip
        for registration_id, (before, after) in changes.items()
    }
    places.update_places(
        db, {registration_id: after for registration_id, (_, after) in changes.items()}
    )
    places.insert_moves(db, list(moves.values()))
    return moves


def vacate(db: Database, gone: Registration, why: Reason) -> int:
    """Inside a transaction: removes the place; those behind move up. Returns how many moved."""
    changes = places_after_leaving(places.list_places(db, gone.debate_id), gone.id)
    registrations.update_withdrawn(db, gone)
    return len(change_places(db, changes, why))


def make_room(db: Database, debate: Debate, rank: Rank, why: Reason) -> int:
    """Inside a transaction: returns the rule's place for a newcomer; those behind move down."""
    ranks = places.list_ranks(db, debate.id)
    place = place_by_rule(debate, list(ranks.values()), rank)
    if place <= len(ranks):
        listed = {registration_id: number for number, registration_id in enumerate(ranks, start=1)}
        change_places(db, places_after_entering(listed, place), why)
    return place


def count_level(
    db: Database, debate: Debate, held: Registration, level: str, why: Reason
) -> dict[str, Any]:
    """Inside a transaction: makes this level count from now on; the place follows the rule.

    Returns level and place before and after, for the journal.
    """
    ranks = places.list_ranks(db, debate.id)
    listed = {registration_id: number for number, registration_id in enumerate(ranks, start=1)}
    place = place_once_counted(debate, ranks, held.id, level)
    registrations.update_ranked_level(db, held.id, level)
    if place != listed[held.id]:
        change_places(db, places_after_move(listed, held.id, place), why)
    changed = {"level_before": held.ranked_level, "level_after": level}
    return changed | {"place_before": listed[held.id], "place_after": place}


def follow_level(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, held: Registration, level: str
) -> dict[str, Any]:
    """Inside a transaction, after the speaker's level became `level`: a lower level counts at once,
    a higher one once staff accept its letter. Returns what changed, for the journal."""
    if level == held.ranked_level or is_raised(debate, held.ranked_level, level):
        return {}
    return count_level(db, debate, held, level, Reason(Cause.LEVEL, actor, now, held.delegation_id))


def move_place(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    registration_id: int,
    place: int,
    reason: str,
    seen_order: str,
    ground: str = "",
) -> Move:
    """Moves a registration to another place; returns its move. Those in between shift.

    `seen_order` is the `written_order` of the list that the page showed: StretchChanged if the list
    has changed between the two places. `ground` is a `Ground`, `reason` staff's own words. Raises
    NotFound, and RuleBroken if both are missing or for a place that is not on the list.
    """
    reason = check_move_reason(ground, reason)
    check_may_change(debate)
    with writing(db):
        held = get_listed(db, debate, registration_id)
        order = places.list_places(db, debate.id)
        changes = places_after_move(order, held.id, place)
        check_stretch(seen_order, order, held.id, place)
        why = Reason(Cause.MOVED_BY_STAFF, actor, now, held.delegation_id, ground, reason)
        moves = change_places(db, changes, why)
        event = moved_event(EntryKind.PLACE_MOVED, held, place, len(moves) - 1)
        event = replace(event, facts=event.facts | {"ground": ground})
        if reason:
            event = replace(event, personal={"reason": reason})
        record(db, now, actor, event)
        return moves[held.id]


def get_held(db: Database, debate: Debate, delegation_id: int, absent: str) -> Registration:
    """The registration with which the delegation has a place; without one, Conflict saying
    `absent`."""
    held = registrations.find_active_registration(db, debate.id, delegation_id)
    if held is None:
        raise Conflict(absent)
    return held


def speak_later(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, delegation_id: int, place: int
) -> Move:
    """Moves the delegation back to `place`, as it asked; it stays on the list.

    Raises Conflict if it has no place, RuleBroken for a place that is not behind its own.
    """
    check_may_prepare(debate)
    with writing(db):
        held = get_held(db, debate, delegation_id, N_("There is no place to move."))
        order = places.list_places(db, debate.id)
        check_later(order, held.id, place)
        changes = places_after_move(order, held.id, place)
        moves = change_places(db, changes, Reason(Cause.LATER, actor, now, delegation_id))
        record(db, now, actor, moved_event(EntryKind.SPEAKS_LATER, held, place, len(moves) - 1))
        return moves[held.id]


def moved_event(kind: EntryKind, held: Registration, place: int, shifted: int) -> Event:
    """The journal's event for a registration that moves to `place`, with how many shifted."""
    return Event(
        kind=kind,
        debate_id=held.debate_id,
        delegation_id=held.delegation_id,
        facts={
            "arrival_number": held.arrival_number,
            "place_before": held.place,
            "place_after": place,
            "shifted": shifted,
        },
    )

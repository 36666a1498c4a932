"""Reinstating a place that was given up or struck."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.places import Reason, make_room
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import Conflict, NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause
from rostrum.domain.order.precedence import Rank
from rostrum.domain.registrations.registration import Registration, check_reinstatement_reason
from rostrum.domain.sentences import S_
from rostrum.domain.times import to_micros
from rostrum.store import drafts, registrations
from rostrum.store.database import writing


def get_gone(db: Database, debate: Debate, registration_id: int) -> Registration:
    """A registration of this debate whose place was given up or struck.

    Raises NotFound, or Conflict if it holds a place or its delegation holds another.
    """
    gone = registrations.get_registration(db, registration_id)
    if gone.debate_id != debate.id:
        raise NotFound
    if registrations.find_active_registration(db, debate.id, gone.delegation_id):
        raise Conflict(S_("This delegation holds a place; there is nothing to reinstate."))
    return gone


def reinstate_place(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, registration_id: int, reason: str
) -> Registration:
    """Gives the delegation its old arrival number again, and the place that goes with it.

    Those behind move down, each move with its cause; speaker and letter are as they were when
    the place was given up. Raises NotFound, Conflict if the delegation holds a place, and
    RuleBroken without a reason.
    """
    reason = check_reinstatement_reason(reason)
    check_may_change(debate)
    with writing(db):
        gone = get_gone(db, debate, registration_id)
        why = Reason(Cause.REINSTATED, actor, now, gone.delegation_id, words=reason)
        rank = Rank(gone.ranked_level, gone.arrival_number, to_micros(gone.received_at))
        place = make_room(db, debate, rank, why)
        registrations.update_reinstated(db, gone.id, place)
        drafts.delete_draft(db, debate.id, gone.delegation_id)
        event = Event(
            kind=EntryKind.PLACE_REINSTATED,
            debate_id=debate.id,
            delegation_id=gone.delegation_id,
            facts={"arrival_number": gone.arrival_number, "place": place},
            personal={"reason": reason},
        )
        record(db, now, actor, event)
        return registrations.get_registration(db, gone.id)

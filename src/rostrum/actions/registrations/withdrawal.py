"""Giving the place up; what was registered is a draft again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.places import Reason, get_held, vacate
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause
from rostrum.domain.registrations.registration import (
    Draft,
    Registration,
    check_place_seen,
)
from rostrum.domain.sentences import N_
from rostrum.store import drafts
from rostrum.store.database import writing


def withdraw(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    seen: int | None = None,
) -> Registration:
    """Gives up the delegation's place; those behind move up, each move with its cause.

    Speaker and letter go back into a draft, so that registering again is one press. Raises
    Conflict if there is no place to give up or the debate is archived, and PlaceChanged if
    the place is no longer the number `seen` on the page.
    """
    check_may_change(debate)
    with writing(db):
        held = get_held(db, debate, delegation_id, N_("There is no place to give up."))
        check_place_seen(held, seen)
        gone = replace(held, place=None, withdrawn_at=max(now, held.received_at))
        moved_up = vacate(db, gone, Reason(Cause.WITHDRAWAL, actor, now, delegation_id))
        drafts.replace_draft(db, draft_of(held, now))
        record(db, now, actor, _event(held, moved_up))
        return gone


def _event(held: Registration, moved_up: int) -> Event:
    return Event(
        kind=EntryKind.WITHDRAWN,
        debate_id=held.debate_id,
        delegation_id=held.delegation_id,
        facts={
            "arrival_number": held.arrival_number,
            "place_before": held.place,
            "moved_up": moved_up,
        },
    )


def draft_of(held: Registration, now: datetime) -> Draft:
    """A draft with the registration's speaker and letter, for another press."""
    return Draft(
        debate_id=held.debate_id,
        delegation_id=held.delegation_id,
        speaker=held.speaker,
        letter=held.letter,
        version=held.version,
        updated_at=now,
    )

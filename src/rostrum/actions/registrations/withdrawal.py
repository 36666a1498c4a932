"""Giving the place up, by the delegation or by staff whom it asked; what was registered is a draft
again."""

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
    check_place_seen_by_staff,
    check_withdrawal_reason,
)
from rostrum.domain.sentences import N_
from rostrum.store import drafts
from rostrum.store.database import writing

NOTHING_TO_GIVE_UP = N_("There is no place to give up.")


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
        held = get_held(db, debate, delegation_id, NOTHING_TO_GIVE_UP)
        check_place_seen(held, seen)
        return _give_up(db, now, actor, held=held, gone=held)


def withdraw_for(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    reason: str,
    seen: int,
) -> Registration:
    """What `withdraw` does, by a member of staff whom the delegation asked.

    The delegation reads the reason. Raises RuleBroken without one, Conflict if there is no place
    to give up, and PlaceChanged if the place is no longer the number `seen` on the page.
    """
    reason = check_withdrawal_reason(reason)
    check_may_change(debate)
    with writing(db):
        held = get_held(db, debate, delegation_id, NOTHING_TO_GIVE_UP)
        check_place_seen_by_staff(held, seen)
        asked = {"withdrawn_by": actor.name or str(actor), "withdrawn_words": reason}
        return _give_up(db, now, actor, held=held, gone=replace(held, **asked))


def _give_up(
    db: Database, now: datetime, actor: Actor, *, held: Registration, gone: Registration
) -> Registration:
    gone = replace(gone, place=None, withdrawn_at=max(now, held.received_at))
    moved_up = vacate(db, gone, Reason(Cause.WITHDRAWAL, actor, now, held.delegation_id))
    drafts.replace_draft(db, draft_of(held, now))
    event = _event(held, moved_up)
    if gone.withdrawn_words:
        event = replace(event, personal={"reason": gone.withdrawn_words})
    record(db, now, actor, event)
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
    """A draft with the registration's speaker and letter, if it came, for another press."""
    return Draft(
        debate_id=held.debate_id,
        delegation_id=held.delegation_id,
        speaker=held.speaker,
        letter=held.letter if held.letter.files else None,
        version=held.version,
        updated_at=now,
    )

"""Swapping places: one delegation asks, the other answers, the mission approves if it must.

Where it need not, the places are swapped ten seconds after both agreed (`due.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.delayed import check_is_free, put_off, settle_taken_back
from rostrum.actions.order.places import get_held
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change, check_may_prepare
from rostrum.domain.errors import Conflict, NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.delayed import ChangeKind, DropReason
from rostrum.domain.order.places import Cause, Move
from rostrum.domain.order.swaps import (
    Swap,
    SwapState,
    check_may_ask,
    check_places,
    check_refusal_reason,
    check_state,
    places_after_swap,
    state_after_taking_back,
)
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_
from rostrum.store import delayed, places, registrations, swaps
from rostrum.store.database import writing

_KINDS = {
    SwapState.ASKED: EntryKind.SWAP_CONSENT_TAKEN_BACK,
    SwapState.TAKEN_BACK: EntryKind.SWAP_TAKEN_BACK,
    SwapState.ACCEPTED: EntryKind.SWAP_ACCEPTED,
    SwapState.DECLINED: EntryKind.SWAP_DECLINED,
}
"""The journal's kind for each state that an answer, or taking one's word back, leads to."""


def ask_swap(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, delegation_id: int, asked_id: int
) -> Swap:
    """Asks the registration `asked_id` to change places.

    Raises Conflict if either has no place, RuleBroken on the field `with` for a swap with oneself
    and while another request is open.
    """
    check_may_prepare(debate)
    with writing(db):
        asking = _own(db, debate, delegation_id)
        asked = registrations.get_registration(db, asked_id)
        if asked.debate_id != debate.id or not asked.is_active:
            raise Conflict(N_("This place has since been given up. Choose another one."))
        check_may_ask(asking.id, asked.id, swaps.find_open_swap(db, asking.id) is not None)
        check_is_free(db, asking.id, asked.id)
        swap = Swap(0, debate.id, asking.id, asked.id, SwapState.ASKED, now)
        swap = replace(swap, id=swaps.insert_swap(db, swap))
        record(db, now, actor, _event(db, EntryKind.SWAP_ASKED, debate, swap))
        return swap


def take_back_swap(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    swap_id: int,
    seen: str = "",
) -> Swap:
    """Takes back the request, or the consent to it, until the swap is done; a request without its
    consent is to be answered again. Raises NotFound, Conflict if it is too late.

    `seen` is the state that the page showed: Conflict if the request was answered meanwhile.
    """
    check_may_prepare(debate)
    with writing(db):
        swap = swaps.get_swap(db, debate.id, swap_id)
        state = state_after_taking_back(swap, _own(db, debate, delegation_id).id)
        check_state(swap, seen or swap.state)
        change = delayed.find_waiting_change(db, swap.asked_id)
        if change is not None and change.swap_id == swap.id:
            settle_taken_back(db, now, change)
        answered_at = None if state is SwapState.ASKED else now
        taken = replace(swap, state=state, answered_at=answered_at)
        swaps.update_swap(db, taken)
        record(db, now, actor, _event(db, _KINDS[state], debate, taken))
        return taken


def answer_swap(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    delegation_id: int,
    swap_id: int,
    is_yes: bool,
    seen: str,
) -> Swap:
    """Answers for the delegation that was asked; a yes swaps ten seconds later, or waits for staff.

    `seen` is the `places_version` that the page showed: Conflict if the two have
    other places now, or the swap was already answered. Raises NotFound for a swap of others.
    """
    check_may_prepare(debate)
    with writing(db):
        swap, own = swaps.get_swap(db, debate.id, swap_id), _own(db, debate, delegation_id)
        if swap.asked_id != own.id:
            raise NotFound
        check_state(swap, SwapState.ASKED)
        state = SwapState.ACCEPTED if is_yes else SwapState.DECLINED
        if is_yes:
            _agree(db, now, actor, debate, own=own, swap=swap, seen=seen)
        answered = replace(swap, state=state, answered_at=now)
        swaps.update_swap(db, answered)
        record(db, now, actor, _event(db, _KINDS[state], debate, answered))
        return answered


def _agree(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    own: Registration,
    swap: Swap,
    seen: str,
) -> None:
    listed = places.list_places(db, debate.id)
    check_places(swap, listed, seen)
    check_is_free(db, swap.asking_id, swap.asked_id)
    if not debate.swaps_need_approval:
        how = {"place": listed[swap.asking_id], "swap_id": swap.id, "other_id": swap.asking_id}
        put_off(db, now, actor, debate, held=own, kind=ChangeKind.SWAP, **how)


def approve_swap(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, swap_id: int, seen: str
) -> Swap:
    """Approves a swap that both agreed, and does it. Raises the errors of `answer_swap`."""
    check_may_change(debate)
    with writing(db):
        swap = swaps.get_swap(db, debate.id, swap_id)
        check_state(swap, SwapState.ACCEPTED)
        check_places(swap, places.list_places(db, debate.id), seen)
        check_is_free(db, swap.asking_id, swap.asked_id)
        done = replace(swap, decided_at=now, decided_by=actor.name)
        return _perform(db, now, actor, debate, done)


def perform_swap(db: Database, now: datetime, actor: Actor, debate: Debate, swap_id: int) -> Swap:
    """Inside a transaction: does a swap that both agreed. Raises Conflict if they no longer do."""
    swap = swaps.get_swap(db, debate.id, swap_id)
    check_state(swap, SwapState.ACCEPTED)
    return _perform(db, now, actor, debate, swap)


def drop_swap(
    db: Database, debate: Debate, swap_id: int, reason: DropReason, event: Event
) -> Event:
    """Inside a transaction: an agreed swap that cannot be done is to be answered again, or is the
    mission's to approve. Returns the journal's event with both sides."""
    swap = swaps.get_swap(db, debate.id, swap_id)
    if reason is not DropReason.APPROVAL:
        swaps.update_swap(db, replace(swap, state=SwapState.ASKED, answered_at=None))
    both = _event(db, event.kind, debate, swap)
    return replace(event, facts=event.facts | both.facts)


def refuse_swap(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, swap_id: int, reason: str
) -> Swap:
    """Refuses a swap, for the mission; both sides read why. Raises NotFound, RuleBroken without
    a reason, Conflict if its state changed meanwhile."""
    reason = check_refusal_reason(reason)
    check_may_change(debate)
    with writing(db):
        swap = swaps.get_swap(db, debate.id, swap_id)
        check_state(swap, SwapState.ACCEPTED)
        check_is_free(db, swap.asking_id, swap.asked_id)
        refused = replace(
            swap, state=SwapState.REFUSED, decided_at=now, decided_by=actor.name, reason=reason
        )
        swaps.update_swap(db, refused)
        event = _event(db, EntryKind.SWAP_REFUSED, debate, refused)
        record(db, now, actor, replace(event, personal={"reason": reason}))
        return refused


def _own(db: Database, debate: Debate, delegation_id: int) -> Registration:
    return get_held(db, debate, delegation_id, N_("There is no place to swap."))


def _perform(db: Database, now: datetime, actor: Actor, debate: Debate, swap: Swap) -> Swap:
    changes = places_after_swap(swap, places.list_places(db, debate.id))
    whose = registrations.list_delegation_ids(db, debate.id)
    other = {swap.asking_id: whose[swap.asked_id], swap.asked_id: whose[swap.asking_id]}
    places.update_places(
        db, {registration_id: after for registration_id, (_, after) in changes.items()}
    )
    moves = [
        Move(registration_id, before, after, Cause.SWAP, other[registration_id], now, actor)
        for registration_id, (before, after) in changes.items()
    ]
    places.insert_moves(db, moves)
    done = replace(swap, state=SwapState.DONE)
    swaps.update_swap(db, done)
    record(db, now, actor, _event(db, EntryKind.SWAP_DONE, debate, done))
    return done


def _event(db: Database, kind: EntryKind, debate: Debate, swap: Swap) -> Event:
    whose = registrations.list_delegation_ids(db, debate.id)
    listed = places.list_places(db, debate.id)
    facts = {
        "asking": whose[swap.asking_id],
        "asked": whose[swap.asked_id],
        "asking_registration": swap.asking_id,
        "asked_registration": swap.asked_id,
        "places": [listed.get(swap.asking_id), listed.get(swap.asked_id)],
    }
    return Event(kind, debate.id, whose[swap.asking_id], facts)

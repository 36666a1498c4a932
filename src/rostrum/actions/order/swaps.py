"""Swapping places: one delegation asks, the other answers, the mission approves if it must."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change, check_may_prepare
from rostrum.domain.errors import Conflict, NotFound
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause, Move
from rostrum.domain.order.swaps import (
    Swap,
    SwapState,
    check_may_ask,
    check_places,
    check_refusal_reason,
    check_state,
    places_after_swap,
    state_after_yes,
)
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_
from rostrum.store import places, registrations, swaps
from rostrum.store.database import writing

_ANSWERED = {
    SwapState.ACCEPTED: EntryKind.SWAP_ACCEPTED,
    SwapState.DECLINED: EntryKind.SWAP_DECLINED,
    SwapState.DONE: EntryKind.SWAP_DONE,
}
"""The journal's kind for each state that an answer leads to."""


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
    """Takes back a request before the swap is done. Raises NotFound, Conflict if it is too late.

    `seen` is the state that the page showed: Conflict if the request was answered meanwhile.
    """
    check_may_prepare(debate)
    with writing(db):
        swap = swaps.get_swap(db, debate.id, swap_id)
        if swap.asking_id != _own(db, debate, delegation_id).id:
            raise NotFound
        if swap.state is not SwapState.ACCEPTED:
            check_state(swap, SwapState.ASKED)
        check_state(swap, seen or swap.state)
        taken = replace(swap, state=SwapState.TAKEN_BACK, answered_at=now)
        swaps.update_swap(db, taken)
        record(db, now, actor, _event(db, EntryKind.SWAP_TAKEN_BACK, debate, taken))
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
    """Answers for the delegation that was asked; a yes swaps at once, or waits for staff.

    `seen` is the `places_version` that the page showed: Conflict if the two have
    other places now, or the swap was already answered. Raises NotFound for a swap of others.
    """
    check_may_prepare(debate)
    with writing(db):
        swap = swaps.get_swap(db, debate.id, swap_id)
        if swap.asked_id != _own(db, debate, delegation_id).id:
            raise NotFound
        check_state(swap, SwapState.ASKED)
        if not is_yes:
            answered = replace(swap, state=SwapState.DECLINED, answered_at=now)
        else:
            check_places(swap, places.list_places(db, debate.id), seen)
            answered = replace(swap, state=state_after_yes(debate), answered_at=now)
        if answered.state is SwapState.DONE:
            _perform(db, now, actor, answered)
        swaps.update_swap(db, answered)
        record(db, now, actor, _event(db, _ANSWERED[answered.state], debate, answered))
        return answered


def approve_swap(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, swap_id: int, seen: str
) -> Swap:
    """Approves a swap that both agreed, and does it. Raises the errors of `answer_swap`."""
    check_may_change(debate)
    with writing(db):
        swap = swaps.get_swap(db, debate.id, swap_id)
        check_state(swap, SwapState.ACCEPTED)
        check_places(swap, places.list_places(db, debate.id), seen)
        done = replace(swap, state=SwapState.DONE, decided_at=now, decided_by=actor.name)
        _perform(db, now, actor, done)
        swaps.update_swap(db, done)
        record(db, now, actor, _event(db, EntryKind.SWAP_DONE, debate, done))
        return done


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
        refused = replace(
            swap, state=SwapState.REFUSED, decided_at=now, decided_by=actor.name, reason=reason
        )
        swaps.update_swap(db, refused)
        event = _event(db, EntryKind.SWAP_REFUSED, debate, refused)
        record(db, now, actor, replace(event, personal={"reason": reason}))
        return refused


def _own(db: Database, debate: Debate, delegation_id: int) -> Registration:
    held = registrations.find_active_registration(db, debate.id, delegation_id)
    if held is None:
        raise Conflict(N_("There is no place to swap."))
    return held


def _perform(db: Database, now: datetime, actor: Actor, swap: Swap) -> None:
    listed = places.list_places(db, swap.debate_id)
    changes = places_after_swap(swap, listed)
    whose = registrations.list_delegation_ids(db, swap.debate_id)
    other = {swap.asking_id: whose[swap.asked_id], swap.asked_id: whose[swap.asking_id]}
    places.update_places(
        db, {registration_id: after for registration_id, (_, after) in changes.items()}
    )
    moves = [
        Move(registration_id, before, after, Cause.SWAP, other[registration_id], now, actor)
        for registration_id, (before, after) in changes.items()
    ]
    places.insert_moves(db, moves)


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

"""Doing what was decided ten seconds before: each change once, in order of time, browser or none.

What a change finds at its time decides: it is done, or dropped with its reason. The row of the
change and all that it changes are written in one transaction, so that nothing is lost or done
twice, whenever the server stops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import record
from rostrum.actions.order.delayed import change_event
from rostrum.actions.order.places import speak_later
from rostrum.actions.order.swaps import drop_swap, perform_swap
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.actions.watching import Watch
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import DomainError
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.delayed import (
    ChangeKind,
    ChangeState,
    DelayedChange,
    DropReason,
    reason_against,
)
from rostrum.store import debates, delayed, places, registrations
from rostrum.store.database import Connections, writing


def perform_due(db: Database, now: datetime) -> int:
    """Does or drops every change that is due at `now`, in order of time; returns how many."""
    count = 0
    while _perform_next(db, now):
        count += 1
    return count


def _perform_next(db: Database, now: datetime) -> bool:
    with writing(db):
        change = delayed.find_next_change(db)
        if change is None or change.due_at > now:
            return False
        reason = _perform(db, change)
        state = ChangeState.DROPPED if reason else ChangeState.DONE
        settled = replace(change, state=state, settled_at=change.due_at, drop_reason=reason)
        delayed.update_settled(db, settled)
        return True


def _perform(db: Database, change: DelayedChange) -> DropReason | None:
    """Does the change, as at its time; else the reason why it was dropped."""
    debate = debates.get_debate_by_id(db, change.debate_id)
    reason = reason_against(change, debate, places.list_places(db, debate.id))
    if reason is None:
        try:
            with writing(db):
                _DO[change.kind](db, debate, change)
        except DomainError:
            reason = DropReason.LIST
    if reason is not None:
        _drop(db, debate, change, reason)
    return reason


def _give_up(db: Database, debate: Debate, change: DelayedChange) -> None:
    who = _whose(db, change)
    seen = change.place_seen
    withdraw(db, change.due_at, change.actor, debate, delegation_id=who, seen=seen)


def _go_back(db: Database, debate: Debate, change: DelayedChange) -> None:
    who, place = _whose(db, change), change.place
    speak_later(db, change.due_at, change.actor, debate, delegation_id=who, place=place)


def _swap(db: Database, debate: Debate, change: DelayedChange) -> None:
    perform_swap(db, change.due_at, change.actor, debate, change.swap_id)


_DO: dict[ChangeKind, Callable[[Database, Debate, DelayedChange], None]] = {
    ChangeKind.GIVE_UP: _give_up,
    ChangeKind.LATER: _go_back,
    ChangeKind.SWAP: _swap,
}


def _drop(db: Database, debate: Debate, change: DelayedChange, reason: DropReason) -> None:
    held = registrations.get_registration(db, change.registration_id)
    event = change_event(EntryKind.CHANGE_DROPPED, change, held, reason=reason)
    if change.swap_id is not None:
        event = drop_swap(db, debate, change.swap_id, reason, event)
    record(db, change.due_at, change.actor, event)


def _whose(db: Database, change: DelayedChange) -> int:
    return registrations.get_registration(db, change.registration_id).delegation_id


class DueWatch(Watch):
    """Does what delegations decided about their places, each at its time."""

    name = "due"

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now
        self._version: int | None = None
        self._next: datetime | None = None

    def look(self) -> int:
        """Does what is due now; returns how many changes. Reads only after somebody committed."""
        version = self._connections.version()
        if version != self._version:
            with self._connections.borrowed() as db:
                change = delayed.find_next_change(db)
            self._version, self._next = version, change and change.due_at
        if self._next is None or self._next > self._now():
            return 0
        with self._connections.borrowed() as db:
            return perform_due(db, self._now())

"""The state of a delegation's page at an instant; every state has the same layout."""

from __future__ import annotations

from enum import StrEnum

from rostrum.domain.debates.debate import Phase, Status
from rostrum.domain.registrations.registration import Draft, Registration


class State(StrEnum):
    """The states of a delegation in a debate."""

    COUNCIL_MEMBER = "council_member"
    PREPARING = "preparing"
    READY = "ready"
    OPEN = "open"
    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"
    STRUCK = "struck"
    CLOSED = "closed"
    SHUT_OUT = "shut_out"
    """The time for letters is over, and without one nobody can register."""
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


_OF_THE_DEBATE = {
    Status.POSTPONED: State.POSTPONED,
    Status.CANCELLED: State.CANCELLED,
    Status.ARCHIVED: State.ARCHIVED,
}
"""States of the debate that apply to every delegation, whatever it holds."""


def state_of(
    *,
    phase: Phase,
    is_council_member: bool,
    held: Registration | None,
    draft: Draft,
    gone: Registration | None,
    status: Status = Status.ACTIVE,
    takes_letters: bool = True,
) -> State:
    """The state, from what the delegation holds (`held`), prepared or gave up (`gone`)."""
    if status in _OF_THE_DEBATE:
        return _OF_THE_DEBATE[status]
    if is_council_member:
        return State.COUNCIL_MEMBER
    if held is not None:
        return State.REGISTERED
    if gone is not None and gone.is_struck:
        return State.STRUCK
    if phase is not Phase.CLOSED and not takes_letters and draft.letter is None:
        return State.SHUT_OUT
    return _unregistered(phase, draft, gone)


def _unregistered(phase: Phase, draft: Draft, gone: Registration | None) -> State:
    if phase is Phase.CLOSED:
        return State.CLOSED
    if gone is not None:
        return State.WITHDRAWN
    if phase is Phase.OPEN:
        return State.OPEN
    return State.READY if draft.is_ready else State.PREPARING

"""Changes that a delegation decided and can take back: they are done ten seconds later.

To give the place up, to speak later, to swap places as both agreed. Until then nobody moves, and
no place in the change can be given away a second time. At its time a change is judged as things
stand: it is done as it was decided, or dropped with the reason why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Phase, Status
from rostrum.domain.errors import Conflict
from rostrum.domain.sentences import N_

GRACE = timedelta(seconds=10)
"""How long a decision can be taken back."""
TOLD_FOR = timedelta(hours=1)
"""How long a delegation's page says that a change was dropped."""


class ChangeKind(StrEnum):
    """What a delegation decided."""

    SWAP = "swap"
    LATER = "later"
    GIVE_UP = "give up"


class ChangeState(StrEnum):
    """What became of a decision."""

    WAITING = "waiting"
    DONE = "done"
    TAKEN_BACK = "taken back"
    DROPPED = "dropped"
    """It had become impossible, or was no longer what the delegation had seen."""


class DropReason(StrEnum):
    """Why a change was not done at its time."""

    OWN_PLACE = "own place"
    LIST = "list"
    """A place of a swap changed, or the list became too short to move back so far."""
    CLOSED = "closed"
    OVER = "over"
    APPROVAL = "approval"


NOT_DONE_LABELS = {
    ChangeKind.SWAP: N_("The places were not swapped."),
    ChangeKind.LATER: N_("You were not moved back."),
    ChangeKind.GIVE_UP: N_("Your place was not given up."),
}
DROP_LABELS = {
    DropReason.OWN_PLACE: N_("Your number changed meanwhile. Check, then decide again."),
    DropReason.LIST: N_("The list changed meanwhile. Check, then decide again."),
    DropReason.CLOSED: N_(
        "The list closed meanwhile: you could not register again. Check, then decide again."
    ),
    DropReason.OVER: N_("The debate was cancelled or archived meanwhile."),
    DropReason.APPROVAL: N_("Swaps now need the Presidency’s approval. The Presidency decides."),
}


@dataclass(frozen=True)
class DelayedChange:
    """One decision of a delegation about its place, and what became of it."""

    id: int
    debate_id: int
    registration_id: int
    """The registration of the delegation that decided."""
    kind: ChangeKind
    place_seen: int
    """Its number when it decided."""
    decided_at: datetime
    due_at: datetime
    actor: Actor
    place: int | None = None
    """The number that it would have; None if the place is given up."""
    swap_id: int | None = None
    other_id: int | None = None
    """The registration that asked for the swap, which has `place` now."""
    was_open: bool = False
    """Whether the list took registrations when it decided: then it could come back as the last."""
    state: ChangeState = ChangeState.WAITING
    settled_at: datetime | None = None
    drop_reason: DropReason | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be taken back, or is about to be done."""
        return self.state is ChangeState.WAITING

    def is_told(self, now: datetime) -> bool:
        """Whether the delegation's page still says that the change was dropped."""
        if self.state is not ChangeState.DROPPED or self.drop_reason is DropReason.APPROVAL:
            return False
        return now < self.settled_at + TOLD_FOR


def check_nothing_waits(change: DelayedChange | None) -> None:
    """Refuses to give a place away while a change about it waits (Conflict)."""
    if change is not None:
        raise Conflict(
            N_("This place is about to change. Wait ten seconds, or take that change back first.")
        )


def check_may_take_back(change: DelayedChange | None, now: datetime) -> DelayedChange:
    """The change, if it still waits; Conflict from its time on."""
    if change is None or not change.is_waiting or now >= change.due_at:
        raise Conflict(N_("It is too late to take this back. See what became of it."))
    return change


def reason_against(
    change: DelayedChange, debate: Debate, places: dict[int, int]
) -> DropReason | None:
    """Why the change cannot be done at its time, as the delegation decided it; None if it can.

    `places` are those of the list by registration id.
    """
    if debate.status in (Status.ARCHIVED, Status.CANCELLED):
        return DropReason.OVER
    is_same = places.get(change.registration_id) == change.place_seen
    if change.kind is ChangeKind.SWAP:
        if not is_same or places.get(change.other_id) != change.place:
            return DropReason.LIST
        return DropReason.APPROVAL if debate.swaps_need_approval else None
    if not is_same:
        return DropReason.OWN_PLACE
    if change.kind is ChangeKind.LATER:
        return DropReason.LIST if change.place > len(places) else None
    is_open = takes_registrations(debate, change.due_at)
    return DropReason.CLOSED if change.was_open and not is_open else None


def takes_registrations(debate: Debate, at: datetime) -> bool:
    """Whether a delegation that gave its place up could register again."""
    return debate.status is Status.ACTIVE and debate.phase(at) is Phase.OPEN

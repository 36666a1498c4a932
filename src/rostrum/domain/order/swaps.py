"""Swaps: two delegations agree to change places, and the mission approves if the debate says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rostrum.domain.checks import check_said, check_unchanged
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.order.places import Changes
from rostrum.domain.sentences import N_


class SwapState(StrEnum):
    """How far a swap has come."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    """Both agree; the mission still has to approve, or ten seconds have to pass."""
    DONE = "done"
    DECLINED = "declined"
    """By the delegation that was asked."""
    REFUSED = "refused"
    """By the mission, with a reason."""
    TAKEN_BACK = "taken back"


@dataclass(frozen=True)
class Swap:
    """One delegation's request to change places with another, by their registrations."""

    id: int
    debate_id: int
    asking_id: int
    asked_id: int
    state: SwapState
    asked_at: datetime
    answered_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    """Why the mission refused."""

    @property
    def is_open(self) -> bool:
        """Whether the swap can still happen."""
        return self.state in (SwapState.ASKED, SwapState.ACCEPTED)


def check_may_ask(asking_id: int, asked_id: int, has_open_wish: bool) -> None:
    """Refuses a swap with oneself, and a second request while one is open."""
    if asking_id == asked_id:
        raise RuleBroken("with", N_("Choose another delegation."))
    if has_open_wish:
        raise RuleBroken(
            "with", N_("You have already asked a delegation. Cancel that request to ask another.")
        )


def check_state(swap: Swap, wanted: SwapState | str) -> None:
    """Refuses an answer to a swap that was answered, approved or taken back meanwhile."""
    if swap.state != wanted:
        raise overtaken()


def overtaken() -> Conflict:
    """The refusal of whatever comes too late for a swap."""
    return Conflict(N_("This swap has since been answered or cancelled."))


def places_version(swap: Swap, places: dict[int, int]) -> str:
    """A fingerprint of the two places; a page that agrees to it agrees to no other places."""
    return f"{places.get(swap.asking_id, 0)}.{places.get(swap.asked_id, 0)}"


def check_places(swap: Swap, places: dict[int, int], seen: str) -> None:
    """Refuses a swap if a delegation has lost its place, or if the places are not those seen."""
    if not {swap.asking_id, swap.asked_id} <= places.keys():
        raise Conflict(N_("One of the two places was given up."))
    overtaken = N_("The list has changed. Check both places again.")
    check_unchanged(seen, places_version(swap, places), overtaken)


def places_after_swap(swap: Swap, places: dict[int, int]) -> Changes:
    """The changes of the two registrations that swap."""
    one, other = places[swap.asking_id], places[swap.asked_id]
    return {swap.asking_id: (one, other), swap.asked_id: (other, one)}


def state_after_taking_back(swap: Swap, registration_id: int) -> SwapState:
    """The state once one of the two takes its word back: the request ends, or is to be answered
    again. Raises NotFound for others, Conflict if there is nothing to take back."""
    if registration_id == swap.asking_id:
        if not swap.is_open:
            raise overtaken()
        return SwapState.TAKEN_BACK
    if registration_id != swap.asked_id or swap.state is SwapState.ASKED:
        raise NotFound
    check_state(swap, SwapState.ACCEPTED)
    return SwapState.ASKED


def check_refusal_reason(reason: str) -> str:
    """The mission's reason for refusing a swap, trimmed; refused when empty."""
    return check_said(reason, N_("Say why not: both delegations read this."))

"""Places in the registered list, and the moves that change them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rostrum.domain.actors import Actor
from rostrum.domain.checks import check_said
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import N_


class Cause(StrEnum):
    """Why a place changed."""

    WITHDRAWAL = "withdrawal"
    MOVED_BY_STAFF = "moved by staff"
    STRUCK = "struck"
    PRECEDENCE = "precedence"
    """Somebody of a higher level registered."""
    LEVEL = "level"
    """Somebody's level changed."""
    POLICY = "policy"
    """The policy or the table of levels changed."""
    SWAP = "swap"
    LATER = "later"
    """A delegation chose to speak later."""
    REINSTATED = "reinstated"
    ENTERED = "entered"
    """The mission entered a delegation whose request came earlier."""


class Ground(StrEnum):
    """Ready-made reasons for a move by staff; delegations read them in their own language."""

    LEVEL = "level"
    REQUEST = "request"
    GROUP = "group"
    TRAVEL = "travel"
    AGREED = "agreed"
    MISTAKE = "mistake"
    UNDONE = "undone"
    LIST = "list"
    """The whole list was put in another order; nobody gives this for one move."""


GROUND_LABELS = {
    Ground.LEVEL: N_("Level of the speaker"),
    Ground.REQUEST: N_("At the delegation’s own request"),
    Ground.GROUP: N_("Speaks on behalf of a group"),
    Ground.TRAVEL: N_("The speaker must leave or arrives late"),
    Ground.AGREED: N_("Agreed between the delegations"),
    Ground.MISTAKE: N_("Corrects a mistake of the Presidency"),
    Ground.UNDONE: N_("The Presidency undid its earlier move"),
    Ground.LIST: N_("New order of the whole list"),
}


@dataclass(frozen=True)
class Move:
    """One change of one registration's place, with its cause."""

    registration_id: int
    place_before: int
    place_after: int
    cause: Cause
    caused_by: int
    """Id of the delegation that withdrew, registered, was entered, moved or struck; perhaps this
    one."""
    moved_at: datetime
    actor: Actor
    ground: str = ""
    """Why staff moved the delegation: a `Ground`, or empty if they gave their own words. If they
    entered a delegation, how its request came: a `registrations.Channel`, or empty."""
    reason: str = ""
    """Why, in the words of staff; of all delegations, only the moved one reads them."""
    received_at: datetime | None = None
    """When the request of an entered delegation came; None for every other cause."""
    id: int = field(default=0, compare=False)
    """0 until it is stored."""


@dataclass(frozen=True)
class MoveCount:
    """How many delegations changed a place by one cause, itself or others."""

    cause: Cause
    is_own: bool
    count: int
    last: int = field(default=0, compare=False)
    """Id of the last of these moves."""


@dataclass(frozen=True)
class Standing:
    """A delegation's position: place `number` of `total` in the registered list."""

    number: int
    total: int
    council_count: int
    """Council members, who all speak before the registered list."""

    @property
    def before(self) -> int:
        """How many registered delegations speak before this one."""
        return self.number - 1


Changes = dict[int, tuple[int, int]]
"""Places before and after, by registration id, for the registrations whose place changes."""


def places_after_leaving(places: dict[int, int], leaving: int) -> Changes:
    """The delegations that move up when `leaving` leaves."""
    gap = places[leaving]
    return {
        registration_id: (place, place - 1)
        for registration_id, place in places.items()
        if place > gap
    }


def places_after_entering(places: dict[int, int], place: int) -> Changes:
    """The delegations that move down when a new one takes `place`."""
    return {
        registration_id: (old, old + 1) for registration_id, old in places.items() if old >= place
    }


def places_after_move(places: dict[int, int], moving: int, place: int) -> Changes:
    """All changes when one registration is moved; those between the two places close the gap.

    Refuses a place outside the list, and the place that `moving` has (RuleBroken on the
    place field).
    """
    if not 1 <= place <= len(places):
        raise RuleBroken("place", N_("Give a place from 1 to %(last)s."), last=len(places))
    if place == places[moving]:
        raise RuleBroken("place", N_("It has this place already. Enter another one."))
    order = in_order(places)
    order.remove(moving)
    order.insert(place - 1, moving)
    return changes_to(places, order)


def in_order(places: dict[int, int]) -> list[int]:
    """The ids in the order of their places."""
    return sorted(places, key=places.get)


def changes_to(places: dict[int, int], order: list[int]) -> Changes:
    """All changes that give the list this order."""
    after = {registration_id: number for number, registration_id in enumerate(order, start=1)}
    return {
        registration_id: (places[registration_id], after[registration_id])
        for registration_id in order
        if after[registration_id] != places[registration_id]
    }


def check_later(places: dict[int, int], registration_id: int, place: int) -> None:
    """Refuses a place that is not behind the present one (RuleBroken on the place field)."""
    first, last = later_range(places, registration_id)
    if first > last:
        raise RuleBroken("place", N_("Nobody speaks after you."))
    if not first <= place <= last:
        raise RuleBroken(
            "place", N_("Give a place from %(first)s to %(last)s."), first=first, last=last
        )


def later_range(places: dict[int, int], registration_id: int) -> tuple[int, int]:
    """The first and the last place to which a delegation can move back."""
    return places[registration_id] + 1, len(places)


def check_move_reason(ground: str, reason: str) -> str:
    """Staff's own words for a move, trimmed; refused if neither words nor a ground are given."""
    needed = N_("Choose a reason, or say it here: the delegation reads this.")
    return check_said(reason, needed, is_optional=bool(ground))

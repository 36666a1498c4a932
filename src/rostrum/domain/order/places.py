"""Places in the registered list, and the moves that change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rostrum.domain.actors import Actor
from rostrum.domain.checks import check_said, check_unchanged, version_of
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
    """Somebody speaks later at its own wish."""
    REINSTATED = "reinstated"
    ENTERED = "entered"
    """The mission entered somebody whose request goes before."""


class Ground(StrEnum):
    """Ready-made reasons for which staff move a delegation; each reads them in its language."""

    LEVEL = "level"
    REQUEST = "request"
    GROUP = "group"
    TRAVEL = "travel"
    AGREED = "agreed"
    MISTAKE = "mistake"
    UNDONE = "undone"


GROUND_LABELS = {
    Ground.LEVEL: N_("Level of the speaker"),
    Ground.REQUEST: N_("At the delegation’s own request"),
    Ground.GROUP: N_("Speaks on behalf of a group"),
    Ground.TRAVEL: N_("The speaker must leave or arrives late"),
    Ground.AGREED: N_("Agreed between the delegations"),
    Ground.MISTAKE: N_("Corrects a mistake of the mission"),
    Ground.UNDONE: N_("The mission undid its earlier move"),
}


@dataclass(frozen=True)
class Move:
    """One change of one registration's place, with what caused it."""

    registration_id: int
    place_before: int
    place_after: int
    cause: Cause
    caused_by: int
    """Id of the delegation that withdrew, registered, was entered, moved or struck: perhaps this
    one."""
    moved_at: datetime
    actor: Actor
    ground: str = ""
    """Why staff moved the delegation: a `Ground`, or empty for their own words alone. Where they
    entered one, how its request came: a `registrations.Channel`, or empty."""
    reason: str = ""
    """Staff's own words on why; of the delegations the moved one alone reads them."""
    received_at: datetime | None = None
    """When the request came of whom the mission entered; None for every other cause."""


@dataclass(frozen=True)
class MoveCount:
    """How often one cause changed a place, by the delegation's own doing or by others'."""

    cause: Cause
    is_own: bool
    count: int


@dataclass(frozen=True)
class Standing:
    """Where a delegation stands: place `number` of `total` in the registered list."""

    number: int
    total: int
    council_count: int
    """Council members, who all speak before the registered list."""

    @property
    def before(self) -> int:
        """How many registered delegations speak before this one."""
        return self.number - 1


Changes = dict[int, tuple[int, int]]
"""Place before and after, by registration id, of those whose place changes."""


def places_after_leaving(places: dict[int, int], leaving: int) -> Changes:
    """Those who move up when `leaving` goes."""
    gap = places[leaving]
    return {who: (place, place - 1) for who, place in places.items() if place > gap}


def places_after_entering(places: dict[int, int], place: int) -> Changes:
    """Those who move down when somebody new takes `place`."""
    return {who: (old, old + 1) for who, old in places.items() if old >= place}


def places_after_move(places: dict[int, int], moving: int, place: int) -> Changes:
    """All whose place changes when one is moved; those between the two places close the gap.

    Refuses a place that is not on the list and the one that `moving` has (RuleBroken on the
    place field).
    """
    if not 1 <= place <= len(places):
        raise RuleBroken("place", N_("Give a place from 1 to %(last)s."), last=len(places))
    if place == places[moving]:
        raise RuleBroken("place", N_("This is the place it has. Give another one."))
    order = in_order(places)
    order.remove(moving)
    order.insert(place - 1, moving)
    return changes_to(places, order)


def in_order(places: dict[int, int]) -> list[int]:
    """The ids in the order of their places."""
    return sorted(places, key=places.get)


def changes_to(places: dict[int, int], order: list[int]) -> Changes:
    """All whose place changes when the list has this order."""
    after = {who: number for number, who in enumerate(order, start=1)}
    return {who: (places[who], after[who]) for who in order if after[who] != places[who]}


def check_later(places: dict[int, int], who: int, place: int) -> None:
    """Refuses a place that is not behind the present one (RuleBroken on the place field)."""
    if place <= places[who]:
        raise RuleBroken(
            "place", N_("Give a place after number %(place)s, which you have."), place=places[who]
        )


def order_version(places: dict[int, int]) -> str:
    """A name of this order: another one as soon as anybody comes, goes or changes place.

    A page keeps it, so that what staff decide about one order is not done to another.
    """
    return version_of(in_order(places))


def check_order_version(seen: str, places: dict[int, int]) -> None:
    """Refuses a move decided on a page that shows another order (Conflict)."""
    overtaken = N_("The list changed meanwhile, and nobody was moved. Look at it and decide again.")
    check_unchanged(seen, order_version(places), overtaken)


def check_move_reason(ground: str, reason: str) -> str:
    """Staff's own words for a move, trimmed; refused where neither they nor a ground are given."""
    needed = N_("Choose a reason, or say it here: the delegation reads this.")
    return check_said(reason, needed, is_optional=bool(ground))

"""Places in the registered list, and the moves that change them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.journal import Actor
from rostrum.domain.words import N_


class Cause(StrEnum):
    """Why a place changed."""

    WITHDRAWAL = "withdrawal"
    MOVED_BY_STAFF = "moved by staff"
    STRUCK = "struck"


@dataclass(frozen=True)
class Move:
    """One change of one registration's place, with what caused it."""

    registration_id: int
    place_before: int
    place_after: int
    cause: Cause
    caused_by: int
    """Id of the delegation that withdrew, or that staff moved or struck: perhaps this one."""
    moved_at: datetime
    actor: Actor
    reason: str = ""
    """Why staff moved the delegation; it alone reads this."""


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


def places_after_leaving(places: dict[int, int], leaving: int) -> dict[int, tuple[int, int]]:
    """Place before and after, by registration id, of those who move up when `leaving` goes."""
    gap = places[leaving]
    return {who: (place, place - 1) for who, place in places.items() if place > gap}


def places_after_move(
    places: dict[int, int], moving: int, place: int
) -> dict[int, tuple[int, int]]:
    """Place before and after, by registration id, of all whose place changes when one is moved.

    Those between the two places close the gap. Refuses a place that is not on the list and the
    one that `moving` has (RuleBroken on the place field).
    """
    if not 1 <= place <= len(places):
        raise RuleBroken("place", N_("Give a place from 1 to %(last)s."), last=len(places))
    if place == places[moving]:
        raise RuleBroken("place", N_("This is the place it has. Give another one."))
    order = sorted(places, key=places.get)
    order.remove(moving)
    order.insert(place - 1, moving)
    after = {who: number for number, who in enumerate(order, start=1)}
    return {who: (places[who], after[who]) for who in order if after[who] != places[who]}


def order_version(places: dict[int, int]) -> str:
    """A name of this order: another one as soon as anybody comes, goes or changes place.

    A page keeps it, so that what staff decide about one order is not done to another.
    """
    order = sorted(places, key=places.get)
    return hashlib.sha256(repr(order).encode()).hexdigest()[:16]


def check_order_version(seen: str, places: dict[int, int]) -> None:
    """Refuses a move decided on a page that shows another order (Conflict)."""
    if seen != order_version(places):
        raise Conflict(
            N_("The list changed meanwhile, and nobody was moved. Look at it and decide again.")
        )


def check_move_reason(reason: str) -> str:
    """The reason for moving a delegation, trimmed; refused when empty."""
    trimmed = reason.strip()
    if not trimmed:
        raise RuleBroken("reason", N_("Say why it is moved: the delegation reads this."))
    return trimmed

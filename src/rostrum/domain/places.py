"""Places in the registered list, and the moves that change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    """Why a place changed."""

    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class Move:
    """One change of one registration's place, with what caused it."""

    registration_id: int
    place_before: int
    place_after: int
    cause: Cause
    caused_by: int
    """Id of the delegation whose act moved this one."""
    moved_at: datetime


@dataclass(frozen=True)
class Standing:
    """Where a delegation stands: place `number` of `total` in the registered list."""

    number: int
    total: int

    @property
    def before(self) -> int:
        """How many registered delegations speak before this one."""
        return self.number - 1


def places_after_withdrawal(places: dict[int, int], leaving: int) -> dict[int, tuple[int, int]]:
    """Place before and after, by registration id, of those who move up when `leaving` goes."""
    gap = places[leaving]
    return {who: (place, place - 1) for who, place in places.items() if place > gap}

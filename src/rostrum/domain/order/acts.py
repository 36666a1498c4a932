"""One change of the order by staff with everything it moved, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rostrum.domain.order.places import Cause, Changes, Ground, Move
from rostrum.domain.order.stretches import check_still_there

TAKEN_BACK = (Cause.MOVED_BY_STAFF, Cause.POLICY)
"""What staff can take back in one step."""


@dataclass(frozen=True)
class Act:
    """The moves that staff made in one step, at least one."""

    moves: tuple[Move, ...]

    @property
    def id(self) -> int:
        """The id of its last move: a page names the act by it."""
        return self.moves[0].id

    @property
    def cause(self) -> Cause:
        return self.moves[0].cause

    @property
    def first(self) -> Move:
        """Any of its moves: cause, actor, instant and reason are those of all."""
        return self.moves[0]

    @property
    def is_of_list(self) -> bool:
        """Whether it put the whole list in another order."""
        return self.first.ground == Ground.LIST

    @property
    def is_undone(self) -> bool:
        """Whether it took back an earlier act itself."""
        return self.first.ground == Ground.UNDONE

    def changes_back(self, places: dict[int, int]) -> Changes:
        """The changes that give all their earlier places again.

        Refused if one of them has left the place that the act gave (StretchChanged). Who came,
        went or moved elsewhere does not matter.
        """
        check_still_there({each.registration_id: each.place_after for each in self.moves}, places)
        return {each.registration_id: (each.place_after, each.place_before) for each in self.moves}


def acts_of(moves: Iterable[Move]) -> Iterator[Act]:
    """The acts to which these moves belong, which stand in reverse order; the latest act first."""
    found: dict[int, Move] = {}
    for move in moves:
        first = next(iter(found.values()), move)
        if move.registration_id in found or _mark(move) != _mark(first):
            yield Act(tuple(found.values()))
            found = {}
        found[move.registration_id] = move
    if found:
        yield Act(tuple(found.values()))


def _mark(move: Move) -> tuple[object, ...]:
    """What the moves of one act have in common."""
    is_one = move.cause is Cause.MOVED_BY_STAFF and move.ground != Ground.LIST
    caused_by = move.caused_by if is_one else None
    return move.cause, move.moved_at, move.actor, move.ground, move.reason, caused_by

"""The number of a delegation's place, and the account of how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause, MoveCount
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.times import from_micros
from rostrum.store import delegations, places
from rostrum.store.journal import find_last_line
from rostrum.web.context import db


@dataclass(frozen=True)
class WayBack:
    """That the mission gave a place back which had been given up or struck."""

    at: datetime
    reason: str
    """In the words of staff; empty once a purge deleted them."""


def find_way_back(held: Registration) -> WayBack | None:
    """The last time that this place was given back."""
    kind = EntryKind.PLACE_REINSTATED
    line = find_last_line(db(), held.debate_id, held.delegation_id, kind)
    if line is None or line.entry.facts["arrival_number"] != held.arrival_number:
        return None
    return WayBack(from_micros(line.entry.at), line.values.get("reason", ""))


def number_of(held: Registration, back: WayBack | None = None) -> dict[str, Any]:
    """The number of a registration with a place, and the values for the line under it.

    What moved a place that was given back (`back`) before that explains its number no longer.
    """
    standing, move = places.get_standing(db(), held.debate_id, held.id, held.place)
    if move and back and move.moved_at <= back.at:
        move = None
    return {
        "held": held,
        "back": back,
        "standing": standing,
        "move": move,
        "causer": move and delegations.get_delegation_by_id(db(), move.caused_by),
        "moves": _account(held, back) if move else [],
    }


def _account(held: Registration, back: WayBack | None) -> list[MoveCount]:
    since = back and back.at
    counted = places.count_moves(db(), held.id, since)
    given_back = [MoveCount(Cause.REINSTATED, is_own=True, count=1)] if back else []
    return given_back + counted

"""The last change of the order by staff, as the order's page tells it, and the way back."""

from __future__ import annotations

from typing import Any

from rostrum.actions.order.taking_back import find_act, find_moved
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import may_change
from rostrum.domain.order.acts import Act
from rostrum.domain.order.stretches import StretchChanged
from rostrum.store import places
from rostrum.store.delegations import get_delegation_by_id
from rostrum.web.context import db


def last_change(debate: Debate) -> dict[str, Any] | None:
    """What was changed last; None if it can no longer be taken back."""
    act = find_act(db(), debate)
    if act is None or act.is_undone or not may_change(debate) or not _can_go_back(debate, act):
        return None
    move = find_moved(db(), debate, act)
    if move is None:
        return None
    return {"act": act, "move": move, "delegation": get_delegation_by_id(db(), move.caused_by)}


def _can_go_back(debate: Debate, act: Act) -> bool:
    try:
        act.changes_back(places.list_places(db(), debate.id))
    except StretchChanged:
        return False
    return True

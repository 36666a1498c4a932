"""The last change of the order by staff, as the order's page tells it, and the way back."""

from __future__ import annotations

from typing import Any

from flask import g

from rostrum.actions.order.rule import find_reordering
from rostrum.actions.order.taking_back import find_act, find_moved
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import may_change
from rostrum.domain.order.acts import Act
from rostrum.domain.order.places import Cause
from rostrum.domain.order.stretches import StretchChanged
from rostrum.domain.staff.accounts import MANAGES_DEBATES
from rostrum.store import places
from rostrum.store.delegations import get_delegation_by_id
from rostrum.web.context import db


def last_change(debate: Debate) -> dict[str, Any] | None:
    """What was changed last; None if it can no longer be taken back."""
    act = find_act(db(), debate)
    if act is None or act.is_undone or not may_change(debate) or not _can_go_back(debate, act):
        return None
    if act.is_of_list:
        return {"act": act, "move": act.first, "delegation": None}
    return _of_rule(debate, act) if act.cause is Cause.POLICY else _of_move(debate, act)


def _of_move(debate: Debate, act: Act) -> dict[str, Any] | None:
    move = find_moved(db(), debate, act)
    if move is None:
        return None
    return {"act": act, "move": move, "delegation": get_delegation_by_id(db(), move.caused_by)}


def _of_rule(debate: Debate, act: Act) -> dict[str, Any] | None:
    """Only who may change the rule may take its change back."""
    if g.member.staff.role not in MANAGES_DEBATES or not find_reordering(db(), debate, act.first):
        return None
    return {"act": act, "move": act.first, "delegation": None}


def _can_go_back(debate: Debate, act: Act) -> bool:
    try:
        act.changes_back(places.list_places(db(), debate.id))
    except StretchChanged:
        return False
    return True

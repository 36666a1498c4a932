"""Putting the whole list in the order of a table that staff sent, and taking that back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.order.taking_back import CANNOT_GO_BACK, find_act
from rostrum.domain.actors import Actor
from rostrum.domain.checks import check_said
from rostrum.domain.csv_text import Table
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import Conflict
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.places import Cause, Changes, Ground, Move
from rostrum.domain.order.sheets import OrderSheet, read_sheet
from rostrum.domain.order.stretches import changes_wanted
from rostrum.domain.sentences import S_
from rostrum.domain.times import to_micros
from rostrum.store import delegations, places, registrations
from rostrum.store.database import writing


def plan_order(db: Database, debate: Debate, table: Table) -> OrderSheet:
    """What the table says about the order of the list as it is now."""
    pairs = registrations.list_with_delegations(db, debate.id)
    listed = {who.code: held.id for held, who in pairs if held.is_active}
    order = places.list_places(db, debate.id)
    return read_sheet(table, listed, order, delegations.list_delegations(db))


def put_in_order(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    wanted: str,
    seen: str,
    reason: str,
) -> Changes:
    """Gives the list the order `wanted`; each that moves reads the reason. Returns the changes.

    `wanted` and `seen` are what the page offered and the list that it showed (`written_order`):
    StretchChanged if the list has changed between the first and the last that move. RuleBroken
    without a reason. An order in which nobody moves is not written.
    """
    reason = check_said(reason, S_("Say why: every delegation that moves reads this."))
    check_may_change(debate)
    with writing(db):
        changes = changes_wanted(seen, wanted, places.list_places(db, debate.id))
        if changes:
            _write(db, now, actor, debate, changes=changes, ground=Ground.LIST, reason=reason)
        return changes


def take_back_order(
    db: Database, now: datetime, actor: Actor, debate: Debate, act_id: int
) -> Changes:
    """Gives all that an order moved their earlier places again; returns the changes.

    Raises Conflict, which is a StretchChanged once one of them has another place.
    """
    check_may_change(debate)
    with writing(db):
        act = find_act(db, debate, act_id)
        if act is None or not act.is_of_list:
            raise Conflict(CANNOT_GO_BACK)
        changes = act.changes_back(places.list_places(db, debate.id))
        undone = {"undoes": to_micros(act.first.moved_at)}
        _write(db, now, actor, debate, changes=changes, ground=Ground.UNDONE, **undone)
        return changes


def _write(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    changes: Changes,
    ground: Ground,
    reason: str = "",
    **facts: Any,
) -> None:
    """The places, a move of each delegation itself, and one entry in the journal."""
    whose = registrations.list_delegation_ids(db, debate.id)
    places.update_places(db, {each: after for each, (_, after) in changes.items()})
    cause = Cause.MOVED_BY_STAFF
    moves = [
        Move(each, before, after, cause, whose[each], now, actor, ground, reason)
        for each, (before, after) in changes.items()
    ]
    places.insert_moves(db, moves)
    moved = [[whose[each], before, after] for each, (before, after) in changes.items()]
    said = {"reason": reason} if reason else {}
    event = Event(
        EntryKind.LIST_PUT_IN_ORDER,
        debate_id=debate.id,
        facts={"moved": len(changes), "places": moved} | facts,
        personal=said,
    )
    record(db, now, actor, event)

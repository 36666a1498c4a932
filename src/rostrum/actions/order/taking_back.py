"""Taking back what staff did to the order, as long as nothing changed in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import record
from rostrum.actions.order.places import Reason, change_places, get_listed, moved_event
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import Conflict
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.acts import TAKEN_BACK, Act, acts_of
from rostrum.domain.order.places import Cause, Ground, Move
from rostrum.domain.sentences import S_
from rostrum.store import places, registrations
from rostrum.store.database import writing

CANNOT_GO_BACK = S_("This can no longer be taken back. See the order as it is now.")


def find_act(db: Database, debate: Debate, act_id: int | None = None) -> Act | None:
    """The latest act of staff on the order of a debate, or the one that ends with this move."""
    acts = acts_of(places.list_latest_moves(db, debate.id, TAKEN_BACK))
    return next((act for act in acts if act_id in (None, act.id)), None)


def find_moved(db: Database, debate: Debate, act: Act) -> Move | None:
    """The move of the delegation that staff moved, while all others of its act shifted; None for
    an act on the whole list."""
    if act.is_of_list:
        return None
    whose = registrations.list_delegation_ids(db, debate.id)
    own = (each for each in act.moves if whose[each.registration_id] == each.caused_by)
    return next(own, None)


def take_back_move(db: Database, now: datetime, actor: Actor, debate: Debate, act_id: int) -> Move:
    """Gives a delegation that staff moved, and those that shifted, their places again.

    The delegation reads that the mission undid its move. Returns its move. Raises
    Conflict, which is a StretchChanged once one of them has another place.
    """
    check_may_change(debate)
    with writing(db):
        act = find_act(db, debate, act_id)
        moved = find_moved(db, debate, act) if act and not act.is_undone else None
        if moved is None:
            raise Conflict(CANNOT_GO_BACK)
        changes = act.changes_back(places.list_places(db, debate.id))
        held = get_listed(db, debate, moved.registration_id)
        why = Reason(Cause.MOVED_BY_STAFF, actor, now, held.delegation_id, Ground.UNDONE)
        moves = change_places(db, changes, why)
        back = moves[held.id]
        event = moved_event(EntryKind.PLACE_MOVED, held, back.place_after, len(moves) - 1)
        record(db, now, actor, replace(event, facts=event.facts | {"ground": Ground.UNDONE}))
        return back

"""Giving a place up: who moves up, what is journalled, what is left for the next press."""

from __future__ import annotations

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.order.places import Cause
from rostrum.domain.times import MICROSECOND
from rostrum.store.database import Database
from rostrum.store.drafts import get_draft
from rostrum.store.places import list_last_moves
from tests.actions.registrations.test_registering import LATER, last_entry, places_of
from tests.factories import (
    actor,
    contents,
    delegation,
    prepare,
    register,
)


def test_a_withdrawal_moves_up_those_behind_and_says_why(db: Database, debate: Debate) -> None:
    codes = ("KEN", "BRA", "EGY", "JPN")
    prepare(db, debate, *codes)
    held = {code: register(db, debate, code) for code in codes}
    gone = withdraw(db, LATER, actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    assert (gone.place, gone.withdrawn_at, gone.arrival_number) == (None, LATER, 2)
    assert places_of(db, debate) == [("KEN", 1, 1), ("EGY", 2, 3), ("JPN", 3, 4)]
    moves = list_last_moves(db, debate.id)
    assert set(moves) == {held["EGY"].id, held["JPN"].id}
    move = moves[held["JPN"].id]
    assert (move.place_before, move.place_after) == (4, 3)
    assert (move.cause, move.caused_by) == (Cause.WITHDRAWAL, delegation(db, "BRA").id)
    assert move.moved_at == LATER


def test_a_withdrawal_is_journalled(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN", "BRA")
    register(db, debate, "KEN")
    register(db, debate, "BRA")
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    entry = last_entry(db)
    assert (entry.kind, entry.actor) == ("withdrawn", "delegation:KEN")
    assert entry.facts == {"arrival_number": 1, "place_before": 1, "moved_up": 1}
    assert verify_journal(db) is None


def test_a_withdrawal_leaves_a_draft_that_needs_only_the_press(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    held = register(db, debate)
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    draft = get_draft(db, debate.id, delegation(db).id)
    assert draft.is_ready
    assert (draft.speaker, draft.letter, draft.version) == (held.speaker, held.letter, held.version)


@pytest.mark.parametrize("has_registered", [True, False])
def test_there_is_nothing_to_give_up_without_a_place(
    db: Database, debate: Debate, has_registered: bool
) -> None:
    prepare(db, debate, "KEN")
    if has_registered:
        register(db, debate)
        withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    before = contents(db)
    with pytest.raises(Conflict):
        withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    assert contents(db) == before


def test_a_withdrawal_never_lies_before_its_registration(db: Database, debate: Debate) -> None:
    """The desk's stamp may run a few microseconds ahead of the clock of the same instant."""
    prepare(db, debate, "KEN")
    register(db, debate, at=LATER + MICROSECOND)
    gone = withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    assert gone.withdrawn_at == LATER + MICROSECOND

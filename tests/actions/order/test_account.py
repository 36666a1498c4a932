"""What explains a place: what was undone, or came and went, leaves nothing to tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from rostrum.actions.order.places import move_place
from rostrum.actions.order.rule import change_rule, plan, take_back_rule
from rostrum.actions.order.taking_back import find_act, take_back_move
from rostrum.actions.registrations.reinstatements import reinstate_place
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.order.places import Cause, MoveCount
from rostrum.domain.order.precedence import DEFAULT_TIERS
from rostrum.domain.order.stretches import written_order
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.speakers import Level
from rostrum.store.database import Database
from rostrum.store.debates import get_debate_by_id
from rostrum.store.places import count_moves, list_move_counts, list_moves, list_places
from rostrum.store.registrations import find_active_registration, find_last_withdrawn
from tests.factories import OPENS_AT, actor, delegation, make_debate, prepare, register

ANNA = Actor("staff", "anna")
CODES = ("BRA", "EGY", "JPN", "KEN")
OTHER, OWN = False, True


@pytest.fixture
def debate(db: Database) -> Debate:
    """Four delegations by arrival; the last, Kenya, sends a minister."""
    debate = make_debate(db)
    for number, code in enumerate(CODES):
        level = Level.MINISTER if code == "KEN" else Level.PERMANENT_REPRESENTATIVE
        prepare(db, debate, code, level=level)
        register(db, debate, code, OPENS_AT + timedelta(seconds=number))
    return debate


def at(minutes: int) -> datetime:
    return OPENS_AT + timedelta(minutes=minutes)


def held(db: Database, debate: Debate, code: str) -> Registration:
    return find_active_registration(db, debate.id, delegation(db, code).id)


def move(db: Database, debate: Debate, code: str, place: int, minutes: int = 1) -> None:
    seen = written_order(list_places(db, debate.id))
    given = {"place": place, "reason": "For a group.", "seen_order": seen}
    registration_id = held(db, debate, code).id
    move_place(db, at(minutes), ANNA, debate, registration_id=registration_id, **given)


def leave(db: Database, debate: Debate, code: str, minutes: int = 1) -> None:
    withdraw(db, at(minutes), actor(code), debate, delegation_id=delegation(db, code).id)


def come_back(db: Database, debate: Debate, code: str, minutes: int = 2) -> None:
    gone = find_last_withdrawn(db, debate.id, delegation(db, code).id)
    reinstate_place(db, at(minutes), ANNA, debate, registration_id=gone.id, reason="A mistake.")


def move_and_take_back(db: Database, debate: Debate) -> None:
    move(db, debate, "KEN", 2)
    take_back_move(db, at(2), ANNA, debate, find_act(db, debate).id)


def move_to_and_fro(db: Database, debate: Debate) -> None:
    move(db, debate, "KEN", 2)
    move(db, debate, "KEN", 4, minutes=2)


def change_rule_and_take_back(db: Database, debate: Debate) -> None:
    asked = {"policy": OrderPolicy.PRECEDENCE, "tiers": DEFAULT_TIERS, "keeps": True}
    seen = plan(db, debate, **asked).version
    change_rule(db, at(1), ANNA, debate, **asked, reason="Ministers.", seen=seen)
    changed = get_debate_by_id(db, debate.id)
    take_back_rule(db, at(2), ANNA, changed, find_act(db, debate).id)


def leave_and_come_back(db: Database, debate: Debate) -> None:
    leave(db, debate, "BRA")
    come_back(db, debate, "BRA")


@pytest.mark.parametrize(
    "act",
    [change_rule_and_take_back, leave_and_come_back, move_and_take_back, move_to_and_fro],
    ids=lambda act: act.__name__,
)
def test_what_cancelled_out_explains_no_place(
    db: Database, debate: Debate, act: Callable[[Database, Debate], None]
) -> None:
    before = list_places(db, debate.id)
    act(db, debate)
    assert list_places(db, debate.id) == before
    assert list_moves(db, debate.id), "what was done stays on record"
    assert list_move_counts(db, debate.id) == {}


def test_what_happened_besides_is_still_told(db: Database, debate: Debate) -> None:
    leave(db, debate, "BRA")
    move_and_take_back(db, debate)
    leave(db, debate, "EGY", minutes=3)
    come_back(db, debate, "EGY", minutes=4)
    kenya = held(db, debate, "KEN")
    assert count_moves(db, kenya.id) == [MoveCount(Cause.WITHDRAWAL, OTHER, 1)]
    assert count_moves(db, kenya.id, since=at(3)) == [MoveCount(Cause.REINSTATED, OTHER, 1)]


def test_a_delegation_that_comes_and_goes_counts_once_by_what_it_did_last(
    db: Database, debate: Debate
) -> None:
    leave(db, debate, "BRA")
    come_back(db, debate, "BRA")
    leave(db, debate, "BRA", minutes=3)
    move(db, debate, "KEN", 1, minutes=4)
    told = [MoveCount(Cause.WITHDRAWAL, OTHER, 1), MoveCount(Cause.MOVED_BY_STAFF, OWN, 1)]
    assert count_moves(db, held(db, debate, "KEN").id) == told

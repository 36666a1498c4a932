"""Places: any reordering goes through the unique index; moves are kept, the last one found."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.order.places import Cause, Move
from rostrum.store.database import Database, writing
from rostrum.store.places import (
    get_standing,
    insert_moves,
    list_last_moves,
    list_places,
    update_places,
)
from tests.factories import OPENS_AT, actor, delegation, make_debate, prepare, register

CODES = ("BRA", "EGY", "JPN", "KEN")


@pytest.fixture
def debate(db: Database) -> Debate:
    """The debate with four registered delegations, ids 1 to 4 on places 1 to 4."""
    debate = make_debate(db)
    prepare(db, debate, *CODES)
    for code in CODES:
        register(db, debate, code)
    return debate


@pytest.mark.parametrize(
    "after",
    [
        pytest.param({1: 4, 2: 1, 3: 2, 4: 3}, id="the first goes last"),
        pytest.param({4: 1, 1: 2, 2: 3, 3: 4}, id="the last goes first"),
        pytest.param({1: 2, 2: 1}, id="two change places"),
        pytest.param({1: 4, 2: 3, 3: 2, 4: 1}, id="turned round"),
        pytest.param({}, id="nothing"),
    ],
)
def test_places_are_reordered_under_the_unique_index(
    db: Database, debate: Debate, after: dict[int, int]
) -> None:
    with writing(db):
        update_places(db, after)
    assert list_places(db, debate.id) == {1: 1, 2: 2, 3: 3, 4: 4} | after


def test_a_place_that_is_taken_is_refused(db: Database, debate: Debate) -> None:
    with pytest.raises(sqlite3.IntegrityError), writing(db):
        update_places(db, {1: 2})
    assert list_places(db, debate.id) == {1: 1, 2: 2, 3: 3, 4: 4}


def test_the_last_move_of_each_is_found(db: Database, debate: Debate) -> None:
    who, later = delegation(db, "BRA").id, OPENS_AT + timedelta(seconds=1)
    vera = Actor("staff", "vera: the verifier")
    moves = [
        Move(3, 3, 2, Cause.WITHDRAWAL, who, OPENS_AT, actor("BRA")),
        Move(3, 2, 1, Cause.MOVED_BY_STAFF, who, later, vera, "The minister leaves at 10."),
        Move(4, 4, 3, Cause.WITHDRAWAL, who, OPENS_AT, actor("BRA")),
    ]
    with writing(db):
        insert_moves(db, moves)
    assert get_standing(db, debate.id, 3, 1)[1] == moves[1]
    assert get_standing(db, debate.id, 1, 1)[1] is None
    assert list_last_moves(db, debate.id) == {3: moves[1], 4: moves[2]}

"""Staff move a delegation: places, what each move says, refusals that write nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.order.places import move_place
from rostrum.actions.order.taking_back import find_act, take_back_move
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.order.places import Cause, Ground, Move
from rostrum.domain.order.stretches import written_order
from rostrum.store.database import Database
from rostrum.store.journal import list_entries, list_values
from rostrum.store.places import list_last_moves, list_places
from rostrum.store.registrations import get_registration, list_with_delegations
from tests.factories import (
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_debate,
    prepare,
    register,
)

LATER = OPENS_AT + timedelta(minutes=11)
VERA = Actor("staff", "vera")
REASON = "The minister leaves New York at noon."
CODES = ("BRA", "EGY", "JPN", "KEN", "MEX")


@pytest.fixture
def debate(db: Database) -> Debate:
    """The debate with five delegations on places 1 to 5."""
    debate = make_debate(db)
    prepare(db, debate, *CODES)
    for code in CODES:
        register(db, debate, code)
    return debate


def seen(db: Database, debate: Debate) -> str:
    """What a page carries that was made just now."""
    return written_order(list_places(db, debate.id))


def listed(db: Database, debate: Debate) -> list[str]:
    """The codes in order of place, after a look at the places themselves."""
    active = [pair for pair in list_with_delegations(db, debate.id) if pair[0].is_active]
    assert [held.place for held, _ in active] == list(range(1, len(active) + 1))
    return [each.code for _, each in active]


def registration_id(db: Database, debate: Debate, code: str) -> int:
    pairs = list_with_delegations(db, debate.id)
    return next(held.id for held, each in pairs if each.code == code)


def move(db: Database, debate: Debate, code: str, place: int, **changes: str) -> Move:
    """Vera moves a delegation, having seen the list as it is."""
    given = {"reason": REASON, "seen_order": seen(db, debate)} | changes
    who = registration_id(db, debate, code)
    return move_place(db, LATER, VERA, debate, registration_id=who, place=place, **given)


@pytest.mark.parametrize(
    ("code", "place", "expected"),
    [
        ("KEN", 1, ["KEN", "BRA", "EGY", "JPN", "MEX"]),
        ("KEN", 5, ["BRA", "EGY", "JPN", "MEX", "KEN"]),
        ("BRA", 5, ["EGY", "JPN", "KEN", "MEX", "BRA"]),
        ("EGY", 3, ["BRA", "JPN", "EGY", "KEN", "MEX"]),
    ],
)
def test_a_delegation_gets_the_place_and_those_between_shift(
    db: Database, debate: Debate, code: str, place: int, expected: list[str]
) -> None:
    move(db, debate, code, place)
    assert listed(db, debate) == expected


def test_arrival_number_and_instant_are_not_touched(db: Database, debate: Debate) -> None:
    who = registration_id(db, debate, "KEN")
    before = get_registration(db, who)
    move(db, debate, "KEN", 1)
    after = get_registration(db, who)
    assert (after.arrival_number, after.received_at) == (before.arrival_number, before.received_at)


def test_each_changed_place_has_a_move_that_says_who_was_moved_by_whom_and_why(
    db: Database, debate: Debate
) -> None:
    moved = move(db, debate, "KEN", 2, reason=f" {REASON}\n")
    moves = list_last_moves(db, debate.id)
    assert moves.pop(moved.registration_id) == moved
    assert (moved.place_before, moved.place_after) == (4, 2)
    shifted = {registration_id(db, debate, code): code for code in ("EGY", "JPN")}
    assert set(moves) == set(shifted)
    for each in (moved, *moves.values()):
        assert each.cause is Cause.MOVED_BY_STAFF
        assert each.caused_by == delegation(db, "KEN").id
        assert (each.actor, each.reason, each.moved_at) == (VERA, REASON, LATER)


def test_a_move_is_journalled_with_before_and_after(db: Database, debate: Debate) -> None:
    move(db, debate, "KEN", 2)
    entry = list_entries(db)[-1][0]
    assert (entry.kind, entry.actor) == ("place moved", "staff:vera")
    assert entry.delegation_id == delegation(db, "KEN").id
    assert entry.facts == {
        "arrival_number": 4,
        "place_before": 4,
        "place_after": 2,
        "shifted": 2,
        "ground": "",
    }
    assert list_values(db)[-1]["value"] == REASON
    assert verify_journal(db) is None


def test_a_withdrawal_after_a_move_closes_the_gap_where_it_is(db: Database, debate: Debate) -> None:
    move(db, debate, "KEN", 1)
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    assert listed(db, debate) == ["BRA", "EGY", "JPN", "MEX"]
    last = list_last_moves(db, debate.id)[registration_id(db, debate, "BRA")]
    assert (last.cause, last.actor, last.reason) == (Cause.WITHDRAWAL, actor("KEN"), "")


def refused_move(
    db: Database, debate: Debate, who: int, error: type[Exception], **changes: object
) -> None:
    """The move is refused in this way, and nothing is written."""
    given = {"place": 1, "reason": REASON, "seen_order": seen(db, debate)} | changes
    before = contents(db)
    with pytest.raises(error):
        move_place(db, LATER, VERA, debate, registration_id=who, **given)
    assert contents(db) == before


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        pytest.param(RuleBroken, {"reason": " \n"}, id="no reason"),
        pytest.param(RuleBroken, {"place": 0}, id="before the first"),
        pytest.param(RuleBroken, {"place": 6}, id="behind the last"),
        pytest.param(RuleBroken, {"place": 4}, id="its own place"),
        pytest.param(Conflict, {"seen_order": ""}, id="a page that saw nothing"),
        pytest.param(Conflict, {"seen_order": written_order({1: 1})}, id="another list"),
    ],
)
def test_a_move_that_breaks_a_rule_writes_nothing(
    db: Database, debate: Debate, error: type[Exception], changes: dict[str, object]
) -> None:
    refused_move(db, debate, registration_id(db, debate, "KEN"), error, **changes)


@pytest.mark.parametrize("change", ["a withdrawal", "another move"])
def test_a_move_decided_before_something_changed_in_between_is_refused(
    db: Database, debate: Debate, change: str
) -> None:
    old = seen(db, debate)
    if change == "a withdrawal":
        withdraw(db, LATER, actor("EGY"), debate, delegation_id=delegation(db, "EGY").id)
    else:
        move(db, debate, "MEX", 1)
    refused_move(db, debate, registration_id(db, debate, "KEN"), Conflict, seen_order=old)


def test_newcomers_and_withdrawals_behind_refuse_no_move(db: Database, debate: Debate) -> None:
    prepare(db, debate, "ITA")
    old = seen(db, debate)
    register(db, debate, "ITA", LATER)
    withdraw(db, LATER, actor("MEX"), debate, delegation_id=delegation(db, "MEX").id)
    move(db, debate, "KEN", 1, seen_order=old)
    assert listed(db, debate) == ["KEN", "BRA", "EGY", "JPN", "ITA"]


def test_a_place_that_was_given_up_is_not_moved(db: Database, debate: Debate) -> None:
    who = registration_id(db, debate, "KEN")
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    refused_move(db, debate, who, Conflict)


def test_only_registrations_of_the_debate_are_moved(db: Database, debate: Debate) -> None:
    refused_move(db, debate, 99, NotFound)
    other = make_debate(db, slug="another")
    prepare(db, other, "KEN", "BRA")
    register(db, other, "KEN")
    elsewhere = register(db, other, "BRA").id
    refused_move(db, debate, elsewhere, NotFound)
    refused_move(db, debate, elsewhere, NotFound, seen_order=seen(db, other))


def test_a_move_leaves_other_debates_alone(db: Database, debate: Debate) -> None:
    other = make_debate(db, slug="another")
    prepare(db, other, "KEN", "BRA")
    register(db, other, "KEN")
    register(db, other, "BRA")
    move(db, debate, "KEN", 1)
    assert listed(db, other) == ["KEN", "BRA"]
    assert list_last_moves(db, other.id) == {}


def test_an_earlier_move_is_taken_back_if_later_ones_were_elsewhere(
    db: Database, debate: Debate
) -> None:
    move(db, debate, "EGY", 1)
    earlier = find_act(db, debate)
    move(db, debate, "MEX", 4)
    back = take_back_move(db, LATER, VERA, debate, earlier.id)
    assert listed(db, debate) == ["BRA", "EGY", "JPN", "MEX", "KEN"]
    assert (back.place_before, back.place_after, back.ground) == (1, 2, Ground.UNDONE)
    assert list_entries(db)[-1][0].facts["ground"] == "undone"
    assert verify_journal(db) is None


@pytest.mark.parametrize("change", ["another move", "the undoing", "nothing was moved"])
def test_what_no_longer_stands_is_not_taken_back(db: Database, debate: Debate, change: str) -> None:
    act_id = 1
    if change != "nothing was moved":
        move(db, debate, "EGY", 1)
        act_id = find_act(db, debate).id
    if change == "another move":
        move(db, debate, "EGY", 3)
    if change == "the undoing":
        take_back_move(db, LATER, VERA, debate, act_id)
    before = contents(db)
    with pytest.raises(Conflict):
        take_back_move(db, LATER, VERA, debate, act_id)
    assert contents(db) == before

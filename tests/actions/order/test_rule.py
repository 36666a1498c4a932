"""Another rule of the order: what it moves, what outlives it, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rostrum.actions.debates.settings import change_debate
from rostrum.actions.journal import verify_journal
from rostrum.actions.order.places import move_place, speak_later
from rostrum.actions.order.rule import change_rule, plan, take_back_rule
from rostrum.actions.order.swaps import answer_swap, approve_swap, ask_swap
from rostrum.actions.order.taking_back import find_act, take_back_move
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.order.places import Cause
from rostrum.domain.order.precedence import DEFAULT_TIERS
from rostrum.domain.order.rule_changes import RuleChange
from rostrum.domain.order.stretches import StretchChanged, written_order
from rostrum.domain.order.swaps import places_version
from rostrum.domain.speakers import Level
from rostrum.store.database import Database
from rostrum.store.debates import get_debate_by_id
from rostrum.store.journal import list_entries, list_values
from rostrum.store.places import list_last_moves, list_places
from rostrum.store.registrations import find_active_registration, list_with_delegations
from tests.factories import (
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_debate,
    prepare,
    register,
)

ANNA = Actor("staff", "anna")
WHY = "High-level segment."
CODES = ("BRA", "EGY", "JPN", "KEN", "MEX", "PSE")
MINISTERS = ("KEN", "PSE")


@pytest.fixture
def debate(db: Database) -> Debate:
    """Six delegations by arrival; Kenya and Palestine send ministers."""
    debate = make_debate(db)
    for number, code in enumerate(CODES):
        level = Level.MINISTER if code in MINISTERS else Level.PERMANENT_REPRESENTATIVE
        prepare(db, debate, code, level=level)
        register(db, debate, code, OPENS_AT + timedelta(seconds=number))
    return debate


def at(minutes: int) -> datetime:
    return OPENS_AT + timedelta(minutes=minutes)


def held_id(db: Database, debate: Debate, code: str) -> int:
    return find_active_registration(db, debate.id, delegation(db, code).id).id


def listed(db: Database, debate: Debate) -> list[str]:
    return [who.code for held, who in list_with_delegations(db, debate.id) if held.is_active]


def move(db: Database, debate: Debate, code: str, place: int, minutes: int) -> None:
    move_place(
        db,
        at(minutes),
        ANNA,
        debate,
        registration_id=held_id(db, debate, code),
        place=place,
        reason="For a group.",
        seen_order=written_order(list_places(db, debate.id)),
    )


def swap(db: Database, debate: Debate, code: str, other: str, minutes: int) -> None:
    asked_id = held_id(db, debate, other)
    who, whom = (delegation(db, each).id for each in (code, other))
    now = at(minutes)
    asked = ask_swap(db, now, actor(code), debate, delegation_id=who, asked_id=asked_id)
    seen = places_version(asked, list_places(db, debate.id))
    answer_swap(
        db,
        now,
        actor(other),
        debate,
        delegation_id=whom,
        swap_id=asked.id,
        is_yes=True,
        seen=seen,
    )
    approve_swap(db, now, ANNA, debate, swap_id=asked.id, seen=seen)


def change(
    db: Database, debate: Debate, policy: OrderPolicy, minutes: int, **how: object
) -> RuleChange:
    """Anna changes the policy, having seen what would move."""
    rule = {"policy": policy, "tiers": DEFAULT_TIERS, "keeps": True} | how
    reason = rule.pop("reason", WHY)
    seen = rule.pop("seen", None) or plan(db, debate, **rule).version
    return change_rule(db, at(minutes), ANNA, debate, **rule, reason=reason, seen=seen)


LEVELS, ARRIVAL = OrderPolicy.PRECEDENCE, OrderPolicy.ARRIVAL


def test_the_list_follows_and_each_that_moves_is_told_why(db: Database, debate: Debate) -> None:
    made = change(db, debate, LEVELS, 1)
    assert listed(db, debate) == ["KEN", "PSE", "BRA", "EGY", "JPN", "MEX"]
    assert made.changes[held_id(db, debate, "KEN")] == (4, 1)
    moves = list_last_moves(db, debate.id)
    assert moves.keys() == made.changes.keys()
    assert {(each.cause, each.reason, each.actor) for each in moves.values()} == {
        (Cause.POLICY, WHY, ANNA)
    }
    kinds = [entry.kind for entry, _ in list_entries(db)][-2:]
    assert kinds == ["debate changed", "list reordered"]
    facts = list_entries(db)[-1][0].facts
    assert (facts["policy_before"], facts["policy"], facts["keeps"]) == (ARRIVAL, LEVELS, True)
    assert list_values(db)[-1]["value"] == WHY
    assert get_debate_by_id(db, debate.id).order_policy is LEVELS
    assert verify_journal(db) is None


def test_moves_swaps_and_wishes_keep_their_numbers_there_and_back(
    db: Database, debate: Debate
) -> None:
    swap(db, debate, "BRA", "EGY", 1)
    speak_later(db, at(2), actor("JPN"), debate, delegation_id=delegation(db, "JPN").id, place=6)
    move(db, debate, "MEX", 3, 3)
    before = listed(db, debate)
    assert before == ["EGY", "BRA", "MEX", "KEN", "PSE", "JPN"]
    made = change(db, debate, LEVELS, 4)
    assert listed(db, debate) == before, "the ministers have the numbers that are left"
    assert {each.value for each in made.decided.values()} == {"swap", "later", "moved by staff"}
    move(db, debate, "MEX", 6, 5)
    change(db, debate, ARRIVAL, 6)
    assert listed(db, debate)[-1] == "MEX"


def test_without_keeping_them_the_rule_alone_gives_the_order_and_may_be_taken_back(
    db: Database, debate: Debate
) -> None:
    move(db, debate, "MEX", 1, 1)
    change(db, debate, LEVELS, 2, keeps=False)
    assert listed(db, debate) == ["KEN", "PSE", "BRA", "EGY", "JPN", "MEX"]
    assert plan(db, debate, policy=ARRIVAL, tiers=DEFAULT_TIERS).decided == {}
    take_back_rule(db, at(3), ANNA, debate, find_act(db, debate).id)
    assert listed(db, debate) == ["MEX", "BRA", "EGY", "JPN", "KEN", "PSE"]
    assert get_debate_by_id(db, debate.id).order_policy is ARRIVAL
    change(db, debate, LEVELS, 4)
    assert listed(db, debate) == ["MEX", "KEN", "PSE", "BRA", "EGY", "JPN"], "its move is back too"


def test_a_move_that_was_undone_keeps_no_number(db: Database, debate: Debate) -> None:
    move(db, debate, "MEX", 1, 1)
    take_back_move(db, at(2), ANNA, debate, find_act(db, debate).id)
    change(db, debate, LEVELS, 3)
    assert listed(db, debate) == ["KEN", "PSE", "BRA", "EGY", "JPN", "MEX"]


def test_a_change_is_taken_back_though_others_came(db: Database, debate: Debate) -> None:
    change(db, debate, LEVELS, 1)
    prepare(db, debate, "QAT")
    register(db, debate, "QAT", at(2))
    take_back_rule(db, at(3), ANNA, debate, find_act(db, debate).id)
    assert listed(db, debate) == [*CODES, "QAT"]
    entry = list_entries(db)[-1][0]
    assert (entry.kind, entry.facts["policy"]) == ("list reordered", ARRIVAL)
    assert {each.ground for each in list_last_moves(db, debate.id).values()} == {"undone"}
    assert verify_journal(db) is None


@pytest.mark.parametrize("what", ["a withdrawal", "the undoing", "other settings"])
def test_a_change_that_no_longer_stands_is_not_taken_back(
    db: Database, debate: Debate, what: str
) -> None:
    change(db, debate, LEVELS, 1)
    act_id = find_act(db, debate).id
    if what == "a withdrawal":
        withdraw(db, at(2), actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    elif what == "the undoing":
        take_back_rule(db, at(2), ANNA, debate, act_id)
    else:
        change(db, debate, LEVELS, 2, tiers=DEFAULT_TIERS | {Level.OTHER: 8})
    before = contents(db)
    expected = StretchChanged if what == "a withdrawal" else Conflict
    with pytest.raises(expected):
        take_back_rule(db, at(3), ANNA, debate, act_id)
    assert contents(db) == before


@pytest.mark.parametrize(
    ("error", "how"),
    [
        pytest.param(RuleBroken, {"reason": " "}, id="no reason"),
        pytest.param(RuleBroken, {"tiers": {}}, id="no levels"),
        pytest.param(Conflict, {"seen": "another plan"}, id="not what was shown"),
    ],
)
def test_a_change_that_is_refused_writes_nothing(
    db: Database, debate: Debate, error: type[Exception], how: dict[str, object]
) -> None:
    before = contents(db)
    with pytest.raises(error):
        change(db, debate, LEVELS, 1, **how)
    assert contents(db) == before


def test_a_newcomer_at_the_end_refuses_no_change_and_a_minister_does(
    db: Database, debate: Debate
) -> None:
    seen = plan(db, debate, policy=LEVELS, tiers=DEFAULT_TIERS).version
    prepare(db, debate, "QAT", level=Level.PERMANENT_REPRESENTATIVE)
    register(db, debate, "QAT", at(1))
    assert plan(db, debate, policy=LEVELS, tiers=DEFAULT_TIERS).version == seen
    prepare(db, debate, "NOR", level=Level.MINISTER)
    register(db, debate, "NOR", at(2))
    with pytest.raises(Conflict):
        change(db, debate, LEVELS, 3, seen=seen)


def test_the_settings_move_nobody(db: Database, debate: Debate) -> None:
    before = contents(db)
    with pytest.raises(RuleBroken) as refused:
        change_debate(
            db, at(1), ANNA, changed=replace(debate, order_policy=LEVELS), seen=debate.version
        )
    assert refused.value.field == "order_policy"
    assert contents(db) == before

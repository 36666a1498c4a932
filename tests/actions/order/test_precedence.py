"""The order by level: registering, changing level, speaking later, reinstating, and the moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.letters.decisions import accept_letter
from rostrum.actions.order.council import add_further_statement, draw_council_order
from rostrum.actions.order.places import move_place, speak_later
from rostrum.actions.order.rule import change_rule
from rostrum.actions.order.swaps import ask_swap
from rostrum.actions.registrations.reinstatements import reinstate_place
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy, Status
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.order.places import Cause, MoveCount
from rostrum.domain.order.precedence import DEFAULT_TIERS
from rostrum.domain.order.stretches import written_order
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.speakers import Level
from rostrum.store.database import Database, all_rows, writing
from rostrum.store.debates import update_debate
from rostrum.store.drafts import get_draft
from rostrum.store.journal import list_entries
from rostrum.store.places import count_moves, list_last_moves, list_places
from rostrum.store.registrations import find_active_registration, list_with_delegations
from tests.factories import (
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_debate,
    make_letter,
    make_speaker,
    register,
    strike,
)

VERA = Actor("staff", "vera")
LATER = OPENS_AT + timedelta(hours=1)
MINISTER, AMBASSADOR = Level.MINISTER, Level.PERMANENT_REPRESENTATIVE


@pytest.fixture
def debate(db: Database) -> Debate:
    return make_debate(db, order_policy=OrderPolicy.PRECEDENCE)


def enter(db: Database, debate: Debate, code: str, level: Level = AMBASSADOR) -> Registration:
    """Registers a delegation whose speaker has this level."""
    who = delegation(db, code).id
    version = get_draft(db, debate.id, who).version
    speaker = make_speaker(level=level)
    save_speaker(
        db, OPENS_AT, actor(code), debate, delegation_id=who, speaker=speaker, version=version
    )
    make_letter(db, debate, code)
    return register(db, debate, code)


def held(db: Database, debate: Debate, code: str) -> Registration:
    return find_active_registration(db, debate.id, delegation(db, code).id)


def listed(db: Database, debate: Debate) -> list[str]:
    rows = list_with_delegations(db, debate.id)
    assert sorted(list_places(db, debate.id).values()) == list(
        range(1, len([1 for one, _ in rows if one.is_active]) + 1)
    )
    return [who.code for one, who in rows if one.is_active]


def change_level(db: Database, debate: Debate, code: str, level: Level) -> None:
    now = held(db, debate, code)
    speaker = replace(now.speaker, level=level)
    save_speaker(
        db,
        LATER,
        actor(code),
        debate,
        delegation_id=now.delegation_id,
        speaker=speaker,
        version=now.version,
    )


def test_a_minister_goes_before_ambassadors_and_each_is_told(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN"):
        enter(db, debate, code)
    first = enter(db, debate, "EGY", MINISTER)
    assert (first.place, first.arrival_number) == (1, 3)
    assert enter(db, debate, "JPN", MINISTER).place == 2
    assert listed(db, debate) == ["EGY", "JPN", "BRA", "KEN"]
    moves = list_last_moves(db, debate.id)
    assert {move.cause for move in moves.values()} == {Cause.PRECEDENCE}
    assert {move.caused_by for move in moves.values()} == {delegation(db, "JPN").id}
    kenya = held(db, debate, "KEN")
    counted = count_moves(db, kenya.id)
    assert counted == [MoveCount(Cause.PRECEDENCE, is_own=False, count=2)]


def test_under_arrival_levels_move_nobody(db: Database) -> None:
    debate = make_debate(db, slug="by-arrival")
    enter(db, debate, "BRA")
    assert enter(db, debate, "KEN", Level.HEAD_OF_STATE).place == 2
    change_level(db, debate, "BRA", Level.OTHER)
    assert listed(db, debate) == ["BRA", "KEN"]
    assert all_rows(db, "select * from move") == []


@pytest.mark.parametrize("policy", list(OrderPolicy))
def test_a_change_of_level_never_undoes_a_later_place(db: Database, policy: OrderPolicy) -> None:
    debate = make_debate(db, slug="later", order_policy=policy)
    for code in ("BRA", "KEN", "EGY"):
        enter(db, debate, code, MINISTER)
    speak_later(db, LATER, actor("BRA"), debate, delegation_id=delegation(db, "BRA").id, place=3)
    change_level(db, debate, "BRA", AMBASSADOR)
    assert listed(db, debate) == ["KEN", "EGY", "BRA"]


def test_within_a_tier_a_move_of_staff_stays(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN", "EGY"):
        enter(db, debate, code, Level.VICE_PRESIDENT)
    egypt = held(db, debate, "EGY")
    seen = written_order(list_places(db, debate.id))
    move_place(
        db,
        LATER,
        VERA,
        debate,
        registration_id=egypt.id,
        place=1,
        reason="Its speaker leaves.",
        seen_order=seen,
    )
    change_level(db, debate, "EGY", Level.HEAD_OF_GOVERNMENT)
    assert listed(db, debate) == ["EGY", "BRA", "KEN"]


def test_a_lower_level_counts_at_once(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN"):
        enter(db, debate, code, MINISTER)
    enter(db, debate, "EGY")
    change_level(db, debate, "BRA", AMBASSADOR)
    assert listed(db, debate) == ["KEN", "BRA", "EGY"], "by arrival in its new tier"
    move = list_last_moves(db, debate.id)[held(db, debate, "KEN").id]
    assert (move.cause, move.caused_by) == (Cause.LEVEL, delegation(db, "BRA").id)


def test_a_higher_level_counts_when_staff_accept_the_letter(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN", "EGY"):
        enter(db, debate, code)
    accept_letter(db, LATER, VERA, debate, letter_id=held(db, debate, "EGY").letter.id)
    change_level(db, debate, "EGY", MINISTER)
    assert listed(db, debate) == ["BRA", "KEN", "EGY"]
    accept_letter(db, LATER, VERA, debate, letter_id=held(db, debate, "EGY").letter.id)
    assert listed(db, debate) == ["EGY", "BRA", "KEN"]
    move = list_last_moves(db, debate.id)[held(db, debate, "EGY").id]
    assert (move.cause, move.actor) == (Cause.LEVEL, VERA)
    assert held(db, debate, "EGY").ranked_level == MINISTER


def test_a_level_raised_while_arrival_counted_waits_for_its_letter_too(db: Database) -> None:
    debate = make_debate(db, slug="by-arrival", order_policy=OrderPolicy.ARRIVAL)
    for code in ("BRA", "KEN"):
        enter(db, debate, code)
    change_level(db, debate, "KEN", MINISTER)
    assert held(db, debate, "KEN").ranked_level == AMBASSADOR
    accept_letter(db, LATER, VERA, debate, letter_id=held(db, debate, "KEN").letter.id)
    assert held(db, debate, "KEN").ranked_level == MINISTER
    assert listed(db, debate) == ["BRA", "KEN"]


def test_a_raise_taken_back_before_it_counted_moves_nobody(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN"):
        enter(db, debate, code)
    change_level(db, debate, "KEN", MINISTER)
    change_level(db, debate, "KEN", AMBASSADOR)
    accept_letter(db, LATER, VERA, debate, letter_id=held(db, debate, "KEN").letter.id)
    assert listed(db, debate) == ["BRA", "KEN"]
    assert all_rows(db, "select * from move") == []


def test_who_was_moved_by_staff_stays_when_others_register(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN"):
        enter(db, debate, code, MINISTER)
    enter(db, debate, "EGY")
    seen = written_order(list_places(db, debate.id))
    egypt = held(db, debate, "EGY").id
    move_place(
        db,
        LATER,
        VERA,
        debate,
        registration_id=egypt,
        place=1,
        reason="",
        seen_order=seen,
        ground="group",
    )
    enter(db, debate, "JPN", MINISTER)
    assert listed(db, debate) == ["EGY", "BRA", "KEN", "JPN"]


# --- Speaking later -----------------------------------------------------------------------------


def test_speaking_later_keeps_the_delegation_on_the_list(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN", "EGY"):
        enter(db, debate, code)
    moved = speak_later(
        db, LATER, actor("BRA"), debate, delegation_id=delegation(db, "BRA").id, place=3
    )
    assert (moved.place_before, moved.place_after, moved.cause) == (1, 3, Cause.LATER)
    assert listed(db, debate) == ["KEN", "EGY", "BRA"]
    assert list_entries(db)[-1][0].kind == "speaks later"


@pytest.mark.parametrize(("code", "place", "error"), [
    ("KEN", 1, RuleBroken), ("KEN", 2, RuleBroken), ("KEN", 9, RuleBroken), ("JPN", 1, Conflict),
])  # fmt: skip
def test_speaking_later_is_only_backwards_and_on_the_list(
    db: Database, debate: Debate, code: str, place: int, error: type[Exception]
) -> None:
    for each in ("BRA", "KEN", "EGY"):
        enter(db, debate, each)
    before = contents(db)
    with pytest.raises(error):
        speak_later(
            db, LATER, actor(code), debate, delegation_id=delegation(db, code).id, place=place
        )
    assert contents(db) == before


# --- Reinstating --------------------------------------------------------------------------------


@pytest.mark.parametrize("is_struck", [False, True], ids=["withdrawn", "struck"])
def test_a_place_given_back_has_its_old_number_and_place(
    db: Database, debate: Debate, is_struck: bool
) -> None:
    for code in ("BRA", "KEN", "EGY"):
        enter(db, debate, code)
    kenya = held(db, debate, "KEN")
    if is_struck:
        late = debate.letter_deadline + timedelta(hours=1)
        kenya = strike(db, late, VERA, debate, kenya, reason="No letter.")
    else:
        withdraw(db, LATER, actor("KEN"), debate, delegation_id=kenya.delegation_id)
    enter(db, debate, "JPN")
    back = reinstate_place(
        db, LATER, VERA, debate, registration_id=kenya.id, reason=" Pressed by mistake. "
    )
    assert (back.arrival_number, back.place, back.withdrawn_at, back.struck_by) == (2, 2, None, "")
    assert (back.speaker, back.letter) == (kenya.speaker, kenya.letter)
    assert listed(db, debate) == ["BRA", "KEN", "EGY", "JPN"]
    moves = list_last_moves(db, debate.id)
    assert moves[held(db, debate, "EGY").id].cause is Cause.REINSTATED
    assert get_draft(db, debate.id, kenya.delegation_id).version == 0
    assert list_entries(db)[-1][0].kind == "place reinstated"


def test_who_registered_again_is_not_reinstated(db: Database, debate: Debate) -> None:
    enter(db, debate, "BRA")
    kenya = enter(db, debate, "KEN")
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=kenya.delegation_id)
    register(db, debate, "KEN", key="attempt-2", at=LATER)
    before = contents(db)
    with pytest.raises(Conflict):
        reinstate_place(db, LATER, VERA, debate, registration_id=kenya.id, reason="Because.")
    assert contents(db) == before


def test_reinstating_needs_a_reason_a_place_that_is_gone_and_its_debate(
    db: Database, debate: Debate
) -> None:
    kenya = enter(db, debate, "KEN")
    other = make_debate(db, slug="other")
    gone = enter(db, debate, "BRA")
    withdraw(db, LATER, actor("BRA"), debate, delegation_id=gone.delegation_id)
    before = contents(db)
    for where, who, reason, error in (
        (debate, gone.id, " ", RuleBroken),
        (debate, kenya.id, "Because.", Conflict),
        (other, gone.id, "Because.", NotFound),
        (debate, 999, "Because.", NotFound),
    ):
        with pytest.raises(error):
            reinstate_place(db, LATER, VERA, where, registration_id=who, reason=reason)
    assert contents(db) == before


def test_an_archived_debate_keeps_its_order(db: Database, debate: Debate) -> None:
    for code in ("BRA", "KEN"):
        enter(db, debate, code)
    gone = enter(db, debate, "EGY")
    withdraw(db, LATER, actor("EGY"), debate, delegation_id=gone.delegation_id)
    archived = replace(debate, status=Status.ARCHIVED)
    with writing(db):
        update_debate(db, archived)
    before, brazil = contents(db), delegation(db, "BRA").id
    for act in (
        lambda: speak_later(db, LATER, actor("BRA"), archived, delegation_id=brazil, place=2),
        lambda: reinstate_place(
            db, LATER, VERA, archived, registration_id=gone.id, reason="Because."
        ),
        lambda: ask_swap(
            db,
            LATER,
            actor("BRA"),
            archived,
            delegation_id=brazil,
            asked_id=held(db, debate, "KEN").id,
        ),
        lambda: draw_council_order(db, LATER, VERA, archived, presidency_last=True),
        lambda: add_further_statement(db, LATER, VERA, archived, "KEN"),
        lambda: change_rule(
            db,
            LATER,
            VERA,
            archived,
            policy=OrderPolicy.ARRIVAL,
            tiers=DEFAULT_TIERS,
            keeps=True,
            reason="Because.",
            seen="",
        ),
    ):
        with pytest.raises(Conflict):
            act()
    assert contents(db) == before

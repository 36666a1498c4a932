"""Swaps by consent: asked, answered, approved; stale and foreign answers are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.order.due import perform_due
from rostrum.actions.order.swaps import (
    answer_swap,
    approve_swap,
    ask_swap,
    refuse_swap,
    take_back_swap,
)
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.order.delayed import GRACE
from rostrum.domain.order.places import Cause
from rostrum.domain.order.swaps import Swap, SwapState, places_version
from rostrum.domain.registrations.registration import Registration
from rostrum.store.database import Database, writing
from rostrum.store.debates import update_debate
from rostrum.store.journal import list_entries, list_values
from rostrum.store.places import list_last_moves, list_places
from rostrum.store.swaps import get_swap, list_open_swaps
from tests.factories import OPENS_AT, actor, contents, delegation, prepare, register

VERA = Actor("staff", "vera")
LATER = OPENS_AT + timedelta(hours=1)


@pytest.fixture
def held(db: Database, debate: Debate) -> dict[str, Registration]:
    prepare(db, debate, "BRA", "KEN", "JPN")
    return {code: register(db, debate, code) for code in ("BRA", "KEN", "JPN")}


@pytest.fixture
def asked(db: Database, debate: Debate, held: dict[str, Registration]) -> Swap:
    """Japan, third, asks Brazil, first."""
    who = delegation(db, "JPN").id
    return ask_swap(db, LATER, actor("JPN"), debate, delegation_id=who, asked_id=held["BRA"].id)


def seen(db: Database, debate: Debate, swap: Swap) -> str:
    return places_version(swap, list_places(db, debate.id))


def answer(db: Database, debate: Debate, swap: Swap, *, is_yes: bool = True, **other: str) -> Swap:
    who = delegation(db, other.get("code", "BRA")).id
    version = other.get("seen", seen(db, debate, swap))
    return answer_swap(
        db,
        LATER,
        actor("BRA"),
        debate,
        delegation_id=who,
        swap_id=swap.id,
        is_yes=is_yes,
        seen=version,
    )


def automatic(db: Database, debate: Debate) -> Debate:
    changed = replace(debate, swaps_need_approval=False)
    with writing(db):
        update_debate(db, changed)
    return changed


def refused(
    db: Database, error: type[Exception], act: Callable[..., object], *what: object, **how: object
) -> None:
    before = contents(db)
    with pytest.raises(error):
        act(*what, **how)
    assert contents(db) == before


def test_asking_moves_nobody(db: Database, debate: Debate, asked: Swap) -> None:
    assert asked.state is SwapState.ASKED
    assert list_open_swaps(db, debate.id) == [asked]
    assert list(list_places(db, debate.id).values()) == [1, 2, 3]
    assert list_entries(db)[-1][0].kind == "swap asked"


def test_a_yes_swaps_ten_seconds_later_where_no_approval_is_needed(
    db: Database, debate: Debate, held: dict[str, Registration], asked: Swap
) -> None:
    debate = automatic(db, debate)
    assert answer(db, debate, asked).state is SwapState.ACCEPTED
    assert list_places(db, debate.id)[held["JPN"].id] == 3
    perform_due(db, LATER + GRACE)
    assert list_places(db, debate.id) == {
        held["JPN"].id: 1,
        held["KEN"].id: 2,
        held["BRA"].id: 3,
    }
    moves = list_last_moves(db, debate.id)
    assert {move.cause for move in moves.values()} == {Cause.SWAP}
    assert moves[held["BRA"].id].caused_by == delegation(db, "JPN").id
    assert held["KEN"].id not in moves
    assert list_open_swaps(db, debate.id) == []
    assert verify_journal(db) is None


def test_a_yes_waits_for_the_mission_and_is_approved(
    db: Database, debate: Debate, held: dict[str, Registration], asked: Swap
) -> None:
    assert answer(db, debate, asked).state is SwapState.ACCEPTED
    assert list_places(db, debate.id)[held["BRA"].id] == 1
    done = approve_swap(db, LATER, VERA, debate, swap_id=asked.id, seen=seen(db, debate, asked))
    assert (done.state, done.decided_by) == (SwapState.DONE, "vera")
    assert list_places(db, debate.id)[held["BRA"].id] == 3
    assert get_swap(db, debate.id, asked.id) == done


def test_a_no_and_a_refusal_move_nobody(db: Database, debate: Debate, asked: Swap) -> None:
    assert answer(db, debate, asked, is_yes=False).state is SwapState.DECLINED
    again = ask_swap(
        db,
        LATER,
        actor("JPN"),
        debate,
        delegation_id=delegation(db, "JPN").id,
        asked_id=asked.asked_id,
    )
    answer(db, debate, again)
    said = refuse_swap(db, LATER, VERA, debate, swap_id=again.id, reason=" The minister leaves. ")
    assert (said.state, said.reason) == (SwapState.REFUSED, "The minister leaves.")
    assert list_values(db)[-1]["value"] == "The minister leaves."
    assert list(list_places(db, debate.id).values()) == [1, 2, 3]


@pytest.mark.parametrize("is_agreed", [False, True])
def test_a_wish_is_taken_back_until_it_is_done(
    db: Database, debate: Debate, asked: Swap, is_agreed: bool
) -> None:
    if is_agreed:
        answer(db, debate, asked)
    who = delegation(db, "JPN").id
    taken = take_back_swap(db, LATER, actor("JPN"), debate, delegation_id=who, swap_id=asked.id)
    assert taken.state is SwapState.TAKEN_BACK
    refused(
        db,
        Conflict,
        take_back_swap,
        db,
        LATER,
        actor("JPN"),
        debate,
        delegation_id=who,
        swap_id=asked.id,
    )
    refused(db, Conflict, answer, db, debate, asked)


def test_only_those_two_may_answer_and_take_back(db: Database, debate: Debate, asked: Swap) -> None:
    refused(db, NotFound, answer, db, debate, asked, code="KEN")
    refused(db, NotFound, answer, db, debate, asked, code="JPN")
    who = delegation(db, "BRA").id
    refused(
        db,
        NotFound,
        take_back_swap,
        db,
        LATER,
        actor("BRA"),
        debate,
        delegation_id=who,
        swap_id=asked.id,
    )


def test_an_answer_to_other_places_than_were_seen_is_refused(
    db: Database, debate: Debate, asked: Swap
) -> None:
    old = seen(db, debate, asked)
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    refused(db, Conflict, answer, db, debate, asked, seen=old)
    assert answer(db, debate, asked).state is SwapState.ACCEPTED
    refused(db, Conflict, approve_swap, db, LATER, VERA, debate, swap_id=asked.id, seen=old)


def test_a_place_that_was_given_up_is_not_swapped(
    db: Database, debate: Debate, held: dict[str, Registration], asked: Swap
) -> None:
    answer(db, debate, asked)
    withdraw(db, LATER, actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)
    assert list_open_swaps(db, debate.id) == []
    version = seen(db, debate, asked)
    refused(db, Conflict, approve_swap, db, LATER, VERA, debate, swap_id=asked.id, seen=version)
    ken = delegation(db, "KEN").id
    refused(
        db,
        Conflict,
        ask_swap,
        db,
        LATER,
        actor("KEN"),
        debate,
        delegation_id=ken,
        asked_id=held["JPN"].id,
    )


def test_one_wish_at_a_time_and_none_with_oneself(
    db: Database, debate: Debate, held: dict[str, Registration], asked: Swap
) -> None:
    who = delegation(db, "JPN").id
    for other in ("KEN", "JPN"):
        refused(
            db,
            RuleBroken,
            ask_swap,
            db,
            LATER,
            actor("JPN"),
            debate,
            delegation_id=who,
            asked_id=held[other].id,
        )


def test_a_refusal_says_why_and_comes_after_both_agreed(
    db: Database, debate: Debate, asked: Swap
) -> None:
    refused(db, Conflict, refuse_swap, db, LATER, VERA, debate, swap_id=asked.id, reason="No.")
    answer(db, debate, asked)
    refused(db, RuleBroken, refuse_swap, db, LATER, VERA, debate, swap_id=asked.id, reason="  ")

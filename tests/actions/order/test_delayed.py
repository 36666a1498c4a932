"""Decisions that can be taken back for ten seconds: waiting, taken back, done, dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.order.delayed import decide_later, decide_withdrawal, take_back_change
from rostrum.actions.order.due import DueWatch, perform_due
from rostrum.actions.order.swaps import (
    answer_swap,
    approve_swap,
    ask_swap,
    refuse_swap,
    take_back_swap,
)
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.config import Config
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.order.delayed import GRACE, ChangeState, DelayedChange, DropReason
from rostrum.domain.order.swaps import Swap, SwapState, places_version
from rostrum.domain.registrations.registration import PlaceChanged, Registration
from rostrum.domain.times import MICROSECOND
from rostrum.store.database import Connections, Database, opened, writing
from rostrum.store.debates import update_debate
from rostrum.store.delayed import find_last_change, find_waiting_change
from rostrum.store.journal import list_entries
from rostrum.store.places import list_last_moves, list_places
from rostrum.store.registrations import get_registration
from rostrum.store.swaps import get_swap
from tests.factories import (
    OPENS_AT,
    FakeClock,
    actor,
    contents,
    delegation,
    prepare,
    register,
)

CODES = ("BRA", "KEN", "JPN", "EGY")
LATER = OPENS_AT + timedelta(hours=1)
DUE = LATER + GRACE
VERA = Actor("staff", "vera")


@pytest.fixture
def debate(db: Database, debate: Debate) -> Debate:
    """Four places; swaps need nobody's approval."""
    prepare(db, debate, *CODES)
    return change(db, debate, swaps_need_approval=False)


@pytest.fixture
def held(db: Database, debate: Debate) -> dict[str, Registration]:
    return {code: register(db, debate, code) for code in CODES}


@pytest.fixture
def swap(db: Database, debate: Debate, held: dict[str, Registration]) -> Swap:
    """Japan, third, asks Brazil, first."""
    who = delegation(db, "JPN").id
    return ask_swap(db, LATER, actor("JPN"), debate, delegation_id=who, asked_id=held["BRA"].id)


def change(db: Database, debate: Debate, **changes: object) -> Debate:
    changed = replace(debate, **changes)
    with writing(db):
        update_debate(db, changed)
    return changed


def order(db: Database, debate: Debate) -> list[str]:
    by_id = {delegation(db, code).id: code for code in CODES}
    places = list_places(db, debate.id)
    return [
        by_id[get_registration(db, each).delegation_id] for each in sorted(places, key=places.get)
    ]


def give_up(db: Database, debate: Debate, code: str = "BRA", at: object = LATER) -> DelayedChange:
    who = delegation(db, code).id
    return decide_withdrawal(db, at, Actor("delegation", code, "Safari/iPhone"), debate,
                             delegation_id=who)  # fmt: skip


def go_back(db: Database, debate: Debate, place: int, code: str = "BRA") -> DelayedChange:
    who = delegation(db, code).id
    return decide_later(db, LATER, actor(code), debate, delegation_id=who, place=place)


def agree(db: Database, debate: Debate, swap: Swap) -> Swap:
    seen, who = places_version(swap, list_places(db, debate.id)), delegation(db, "BRA").id
    return answer_swap(
        db, LATER, actor("BRA"), debate, delegation_id=who, swap_id=swap.id, is_yes=True, seen=seen
    )


def take_back(db: Database, debate: Debate, decided: DelayedChange, **how: object) -> DelayedChange:
    at, code = how.get("at", LATER), how.get("code", "BRA")
    who = delegation(db, code).id
    return take_back_change(db, at, actor(code), debate, delegation_id=who, change_id=decided.id)


def take_swap_back(db: Database, debate: Debate, swap: Swap, code: str, at: object = LATER) -> Swap:
    who = delegation(db, code).id
    return take_back_swap(db, at, actor(code), debate, delegation_id=who, swap_id=swap.id)


def refused(db: Database, error: type[Exception], act: Callable[[], object]) -> None:
    before = contents(db)
    with pytest.raises(error):
        act()
    assert contents(db) == before


def kinds(db: Database, count: int) -> list[str]:
    return [entry.kind for entry, _ in list_entries(db)][-count:]


def what_became(db: Database, debate: Debate, code: str = "BRA") -> DelayedChange:
    found = find_last_change(db, debate.id, delegation(db, code).id)
    assert found is not None
    return found


# --- Waiting ------------------------------------------------------------------------------------


def test_nobody_moves_before_the_time_and_all_at_it(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    decided = give_up(db, debate)
    assert perform_due(db, DUE - MICROSECOND) == 0
    assert order(db, debate) == [*CODES]
    assert find_waiting_change(db, held["BRA"].id) == decided
    assert perform_due(db, DUE) == 1
    assert order(db, debate) == ["KEN", "JPN", "EGY"]
    gone = get_registration(db, held["BRA"].id)
    assert gone.withdrawn_at == DUE
    assert kinds(db, 2) == ["withdrawal decided", "withdrawn"]
    assert list_entries(db)[-1][0].facts["browser"] == "Safari/iPhone"
    assert what_became(db, debate).state is ChangeState.DONE
    assert verify_journal(db) is None


def test_what_was_due_long_ago_is_done_once_as_of_its_time(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    go_back(db, debate, 3)
    assert perform_due(db, DUE + timedelta(hours=2)) == 1
    assert perform_due(db, DUE + timedelta(hours=2)) == 0
    assert order(db, debate) == ["KEN", "JPN", "BRA", "EGY"]
    assert {move.moved_at for move in list_last_moves(db, debate.id).values()} == {DUE}
    assert list_entries(db)[-1][0].kind == "speaks later"


def test_changes_are_done_in_the_order_of_their_times(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    give_up(db, debate, "EGY", LATER + timedelta(seconds=2))
    give_up(db, debate, "JPN", LATER + timedelta(seconds=1))
    assert perform_due(db, DUE + timedelta(minutes=1)) == 2
    done = [entry.delegation_id for entry, _ in list_entries(db) if entry.kind == "withdrawn"]
    assert done == [delegation(db, "JPN").id]
    assert what_became(db, debate, "EGY").drop_reason is DropReason.OWN_PLACE
    assert order(db, debate) == ["BRA", "KEN", "EGY"]


def test_an_agreed_swap_is_done_for_both_at_its_time(
    db: Database, debate: Debate, swap: Swap
) -> None:
    assert agree(db, debate, swap).state is SwapState.ACCEPTED
    assert order(db, debate) == [*CODES]
    perform_due(db, DUE)
    assert order(db, debate) == ["JPN", "KEN", "BRA", "EGY"]
    done = get_swap(db, debate.id, swap.id)
    assert (done.state, done.answered_at, done.decided_by) == (SwapState.DONE, LATER, "")
    assert kinds(db, 3) == ["swap asked", "swap accepted", "swap done"]
    assert verify_journal(db) is None


# --- Taken back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("decide", [give_up, lambda db, debate: go_back(db, debate, 4)])
def test_a_decision_is_taken_back_until_its_time_by_those_who_decided(
    db: Database, debate: Debate, held: dict[str, Registration], decide: Callable
) -> None:
    decided = decide(db, debate)
    refused(db, Conflict, lambda: take_back(db, debate, decided, code="KEN"))
    refused(db, Conflict, lambda: take_back(db, debate, replace(decided, id=99)))
    refused(db, Conflict, lambda: take_back(db, debate, decided, at=DUE))
    assert take_back(db, debate, decided, at=DUE - MICROSECOND).state is ChangeState.TAKEN_BACK
    assert perform_due(db, DUE) == 0
    assert order(db, debate) == [*CODES]
    assert kinds(db, 1) == ["change taken back"]
    refused(db, Conflict, lambda: take_back(db, debate, decided))


def test_a_consent_is_taken_back_and_can_be_given_again(
    db: Database, debate: Debate, swap: Swap
) -> None:
    agree(db, debate, swap)
    taken = take_swap_back(db, debate, swap, "BRA", DUE - MICROSECOND)
    assert (taken.state, taken.answered_at) == (SwapState.ASKED, None)
    assert kinds(db, 1) == ["swap consent taken back"]
    assert perform_due(db, DUE) == 0
    agree(db, debate, swap)
    refused(db, Conflict, lambda: take_swap_back(db, debate, swap, "BRA", DUE))
    assert perform_due(db, DUE) == 1
    assert order(db, debate) == ["JPN", "KEN", "BRA", "EGY"]
    refused(db, Conflict, lambda: take_swap_back(db, debate, swap, "BRA"))


def test_a_consent_is_taken_back_while_the_presidency_has_not_approved(
    db: Database, debate: Debate, swap: Swap
) -> None:
    approving = change(db, debate, swaps_need_approval=True)
    agree(db, approving, swap)
    assert take_swap_back(db, approving, swap, "BRA").state is SwapState.ASKED
    seen = places_version(swap, list_places(db, debate.id))
    refused(
        db,
        Conflict,
        lambda: approve_swap(db, LATER, VERA, approving, swap_id=swap.id, seen=seen),
    )


def test_who_asked_takes_an_agreed_swap_back_too(db: Database, debate: Debate, swap: Swap) -> None:
    agree(db, debate, swap)
    assert take_swap_back(db, debate, swap, "JPN").state is SwapState.TAKEN_BACK
    assert perform_due(db, DUE) == 0
    refused(db, NotFound, lambda: take_swap_back(db, debate, swap, "EGY"))


# --- Held ---------------------------------------------------------------------------------------


def test_a_place_that_is_about_to_change_is_not_given_away_twice(
    db: Database, debate: Debate, held: dict[str, Registration], swap: Swap
) -> None:
    agree(db, debate, swap)
    seen = places_version(swap, list_places(db, debate.id))
    egypt = delegation(db, "EGY").id
    for code in ("BRA", "JPN"):
        refused(db, Conflict, lambda code=code: give_up(db, debate, code))
        refused(db, Conflict, lambda code=code: go_back(db, debate, 4, code))
        asked = held[code].id
        refused(
            db,
            Conflict,
            lambda asked=asked: ask_swap(
                db, LATER, actor("EGY"), debate, delegation_id=egypt, asked_id=asked
            ),
        )
    refused(db, Conflict, lambda: approve_swap(db, LATER, VERA, debate, swap_id=swap.id, seen=seen))
    refused(
        db, Conflict, lambda: refuse_swap(db, LATER, VERA, debate, swap_id=swap.id, reason="No.")
    )


def test_a_place_that_is_being_given_up_is_not_swapped(
    db: Database, debate: Debate, swap: Swap
) -> None:
    give_up(db, debate, "JPN")
    refused(db, Conflict, lambda: agree(db, debate, swap))


def test_what_was_not_seen_or_is_no_place_is_refused_at_once(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    who = delegation(db, "KEN").id

    def decide(place: int, seen: int = 2) -> DelayedChange:
        return decide_later(
            db, LATER, actor("KEN"), debate, delegation_id=who, place=place, seen=seen
        )

    refused(db, PlaceChanged, lambda: decide(3, seen=1))
    for place in (0, 1, 2, 5):
        refused(db, RuleBroken, lambda place=place: decide(place))
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=who)
    refused(db, Conflict, lambda: decide(3))
    refused(db, Conflict, lambda: give_up(db, debate, "KEN"))


# --- Dropped ------------------------------------------------------------------------------------


def test_a_change_of_another_place_than_was_seen_is_dropped_and_told(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    go_back(db, debate, 4, "JPN")
    withdraw(db, LATER, actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    perform_due(db, DUE)
    assert order(db, debate) == ["KEN", "JPN", "EGY"]
    dropped = what_became(db, debate, "JPN")
    assert (dropped.state, dropped.drop_reason) == (ChangeState.DROPPED, DropReason.OWN_PLACE)
    entry = list_entries(db)[-1][0]
    assert (entry.kind, entry.facts["reason"]) == ("change dropped", "own place")


def test_a_swap_whose_places_changed_is_to_be_answered_again(
    db: Database, debate: Debate, swap: Swap
) -> None:
    agree(db, debate, swap)
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    perform_due(db, DUE)
    assert order(db, debate) == ["BRA", "JPN", "EGY"]
    assert get_swap(db, debate.id, swap.id).state is SwapState.ASKED
    for code in ("BRA", "JPN"):
        assert what_became(db, debate, code).drop_reason is DropReason.LIST
    agree(db, debate, swap)


def test_a_swap_that_needs_approval_at_its_time_is_left_to_the_presidency(
    db: Database, debate: Debate, swap: Swap
) -> None:
    agree(db, debate, swap)
    approving = change(db, debate, swaps_need_approval=True)
    perform_due(db, DUE)
    assert order(db, debate) == [*CODES]
    seen = places_version(swap, list_places(db, debate.id))
    approve_swap(db, DUE, VERA, approving, swap_id=swap.id, seen=seen)
    assert order(db, debate) == ["JPN", "KEN", "BRA", "EGY"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"closes_at": DUE}, DropReason.CLOSED),
        ({"status": Status.CANCELLED, "status_reason": "No quorum."}, DropReason.OVER),
        ({"status": Status.ARCHIVED}, DropReason.OVER),
    ],
)
def test_a_list_that_ended_meanwhile_keeps_the_place(
    db: Database,
    debate: Debate,
    held: dict[str, Registration],
    changes: dict[str, object],
    reason: DropReason,
) -> None:
    give_up(db, debate)
    change(db, debate, **changes)
    perform_due(db, DUE)
    assert order(db, debate) == [*CODES]
    assert what_became(db, debate).drop_reason is reason


# --- The watch ----------------------------------------------------------------------------------


def test_the_watch_does_what_is_due_whoever_looks(
    db: Database,
    debate: Debate,
    held: dict[str, Registration],
    connections: Connections,
    clock: FakeClock,
) -> None:
    watch = DueWatch(connections, clock.now)
    clock.set(LATER)
    assert watch.look() == 0
    give_up(db, debate)
    assert watch.look() == 0
    clock.set(DUE - MICROSECOND)
    assert watch.look() == 0
    clock.set(DUE)
    assert watch.look() == 1
    assert watch.look() == 0
    assert order(db, debate) == ["KEN", "JPN", "EGY"]


def test_a_restart_in_between_loses_nothing(
    db: Database,
    debate: Debate,
    held: dict[str, Registration],
    config: Config,
    clock: FakeClock,
) -> None:
    give_up(db, debate)
    clock.set(DUE + timedelta(minutes=5))
    pool = Connections(config.database)
    assert DueWatch(pool, clock.now).look() == 1
    pool.close()
    with opened(config.database) as other:
        assert order(other, debate) == ["KEN", "JPN", "EGY"]
        assert get_registration(other, held["BRA"].id).withdrawn_at == DUE

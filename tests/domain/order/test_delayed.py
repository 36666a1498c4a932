"""Decisions are judged at their time: carried out as they were seen, or dropped with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import Conflict
from rostrum.domain.order.delayed import (
    GRACE,
    TOLD_FOR,
    ChangeKind,
    ChangeState,
    DelayedChange,
    DropReason,
    check_may_take_back,
    check_nothing_waits,
    reason_against,
)
from rostrum.domain.times import MICROSECOND
from tests.factories import OPENS_AT, SHIPPED

AT = OPENS_AT + timedelta(hours=1)
PLACES = {7: 1, 8: 2, 9: 3}


def decided(kind: ChangeKind, **changes: object) -> DelayedChange:
    """By registration 8, number 2 of 3."""
    place = {ChangeKind.SWAP: 3, ChangeKind.LATER: 3, ChangeKind.GIVE_UP: None}[kind]
    values = {
        "id": 1,
        "debate_id": 1,
        "registration_id": 8,
        "kind": kind,
        "place_seen": 2,
        "decided_at": AT,
        "due_at": AT + GRACE,
        "actor": Actor("delegation", "KEN"),
        "place": place,
        "other_id": 9 if kind is ChangeKind.SWAP else None,
        "was_open": True,
    }
    return DelayedChange(**values | changes)


@pytest.fixture
def debate() -> Debate:
    shipped, _ = read_debate(SHIPPED.read_text(encoding="utf-8"))
    return replace(shipped, swaps_need_approval=False)


@pytest.mark.parametrize("kind", ChangeKind)
def test_what_stands_as_it_was_seen_is_done(debate: Debate, kind: ChangeKind) -> None:
    assert reason_against(decided(kind), debate, PLACES) is None


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.ARCHIVED])
@pytest.mark.parametrize("kind", ChangeKind)
def test_nothing_is_done_in_a_debate_that_is_over(
    debate: Debate, kind: ChangeKind, status: Status
) -> None:
    over = replace(debate, status=status)
    assert reason_against(decided(kind), over, PLACES) is DropReason.OVER


@pytest.mark.parametrize(
    ("kind", "places", "reason"),
    [
        (ChangeKind.GIVE_UP, {8: 1, 9: 2}, DropReason.OWN_PLACE),
        (ChangeKind.GIVE_UP, {7: 1, 9: 2}, DropReason.OWN_PLACE),
        (ChangeKind.GIVE_UP, {7: 1, 8: 2}, None),
        (ChangeKind.LATER, {8: 1, 9: 2}, DropReason.OWN_PLACE),
        (ChangeKind.LATER, {7: 1, 8: 2}, DropReason.LIST),
        (ChangeKind.SWAP, {7: 1, 8: 2}, DropReason.LIST),
        (ChangeKind.SWAP, {7: 1, 8: 3, 9: 2}, DropReason.LIST),
        (ChangeKind.SWAP, {7: 1, 8: 2, 6: 3, 9: 4}, DropReason.LIST),
    ],
)
def test_other_numbers_than_were_seen_drop_a_change(
    debate: Debate, kind: ChangeKind, places: dict[int, int], reason: DropReason | None
) -> None:
    assert reason_against(decided(kind), debate, places) is reason


@pytest.mark.parametrize(
    ("closes_at", "was_open", "reason"),
    [
        (AT + GRACE, True, DropReason.CLOSED),
        (AT + GRACE + MICROSECOND, True, None),
        (AT - GRACE, False, None),
        (None, True, None),
    ],
)
def test_a_place_is_not_given_up_where_the_way_back_closed_meanwhile(
    debate: Debate, closes_at: object, was_open: bool, reason: DropReason | None
) -> None:
    closing = replace(debate, closes_at=closes_at)
    change = decided(ChangeKind.GIVE_UP, was_open=was_open)
    assert reason_against(change, closing, PLACES) is reason


def test_a_swap_that_needs_approval_meanwhile_is_left_to_the_presidency(debate: Debate) -> None:
    approved = replace(debate, swaps_need_approval=True)
    assert reason_against(decided(ChangeKind.SWAP), approved, PLACES) is DropReason.APPROVAL


def test_a_change_is_taken_back_until_the_microsecond_before_its_time() -> None:
    change = decided(ChangeKind.LATER)
    assert check_may_take_back(change, change.due_at - MICROSECOND) is change
    done = replace(change, state=ChangeState.DONE, settled_at=change.due_at)
    for late, now in ((change, change.due_at), (done, AT), (None, AT)):
        with pytest.raises(Conflict):
            check_may_take_back(late, now)


def test_a_place_about_which_a_change_waits_is_held() -> None:
    check_nothing_waits(None)
    with pytest.raises(Conflict):
        check_nothing_waits(decided(ChangeKind.GIVE_UP))


def test_that_a_change_was_dropped_is_told_for_an_hour() -> None:
    change = decided(ChangeKind.LATER)
    dropped = replace(
        change,
        state=ChangeState.DROPPED,
        settled_at=change.due_at,
        drop_reason=DropReason.OWN_PLACE,
    )
    assert not change.is_told(AT)
    assert dropped.is_told(change.due_at + TOLD_FOR - MICROSECOND)
    assert not dropped.is_told(change.due_at + TOLD_FOR)
    assert not replace(dropped, drop_reason=DropReason.APPROVAL).is_told(change.due_at)

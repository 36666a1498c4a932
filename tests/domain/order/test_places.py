"""Places after a withdrawal and after a move, and what a standing says."""

from __future__ import annotations

import pytest

from rostrum.domain.errors import RuleBroken
from rostrum.domain.order.places import (
    Ground,
    Standing,
    check_later,
    check_move_reason,
    places_after_entering,
    places_after_leaving,
    places_after_move,
)

PLACES = {10: 1, 20: 2, 30: 3, 40: 4}


@pytest.mark.parametrize(
    ("leaving", "moved"),
    [
        (10, {20: (2, 1), 30: (3, 2), 40: (4, 3)}),
        (30, {40: (4, 3)}),
        (40, {}),
    ],
)
def test_those_behind_move_up_by_one(leaving: int, moved: dict[int, tuple[int, int]]) -> None:
    assert places_after_leaving(PLACES, leaving) == moved


@pytest.mark.parametrize(("number", "before"), [(1, 0), (2, 1), (180, 179)])
def test_a_standing_counts_those_before(number: int, before: int) -> None:
    assert Standing(number, 180, 15).before == before


@pytest.mark.parametrize(
    ("moving", "place", "moved"),
    [
        pytest.param(40, 1, {40: (4, 1), 10: (1, 2), 20: (2, 3), 30: (3, 4)}, id="last to first"),
        pytest.param(10, 4, {20: (2, 1), 30: (3, 2), 40: (4, 3), 10: (1, 4)}, id="first to last"),
        pytest.param(20, 3, {30: (3, 2), 20: (2, 3)}, id="one down"),
        pytest.param(30, 2, {30: (3, 2), 20: (2, 3)}, id="one up"),
        pytest.param(10, 3, {20: (2, 1), 30: (3, 2), 10: (1, 3)}, id="those behind stay"),
    ],
)
def test_a_move_shifts_those_between_and_nobody_else(
    moving: int, place: int, moved: dict[int, tuple[int, int]]
) -> None:
    assert places_after_move(PLACES, moving, place) == moved


@pytest.mark.parametrize("place", [-1, 0, 5, 9999])
def test_a_place_that_is_not_on_the_list_is_refused(place: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        places_after_move(PLACES, 20, place)
    assert refused.value.field == "place"
    assert refused.value.sentence.values == {"last": 4}


def test_a_move_to_the_own_place_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        places_after_move(PLACES, 20, 2)
    assert refused.value.field == "place"


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_a_move_needs_a_reason(reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_move_reason("", reason)
    assert refused.value.field == "reason"


def test_a_reason_is_trimmed() -> None:
    assert check_move_reason("", " For a group.\n") == "For a group."


def test_a_ready_made_reason_needs_no_words() -> None:
    assert check_move_reason(Ground.GROUP, " ") == ""


def test_those_behind_a_newcomer_move_down() -> None:
    assert places_after_entering(PLACES, 3) == {30: (3, 4), 40: (4, 5)}
    assert places_after_entering(PLACES, 5) == {}


@pytest.mark.parametrize("place", [1, 2])
def test_speaking_later_is_no_way_forward(place: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_later(PLACES, 20, place)
    assert refused.value.field == "place"


def test_speaking_later_is_any_place_behind() -> None:
    check_later(PLACES, 20, 3)

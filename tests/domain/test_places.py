"""Places after a withdrawal, and what a standing says."""

from __future__ import annotations

import pytest

from rostrum.domain.places import Standing, places_after_withdrawal

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
    assert places_after_withdrawal(PLACES, leaving) == moved


@pytest.mark.parametrize(("number", "before"), [(1, 0), (2, 1), (180, 179)])
def test_a_standing_counts_those_before(number: int, before: int) -> None:
    assert Standing(number, 180).before == before

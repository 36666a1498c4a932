"""The order of the Council's members when members come and go."""

from __future__ import annotations

import pytest

from rostrum.domain.order.exchanges import order_after_exchange


@pytest.mark.parametrize(
    ("leaving", "coming", "after"),
    [
        ((), (), [4, 2, 9, 1]),
        ((), (7,), [4, 2, 9, 1, 7]),
        ((2,), (), [4, 9, 1]),
        ((2,), (7,), [4, 7, 9, 1]),
        ((2, 4), (7, 8), [9, 1, 7, 8]),
        ((2,), (7, 8), [4, 9, 1, 7, 8]),
        ((6,), (7,), [4, 2, 9, 1, 7]),
    ],
)
def test_who_stays_keeps_its_place_among_the_others(
    leaving: tuple[int, ...], coming: tuple[int, ...], after: list[int]
) -> None:
    assert order_after_exchange([4, 2, 9, 1], leaving, coming) == after

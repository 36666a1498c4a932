"""A move is refused only if something between its two places changed."""

from __future__ import annotations

import pytest

from rostrum.domain.order.stretches import (
    Shifted,
    StretchChanged,
    check_still_there,
    check_stretch,
    read_order,
    written_order,
)

SEEN = {10: 1, 20: 2, 30: 3, 40: 4, 50: 5}


def order(*ids: int) -> dict[int, int]:
    return {each: place for place, each in enumerate(ids, start=1)}


@pytest.mark.parametrize(
    ("present", "moving", "place"),
    [
        pytest.param(order(10, 20, 30, 40, 50), 40, 2, id="nothing changed"),
        pytest.param(order(10, 20, 30, 40, 50, 60, 70), 40, 2, id="others came behind"),
        pytest.param(order(10, 20, 30, 40), 40, 1, id="the one behind went"),
        pytest.param(order(20, 10, 30, 40, 50), 40, 3, id="others before changed places"),
        pytest.param(order(10, 20, 40, 30, 50), 10, 2, id="others behind changed places"),
    ],
)
def test_a_change_elsewhere_refuses_no_move(
    present: dict[int, int], moving: int, place: int
) -> None:
    check_stretch(written_order(SEEN), present, moving, place)


@pytest.mark.parametrize(
    ("present", "moving", "place", "shifted"),
    [
        pytest.param(
            order(10, 30, 20, 40, 50), 40, 2, [(30, 3, 2), (20, 2, 3)], id="two between changed"
        ),
        pytest.param(order(10, 20, 30, 60, 40, 50), 40, 2,
                     [(60, None, 4), (40, 4, 5), (50, 5, 6)], id="one came"),
        pytest.param(order(10, 20, 40, 50), 40, 2,
                     [(40, 4, 3), (50, 5, 4), (30, 3, None)], id="one went"),
        pytest.param(order(20, 30, 40, 50), 30, 2, [(20, 2, 1), (30, 3, 2), (40, 4, 3)],
                     id="one before went"),
        pytest.param(order(40, 10, 20, 30, 50), 40, 3,
                     [(40, 4, 1), (10, 1, 2), (20, 2, 3), (30, 3, 4)], id="moved by others"),
        pytest.param(order(10, 20, 30, 40, 50, 60), 40, 6, [(60, None, 6)], id="a place unseen"),
    ],
)  # fmt: skip
def test_a_change_in_between_refuses_the_move_and_is_named(
    present: dict[int, int],
    moving: int,
    place: int,
    shifted: list[tuple[int, int | None, int | None]],
) -> None:
    with pytest.raises(StretchChanged) as refused:
        check_stretch(written_order(SEEN), present, moving, place)
    assert refused.value.shifted == [Shifted(*each) for each in shifted]


@pytest.mark.parametrize("carried", ["", "x", "1.2", "10.10", "10..20", "\0" * 9000, "9." * 9000])
def test_a_page_that_carried_no_such_order_moves_nobody(carried: str) -> None:
    with pytest.raises(StretchChanged):
        check_stretch(carried, SEEN, 40, 2)


def test_an_order_is_carried_as_it_is() -> None:
    assert read_order(written_order(dict(reversed(SEEN.items())))) == SEEN


def test_who_left_the_place_that_was_given_is_named() -> None:
    check_still_there({20: 2, 30: 3}, SEEN)
    with pytest.raises(StretchChanged) as refused:
        check_still_there({20: 1, 60: 2, 30: 3}, SEEN)
    assert refused.value.shifted == [Shifted(20, 1, 2), Shifted(60, 2, None)]

"""The line: turns by the instant at which something came, changes before looks, both in the end."""

from __future__ import annotations

from collections.abc import Iterable

import gevent
import pytest

from rostrum.turns import LOOK_EVERY, Turns

NOW = 1_742_391_000_000_000_000


def turns_of(joining: Iterable[tuple[str, int, bool]]) -> list[str]:
    """The names in the order of their turns; all of them join at once, as `(name, came, looks)`."""
    turns, had = Turns(), []

    def join(name: str, came: int, is_look: bool) -> None:
        turns.wait(NOW + came, is_look=is_look)
        had.append(name)

    gevent.joinall([gevent.spawn(join, *each) for each in joining], raise_error=True)
    return had


def test_who_came_first_goes_on_first_whoever_joins_first() -> None:
    assert turns_of([("late", 3, False), ("early", 1, False), ("between", 2, False)]) == [
        "early",
        "between",
        "late",
    ]


def test_changes_go_before_looks() -> None:
    assert turns_of([("look", 1, True), ("change", 2, False)]) == ["change", "look"]


def test_looks_have_their_turn_while_changes_wait() -> None:
    changes = [("change", instant, False) for instant in range(3 * LOOK_EVERY)]
    looks = [("look", instant, True) for instant in range(2)]
    had = turns_of(changes + looks)
    assert [place for place, name in enumerate(had, 1) if name == "look"] == [
        LOOK_EVERY,
        2 * LOOK_EVERY,
    ]


def test_one_that_gives_up_holds_nobody_up() -> None:
    turns = Turns()
    with gevent.Timeout(0, False):
        turns.wait(NOW)
        pytest.fail("it was its turn before it gave up")
    turns.wait(NOW + 1)

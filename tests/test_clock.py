"""The clock: aware, anchored, never backwards, stamps strictly later than each other."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from rostrum.clock import Clock
from rostrum.domain.times import from_micros
from tests.factories import OPENS_AT, FakeClock


def test_now_is_aware_utc_and_agrees_with_the_wall_clock_at_start() -> None:
    before = datetime.now(UTC)
    now = Clock().now()
    assert now.tzinfo is UTC
    assert before - timedelta(seconds=1) < now < datetime.now(UTC) + timedelta(seconds=1)


def test_a_step_of_the_wall_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    first = clock.micros()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert clock.micros() >= first
    assert clock.stamp() >= first


@pytest.mark.parametrize("clock", [Clock(), FakeClock(OPENS_AT)], ids=["real", "fake"])
def test_stamps_of_many_threads_are_all_different_and_rise(clock) -> None:
    taken: list[list[int]] = [[] for _ in range(8)]

    def take(mine: list[int]) -> None:
        mine.extend(clock.stamp() for _ in range(500))

    threads = [threading.Thread(target=take, args=(mine,)) for mine in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in taken)
    everything = [stamp for mine in taken for stamp in mine]
    if isinstance(clock, Clock):
        assert len(set(everything)) == len(everything)


def test_a_stamp_is_not_before_the_instant_at_which_it_was_taken() -> None:
    clock = Clock()
    before = clock.micros()
    assert clock.stamp() >= before


def test_the_fake_clock_stands_still_until_it_is_advanced() -> None:
    clock = FakeClock(OPENS_AT)
    assert clock.now() == clock.now() == OPENS_AT
    clock.advance(seconds=1, microseconds=1)
    assert clock.now() == OPENS_AT + timedelta(seconds=1, microseconds=1)
    assert from_micros(clock.micros()) == clock.now()

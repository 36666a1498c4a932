"""The clock: aware, anchored, never backwards, stamps strictly later than each other.

With the real server and a wall clock that really steps: test_wall_clock.py.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from rostrum.app import create_app
from rostrum.clock import Clock
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.roll import View
from rostrum.domain.staff.accounts import Role
from rostrum.domain.times import MICROSECOND, from_micros
from rostrum.live.timekeeper import Timekeeper, told_drift
from rostrum.store.database import Database
from rostrum.store.registrations import last_stamp, list_registrations
from rostrum.web.console.registrations.list import console_page
from rostrum.web.context import Parts
from tests.factories import OPENS_AT, FakeClock, make_debate, make_press, prepare, register
from tests.load.scenes import NOT_YET


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


# --- Steps of the wall clock, seen from the whole application ---------------------------------


class WallClock(Clock):
    """The control: a clock that follows the wall clock wherever it is set."""

    def micros(self) -> int:
        return time.time_ns() // 1_000

    stamp = micros


EITHER = pytest.mark.parametrize(
    ("make", "is_steady"), [(Clock, True), (WallClock, False)], ids=["ours", "control"]
)
STEPS = (1, -1, 0)
"""Hours by which the wall clock is off, one after the other."""
SOON = 30
"""Seconds in which what must come has come."""
A_FEW_ROUNDS = 0.35
"""Seconds: of the watcher, which looks ten times a second."""


Start = Callable[[Clock], Parts]
SetWallClock = Callable[[float], None]


@pytest.fixture
def set_wall_clock(monkeypatch: pytest.MonkeyPatch) -> SetWallClock:
    """Sets the wall clock so many hours off."""
    real = time.time_ns

    def step(hours: float) -> None:
        monkeypatch.setattr(time, "time_ns", lambda: real() + int(hours * 3_600e9))

    return step


@pytest.fixture
def start(config: Config) -> Iterator[Start]:
    """Starts the application on a clock."""
    started: list[Parts] = []

    def begin(clock: Clock) -> Parts:
        started.append(create_app(config, clock).extensions["rostrum"])
        return started[-1]

    yield begin
    for parts in started:
        parts.connections.close()


def make_list(db: Database, clock: Clock, opens_in: float, closes_in: float | None) -> Debate:
    """A debate whose list opens and closes in so many minutes; four need only press."""
    now = clock.now()
    instants = {
        "starts_at": now + timedelta(days=5),
        "opens_at": now + timedelta(minutes=opens_in),
        "closes_at": closes_in and now + timedelta(minutes=closes_in),
    }
    debate = make_debate(db, slug=f"opens in {opens_in}", letter_deadline=None, **instants)
    prepare(db, debate, "BRA", "EGY", "JPN", "KEN")
    return debate


@EITHER
def test_a_step_reorders_nobody(
    start: Start, db: Database, set_wall_clock: SetWallClock, make: type[Clock], is_steady: bool
) -> None:
    clock = make()
    desk, debate = start(clock).desk, make_list(db, clock, -120, None)
    for hours, code in zip((0, *STEPS), ("BRA", "EGY", "JPN", "KEN"), strict=True):
        set_wall_clock(hours)
        desk.register(make_press(db, debate, code))
    received = [held.received_at for held in list_registrations(db, debate.id)]
    assert (received == sorted(received)) == is_steady


@EITHER
def test_a_step_neither_reopens_a_closed_list_nor_opens_one_early(
    start: Start, db: Database, set_wall_clock: SetWallClock, make: type[Clock], is_steady: bool
) -> None:
    clock = make()
    desk = start(clock).desk
    lists = [make_list(db, clock, -120, -10), make_list(db, clock, 30, None)]
    for hours in STEPS:
        set_wall_clock(hours)
        for debate in lists:
            with suppress(RuleBroken):
                desk.register(make_press(db, debate, "KEN"))
    is_on_a_list = [bool(list_registrations(db, debate.id)) for debate in lists]
    assert is_on_a_list == [not is_steady, not is_steady]


@EITHER
def test_pages_are_told_of_an_opening_once_and_of_nothing_else(
    start: Start, db: Database, set_wall_clock: SetWallClock, make: type[Clock], is_steady: bool
) -> None:
    """The watcher sees one boundary pass, however the wall clock is set before and after."""
    clock = make()
    hub = start(clock).hub
    make_list(db, clock, -120, -10)
    make_list(db, clock, 30, None)
    opening = make_list(db, clock, 0.07, None)
    listener = hub.join((console_page, opening.id, View(), Role.VERIFIER, "en"), "vera")
    assert listener.wait(SOON)
    while not hub.changes:
        time.sleep(A_FEW_ROUNDS)
    before = hub.changes
    for hours in STEPS:
        set_wall_clock(hours)
        time.sleep(A_FEW_ROUNDS)
    assert any(listener.wait(1) for _ in range(SOON)), "the opening was not told"
    for hours in STEPS if is_steady else STEPS * SOON:
        set_wall_clock(hours)
        time.sleep(A_FEW_ROUNDS)
        if hub.changes > before + 1:
            break
    assert (hub.changes == before + 1) == is_steady


def test_after_a_restart_stamps_are_later_although_the_wall_clock_is_earlier(db: Database) -> None:
    debate = make_debate(db, letter_deadline=None, starts_at=NOT_YET)
    prepare(db, debate, "KEN")
    ahead = Clock().now() + timedelta(hours=1)
    register(db, debate, "KEN", ahead)
    clock = Clock()
    clock.resume(last_stamp(db))
    assert from_micros(clock.stamp()) == ahead + MICROSECOND
    assert clock.now() < ahead


# --- A clock that was wrong at the start ------------------------------------------------------


@pytest.fixture
def wrong(set_wall_clock: SetWallClock) -> Clock:
    """A clock that is an hour fast, on a machine that was put right since."""
    set_wall_clock(1)
    clock = Clock()
    set_wall_clock(0)
    return clock


def is_right(clock: Clock) -> bool:
    return abs(clock.drift()) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("closes_in", "follows"),
    [(None, False), (120, False), (-10, True)],
    ids=["open", "open until later", "closed"],
)
def test_a_wrong_clock_follows_the_machine_unless_a_list_is_open(
    start: Start, db: Database, wrong: Clock, closes_in: float | None, follows: bool
) -> None:
    parts = start(wrong)
    make_list(db, wrong, -120, closes_in)
    assert not is_right(wrong)
    assert Timekeeper(parts.connections, wrong).look() == follows
    assert (is_right(wrong), told_drift(wrong)) == ((True, 0) if follows else (False, 3600))


def test_a_press_is_taken_under_a_wrong_clock_and_its_stamp_stays_the_last(
    start: Start, db: Database, wrong: Clock
) -> None:
    parts = start(wrong)
    debate = make_list(db, wrong, -120, 1)
    first = parts.desk.register(make_press(db, debate, "KEN")).registration
    keeper = Timekeeper(parts.connections, wrong)
    assert not keeper.look()
    db.execute("update debate set closes_at = opens_at + 1")
    assert keeper.look()
    assert is_right(wrong)
    assert from_micros(wrong.stamp()) == first.received_at + MICROSECOND


def test_what_two_readings_differ_by_moves_no_clock(start: Start) -> None:
    clock = Clock()
    keeper = Timekeeper(start(clock).connections, clock)
    anchor = clock.micros() - clock._steady()
    assert keeper.look()
    assert abs(clock.micros() - clock._steady() - anchor) < 1_000

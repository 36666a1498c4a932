"""The desk among threads: order of stamp, one place a delegation, one bad press harms nobody."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from rostrum.actions.delegations.directory import shipped_rows
from rostrum.actions.journal import verify_journal
from rostrum.actions.registrations import desk as desk_module
from rostrum.actions.registrations.desk import Desk
from rostrum.actions.registrations.registering import Press, Registered
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Busy, Conflict, NotFound, RuleBroken
from rostrum.store import database
from rostrum.store.database import Connections, Database, connect
from rostrum.store.registrations import list_registrations
from tests.factories import OPENS_AT, FakeClock, actor, contents, delegation, make_press, prepare

QUEUERS = [row["iso3"] for row in shipped_rows() if row["council_2025"] == "false"]
NOBODY_CAN_BE_WRITTEN = actor("\ud800")
"""An actor on whom the journal fails, after the registration's row was written."""


def press_at_once(desk: Desk, presses: list[Press]) -> list[Registered | BaseException]:
    """What each press was answered with; all threads start together."""
    answers: list[Registered | BaseException] = [Busy()] * len(presses)
    start = threading.Barrier(len(presses))

    def run(index: int) -> None:
        start.wait()
        try:
            answers[index] = desk.register(presses[index])
        except (NotFound, RuleBroken, Conflict, Busy, UnicodeEncodeError) as refusal:
            answers[index] = refusal

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class LockedFor:
    """Keeps the desk's first batch waiting until the given number of presses has entered.

    Another program holds the write lock meanwhile; the desk stamps through this.
    """

    def __init__(self, presses: int, path, stamp: Callable[[], int]) -> None:
        self._left = presses
        self._stamp = stamp
        self._writer = connect(path)
        self._writer.execute("begin immediate")

    def stamp(self) -> int:
        self._left -= 1
        if self._left == 0:
            self._writer.execute("rollback")
            self._writer.close()
        return self._stamp()


def test_presses_at_once_get_consecutive_numbers_in_order_of_stamp(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock
) -> None:
    codes = QUEUERS[:40]
    prepare(db, debate, *codes)
    clock.set(OPENS_AT)
    presses = [make_press(db, debate, code) for code in codes] * 3
    random.Random(1).shuffle(presses)
    answers = press_at_once(desk, presses)
    given = {}
    for press, answer in zip(presses, answers, strict=True):
        given.setdefault(press.delegation_id, []).append(answer)
    assert len(given) == 40
    for three in given.values():
        assert len({answer.registration.id for answer in three}) == 1
        assert sorted(answer.is_repeat for answer in three) == [False, True, True]
    listed = list_registrations(db, debate.id)
    assert [held.arrival_number for held in listed] == list(range(1, 41))
    assert [held.place for held in listed] == list(range(1, 41))
    stamps = [held.received_at for held in listed]
    assert stamps == sorted(set(stamps))
    assert verify_journal(db) is None


def test_a_batch_larger_than_one_commit_keeps_the_order(
    db: Database,
    debate: Debate,
    config,
    connections: Connections,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk_module, "BATCH", 4)
    codes = QUEUERS[:10]
    prepare(db, debate, *codes)
    presses = [make_press(db, debate, code) for code in codes]
    clock.set(OPENS_AT)
    waiting = LockedFor(10, config.database, clock.stamp)
    answers = press_at_once(Desk(connections, waiting.stamp), presses)
    by_number = sorted(answers, key=lambda answer: answer.registration.arrival_number)
    stamps = [answer.registration.received_at for answer in by_number]
    assert stamps == sorted(set(stamps))
    assert [answer.registration.arrival_number for answer in by_number] == list(range(1, 11))


def test_a_refused_press_does_not_spoil_its_batch(
    db: Database, debate: Debate, config, connections: Connections, clock: FakeClock
) -> None:
    prepare(db, debate, "KEN", "BRA", "FRA")
    presses = [
        make_press(db, debate, "KEN"),
        make_press(db, debate, "FRA"),
        make_press(db, debate, "EGY"),
        replace(make_press(db, debate, "JPN"), debate_id=99),
        make_press(db, debate, "BRA"),
    ]
    clock.set(OPENS_AT)
    waiting = LockedFor(5, config.database, clock.stamp)
    kenya, france, egypt, japan, brazil = press_at_once(Desk(connections, waiting.stamp), presses)
    assert isinstance(france, RuleBroken)
    assert isinstance(egypt, RuleBroken)
    assert isinstance(japan, NotFound)
    numbers = {kenya.registration.arrival_number, brazil.registration.arrival_number}
    assert numbers == {1, 2}
    assert len(list_registrations(db, debate.id)) == 2


def test_a_press_that_fails_halfway_does_not_spoil_its_batch(
    db: Database, debate: Debate, config, connections: Connections, clock: FakeClock
) -> None:
    """A fault of ours after rows were written: the batch is undone, then each is by itself."""
    codes = ["KEN", "BRA", "EGY"]
    prepare(db, debate, *codes)
    presses = [make_press(db, debate, code) for code in codes]
    presses[1] = replace(presses[1], actor=NOBODY_CAN_BE_WRITTEN)
    clock.set(OPENS_AT)
    waiting = LockedFor(3, config.database, clock.stamp)
    kenya, brazil, egypt = press_at_once(Desk(connections, waiting.stamp), presses)
    assert isinstance(brazil, UnicodeEncodeError)
    numbers = {kenya.registration.arrival_number, egypt.registration.arrival_number}
    assert numbers == {1, 2}
    assert len(list_registrations(db, debate.id)) == 2
    assert verify_journal(db) is None


def test_the_desk_works_on_after_a_failed_press(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock
) -> None:
    prepare(db, debate, "KEN")
    clock.set(OPENS_AT)
    with pytest.raises(UnicodeEncodeError):
        desk.register(replace(make_press(db, debate), actor=NOBODY_CAN_BE_WRITTEN))
    assert desk.register(make_press(db, debate)).registration.arrival_number == 1


def test_the_desk_works_on_after_the_database_could_not_be_opened(
    db: Database, debate: Debate, config, clock: FakeClock
) -> None:
    prepare(db, debate, "KEN")
    clock.set(OPENS_AT)
    connections = Connections(config.instance / "gone" / "rostrum.db")
    desk = Desk(connections, clock.stamp)
    with pytest.raises(sqlite3.OperationalError):
        desk.register(make_press(db, debate))
    connections.path = config.database
    assert desk.register(make_press(db, debate)).registration.arrival_number == 1
    connections.close()


def test_presses_behind_another_program_are_all_told_busy_together(
    db: Database,
    debate: Debate,
    desk: Desk,
    config,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database, "BUSY_TRIES", 5)
    codes = ["KEN", "BRA", "EGY"]
    prepare(db, debate, *codes)
    presses = [make_press(db, debate, code) for code in codes]
    before = contents(db)
    clock.set(OPENS_AT)
    other = connect(config.database)
    other.execute("begin immediate")
    answers = press_at_once(desk, presses)
    assert [type(answer) for answer in answers] == [Busy] * 3
    assert contents(db) == before
    other.execute("rollback")
    other.close()
    assert desk.register(presses[0]).registration.arrival_number == 1


def test_the_next_press_after_a_withdrawal_is_the_last(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock
) -> None:
    prepare(db, debate, "KEN", "BRA")
    clock.set(OPENS_AT)
    for code in ("KEN", "BRA"):
        desk.register(make_press(db, debate, code))
    clock.advance(seconds=1)
    withdraw(db, clock.now(), actor(), debate, delegation_id=delegation(db).id)
    again = desk.register(make_press(db, debate, "KEN", "attempt-2"))
    assert not again.is_repeat
    assert (again.registration.arrival_number, again.registration.place) == (3, 2)

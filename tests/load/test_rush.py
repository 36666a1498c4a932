"""The opening: every delegation presses three times at once, through the real server.

Beside it the control: what the same rush does to a list that is written without the desk.
"""

from __future__ import annotations

import random
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rostrum.actions.delegations.directory import shipped_rows
from rostrum.actions.delegations.invitations import issue_invitations
from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database, connect
from rostrum.store.registrations import list_registrations
from tests.factories import make_debate, prepare
from tests.load.consistency import check_database, check_list
from tests.load.phones import ARRIVAL, Answer, Phone, arrival_number, fire, press
from tests.load.scenes import NOT_YET
from tests.load.server import running
from tests.load.signed_in_phones import SignedInPhones

PRESSES = 3
EVERYBODY = [row["iso3"] for row in shipped_rows()]
COUNCIL = {row["iso3"] for row in shipped_rows() if row["council_2025"] == "true"}
QUEUERS = set(EVERYBODY) - COUNCIL

pytestmark = pytest.mark.load


def open_the_list(db: Database, debate: Debate) -> None:
    """Now: by the settings of the debate, so that no test waits for a clock."""
    values = {"now": utc_clock.micros(), "id": debate.id}
    db.execute("update debate set opens_at = :now where id = :id", values)


def by_delegation(phones: list[Phone], answers: list[Answer]) -> dict[str, list[Answer]]:
    grouped = defaultdict(list)
    for phone, answer in zip(phones, answers, strict=True):
        grouped[phone.code].append(answer)
    return grouped


@pytest.mark.timeout(300)
def test_everybody_gets_one_place_in_the_rush_at_the_opening(config: Config, db: Database) -> None:
    opens_at = utc_clock.now() + timedelta(hours=1)
    debate = make_debate(db, opens_at=opens_at, starts_at=NOT_YET, letter_deadline=None)
    prepare(db, debate, *EVERYBODY)
    signed_in = SignedInPhones(config, db)
    invited = issue_invitations(db, utc_clock.now(), COMMAND_LINE, debate, frozenset(EVERYBODY))
    phones = [signed_in.delegate(debate, each) for each in invited]
    random.Random(24).shuffle(phones)
    presses = [press(phone) for phone in phones]
    with running(config) as server:
        early = fire(server.address, presses)
        assert {answer.status for answer in early} == {422}
        assert list_registrations(db, debate.id) == []
        open_the_list(db, debate)
        answers = by_delegation(phones * PRESSES, fire(server.address, presses * PRESSES))
        again = by_delegation(phones, fire(server.address, presses))
        log = server.written()
    assert len(answers) == 195
    assert_council_members_were_refused(answers)
    assert {len(told) for told in answers.values()} == {PRESSES}
    numbers = numbers_of(answers)
    assert sorted(numbers.values()) == list(range(1, 181))
    assert numbers_of(again) == numbers
    assert_the_list_is_whole(db, debate, numbers)
    assert "Traceback" not in log


def assert_council_members_were_refused(answers: dict[str, list[Answer]]) -> None:
    assert len(COUNCIL) == 15
    for code in COUNCIL:
        assert {answer.status for answer in answers[code]} == {422}
        assert not any(ARRIVAL.search(answer.body) for answer in answers[code])


def numbers_of(answers: dict[str, list[Answer]]) -> dict[str, int]:
    """The arrival number each delegation was told: the same in all its answers."""
    numbers = {}
    for code in answers.keys() & QUEUERS:
        assert {answer.status for answer in answers[code]} == {200}
        told = {arrival_number(answer) for answer in answers[code]}
        assert len(told) == 1, f"{code} was told {told}"
        numbers[code] = told.pop()
    return numbers


def assert_the_list_is_whole(db: Database, debate: Debate, numbers: dict[str, int]) -> None:
    listed = check_list(db, debate)
    codes = dict(db.execute("select id, code from delegation").fetchall())
    assert {codes[held.delegation_id]: held.arrival_number for held in listed} == numbers
    assert [held.place for held in listed] == [held.arrival_number for held in listed]
    check_database(db)


# The control: the same presses, each reading the last number and writing its own.

SOME = sorted(QUEUERS)[:60]
WITHOUT_DESK = """create table registration (
    delegation text not null, arrival_number integer not null) strict"""


@pytest.fixture
def unguarded(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A list as a first attempt would keep it: no desk, no unique index; WAL as ours."""
    connection = sqlite3.connect(tmp_path / "control.db", isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute(WITHOUT_DESK)
    yield connection
    connection.close()


def press_without_desk(
    path: Path, code: str, everybody_has_read: threading.Barrier, begin: str, failed: list[str]
) -> None:
    """Looks for a place, takes the last number and one; all have read before the first writes."""
    connection = connect(path).conn
    connection.execute("pragma busy_timeout = 20000")
    try:
        connection.execute(begin)
        sql = "select count(*) from registration where delegation = ?"
        (held,) = connection.execute(sql, (code,)).fetchone()
        sql = "select coalesce(max(arrival_number), 0) from registration"
        (last,) = connection.execute(sql).fetchone()
        everybody_has_read.wait()
        if not held:
            connection.execute("insert into registration values (?, ?)", (code, last + 1))
        if connection.in_transaction:
            connection.execute("commit")
    except sqlite3.OperationalError as error:
        failed.append(str(error))
    finally:
        connection.close()


def rush_without_desk(path: Path, begin: str) -> list[str]:
    """What the presses that failed were told; 60 delegations press three times at once."""
    codes = SOME * PRESSES
    failed: list[str] = []
    barrier = threading.Barrier(len(codes))
    threads = [
        threading.Thread(target=press_without_desk, args=(path, code, barrier, begin, failed))
        for code in codes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def path_of(connection: sqlite3.Connection) -> Path:
    return Path(connection.execute("pragma database_list").fetchone()[2])


def test_without_the_desk_deferred_transactions_lose_presses(
    unguarded: sqlite3.Connection,
) -> None:
    """The first to write locks out all who have read, at once, whatever the busy timeout."""
    failed = rush_without_desk(path_of(unguarded), "begin")
    (written,) = unguarded.execute("select count(*) from registration").fetchone()
    assert written == 1
    assert failed == ["database is locked"] * (len(SOME) * PRESSES - 1)


def test_without_the_desk_separate_statements_give_numbers_and_places_twice(
    unguarded: sqlite3.Connection,
) -> None:
    """Each statement waits its turn, so nothing fails: the list is wrong instead."""
    assert rush_without_desk(path_of(unguarded), "select 1") == []
    rows = unguarded.execute("select delegation, arrival_number from registration").fetchall()
    assert Counter(number for _, number in rows) == {1: len(SOME) * PRESSES}
    assert Counter(code for code, _ in rows) == dict.fromkeys(SOME, PRESSES)

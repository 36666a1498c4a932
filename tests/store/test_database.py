"""Connections and transactions: durable settings, rollback, waiting for another program."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from rostrum.config import Config
from rostrum.domain.errors import Busy, Conflict
from rostrum.store import database
from rostrum.store.database import (
    Connections,
    Database,
    connect,
    data_version,
    one_value,
    writing,
)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="WAL"),
        pytest.param("synchronous", 2, id="full sync"),
        pytest.param("foreign_keys", 1, id="foreign keys"),
        pytest.param("busy_timeout", 0, id="no waiting inside SQLite"),
    ],
)
def test_every_connection_is_durable_and_strict(db: Database, pragma: str, value) -> None:
    assert one_value(db, f"pragma {pragma}") == value


def test_a_transaction_is_committed_at_its_end(config: Config, db: Database) -> None:
    with writing(db):
        add_delegation(db)
    other = connect(config.database)
    assert one_value(other, "select count(*) from delegation") == 1
    other.close()


@pytest.mark.parametrize("error", [Conflict("crossed"), KeyError("ours"), KeyboardInterrupt()])
def test_a_transaction_that_fails_leaves_nothing(db: Database, error: BaseException) -> None:
    def fail() -> None:
        with writing(db):
            add_delegation(db)
            raise error

    with pytest.raises(type(error)):
        fail()
    assert not db.conn.in_transaction
    assert one_value(db, "select count(*) from delegation") == 0


def test_a_part_that_fails_is_undone_alone(db: Database) -> None:
    def fail() -> None:
        with writing(db):
            add_delegation(db, "BRA")
            raise Conflict("crossed")

    with writing(db):
        add_delegation(db)
        with pytest.raises(Conflict):
            fail()
        assert db.conn.in_transaction
        with writing(db):
            add_delegation(db, "JPN")
    assert not db.conn.in_transaction
    assert [row["code"] for row in db.table("delegation").rows] == ["KEN", "JPN"]


def test_a_write_waits_for_another_program(config: Config, db: Database) -> None:
    other = connect(config.database)
    other.execute("begin immediate")
    release = threading.Timer(0.2, other.rollback)
    release.start()
    with writing(db):
        add_delegation(db)
    release.join()
    other.close()
    assert one_value(db, "select count(*) from delegation") == 1


def test_a_write_is_given_up_when_another_program_does_not_end(
    config: Config, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TRIES", 3)
    other = connect(config.database)
    other.execute("begin immediate")
    with pytest.raises(Busy), writing(db):
        add_delegation(db)
    other.rollback()
    other.close()
    assert one_value(db, "select count(*) from delegation") == 0


def test_reading_goes_on_while_another_program_writes(config: Config, db: Database) -> None:
    other = connect(config.database)
    with writing(other):
        add_delegation(other)
        assert one_value(db, "select count(*) from delegation") == 0
    assert one_value(db, "select count(*) from delegation") == 1
    other.close()


def test_only_a_commit_of_another_connection_changes_the_data_version(
    config: Config, db: Database
) -> None:
    seen = data_version(db)
    with writing(db):
        add_delegation(db)
    assert data_version(db) == seen
    other = connect(config.database)
    with writing(other):
        add_delegation(other, "BRA")
    assert data_version(db) != seen
    other.close()


def test_a_connection_given_back_is_clean_and_lent_again(config: Config) -> None:
    pool = Connections(config.database)
    first = pool.borrow()
    first.execute("begin immediate")
    add_delegation(first)
    pool.give_back(first)
    assert not first.conn.in_transaction
    with pool.borrowed() as again:
        assert again is first
        assert one_value(again, "select count(*) from delegation") == 0
        with pool.borrowed() as other:
            assert other is not first
    pool.close()


def test_foreign_keys_are_enforced(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute("insert into invitation (debate_id, delegation_id) values (7, 7)")


def add_delegation(db: Database, code: str = "KEN") -> None:
    db.execute("insert into delegation (code, names, basis) values (?, '{}', 'rule_37')", (code,))

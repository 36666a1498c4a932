"""Migrations: applied once, after a copy; the invariants that the schema keeps by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rostrum.domain.debates import Debate
from rostrum.store.database import Database, all_rows, connect, one_value
from rostrum.store.migrations import (
    migrate,
    migrations,
    pending_migrations,
    unknown_migrations,
)
from tests.factories import delegation, make_debate, prepare, register

STEPS = [
    "m0001_debates_and_delegations",
    "m0002_staff_and_sessions",
    "m0003_letters_drafts_registrations",
    "m0004_journal",
    "m0005_moves_by_staff",
]


@pytest.fixture
def debate(db: Database) -> Debate:
    """The debate, Brazil first and Kenya second on its list."""
    debate = make_debate(db)
    prepare(db, debate, "BRA", "KEN", "EGY")
    register(db, debate, "BRA")
    register(db, debate, "KEN")
    return debate


def test_a_new_database_gets_every_step_and_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "rostrum.db"
    assert migrate(path)[: len(STEPS)] == STEPS
    assert list(tmp_path.glob("*.before-*")) == []
    db = connect(path)
    assert (pending_migrations(db), unknown_migrations(db)) == ([], [])
    db.close()


def test_a_database_is_migrated_once(tmp_path: Path) -> None:
    path = tmp_path / "rostrum.db"
    migrate(path)
    assert migrate(path) == []
    assert list(tmp_path.glob("*.before-*")) == []


def test_a_database_is_copied_whole_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "rostrum.db"
    db = connect(path)
    db.execute("create table kept (word text)")
    db.execute("insert into kept values ('still in the write-ahead log')")
    assert migrate(path)[: len(STEPS)] == STEPS
    copy = connect(tmp_path / f"rostrum.db.before-{STEPS[0]}")
    assert one_value(copy, "select word from kept") == "still in the write-ahead log"
    assert "debate" not in copy.table_names()
    copy.close()
    db.close()


def test_a_step_of_a_newer_program_is_noticed(db: Database) -> None:
    later = "insert into _sqlite_migrations (migration_set, name) values ('rostrum', 'm9999_later')"
    db.execute(later)
    assert unknown_migrations(db) == ["m9999_later"]


COPIED = """insert into registration
    select :id, debate_id, {delegation_id}, {number}, received_at, {reference}, {key},
      speaker_title, speaker_name, functional_title, level, language, on_behalf_of,
      contact_email, contact_phone, letter_id, receipt_letter_id, {place}, version, {withdrawn_at}
    from registration where arrival_number = 1"""
FREE = {
    "delegation_id": "(select id from delegation where code = 'EGY')",
    "number": "3",
    "reference": "'new'",
    "key": "'attempt-1'",
    "place": "3",
    "withdrawn_at": "null",
}


def copy_first(db: Database, **changes: str) -> None:
    """Inserts a third registration, made from the first one."""
    db.execute(COPIED.format(**FREE | changes), {"id": 99})


def test_a_third_registration_fits(db: Database, debate: Debate) -> None:
    copy_first(db)
    assert one_value(db, "select count(*) from registration") == 3


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"delegation_id": "delegation_id", "key": "'2'"}, id="one active a delegation"
        ),
        pytest.param({"place": "2"}, id="one place"),
        pytest.param({"number": "2"}, id="one arrival number"),
        pytest.param({"number": "0"}, id="numbers begin at 1"),
        pytest.param({"place": "0"}, id="places begin at 1"),
        pytest.param({"place": "null"}, id="no place without withdrawal"),
        pytest.param({"withdrawn_at": "received_at"}, id="no withdrawal with a place"),
        pytest.param(
            {"place": "null", "withdrawn_at": "received_at - 1"}, id="withdrawn before received"
        ),
        pytest.param({"reference": "reference"}, id="one reference"),
        pytest.param(
            {
                "delegation_id": "delegation_id",
                "key": "idempotency_key",
                "place": "null",
                "withdrawn_at": "received_at",
            },
            id="one key a delegation",
        ),
        pytest.param({"delegation_id": "7777"}, id="an unknown delegation"),
    ],
)
def test_the_database_itself_refuses_a_broken_list(
    db: Database, debate: Debate, changes: dict[str, str]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        copy_first(db, **changes)
    assert one_value(db, "select count(*) from registration") == 2


def test_a_delegation_may_have_any_number_of_withdrawn_registrations(
    db: Database, debate: Debate
) -> None:
    gone = {"delegation_id": "delegation_id", "place": "null", "withdrawn_at": "received_at"}
    copy_first(db, **gone | {"key": "'2'"})
    assert one_value(db, "select count(*) from registration where place is null") == 1


def test_a_letter_is_not_returned_without_a_reason_even_by_hand(
    db: Database, debate: Debate
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("update letter set state = 'returned', decided_at = 1, reason = ''")


def test_a_delegation_with_a_place_cannot_be_removed(db: Database, debate: Debate) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("delete from delegation where id = ?", (delegation(db).id,))


# --- m0005: moves by staff --------------------------------------------------------------------

A_LIST_BEFORE = """
    insert into debate values (1, 'peace', '{}', 9, 1, null, null, 180);
    insert into delegation values (7, 'BRA', '{}', 'rule_37'), (8, 'KEN', '{}', 'rule_37');
    insert into letter values
      (1, 1, 8, 'a.pdf', 'a.pdf', 'pdf', 1, hex(zeroblob(32)), 1, 1, 'pending', '', '', null);
    insert into registration values
      (3, 1, 8, 2, 2, 'ABCD-EFGH', 'attempt-1', '', '', '', '', '', '', '', '', 1, 1, 1, 0, null);
    insert into move values (11, 3, 3, 2, 'withdrawal', 7, 50), (12, 3, 2, 1, 'withdrawal', 7, 60);
"""
"""Kenya, whom two withdrawals of Brazil brought to the first place, as m0004 keeps it."""

MOVED = {
    "id": "13",
    "registration_id": "3",
    "place_before": "1",
    "place_after": "2",
    "cause": "'moved by staff'",
    "caused_by": "8",
    "moved_at": "70",
    "actor": "'staff:vera'",
    "reason": "'The minister leaves at 10.'",
}


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Database]:
    """That list after the rest of the migrations."""
    path = tmp_path / "rostrum.db"
    db = connect(path)
    migrations.apply(db, stop_before="m0005_moves_by_staff")
    db.executescript(A_LIST_BEFORE)
    assert migrate(path)[0] == "m0005_moves_by_staff"
    yield db
    db.close()


def insert_move(db: Database, **changes: str) -> None:
    row = MOVED | changes
    db.execute(f"insert into move ({', '.join(row)}) values ({', '.join(row.values())})")  # noqa: S608


def test_moves_of_before_are_kept_and_say_who_withdrew(migrated: Database) -> None:
    rows = all_rows(migrated, "select * from move order by id")
    numbers = [
        (row["id"], row["place_before"], row["place_after"], row["moved_at"]) for row in rows
    ]
    assert numbers == [(11, 3, 2, 50), (12, 2, 1, 60)]
    for row in rows:
        assert (row["registration_id"], row["caused_by"]) == (3, 7)
        assert (row["cause"], row["actor"], row["reason"]) == ("withdrawal", "delegation:BRA", "")


def test_the_table_that_was_made_anew_is_whole(migrated: Database) -> None:
    assert migrated.execute("pragma foreign_key_check").fetchall() == []
    assert one_value(migrated, "pragma integrity_check") == "ok"
    assert "new_move" not in migrated.table_names()
    assert [index.name for index in migrated["move"].indexes] == ["move_by_registration"]
    assert one_value(migrated, "pragma foreign_keys") == 1


def test_a_move_by_staff_fits(migrated: Database) -> None:
    insert_move(migrated)
    assert one_value(migrated, "select count(*) from move") == 3


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"reason": "''"}, id="no reason"),
        pytest.param({"actor": "''"}, id="nobody did it"),
        pytest.param({"cause": "'luck'"}, id="no such cause"),
        pytest.param({"place_after": "1"}, id="moved to where it was"),
        pytest.param({"place_before": "0"}, id="from no place"),
        pytest.param({"place_after": "0"}, id="to no place"),
        pytest.param({"registration_id": "99"}, id="an unknown registration"),
        pytest.param({"caused_by": "99"}, id="an unknown delegation"),
        pytest.param({"moved_at": "'soon'"}, id="strict types"),
        pytest.param({"reason": "null"}, id="null for a reason"),
    ],
)
def test_a_broken_move_is_refused_by_the_database_itself(
    migrated: Database, changes: dict[str, str]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        insert_move(migrated, **changes)

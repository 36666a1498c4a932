"""Migrations: applied once, after a copy; the invariants that the schema keeps by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rostrum.domain.debates.debate import Debate
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
    "m0006_letters_of_several_files",
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


COPIED = """insert into registration (id, debate_id, delegation_id, arrival_number, received_at,
      reference, idempotency_key, speaker_title, speaker_name, functional_title, level, language,
      on_behalf_of, contact_email, contact_phone, letter_id, receipt_letter_id, place, version,
      withdrawn_at)
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
        db.execute("update letter set state = 'returned', decided_at = 1, remark = ''")


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
        pytest.param({"cause": "'entered'"}, id="entered without the time of the request"),
        pytest.param({"received_at": "60"}, id="a time of a request that nobody entered"),
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


# --- m0006: letters of several files ----------------------------------------------------------

LETTERS_BEFORE = """
    insert into debate values (1, 'peace', '{}', 9, 1, null, null, 180);
    insert into delegation values (7, 'BRA', '{}', 'rule_37'), (8, 'KEN', '{}', 'rule_37');
    insert into letter values
      (1, 1, 8, 'a.pdf', 'a.pdf', 'pdf', 11, hex(zeroblob(32)), 2, 1, 'returned', 'No.', 'v', 5),
      (2, 1, 7, 'b.jpg', 'photo.jpg', 'jpeg', 12, hex(zeroblob(32)), 1, 2, 'pending', '', '', null),
      (4, 1, 8, 'c.pdf', 'c.pdf', 'pdf', 13, hex(zeroblob(32)), null, 3, 'pending', '', '', null);
    insert into draft values (1, 7, '', '', '', '', '', '', '', '', 2, 0, 2);
    insert into registration values
      (3, 1, 8, 2, 2, 'ABCD-EFGH', 'attempt-1', '', '', '', '', '', '', '', '', 4, 1, 1, 0, null);
    insert into journal values
      (1, 40, 1, 8, 'letter opened', 'staff:v', '{"letter_id":1}', '{}', hex(zeroblob(32))),
      (2, 60, 1, 8, 'letter opened', 'staff:w', '{"letter_id":1}', '{}', hex(randomblob(32)));
"""
"""Kenya, whose first letter was opened twice and returned, and Brazil, which prepares."""


@pytest.fixture
def with_letters(tmp_path: Path) -> Iterator[Database]:
    """Those letters after the rest of the migrations."""
    path = tmp_path / "rostrum.db"
    db = connect(path)
    migrations.apply(db, stop_before="m0006_letters_of_several_files")
    db.executescript(LETTERS_BEFORE)
    assert migrate(path)[0] == "m0006_letters_of_several_files"
    yield db
    db.close()


def test_letters_of_before_are_versions_of_one_file(with_letters: Database) -> None:
    rows = all_rows(with_letters, "select * from letter order by id")
    assert [(row["id"], row["delegation_id"], row["version"]) for row in rows] == [
        (1, 8, 1),
        (2, 7, 1),
        (4, 8, 2),
    ]
    assert [row["opened_at"] for row in rows] == [40, None, None]
    assert (rows[0]["state"], rows[0]["remark"], rows[0]["decided_by"], rows[0]["decided_at"]) == (
        "returned",
        "No.",
        "v",
        5,
    )
    files = all_rows(with_letters, "select * from letter_file order by letter_id")
    kept = [(f["letter_id"], f["position"], f["stored_name"], f["original_name"]) for f in files]
    assert kept == [
        (1, 1, "a.pdf", "a.pdf"),
        (2, 1, "b.jpg", "photo.jpg"),
        (4, 1, "c.pdf", "c.pdf"),
    ]
    assert [(f["kind"], f["size"], f["pages"], f["marks"]) for f in files] == [
        ("pdf", 11, 2, "[]"),
        ("jpeg", 12, 1, "[]"),
        ("pdf", 13, None, "[]"),
    ]


def test_places_and_drafts_still_have_their_letters(with_letters: Database) -> None:
    assert with_letters.execute("pragma foreign_key_check").fetchall() == []
    assert one_value(with_letters, "pragma integrity_check") == "ok"
    assert one_value(with_letters, "pragma foreign_keys") == 1
    held = with_letters.execute("select letter_id, receipt_letter_id from registration").fetchone()
    assert held == (4, 1)
    assert one_value(with_letters, "select letter_id from draft") == 2
    assert "new_letter" not in with_letters.table_names()
    assert "letter_by_delegation" in [index.name for index in with_letters["letter"].indexes]


def test_a_step_that_ended_before_it_was_noted_is_not_done_again(with_letters: Database) -> None:
    with_letters.execute("delete from _sqlite_migrations where name like 'm0006%'")
    migrations.apply(with_letters)
    assert one_value(with_letters, "select count(*) from letter_file") == 3
    assert pending_migrations(with_letters) == []


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("update letter set version = 1", id="one version a delegation"),
        pytest.param("update letter set version = 0 where id = 1", id="versions begin at 1"),
        pytest.param("delete from letter where id = 4", id="a letter that holds a place"),
        pytest.param("delete from letter where id = 2", id="a letter in a draft"),
        pytest.param("update letter_file set position = 0", id="positions begin at 1"),
        pytest.param("update letter_file set stored_name = ''", id="a file without a name"),
        pytest.param("update letter_file set letter_id = 99", id="a file of no letter"),
        pytest.param("update letter_file set size = 0", id="an empty file"),
        pytest.param("update letter_file set sha256 = 'ab'", id="half a hash"),
        pytest.param("update letter_file set pages = 0", id="no pages"),
        pytest.param("update letter_file set marks = '{}'", id="marks are a list"),
        pytest.param("update letter_file set marks = 'x'", id="marks are JSON"),
        pytest.param("update letter set opened_at = 'soon'", id="strict types"),
        pytest.param(
            "insert into letter_file select * from letter_file limit 1", id="one file a position"
        ),
    ],
)
def test_a_broken_letter_is_refused_by_the_database_itself(
    with_letters: Database, statement: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        with_letters.execute(statement)


def test_one_file_may_belong_to_several_versions(with_letters: Database) -> None:
    with_letters.execute("update letter_file set stored_name = 'a.pdf'")
    assert one_value(with_letters, "select count(*) from letter_file") == 3


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(
            "update registration set struck_by = 'vera', struck_reason = 'No letter.'",
            id="a place that is held and struck",
        ),
        pytest.param(
            "update registration set place = null, withdrawn_at = 9, struck_by = 'vera'",
            id="struck without a reason",
        ),
        pytest.param("update registration set struck_reason = 'No.'", id="a reason of nobody"),
        pytest.param("update registration set letter_deadline = 'soon'", id="strict types"),
    ],
)
def test_a_place_struck_by_halves_is_refused_by_the_database_itself(
    migrated: Database, statement: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        migrated.execute(statement)


def test_a_move_may_be_because_a_place_was_struck(migrated: Database) -> None:
    insert_move(migrated, cause="'struck'", reason="''")
    assert one_value(migrated, "select count(*) from move where cause = 'struck'") == 1

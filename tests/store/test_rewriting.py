"""Nothing that was deleted stays in the database's files, beside whoever reads and writes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rostrum.config import Config
from rostrum.store.database import Database, connect, writing
from rostrum.store.rewriting import list_copies, rewrite

SECRET = "zq7-a-secret-that-goes"


@pytest.fixture
def deleted(config: Config, db: Database) -> Path:
    """A database from which rows were deleted, so that freed pages and the log still have them."""
    db.execute("pragma secure_delete = off")
    with writing(db):
        db.execute("create table note (id integer primary key, text text)")
        rows = [{"text": f"{SECRET} {number}" * 50} for number in range(200)]
        db.conn.executemany("insert into note (text) values (:text)", rows)
    with writing(db):
        db.execute("delete from note where id > 1")
    return config.database


def traces(database: Path) -> int:
    files = database.parent.glob(f"{database.name}*")
    return sum(path.read_bytes().count(SECRET.encode()) for path in files)


def test_what_was_deleted_is_gone_and_the_rest_is_there(db: Database, deleted: Path) -> None:
    kept = 50
    assert traces(deleted) > kept
    before = deleted.stat().st_size
    rewrite(deleted)
    assert traces(deleted) == kept
    assert deleted.with_name("rostrum.db-wal").stat().st_size == 0
    assert deleted.stat().st_size < max(before, 1_000_000)
    assert db.execute("select count(*) from note").fetchone() == (1,)
    assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_it_waits_for_who_reads_and_who_writes(db: Database, deleted: Path) -> None:
    reader, writer = connect(deleted), connect(deleted)
    reader.conn.execute("begin")
    reader.execute("select * from note").fetchone()
    writer.conn.execute("begin immediate")
    ends = [
        threading.Timer(0.2, lambda: writer.conn.execute("commit")),
        threading.Timer(0.5, lambda: reader.conn.execute("commit")),
    ]
    for end in ends:
        end.start()
    rewrite(deleted)
    assert traces(deleted) == 50
    for end in ends:
        end.join()
    for each in (reader, writer):
        each.close()


def test_copies_beside_the_database_are_found(config: Config, db: Database) -> None:
    copy = config.database.with_name("rostrum.db.before-m0003")
    copy.touch()
    assert list_copies(config.database) == [copy]
